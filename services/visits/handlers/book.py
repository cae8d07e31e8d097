"""The visit book (台账): an elder's contacts in order, each with its verdict; never edited by hand (J-21)."""

from dataclasses import dataclass
from uuid import UUID

from services.visits.handlers.commands import Voucher, Withheld
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import elder_and_card
from services.visits.handlers.remembering import reason_of, withheld_of
from services.visits.handlers.sealing import LATE_REASON, NOTE, elder_key, voucher_of, words_of
from services.visits.repository import book as repository
from services.visits.repository import contacts
from services.visits.repository.book import Position
from services.visits.repository.contacts import StoredContact
from shared.domain.classification import Reason
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey
from shared.policies.model import Policy
from shared.process.elders import ElderCard
from shared.process.subjects import EnrolledElder


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One contact of the book, opened for who may read it. `findings`: kind -> answer."""

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


def book_line(stored: StoredContact, uow: UnitOfWork, desk: Desk) -> BookLine:
    """One contact, opened."""
    return _lines([stored], uow, elder_key(uow.session, stored.enrolment_id, desk))[0]


def _lines(rows: list[StoredContact], uow: UnitOfWork, key: ElderKey) -> tuple[BookLine, ...]:
    findings = contacts.findings_of(uow.session, [row.contact_id for row in rows])
    names = repository.account_names(
        uow.session,
        {id_ for row in rows for id_ in (row.visited_by, row.recorded_by, row.voided_by) if id_},
    )
    return tuple(
        BookLine(
            contact=row,
            reason=reason_of(row.reason_code, row.reason_params, row.reason_source),
            withheld=withheld_of(row),
            findings=findings.get(row.contact_id, {}),
            visitor=names.get(row.visited_by, ""),
            recorder=names.get(row.recorded_by, ""),
            voider=names.get(row.voided_by, "") if row.voided_by else "",
            note=words_of(row, NOTE, key),
            late_reason=words_of(row, LATE_REASON, key),
            voucher=voucher_of(row, key),
        )
        for row in rows
    )
