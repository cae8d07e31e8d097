"""Striking a contact from the book (作废): the original stays, with who did it, when and why.

The visit cycle learns of it like of the contact itself, and an alarm that the contact had ended is raised
again: nobody is taken for seen on a record that does not hold. A search is never called off this way.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from services.visits.handlers import alarms
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import has_cycle
from services.visits.repository import contacts
from services.visits.repository.book import account_names
from services.visits.repository.contacts import StoredContact
from services.visits.repository.rounds import last_seen
from shared.contracts import names
from shared.contracts.access import Role
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.visit_cycle import CycleUpdate, TakeIn
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.late_entry import Lateness
from shared.domain.visit_cycle.facts import Facts, VoidedContact
from shared.domain.voiding import Voiding, VoidObstacle, obstacle
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.subjects import EnrolledElder, enrolled_elders, hold_contacts

CONTACT_VOIDED = "contact_voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidContact:
    """Strike a contact from the book; `reason` is a code of the plan."""

    contact_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactVoided:
    """The contact as it now stands. `not_seen_id`: the search that has begun again because of it."""

    contact_id: UUID
    voided_at: datetime
    voided_by: UUID
    reason: str
    not_seen_id: UUID | None


def void_contact(command: VoidContact, uow: UnitOfWork, desk: Desk) -> ContactVoided:
    """Void the contact. The same again by the same person gets the same answer.

    Raises NotFound, Invalid `unknown_void_reason`, Conflict `already_voided` naming who and when, Conflict
    `void_too_late`, Forbidden `void_needs_another`, Forbidden `void_not_yours`.
    """
    found = contacts.found_contact(uow.session, command.contact_id)
    hold_contacts(uow.session, found.enrolment_id)
    stored = contacts.found_contact(uow.session, command.contact_id)
    elder = enrolled_elders(uow.session, [stored.enrolment_id])[stored.enrolment_id]
    on_its_day = desk.as_of(elder.jurisdiction_id, stored.occurred_at, uow)
    policy = on_its_day.policy_at(elder.jurisdiction_id, stored.occurred_at)
    if command.reason not in (*policy.recording.void_reasons, policy.recording.void_at_source):
        raise Invalid("unknown_void_reason", reason=command.reason)
    if stored.voided_at is not None:
        return _again(stored, command, uow)
    _refuse(stored, policy, uow)
    contacts.void(uow.session, stored.contact_id, by=uow.principal.account_id, at=uow.now, why=command.reason)
    uow.record(
        stream=f"elder:{elder.elder_id}",
        action=CONTACT_VOIDED,
        detail={"contact_id": stored.contact_id, "reason": command.reason},
    )
    if has_cycle(elder):
        uow.announce(_told(stored, elder, uow))
    return ContactVoided(
        contact_id=stored.contact_id,
        voided_at=uow.now,
        voided_by=uow.principal.account_id,
        reason=command.reason,
        not_seen_id=alarms.raise_again(stored, elder, uow, desk),
    )


def may_void(stored: StoredContact, policy: Policy, uow: UnitOfWork) -> bool:
    """Whether who asks may void it now."""
    return stored.voided_at is None and obstacle(_wish(stored, policy, uow)) is None


def _again(stored: StoredContact, command: VoidContact, uow: UnitOfWork) -> ContactVoided:
    is_same = (stored.voided_by, stored.void_reason) == (uow.principal.account_id, command.reason)
    if not is_same or stored.voided_by is None or stored.voided_at is None:
        who = "".join(account_names(uow.session, [stored.voided_by] if stored.voided_by else []).values())
        raise Conflict("already_voided", by=stored.voided_by, at=stored.voided_at, who=who)
    return ContactVoided(
        contact_id=stored.contact_id,
        voided_at=stored.voided_at,
        voided_by=stored.voided_by,
        reason=command.reason,
        not_seen_id=alarms.raised_by_void(stored, uow),
    )


def _refuse(stored: StoredContact, policy: Policy, uow: UnitOfWork) -> None:
    match obstacle(_wish(stored, policy, uow)):
        case None:
            return
        case VoidObstacle.TOO_LATE as code:
            raise Conflict(code, hours=policy.recording.counts_until_hours)
        case code:
            raise Forbidden(code, hours=policy.recording.void_own_hours)


def _wish(stored: StoredContact, policy: Policy, uow: UnitOfWork) -> Voiding:
    recording = policy.recording
    own_until = stored.recorded_at + timedelta(hours=recording.void_own_hours)
    counts_until = stored.occurred_at + timedelta(hours=recording.counts_until_hours)
    return Voiding(
        by=uow.principal.account_id,
        is_coordinator=uow.principal.plays(Role.COORDINATOR),
        at=uow.now,
        visited_by=stored.visited_by,
        recorded_by=stored.recorded_by,
        own_until=own_until,
        # What came too late turns no window, but may end a search: a slip of the day is taken back.
        until=own_until if stored.lateness is Lateness.TOO_LATE else counts_until,
    )


def _told(stored: StoredContact, elder: EnrolledElder, uow: UnitOfWork) -> OutboxMessage:
    message_id = uuid5(stored.contact_id, "void")
    seen_at = last_seen(uow.session, [elder.enrolment_id]).get(elder.enrolment_id)
    fact = VoidedContact(contact_id=stored.contact_id, known_at=uow.now, last_seen_at=seen_at)
    return OutboxMessage(
        message_id=message_id,
        key=names.visit_cycle_id(elder.enrolment_id),
        verb=Verb.UPDATE,
        name=CycleUpdate.TAKE_IN,
        payload=TakeIn(request_id=str(message_id), facts=Facts(voided=(fact,))),
    )
