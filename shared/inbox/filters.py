"""Which part of a list: by kind, state, urgency, lateness, and by what was typed into the search field.

A search finds by what the list shows anyway: a surname, a kind by its name, a short number. A longer name
finds by its first character alone, so that nobody learns a given name by trying.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, and_, bindparam, column, or_, select, table

from shared.domain.codes import Urgency
from shared.domain.referral.moves import Status
from shared.inbox.codes import View
from shared.inbox.reader import Reader
from shared.inbox.views import ASKED, IS_LATE, IS_NAMED, RECEIVED
from shared.persistence.search_tokens import surname_token
from shared.platform.privacy import Vault
from shared.process.tables import Referral

SURNAME = table("surname", column("enrolment_id"), column("token"), schema="care_register")
HEX_DIGITS = 32
SHORT_NUMBER = re.compile(r"[0-9a-f]{4,32}")
CODE = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which list, and which part of it; `search` is as typed."""

    view: View
    kind: str = ""
    status: Status | None = None
    only_urgent: bool = False
    only_late: bool = False
    search: str = ""
    after: str | None = None
    limit: int = 50

    @property
    def is_part(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.kind or self.status or self.only_urgent or self.only_late or self.search)


class Part(StrEnum):
    """What narrows a list; `FOUND_BY_NUMBER` is `FOUND` where what was typed may be a short number too."""

    KIND = "kind"
    STATUS = "status"
    URGENT = "urgent"
    LATE = "late"
    FOUND = "found"
    FOUND_BY_NUMBER = "found_by_number"


def parts_of(query: ListQuery) -> tuple[Part, ...]:
    """What narrows this list, always in the same order."""
    typed = query.search.strip()
    is_number = SHORT_NUMBER.fullmatch(_number(typed)) is not None
    asked = {
        Part.KIND: bool(query.kind),
        Part.STATUS: query.status is not None,
        Part.URGENT: query.only_urgent,
        Part.LATE: query.only_late,
        Part.FOUND: bool(typed) and not is_number,
        Part.FOUND_BY_NUMBER: is_number,
    }
    return tuple(part for part, is_asked in asked.items() if is_asked)


def narrowed_to(query: ListQuery, reader: Reader, vault: Vault) -> dict[str, Any]:
    """The parameters of `CONDITIONS`."""
    typed = query.search.strip()
    found = _found(typed, reader, vault) if typed else {}
    return {**_kinds("asked", [query.kind], reader), "status": query.status, **found}


def _found(typed: str, reader: Reader, vault: Vault) -> dict[str, Any]:
    named = [kind.code for kind in reader.policy.kinds if typed in reader.policy.label("kinds", kind.code)]
    number = _number(typed)
    between = {
        name: UUID(number.ljust(HEX_DIGITS, filler)) if SHORT_NUMBER.fullmatch(number) else None
        for name, filler in NUMBERS.items()
    }
    return {"surname": surname_token(vault, typed), **_kinds("named", named, reader), **between}


def _number(typed: str) -> str:
    return typed.strip().lower().replace("-", "")


def _kinds(name: str, codes: Iterable[str], reader: Reader) -> dict[str, Collection[str]]:
    """The codes, apart from those which few may name."""
    restricted = {kind.code for kind in reader.policy.kinds if kind.restricted_to}
    known = {code for code in codes if CODE.fullmatch(code)}
    return {f"{name}_kinds": sorted(known - restricted), f"{name}_restricted": sorted(known & restricted)}


def _of_kinds(name: str) -> ColumnElement[bool]:
    """Work of those kinds, as far as the reader may know: a filter must not tell what the list hides.

    The codes are written out: how common a kind is decides along which index its work is found.
    """
    kinds, restricted = (
        bindparam(f"{name}_{which}", type_=Text, expanding=True, literal_execute=True)
        for which in ("kinds", "restricted")
    )
    return or_(Referral.kind.in_(kinds), and_(Referral.kind.in_(restricted), or_(RECEIVED, ASKED), IS_NAMED))


NUMBERS = {"first_number": "0", "last_number": "f"}
"""What fills up a short number to the least and to the greatest that begins with it."""

FIRST, LAST = (bindparam(name, type_=Uuid) for name in NUMBERS)
OF_SURNAME = Referral.subject_id.in_(
    select(SURNAME.c.enrolment_id).where(SURNAME.c.token == bindparam("surname"))
)
FOUND = or_(OF_SURNAME, _of_kinds("named"))

CONDITIONS: Mapping[Part, ColumnElement[bool]] = {
    Part.KIND: _of_kinds("asked"),
    Part.STATUS: Referral.status == bindparam("status"),
    Part.URGENT: Referral.urgency == Urgency.URGENT,
    Part.LATE: IS_LATE,
    Part.FOUND: FOUND,
    Part.FOUND_BY_NUMBER: or_(FOUND, Referral.referral_id.between(FIRST, LAST)),
}
"""Written once, as the lists are; what is asked for are parameters."""
