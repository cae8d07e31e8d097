"""What the register tells an elder's visit cycle: start, facts, another plan, the end.

Everything goes through the outbox, in the transaction of the fact. Until the cycle has been started
(`cycle_started_at`) nothing is told: the start carries whatever has happened by then.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import facts_of, locked_enrolment
from services.care_register.repository import beds, classes, enrolments, states
from services.care_register.repository.enrolments import EnrolmentRow
from services.care_register.repository.states import ExceptionRow, StateRow
from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.visit_cycle import ChangePlan, CloseCycle, CycleUpdate, StartVisitCycle, TakeIn
from shared.contracts.wire import encode
from shared.domain.codes import StateStatus
from shared.domain.conditions import Subject
from shared.domain.plan import Plan
from shared.domain.visit_cycle.facts import ContactFact, ExceptionFact, ExtraVisit, Facts, StateFact
from shared.domain.visit_cycle.resuming import resumed
from shared.domain.visit_cycle.state import CycleState, FoundChase
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import directory_of
from shared.policies.resolve import plan_for

DECIDED = frozenset({StateStatus.CONFIRMED, StateStatus.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCycle:
    """Start the visit cycle of an enrolment, perhaps in the past, or anew where its process is missing.

    contacts: what is known to have happened, from `visits`; states and exceptions are known here. extras:
    visits promised there and asked for by `coordination`; those on which somebody asks anew are known here.
    opened: for each obligation, when the first window opened that is to be judged again; none begins with the
    enrolment. attempt: tells one repair from another; the same attempt twice is announced once.
    after_seq: what an earlier process had counted to; the rows of the new one must come after its rows.
    chase: the one that an earlier process had opened; the new one goes on with it.
    """

    enrolment_id: UUID
    contacts: tuple[ContactFact, ...] = ()
    extras: tuple[ExtraVisit, ...] = ()
    opened: Mapping[str, datetime] = field(default_factory=dict)
    attempt: str = ""
    after_seq: int = 0
    chase: FoundChase | None = None


def start_cycle(command: StartCycle, work: UnitOfWork, desk: Desk) -> None:
    """Announce the start. Raises NotFound for an enrolment that is not there for who asks."""
    row = locked_enrolment(work, command.enrolment_id)
    plan = plan_of(work, row, desk)
    state = CycleState(
        enrolment_id=row.enrolment_id,
        elder_id=row.elder_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        enrolled_at=row.enrolled_at,
        plan=plan,
        seq=command.after_seq,
        coming=past_facts(work, row) + Facts(contacts=command.contacts, extras=command.extras),
        found=command.chase,
    )
    work.announce(
        OutboxMessage(
            message_id=uuid5(row.enrolment_id, f"start/{command.attempt}"),
            key=names.visit_cycle_id(row.enrolment_id),
            verb=Verb.START,
            name=names.VISIT_CYCLE,
            payload=StartVisitCycle(state=resumed(state, command.opened)),
        )
    )
    values = {"cycle_started_at": work.now, "plan_hash": fingerprint(plan, row.area_code)}
    enrolments.change_enrolment(work.session, row.enrolment_id, values)


def tell(work: UnitOfWork, row: EnrolmentRow, facts: Facts, *, cause: UUID) -> None:
    """Let the cycle know of facts; `cause` is the id that makes the message one message."""
    if row.cycle_started_at is None:
        return
    payload = TakeIn(request_id=str(cause), facts=facts)
    _update(work, row, name=CycleUpdate.TAKE_IN, payload=payload, cause=cause)


def renew_plan(work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> bool:
    """Give the cycle another plan if facts or policy have changed it; it sizes the next windows (J-06)."""
    plan = plan_of(work, row, desk)
    current = fingerprint(plan, row.area_code)
    if current == row.plan_hash:
        return False
    enrolments.change_enrolment(work.session, row.enrolment_id, {"plan_hash": current})
    if row.cycle_started_at is not None:
        cause = uuid5(row.enrolment_id, f"plan/{current}/{work.now.isoformat()}")
        bed = beds.bed_spell(work.session, row.enrolment_id)
        payload = ChangePlan(
            request_id=str(cause), plan=plan, area_code=row.area_code, ended_on=bed.to_on if bed else None
        )
        _update(work, row, name=CycleUpdate.CHANGE_PLAN, payload=payload, cause=cause)
    return True


def close_cycle(work: UnitOfWork, row: EnrolmentRow, *, reason: str) -> None:
    """The enrolment has ended."""
    if row.cycle_started_at is None:
        return
    cause = uuid5(row.enrolment_id, "close")
    payload = CloseCycle(request_id=str(cause), reason=reason)
    _update(work, row, name=CycleUpdate.CLOSE, payload=payload, cause=cause)


def plan_of(work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> Plan:
    """What is owed to the elder from now on, by the class in force."""
    policy = desk.policy(row.jurisdiction_id, work.now)
    standing = classes.in_force(classes.classes_of(work.session, row.enrolment_id))
    subject = Subject(
        facts=facts_of(work, row),
        on=desk.today(row.jurisdiction_id, work.now),
        tier=standing.tier if standing else None,
        groups=standing.groups if standing else (),
    )
    return plan_for(policy, subject, directory_of(policy))


def fingerprint(plan: Plan, area_code: str) -> str:
    """What tells one plan and place from another. The work-day table is left out: it moves on every day."""
    values = {name: value for name, value in asdict(plan).items() if name != "calendar"}
    return hashlib.sha256(encode({**values, "area_code": area_code}).encode()).hexdigest()


def past_facts(work: UnitOfWork, row: EnrolmentRow) -> Facts:
    """Every state and exception of the enrolment, and when to ask anew, as the cycle would have learned."""
    told = states.states(work.session, row.enrolment_id)
    approved = states.exceptions(work.session, row.enrolment_id)
    return Facts(
        states=tuple(fact for state in told for fact in _life_of(state)),
        exceptions=tuple(exception_fact(each) for each in approved),
        extras=tuple(extra for state in told for extra in asking_visits(state)),
    )


def state_fact(state: StateRow) -> StateFact:
    """The state as it now stands; only one that has ended says when (an expected end is a hope)."""
    decided = state.decided_at if state.status in DECIDED else None
    return StateFact(
        state_id=state.state_id,
        kind=state.kind,
        status=state.status,
        starts_at=state.starts_at,
        known_at=state.ended_at or decided or state.reported_at,
        ends_at=state.ended_at,
    )


def asking_visits(state: StateRow) -> tuple[ExtraVisit, ...]:
    """The visit on which somebody asks anew (谢绝探访 every n days), once it was owed; the last one."""
    if state.asked_again_at is None or state.answer_by is None:
        return ()
    extra_id = uuid5(state.state_id, f"ask/before/{state.ask_again_on}")
    return (ExtraVisit(extra_id=extra_id, due_by=state.answer_by, known_at=state.asked_again_at),)


def exception_fact(row: ExceptionRow) -> ExceptionFact:
    """The exception as the cycle reads it."""
    return ExceptionFact(
        exception_id=row.exception_id,
        obligation=row.obligation,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        known_at=row.approved_at,
    )


def _life_of(state: StateRow) -> tuple[StateFact, ...]:
    """The steps of a state in order: reported, decided on, ended."""
    now = state_fact(state)
    reported = replace(now, status=StateStatus.REPORTED, known_at=state.reported_at, ends_at=None)
    steps = [reported]
    if state.decided_at and state.ended_at:
        steps.append(replace(reported, status=StateStatus.CONFIRMED, known_at=state.decided_at))
    steps.append(now)
    return tuple(step for step in steps if step is now or step.status is not now.status)


def _update(work: UnitOfWork, row: EnrolmentRow, *, name: CycleUpdate, cause: UUID, payload: object) -> None:
    work.announce(
        OutboxMessage(
            message_id=cause,
            key=names.visit_cycle_id(row.enrolment_id),
            verb=Verb.UPDATE,
            name=name,
            payload=payload,
        )
    )
