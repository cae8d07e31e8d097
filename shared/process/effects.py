"""Carrying an effect out (办结之后): in whose name a service changes its own facts, and what a refusal is.

What has been carried out is kept in the transaction that did it: it is never done a second time, and
`tanfang reconcile` knows what Temporal has lost on the way.
"""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from http import HTTPStatus
from typing import Protocol
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.errors import RuleBroken
from shared.persistence.idempotency import Answer, claim, keep
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.book import PolicyBook
from shared.process.openings import policy_at

UNDONE = text(
    "SELECT asked.effect_id"
    " FROM unnest(CAST(:effects AS uuid[]), CAST(:accounts AS uuid[]), CAST(:keys AS text[]))"
    " AS asked (effect_id, account_id, key)"
    " WHERE NOT EXISTS (SELECT FROM notices.refused_effect AS r WHERE r.effect_id = asked.effect_id)"
    " AND NOT EXISTS (SELECT FROM kit.idempotency AS k"
    " WHERE k.account_id = asked.account_id AND k.key = asked.key)"
)


class Asked(Protocol):
    """What says whether an effect is whole: a second person's part comes after that of the first."""

    @property
    def effect_id(self) -> UUID:
        """Its business key."""
        ...

    @property
    def account_id(self) -> UUID:
        """Who stated it."""
        ...

    @property
    def confirmed_by(self) -> UUID | None:
        """Who confirmed it, where that needs somebody."""
        ...


class Part(StrEnum):
    """Whose word is carried out: that of who stated it, or of the second person who confirmed it."""

    STATED = "stated"
    CONFIRMED = "confirmed"


def acting(asked: CarryOut, account_id: UUID, book: PolicyBook) -> Principal:
    """Who stated or confirmed it, for the whole place: their own unit has checked that they may."""
    place = policy_at(book, asked.jurisdiction_id, asked.at).jurisdiction
    return Principal(
        account_id=account_id,
        jurisdiction_id=asked.jurisdiction_id,
        units=(asked.unit_id,),
        areas=(place.area_code,),
    )


def answered(carry: Callable[[], Carried]) -> CarriedOut:
    """What came of it; a rule that refuses it is an answer, anything else is tried again."""
    try:
        return CarriedOut(came=carry())
    except RuleBroken as error:
        return CarriedOut(came=Carried.REFUSED, reason=error.code)


def once(asked: CarryOut, part: Part, work: UnitOfWork, carry: Callable[[], Carried]) -> Carried:
    """Do a part of an effect, unless it has been done before, however long ago."""
    key = key_of(asked.effect_id, part)
    if claim(work, key=key, body=b"") is not None:
        return Carried.DONE_BEFORE
    came = carry()
    keep(work, key=key, body=b"", answer=Answer(status=HTTPStatus.OK, body={"came": came}))
    return came


def key_of(effect_id: UUID, part: Part) -> str:
    """Under which key a part is kept, of the account that stands behind it."""
    return f"effect/{effect_id}/{part}"


def undone(session: Session, effects: Iterable[Asked]) -> Collection[UUID]:
    """Those that are neither carried out wholly nor refused, as the worker sees it."""
    asked = list(effects)
    values = {
        "effects": [each.effect_id for each in asked],
        "accounts": [each.confirmed_by or each.account_id for each in asked],
        "keys": [key_of(each.effect_id, _last_part(each)) for each in asked],
    }
    return session.scalars(UNDONE, values).all()


def _last_part(asked: Asked) -> Part:
    """The part with which an effect is whole."""
    return Part.STATED if asked.confirmed_by is None else Part.CONFIRMED
