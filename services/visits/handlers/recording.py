"""Putting a contact on record: the fact, its verdict, and what it sets off, in one transaction.

Nothing that is down elsewhere keeps a contact from being stored: what the visit cycle must know waits in the
outbox, what the record lacks is shown until somebody completes it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from services.visits.handlers import alarms
from services.visits.handlers.commands import ContactRecorded, Receipt, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.forces import force_of_who_went
from services.visits.handlers.judging import Judged, judged
from services.visits.handlers.remembering import recorded_of, remembered
from services.visits.handlers.reporting import report_separately
from services.visits.handlers.sealing import sealed_texts
from services.visits.repository import contacts
from services.visits.repository.assignments import is_active_account
from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.visit_cycle import CycleUpdate, TakeIn
from shared.contracts.wire import encode
from shared.domain.errors import Invalid
from shared.domain.visit_cycle.extras import promised
from shared.domain.visit_cycle.facts import ContactFact, ExtraVisit, Facts
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import EnrolledElder, enrolled_elder

CONTACT_RECORDED = "contact_recorded"


def record_contact(command: RecordContact, uow: UnitOfWork, desk: Desk) -> ContactRecorded:
    """Put one contact on record. The same command again changes nothing and gets the same answer.

    Raises NotFound for an enrolment outside the territory; Invalid for codes that the plan does not know, a
    visitor who does not work here, or an office that is not theirs; and IdempotencyMismatchError if the id
    was used for another contact.
    """
    enrolled = enrolled_elder(uow.session, command.enrolment_id)
    went = command.visited_by or uow.principal.account_id
    if went != uow.principal.account_id and not is_active_account(uow.session, went):
        raise Invalid("unknown_visitor", account_id=went)
    force = force_of_who_went(command, uow, desk.policy_at(enrolled.jurisdiction_id, uow.now))
    return put_on_record(command, enrolled, uow, desk, Receipt(received_at=uow.now, force=force))


def put_on_record(
    command: RecordContact, enrolled: EnrolledElder, uow: UnitOfWork, desk: Desk, receipt: Receipt
) -> ContactRecorded:
    """The same for an elder already looked up, and for a record that came in at another instant."""
    happened_at = command.occurred_at or receipt.received_at
    on_its_day = desk.as_of(enrolled.jurisdiction_id, happened_at, uow)
    contact = judged(command, enrolled, on_its_day, receipt)
    # Who went is part of what was said: the same words from somebody else are another contact.
    went = command.visited_by or uow.principal.account_id
    fingerprint = desk.fingerprint(encode(replace(command, sender_now=None, visited_by=went)))
    row = _row(contact, uow, desk, receipt.received_at)
    if not contacts.add_contact(uow.session, row | {"fingerprint": fingerprint}, contact.findings):
        return remembered(command.contact_id, fingerprint, uow)
    alarm = alarms.follow(contact, uow, desk, receipt)
    report_separately(command, uow, desk)
    uow.record(
        stream=f"elder:{enrolled.elder_id}",
        action=CONTACT_RECORDED,
        detail={"contact_id": command.contact_id, "fingerprint": fingerprint.hex()},
    )
    if receipt.announces and has_cycle(enrolled):
        uow.announce(_take_in(contact, receipt.received_at))
    return recorded_of(contact, recorded_at=receipt.received_at, alarm=alarm)


def has_cycle(enrolled: EnrolledElder) -> bool:
    """Whether a visit cycle listens; before its start, contacts reach it with the start itself."""
    return enrolled.cycle_started_at is not None and enrolled.left_at is None


def _row(contact: Judged, uow: UnitOfWork, desk: Desk, recorded_at: datetime) -> dict[str, object]:
    command, enrolled = contact.command, contact.enrolled
    return {
        "contact_id": command.contact_id,
        "enrolment_id": command.enrolment_id,
        "elder_id": enrolled.elder_id,
        "jurisdiction_id": enrolled.jurisdiction_id,
        "area_code": enrolled.area_code,
        "occurred_at": contact.occurred_at,
        "recorded_at": recorded_at,
        "visited_by": command.visited_by or uow.principal.account_id,
        "recorded_by": uow.principal.account_id,
        "batch_id": command.batch_id,
        "force": contact.force,
        "mode": command.mode,
        "reach": command.reach,
        "is_reached": command.reach.is_reached,
        "entry_consent": contact.consent,
        "service_items": list(command.service_items),
        "red_flags": list(command.red_flags),
        "next_contact_on": command.next_contact_on,
        **_verdict_columns(contact),
        **sealed_texts(command, uow.session, desk),
    }


def _verdict_columns(contact: Judged) -> dict[str, object]:
    verdict = contact.verdict
    return {
        "counts_for": list(verdict.counts_for),
        "reason_code": verdict.reason.code,
        "reason_params": list(verdict.reason.params),
        "reason_source": verdict.reason.source,
        "withheld": [
            {"obligation": code, "code": why.code, "params": list(why.params), "source": why.source}
            for code, why in verdict.withheld
        ],
        "to_verify": list(verdict.to_verify),
        "policy_id": contact.policy.id,
        "policy_hash": contact.policy.hash,
        "lateness": contact.lateness,
        "is_clock_off": contact.is_clock_off,
        "gaps": list(contact.gaps),
    }


def _take_in(contact: Judged, recorded_at: datetime) -> OutboxMessage:
    """What the visit cycle is told; a promised next contact becomes a window of its own (domain §0.2-1)."""
    message_id = uuid5(contact.command.contact_id, "take_in")
    fact = ContactFact(
        contact_id=contact.command.contact_id,
        occurred_at=contact.occurred_at,
        known_at=recorded_at,
        is_reached=contact.command.reach.is_reached,
        counts_for=contact.verdict.counts_for,
    )
    facts = Facts(contacts=(fact,), extras=_promised(contact, recorded_at))
    return OutboxMessage(
        message_id=message_id,
        key=names.visit_cycle_id(contact.enrolled.enrolment_id),
        verb=Verb.UPDATE,
        name=CycleUpdate.TAKE_IN,
        payload=TakeIn(request_id=str(message_id), facts=facts),
    )


def _promised(contact: Judged, recorded_at: datetime) -> tuple[ExtraVisit, ...]:
    on = contact.command.next_contact_on
    if on is None:
        return ()
    zone = contact.policy.jurisdiction.zone
    return (promised(contact.command.contact_id, on, known_at=recorded_at, zone=zone),)
