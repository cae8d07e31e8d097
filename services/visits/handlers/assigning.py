"""Giving elders to visitors: for good, or for some days in somebody's place (指派、顶岗)."""

from datetime import timedelta
from uuid import UUID, uuid4

from services.visits.codes import AssignmentKind
from services.visits.handlers.commands import Assign, Assigned
from services.visits.repository import assignments
from services.visits.repository.assignments import NewAssignment
from services.visits.repository.contacts import Place
from shared.domain.errors import Invalid, NotFound
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import enrolled_elders

LONGEST_SUBSTITUTION = timedelta(days=366)
"""A stand-in for longer than a year is a change of visitor, and must be recorded as one."""


def assign(command: Assign, uow: UnitOfWork) -> Assigned:
    """Give the elders to the visitor; who had them before keeps them until the day before.

    Raises NotFound for an elder outside the territory, Invalid for an unknown or locked account and for days
    that make no sense.
    """
    _check(command, uow)
    known = enrolled_elders(uow.session, command.enrolment_ids)
    missing = [each for each in command.enrolment_ids if each not in known]
    if missing:
        raise NotFound("enrolment_not_found", enrolment_ids=missing)
    if command.kind is AssignmentKind.REGULAR:
        assignments.end_regular(uow.session, command.enrolment_ids, before=command.from_on)
    places = {
        each: Place(jurisdiction_id=known[each].jurisdiction_id, area_code=known[each].area_code)
        for each in command.enrolment_ids
    }
    new = [_new(command, enrolment_id, place) for enrolment_id, place in places.items()]
    assignments.add_assignments(uow.session, new, by=uow.principal.account_id, now=uow.now)
    for enrolment_id in command.enrolment_ids:
        uow.record(
            stream=f"elder:{known[enrolment_id].elder_id}",
            action="visitor_assigned",
            detail={
                "account_id": command.account_id,
                "kind": command.kind,
                "from_on": command.from_on,
                "to_on": command.to_on,
            },
        )
    return Assigned(
        account_id=command.account_id,
        enrolment_ids=command.enrolment_ids,
        from_on=command.from_on,
        to_on=command.to_on,
    )


def _check(command: Assign, uow: UnitOfWork) -> None:
    if not assignments.is_active_account(uow.session, command.account_id):
        raise Invalid("unknown_visitor", account_id=command.account_id)
    if command.to_on is not None and command.to_on < command.from_on:
        raise Invalid("ends_before_it_begins", from_on=command.from_on, to_on=command.to_on)
    if command.kind is AssignmentKind.REGULAR:
        return
    if command.to_on is None or command.to_on - command.from_on > LONGEST_SUBSTITUTION:
        raise Invalid("substitute_needs_an_end", from_on=command.from_on)


def _new(command: Assign, enrolment_id: UUID, place: Place) -> NewAssignment:
    return NewAssignment(
        assignment_id=uuid4(),
        enrolment_id=enrolment_id,
        account_id=command.account_id,
        kind=command.kind,
        from_on=command.from_on,
        to_on=command.to_on,
        place=place,
    )
