"""Which part of a list: by kind, state, urgency, lateness, and by what was typed into the search field.

A search finds by what the list shows anyway: a surname, a kind by its name, a short number. A longer name
finds by its first character alone, so that nobody learns a given name by trying.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, column, or_, select, table

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


def filters_of(query: ListQuery, reader: Reader, vault: Vault) -> Iterator[ColumnElement[bool]]:
    """What narrows the list; its parameters are those of the lists."""
    if query.kind:
        yield _of_kinds([query.kind], reader)
    if query.status:
        yield Referral.status == query.status
    if query.only_urgent:
        yield Referral.urgency == Urgency.URGENT
    if query.only_late:
        yield IS_LATE
    if query.search.strip():
        yield _found(query.search.strip(), reader, vault)


def _found(typed: str, reader: Reader, vault: Vault) -> ColumnElement[bool]:
    surname = select(SURNAME.c.enrolment_id).where(SURNAME.c.token == surname_token(vault, typed))
    policy = reader.policy
    named = [kind.code for kind in policy.kinds if typed in policy.label("kinds", kind.code)]
    ways = [Referral.subject_id.in_(surname), _of_kinds(named, reader)]
    number = typed.lower().replace("-", "")
    if SHORT_NUMBER.fullmatch(number):
        first, last = (UUID(number.ljust(HEX_DIGITS, digit)) for digit in "0f")
        ways.append(Referral.referral_id.between(first, last))
    return or_(*ways)


def _of_kinds(codes: list[str], reader: Reader) -> ColumnElement[bool]:
    """Work of those kinds, as far as the reader may know: a filter must not tell what the list hides."""
    restricted = {kind.code for kind in reader.policy.kinds if kind.restricted_to}
    return or_(
        Referral.kind.in_([code for code in codes if code not in restricted]),
        and_(
            Referral.kind.in_([code for code in codes if code in restricted]),
            or_(RECEIVED, ASKED),
            IS_NAMED,
        ),
    )
