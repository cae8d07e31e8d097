"""What coordination changes: little. Facts belong to other services, decisions to the processes."""

from uuid import UUID

from services.coordination.commands import AddVisit, Phoned, Settle, StartDrill
from services.coordination.repository import extras, noting, reading
from services.coordination.repository.extras import ExtraRow
from shared.contracts import names
from shared.contracts.announcing import start_message
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.visit_cycle import CycleUpdate, TakeIn
from shared.domain.conditions import Subject
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.facts import ElderFacts
from shared.domain.periods import local_day
from shared.domain.visit_cycle.extras import owed_until
from shared.domain.visit_cycle.facts import Facts
from shared.inbox.desk import Desk
from shared.inbox.files import open_file
from shared.inbox.names import load_names
from shared.inbox.offering import heading_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import full_code
from shared.policies.model import Policy
from shared.policies.resolve import route
from shared.process.directory import load_directory
from shared.process.openings import Opening, start_referral
from shared.process.subjects import EnrolledElder, enrolled_elder, hold_contacts, leaving_in_words

DRILL = "drill"
"""The kind of a drill (演练) in every policy."""


def add_visit(command: AddVisit, work: UnitOfWork, policy: Policy) -> None:
    """Owe the elder one more visit by the end of that day. The same command again changes nothing.

    Raises NotFound, Conflict `has_left` for who is visited no more and `extra_asked_already` or
    `extra_id_taken` if the id asked something else, Invalid for a day that has passed or is too far off.
    """
    elder = enrolled_elder(work.session, command.enrolment_id)
    hold_contacts(work.session, command.enrolment_id)
    asked = ExtraRow(
        extra_id=command.extra_id,
        enrolment_id=command.enrolment_id,
        jurisdiction_id=elder.jurisdiction_id,
        area_code=elder.area_code,
        due_on=command.due_on,
        asked_at=work.now,
        asked_by=work.principal.account_id,
    )
    if not extras.add_extra(work.session, asked):
        _refuse_another(asked, work)
        return
    _refuse_extra(command, elder, work, policy)
    _tell_cycle(asked, work, policy)


def _refuse_another(asked: ExtraRow, work: UnitOfWork) -> None:
    """Sent twice is asked once; another visit under the same id would be lost without a word."""
    stored = extras.asked_before(work.session, asked.extra_id)
    if stored is None:
        raise Conflict("extra_id_taken")
    if (stored.enrolment_id, stored.due_on) != (asked.enrolment_id, asked.due_on):
        who = load_names(work.session, accounts=[stored.asked_by], units=()).account(stored.asked_by)
        raise Conflict("extra_asked_already", who=who, at=stored.asked_at, due_on=stored.due_on)


def _tell_cycle(asked: ExtraRow, work: UnitOfWork, policy: Policy) -> None:
    zone = policy.jurisdiction.zone
    extra = owed_until(asked.due_on, extra_id=asked.extra_id, known_at=asked.asked_at, zone=zone)
    taken = TakeIn(request_id=str(asked.extra_id), facts=Facts(extras=(extra,)))
    work.announce(
        OutboxMessage(
            message_id=asked.extra_id,
            key=names.visit_cycle_id(asked.enrolment_id),
            verb=Verb.UPDATE,
            name=CycleUpdate.TAKE_IN,
            payload=taken,
        )
    )
    work.record(
        stream=f"enrolment:{asked.enrolment_id}",
        action="visit_added",
        detail={"extra_id": str(asked.extra_id), "due_on": asked.due_on.isoformat()},
    )


def _refuse_extra(command: AddVisit, elder: EnrolledElder, work: UnitOfWork, policy: Policy) -> None:
    if elder.left_at is not None:
        raise Conflict("has_left", **leaving_in_words(elder, policy))
    if reading.cycle(work.session, command.enrolment_id) is None:
        raise NotFound("enrolment_not_found")
    within = policy.timing.extra_visit_days
    days = (command.due_on - local_day(work.now, policy.jurisdiction.zone)).days
    if days < 0:
        raise Invalid("extra_in_the_past")
    if days > within:
        raise Invalid("extra_too_far", days=within)


def start_drill(command: StartDrill, work: UnitOfWork, policy: Policy, desk: Desk) -> UUID:
    """Offer a drill to whom the policy names where the starter works; the starter may watch it climb."""
    place, person = policy.jurisdiction, work.principal
    area_code = full_code(next(iter(person.areas), place.area_code))
    subject = Subject(facts=ElderFacts(area_code=area_code), on=local_day(work.now, place.zone))
    directory = load_directory(work.session, place.id)
    named = directory.unit(route(policy, DRILL, subject, directory))
    opening = Opening(
        referral_id=command.drill_id,
        kind=DRILL,
        jurisdiction_id=place.id,
        subject=subject,
        offered_at=work.now,
        # A starter without a town of their own (区级统筹) drills the coordinating unit itself.
        unit_id=named.unit_id if named else directory.id_of(place.coordinator_unit),
        requesting_unit_id=next(iter(person.units), ""),
    )
    start = start_referral(desk.book, directory, opening)
    open_file(work, heading_of(start.state), vault=desk.vault)
    work.announce(start_message(start))
    work.record(stream=f"referral:{command.drill_id}", action="drill_started")
    return command.drill_id


def phoned(command: Phoned, work: UnitOfWork) -> int:
    """Note who rang; again changes nothing. Answers how many notices the call settled."""
    settled = noting.note_phoned(work.session, command.account_id, at=work.now)
    work.record(stream=f"account:{command.account_id}", action="phoned", detail={"notices": settled})
    return settled


def settle(command: Settle, work: UnitOfWork) -> None:
    """Note who has seen to it; again changes nothing."""
    person = work.principal
    if noting.note_settled(work.session, command.effect_id, by=person.account_id, at=work.now):
        work.record(stream=f"effect:{command.effect_id}", action="refusal_settled")
