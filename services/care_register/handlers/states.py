"""States (住院、外出、谢绝探访 …): they act once reported; a second person confirms (domain §0.2-3)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from services.care_register.codes import SaidBy
from services.care_register.handlers.alarms import tell_alarm
from services.care_register.handlers.cycles import asking_visits, state_fact, tell
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import came_first, elder_of, history_of, open_enrolment
from services.care_register.handlers.people import STATE_NOTE, seal_note
from services.care_register.repository import states
from services.care_register.repository.enrolments import EnrolmentRow
from services.care_register.repository.states import StateRow
from shared.domain.calendars import deadline
from shared.domain.codes import StateKind, StateStatus
from shared.domain.errors import Forbidden, Invalid, NotFound
from shared.domain.visit_cycle.facts import Facts
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.policies.visiting import StateRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """Somebody says that an elder is in a state. Without `expected_end_on` it lasts as long as usual.

    contact_id: the failed contact from which it was reported, if any. note: in words, who said what.
    """

    enrolment_id: UUID
    kind: StateKind
    said_by: SaidBy
    starts_at: datetime
    expected_end_on: date | None = None
    note: str = ""
    contact_id: UUID | None = None
    state_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideState:
    """Another person confirms what was reported, or refuses it."""

    state_id: UUID
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndState:
    """The state is over; somebody looks after the elder within the policy's return check."""

    state_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChanged:
    """The state as it stands after a command."""

    state_id: UUID
    enrolment_id: UUID
    kind: StateKind
    status: StateStatus
    expected_end_on: date | None
    confirm_by: datetime


def report_state(command: ReportState, work: UnitOfWork, desk: Desk) -> StateChanged:
    """Store the state and quiet reminders and chase at once.

    Raises NotFound; Conflict `state_already_open`; Invalid `state_in_future`, `state_begins_too_early`,
    `state_ends_before_start`, `state_too_long`.
    """
    row = open_enrolment(work, command.enrolment_id)
    policy = desk.policy(row.jurisdiction_id, work.now)
    if command.starts_at < earliest_start(policy, work.now):
        raise Invalid("state_begins_too_early", days=policy.timing.written_later_days)
    rule = policy.state(command.kind)
    until = _expected_end(command, rule, on=desk.today(row.jurisdiction_id, command.starts_at))
    _check(command, work, rule, until=until, today=desk.today(row.jurisdiction_id, work.now))
    note = seal_note(command.note, STATE_NOTE, command.state_id, elder=elder_of(work, row), desk=desk)
    values = {
        "state_id": command.state_id,
        "enrolment_id": row.enrolment_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "kind": command.kind,
        "status": StateStatus.REPORTED,
        "starts_at": command.starts_at,
        "expected_end_on": until,
        "said_by": command.said_by,
        "note_sealed": note,
        "contact_id": command.contact_id,
        "reported_at": work.now,
        "reported_by": work.principal.account_id,
        "confirm_by": _confirm_by(policy, rule, work),
        "ask_again_on": _ask_again_on(rule, desk.today(row.jurisdiction_id, work.now)),
    }
    states.add_state(work.session, values)
    return _told(command.state_id, row, work)


def earliest_start(policy: Policy, now: datetime) -> datetime:
    """The earliest instant at which a state of now may have begun: before that, somebody mistook the year."""
    return now - timedelta(days=policy.timing.written_later_days)


def decide_state(command: DecideState, work: UnitOfWork) -> StateChanged:
    """Confirm or refuse a reported state.

    Raises NotFound; Conflict `already_decided`; Forbidden `second_person_needed` to who reported it.
    """
    state, row = _found(command.state_id, work)
    if state.status is not StateStatus.REPORTED:
        raise came_first(work, "already_decided", by=state.decided_by, at=state.decided_at)
    if state.reported_by == work.principal.account_id:
        raise Forbidden("second_person_needed", state_id=state.state_id)
    status = StateStatus.CONFIRMED if command.is_confirmed else StateStatus.REFUSED
    values = {"status": status, "decided_at": work.now, "decided_by": work.principal.account_id}
    states.change_state(work.session, state.state_id, values)
    return _told(state.state_id, row, work)


def end_state(command: EndState, work: UnitOfWork) -> StateChanged:
    """End an acting state: the cycle opens a return check.

    Raises NotFound, and Conflict `state_not_open` naming who has ended or refused it, and when.
    """
    state, row = _found(command.state_id, work)
    if state.status not in states.ACTING:
        by, at = state.ended_by or state.decided_by, state.ended_at or state.decided_at
        raise came_first(work, "state_not_open", by=by, at=at, status=state.status)
    values = {"status": StateStatus.ENDED, "ended_at": work.now, "ended_by": work.principal.account_id}
    states.change_state(work.session, state.state_id, values)
    return _told(state.state_id, row, work)


def ask_again(state_id: UUID, work: UnitOfWork, desk: Desk) -> None:
    """Owe a visit on which somebody asks anew, and note when to ask after that (谢绝探访 every n days)."""
    state, row = _found(state_id, work)
    policy = desk.policy(row.jurisdiction_id, work.now)
    next_on = _ask_again_on(policy.state(state.kind), desk.today(row.jurisdiction_id, work.now))
    answer_by = work.now + timedelta(days=policy.timing.first_visit_days)
    asked = replace(state, ask_again_on=next_on, asked_again_at=work.now, answer_by=answer_by)
    values = {"ask_again_on": next_on, "asked_again_at": work.now, "answer_by": answer_by}
    states.change_state(work.session, state_id, values)
    for extra in asking_visits(asked):
        tell(work, row, Facts(extras=(extra,)), cause=extra.extra_id)
    _record(state, row, work, action="state_to_be_asked_again")


def _found(state_id: UUID, work: UnitOfWork) -> tuple[StateRow, EnrolmentRow]:
    state = states.lock_state(work.session, state_id)
    if state is None:
        raise NotFound("state_not_found", state_id=state_id)
    return state, open_enrolment(work, state.enrolment_id)


def _told(state_id: UUID, row: EnrolmentRow, work: UnitOfWork) -> StateChanged:
    """Let history, the cycle and an open alarm know how the state now stands."""
    # Read back what this transaction has just stored.
    work.session.flush()
    state, _ = _found(state_id, work)
    _record(state, row, work, action=f"state_{state.status}")
    tell(work, row, Facts(states=(state_fact(state),)), cause=uuid5(state_id, state.status))
    tell_alarm(work, state)
    return StateChanged(
        state_id=state_id,
        enrolment_id=state.enrolment_id,
        kind=state.kind,
        status=state.status,
        expected_end_on=state.expected_end_on,
        confirm_by=state.confirm_by,
    )


def _record(state: StateRow, row: EnrolmentRow, work: UnitOfWork, *, action: str) -> None:
    work.record(
        stream=history_of(row.elder_id),
        action=action,
        detail={"state_id": state.state_id, "kind": state.kind},
        jurisdiction_id=row.jurisdiction_id,
    )


def _check(
    command: ReportState, work: UnitOfWork, rule: StateRule, *, until: date | None, today: date
) -> None:
    if command.starts_at > work.now:
        raise Invalid("state_in_future")
    if until is not None and until < today:
        raise Invalid("state_ends_before_start")
    if rule.max_days and (until is None or (until - today).days > rule.max_days):
        raise Invalid("state_too_long", max_days=rule.max_days)
    acting = states.acting_states(work.session, command.enrolment_id)
    already = next((each for each in acting if each.kind is command.kind), None)
    if already is not None:
        by, at = already.reported_by, already.reported_at
        raise came_first(work, "state_already_open", by=by, at=at, kind=command.kind)


def _expected_end(command: ReportState, rule: StateRule, *, on: date) -> date | None:
    if command.expected_end_on is not None or not rule.usual_days:
        return command.expected_end_on
    return on + timedelta(days=rule.usual_days)


def _ask_again_on(rule: StateRule, today: date) -> date | None:
    return today + timedelta(days=rule.reask_days) if rule.reask_days else None


def _confirm_by(policy: Policy, rule: StateRule, work: UnitOfWork) -> datetime:
    place = policy.jurisdiction
    calendar = policy.work_days.calendar(place.zone, place.hours, work.now.date())
    return deadline(rule.second_person, work.now, calendar)
