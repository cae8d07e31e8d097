"""Completing a record later (补充): what was left out at the door is added, and nothing is overwritten.

A record that came in with one tap is stored and counted as it is (J-22, Z-68); who was there or typed it in
adds the rest while late records are still taken. Each addition carries who and when.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from services.visits.codes import EntryConsent, Gap
from services.visits.handlers.book import BookLine, book_line
from services.visits.handlers.commands import CompleteRecord, RecordCompleted
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import elder_and_card
from services.visits.handlers.judging import questions
from services.visits.handlers.sealing import sealed_addition
from services.visits.repository import additions, contacts
from services.visits.repository.additions import StoredAddition
from services.visits.repository.contacts import StoredContact
from shared.contracts.wire import encode
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.findings import Question, all_unchanged, answered, is_complete
from shared.domain.late_entry import Lateness
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard
from shared.process.subjects import EnrolledElder, hold_contacts

RECORD_COMPLETED = "contact_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What may still be added to a record."""

    questions: tuple[Question, ...]
    service_items: tuple[str, ...]
    consent: bool
    late_reason: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToComplete:
    """A record with what may still be added to it."""

    line: BookLine
    elder: EnrolledElder
    card: ElderCard
    policy: Policy
    missing: Missing


def complete_record(command: CompleteRecord, uow: UnitOfWork, desk: Desk) -> RecordCompleted:
    """Add to the record. The same addition again changes nothing and gets the same answer.

    Raises NotFound; Conflict `contact_voided`, `completing_too_late`, `already_answered`; Forbidden
    `completing_not_yours`; Invalid `nothing_to_add` or for codes that the plan does not know.
    """
    found = contacts.found_contact(uow.session, command.contact_id)
    hold_contacts(uow.session, found.enrolment_id)
    stored = contacts.found_contact(uow.session, command.contact_id)
    fingerprint = desk.fingerprint(encode(command))
    before = additions.stored_addition(uow.session, command.addition_id)
    if before is not None:
        return _again(before, fingerprint, stored, uow)
    return _add(command, stored, uow, desk, fingerprint=fingerprint)


def to_complete(contact_id: UUID, uow: UnitOfWork, desk: Desk) -> ToComplete:
    """A record and what may be added to it. Raises what `complete_record` raises for this person."""
    return _to_complete(contacts.found_contact(uow.session, contact_id), uow, desk)


def may_complete(stored: StoredContact, policy: Policy, uow: UnitOfWork) -> bool:
    """Whether who asks may add to it now."""
    until = stored.occurred_at + timedelta(hours=policy.recording.counts_until_hours)
    is_own = uow.principal.account_id in {stored.visited_by, stored.recorded_by}
    return is_own and stored.voided_at is None and uow.now <= until


def missing_of(line: BookLine, policy: Policy) -> Missing:
    """What nobody has said yet. Where the elder was not reached, nothing was to be asked or done."""
    contact = line.contact
    asked = questions(policy) if contact.is_reached else ()
    items = policy.recording.service_items if contact.is_reached else ()
    done = {*contact.service_items, *(item for each in line.additions for item in each.service_items)}
    return Missing(
        questions=tuple(each for each in asked if each.code not in line.every_finding),
        service_items=tuple(item for item in items if item not in done),
        consent=Gap.CONSENT in line.gaps,
        late_reason=contact.lateness is not Lateness.ON_TIME and Gap.LATE_REASON in line.gaps,
    )


def plan_of(stored: StoredContact, elder: EnrolledElder, uow: UnitOfWork, desk: Desk) -> Policy:
    """The plan that judged the contact."""
    of_its_day = desk.as_of(elder.jurisdiction_id, stored.occurred_at, uow)
    judged_by = of_its_day.book.with_hash(stored.policy_hash)
    return judged_by or of_its_day.policy_at(elder.jurisdiction_id, stored.occurred_at)


def _add(
    command: CompleteRecord, stored: StoredContact, uow: UnitOfWork, desk: Desk, *, fingerprint: bytes
) -> RecordCompleted:
    may = _to_complete(stored, uow, desk)
    if command.rest_unchanged:
        unchanged = all_unchanged(may.missing.questions)
        command = replace(command, findings={**unchanged, **command.findings})
    _refuse_overwriting(command, may.missing)
    closes = _closes(command, may.missing)
    row = _row(command, may.elder, uow, desk) | {"fingerprint": fingerprint, "closes": list(closes)}
    additions.add_addition(uow.session, row, answered(questions(may.policy), command.findings))
    detail = {"contact_id": stored.contact_id, "addition_id": command.addition_id}
    uow.record(stream=f"elder:{may.elder.elder_id}", action=RECORD_COMPLETED, detail=detail)
    return RecordCompleted(
        addition_id=command.addition_id,
        contact_id=stored.contact_id,
        added_at=uow.now,
        closes=closes,
        gaps=tuple(gap for gap in may.line.gaps if gap not in closes),
    )


def _to_complete(stored: StoredContact, uow: UnitOfWork, desk: Desk) -> ToComplete:
    elder, card = elder_and_card(stored.enrolment_id, uow, desk)
    policy = plan_of(stored, elder, uow, desk)
    _refuse(stored, policy, uow)
    line = book_line(stored, uow, desk)
    return ToComplete(line=line, elder=elder, card=card, policy=policy, missing=missing_of(line, policy))


def _row(command: CompleteRecord, elder: EnrolledElder, uow: UnitOfWork, desk: Desk) -> dict[str, object]:
    return {
        "addition_id": command.addition_id,
        "contact_id": command.contact_id,
        "jurisdiction_id": elder.jurisdiction_id,
        "area_code": elder.area_code,
        "added_at": uow.now,
        "added_by": uow.principal.account_id,
        "entry_consent": command.entry_consent,
        "service_items": list(command.service_items),
        **sealed_addition(command, elder.enrolment_id, uow.session, desk),
    }


def _again(
    before: StoredAddition, fingerprint: bytes, stored: StoredContact, uow: UnitOfWork
) -> RecordCompleted:
    if before.fingerprint != fingerprint:
        raise IdempotencyMismatchError
    known = additions.additions_of(uow.session, [stored.contact_id])[stored.contact_id]
    until_then = [each for each in known if each.added_at <= before.added_at]
    closed = {gap for each in until_then for gap in each.closes}
    return RecordCompleted(
        addition_id=before.addition_id,
        contact_id=stored.contact_id,
        added_at=before.added_at,
        closes=tuple(Gap(each) for each in before.closes),
        gaps=tuple(Gap(each) for each in stored.gaps if each not in closed),
    )


def _refuse(stored: StoredContact, policy: Policy, uow: UnitOfWork) -> None:
    if stored.voided_at is not None:
        raise Conflict("contact_voided", by=stored.voided_by, at=stored.voided_at)
    if uow.principal.account_id not in {stored.visited_by, stored.recorded_by}:
        raise Forbidden("completing_not_yours")
    if not may_complete(stored, policy, uow):
        raise Conflict("completing_too_late", hours=policy.recording.counts_until_hours)


def _refuse_overwriting(command: CompleteRecord, missing: Missing) -> None:
    """Only what is missing may come. What nobody asks for is refused as what is known already."""
    words = (command.late_reason, command.note)
    if not any((command.findings, command.service_items, command.entry_consent, *words)):
        raise Invalid("nothing_to_add")
    offered = {each.code for each in missing.questions}
    is_new = (
        set(command.findings) <= offered,
        set(command.service_items) <= set(missing.service_items),
        missing.consent or command.entry_consent is None,
        command.entry_consent not in {EntryConsent.MISSING, EntryConsent.NOT_NEEDED},
        missing.late_reason or not command.late_reason,
    )
    if not all(is_new):
        raise Conflict("already_answered")


def _closes(command: CompleteRecord, missing: Missing) -> tuple[Gap, ...]:
    closed = {
        Gap.FINDINGS: bool(missing.questions) and is_complete(missing.questions, command.findings),
        Gap.CONSENT: command.entry_consent is not None,
        Gap.LATE_REASON: bool(command.late_reason),
    }
    return tuple(gap for gap, is_closed in closed.items() if is_closed)
