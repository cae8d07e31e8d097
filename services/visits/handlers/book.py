"""The visit book (台账): an elder's contacts in order, each with its verdict; never edited by hand (J-21)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.visits.codes import EntryConsent, Gap
from services.visits.handlers.commands import Voucher, Withheld
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import elder_and_card
from services.visits.handlers.remembering import reason_of, withheld_of
from services.visits.handlers.reporting import reported_with
from services.visits.handlers.sealing import (
    ADDED_LATE_REASON,
    ADDED_NOTE,
    LATE_REASON,
    NOTE,
    added_words,
    elder_key,
    voucher_of,
    words_of,
)
from services.visits.repository import additions, contacts
from services.visits.repository import book as repository
from services.visits.repository.additions import StoredAddition
from services.visits.repository.book import Position
from services.visits.repository.contacts import StoredContact
from shared.domain.classification import Reason
from shared.domain.periods import period_at
from shared.domain.plan import Period
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey
from shared.policies.model import Policy
from shared.process.elders import ElderCard
from shared.process.subjects import EnrolledElder


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedLine:
    """What somebody added to a contact later (补充), opened. `findings`: kind -> answer."""

    at: datetime
    by: str
    entry_consent: EntryConsent | None
    findings: dict[str, str]
    service_items: tuple[str, ...]
    late_reason: str
    note: str
    closes: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One contact of the book, opened for who may read it. `findings`: kind -> answer, as first recorded.

    is_reported: 需单独汇报, told to the finder alone.
    """

    contact: StoredContact
    reason: Reason
    withheld: tuple[Withheld, ...]
    findings: dict[str, str]
    visitor: str
    recorder: str
    voider: str
    note: str
    late_reason: str
    voucher: Voucher | None
    additions: tuple[AddedLine, ...]
    is_reported: bool

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the record still lacks."""
        closed = {gap for each in self.additions for gap in each.closes}
        return tuple(Gap(gap) for gap in self.contact.gaps if gap not in closed)

    @property
    def every_finding(self) -> dict[str, str]:
        """What was answered, at once or later."""
        return {
            **self.findings,
            **{kind: said for each in self.additions for kind, said in each.findings.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitBook:
    """The newest contacts first; `has_more` if older ones follow."""

    elder: EnrolledElder
    card: ElderCard
    policy: Policy
    lines: tuple[BookLine, ...]
    has_more: bool


def visit_book(
    enrolment_id: UUID, uow: UnitOfWork, desk: Desk, *, before: Position | None, limit: int
) -> VisitBook:
    """One page of an elder's book. Raises NotFound outside the territory."""
    elder, card = elder_and_card(enrolment_id, uow, desk)
    rows = repository.contacts_of(uow.session, enrolment_id, before=before, limit=limit + 1)
    return VisitBook(
        elder=elder,
        card=card,
        policy=desk.policy_at(elder.jurisdiction_id, uow.now),
        lines=_lines(rows[:limit], uow, elder_key(uow.session, enrolment_id, desk)),
        has_more=len(rows) > limit,
    )


def book_of_month(enrolment_id: UUID, month: date, uow: UnitOfWork, desk: Desk) -> VisitBook:
    """The elder's contacts of one month, the oldest first. Raises NotFound outside the territory."""
    elder, card = elder_and_card(enrolment_id, uow, desk)
    policy = desk.policy_at(elder.jurisdiction_id, uow.now)
    span = period_at(Period.MONTH, 0, month, month, policy.jurisdiction.zone)
    rows = repository.contacts_between(uow.session, enrolment_id, span.opens_at, span.closes_at)
    return VisitBook(
        elder=elder,
        card=card,
        policy=policy,
        lines=_lines(rows, uow, elder_key(uow.session, enrolment_id, desk)),
        has_more=False,
    )


def book_line(stored: StoredContact, uow: UnitOfWork, desk: Desk) -> BookLine:
    """One contact, opened."""
    return _lines([stored], uow, elder_key(uow.session, stored.enrolment_id, desk))[0]


def _lines(rows: list[StoredContact], uow: UnitOfWork, key: ElderKey) -> tuple[BookLine, ...]:
    ids = [row.contact_id for row in rows]
    findings, added = contacts.findings_of(uow.session, ids), additions.additions_of(uow.session, ids)
    people = {id_ for row in rows for id_ in (row.visited_by, row.recorded_by, row.voided_by) if id_}
    people |= {each.added_by for some in added.values() for each in some}
    opener = _Opener(
        key=key,
        findings=findings,
        names=repository.account_names(uow.session, people),
        reported=reported_with(uow.session, rows, uow.principal),
    )
    return tuple(opener.line(row, added.get(row.contact_id, [])) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opener:
    """Opens stored contacts with one elder's key."""

    key: ElderKey
    findings: Mapping[UUID, dict[str, str]]
    names: Mapping[UUID, str]
    reported: frozenset[UUID]

    def line(self, row: StoredContact, added: Iterable[StoredAddition]) -> BookLine:
        return BookLine(
            contact=row,
            reason=reason_of(row.reason_code, row.reason_params, row.reason_source),
            withheld=withheld_of(row),
            findings=self.findings.get(row.contact_id, {}),
            visitor=self.names.get(row.visited_by, ""),
            recorder=self.names.get(row.recorded_by, ""),
            voider=self.names.get(row.voided_by, "") if row.voided_by else "",
            note=words_of(row, NOTE, self.key),
            late_reason=words_of(row, LATE_REASON, self.key),
            voucher=voucher_of(row, self.key),
            additions=tuple(self._added(each) for each in added),
            is_reported=row.contact_id in self.reported,
        )

    def _added(self, row: StoredAddition) -> AddedLine:
        return AddedLine(
            at=row.added_at,
            by=self.names.get(row.added_by, ""),
            entry_consent=row.entry_consent,
            findings=self.findings.get(row.addition_id, {}),
            service_items=tuple(row.service_items),
            late_reason=added_words(row, ADDED_LATE_REASON, self.key),
            note=added_words(row, ADDED_NOTE, self.key),
            closes=tuple(Gap(gap) for gap in row.closes),
        )
