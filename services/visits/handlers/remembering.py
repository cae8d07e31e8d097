"""The answer to a record, now or when it is sent again: made from what was stored, it stays the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from services.visits.codes import Gap
from services.visits.handlers.alarms import Alarm
from services.visits.handlers.commands import ContactRecorded, Withheld
from services.visits.handlers.judging import Judged
from services.visits.handlers.reporting import reported_with
from services.visits.repository import alarms, contacts
from services.visits.repository.contacts import StoredContact
from shared.domain.classification import Reason
from shared.domain.errors import Conflict
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.persistence.unit_of_work import UnitOfWork


def recorded_of(contact: Judged, *, recorded_at: datetime, alarm: Alarm) -> ContactRecorded:
    """The answer to a contact that has just been stored."""
    verdict = contact.verdict
    return ContactRecorded(
        contact_id=contact.command.contact_id,
        enrolment_id=contact.command.enrolment_id,
        occurred_at=contact.occurred_at,
        recorded_at=recorded_at,
        is_reached=contact.command.reach.is_reached,
        counts_for=verdict.counts_for,
        reason=verdict.reason,
        withheld=tuple(Withheld(obligation=code, reason=reason) for code, reason in verdict.withheld),
        to_verify=verdict.to_verify,
        lateness=contact.lateness,
        is_clock_off=contact.is_clock_off,
        gaps=contact.gaps,
        not_seen_id=alarm.not_seen_id,
        ended_not_seen_id=alarm.ended_id,
        is_reported=contact.command.is_reported,
        policy_hash=contact.policy.hash,
    )


def remembered(contact_id: UUID, fingerprint: bytes, uow: UnitOfWork) -> ContactRecorded:
    """The answer given before under this id.

    Raises IdempotencyMismatchError if it was another contact, Conflict if it is not ours to know.
    """
    stored = contacts.stored_contact(uow.session, contact_id)
    if stored is None:
        raise Conflict("contact_id_taken")
    if stored.fingerprint != fingerprint:
        raise IdempotencyMismatchError
    return answer_of(stored, uow)


def recorded_contact(contact_id: UUID, uow: UnitOfWork) -> ContactRecorded:
    """What became of a contact. Raises NotFound if there is none in the territory of who asks."""
    return answer_of(contacts.found_contact(uow.session, contact_id), uow)


def answer_of(stored: StoredContact, uow: UnitOfWork) -> ContactRecorded:
    """The answer that a stored contact was given."""
    touched = alarms.touched_by(uow.session, stored)
    is_ended_by_it = touched is not None and touched.ended_by == stored.contact_id
    return ContactRecorded(
        contact_id=stored.contact_id,
        enrolment_id=stored.enrolment_id,
        occurred_at=stored.occurred_at,
        recorded_at=stored.recorded_at,
        is_reached=stored.is_reached,
        counts_for=tuple(stored.counts_for),
        reason=reason_of(stored.reason_code, stored.reason_params, stored.reason_source),
        withheld=withheld_of(stored),
        to_verify=tuple(stored.to_verify),
        lateness=stored.lateness,
        is_clock_off=stored.is_clock_off,
        gaps=tuple(Gap(gap) for gap in stored.gaps),
        not_seen_id=touched.referral_id if touched and not is_ended_by_it else None,
        ended_not_seen_id=touched.referral_id if touched and is_ended_by_it else None,
        is_reported=bool(reported_with(uow.session, [stored], uow.principal)),
        policy_hash=stored.policy_hash,
    )


def reason_of(code: str, params: Iterable[Sequence[str]], source: str) -> Reason:
    """A stored reason again."""
    return Reason(code=code, params=tuple((name, value) for name, value in params), source=source)


def withheld_of(stored: StoredContact) -> tuple[Withheld, ...]:
    """What a stored contact does not count for, and why."""
    return tuple(
        Withheld(
            obligation=each["obligation"], reason=reason_of(each["code"], each["params"], each["source"])
        )
        for each in stored.withheld
    )
