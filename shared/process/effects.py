"""Carrying an effect out (办结之后): in whose name a service changes its own facts, and what a refusal is."""

from collections.abc import Callable
from uuid import UUID

from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.errors import RuleBroken
from shared.policies.book import PolicyBook
from shared.process.openings import policy_at


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
