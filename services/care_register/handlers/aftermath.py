"""What follows for the register from work that ended elsewhere (办结之后): a state, a removal, a class.

Who stated the outcome stands behind it, so somebody else must confirm; where a second person has confirmed
already (a change of residence or a death that the police station has checked), the register follows at once.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from uuid import uuid5

from services.care_register.codes import EnrolmentStatus, RemovalReason, SaidBy
from services.care_register.handlers.assessing import Assessed, take_assessment
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import history_of, locked_enrolment, open_enrolment
from services.care_register.handlers.placing import AssignArea, assign_area
from services.care_register.handlers.population import News, take_back_news, take_news
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.care_register.handlers.states import DecideState, ReportState, decide_state, report_state
from services.care_register.repository import beds, states
from services.care_register.repository.states import StateRow
from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.codes import StateKind, StateStatus
from shared.domain.kinds import Effect
from shared.domain.population import PopulationChange
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.effects import Part, acting, answered, once

Begin = Callable[[Principal], AbstractContextManager[UnitOfWork]]

LEAVES: Mapping[StateKind, RemovalReason] = {
    StateKind.PRESUMED_DEAD: RemovalReason.DIED,
    StateKind.PRESUMED_MOVED: RemovalReason.MOVED_AWAY,
}
"""States after which the elder leaves the register once a second person has confirmed them."""

PUBLIC_SECURITY = "public_security"
"""The role of the units whose word on residence and death is the police station's."""


def carry_out(asked: CarryOut, begin: Begin, desk: Desk) -> CarriedOut:
    """Carry an effect out under the register's own rules; the same one again changes nothing.

    Raises ValueError for an effect that is not the register's.
    """
    return answered(lambda: _carried(asked, begin, desk))


def _carried(asked: CarryOut, begin: Begin, desk: Desk) -> Carried:
    first = FIRST[asked.effect]
    with begin(acting(asked, asked.account_id, desk.book)) as work:
        came = once(asked, Part.STATED, work, lambda: first(asked, work, desk))
    if asked.confirmed_by is not None:
        with begin(acting(asked, asked.confirmed_by, desk.book)) as work:
            once(asked, Part.CONFIRMED, work, lambda: _confirm(asked, work))
    return came


def _record_state(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """The state acts from now on; a removal that follows from it waits for a second person."""
    if asked.voids is not None:
        take_back_news(asked.voids, work)
        return Carried.DONE
    if asked.news is not None:
        return _take(asked, asked.news, work, desk)
    if asked.moved_to.startswith(work.principal.areas):
        return _move(asked, work, desk)
    row = locked_enrolment(work, asked.enrolment_id)
    if asked.state is None or _standing(asked, work) is not None:
        return Carried.DONE_BEFORE
    report_state(
        ReportState(
            enrolment_id=asked.enrolment_id,
            kind=asked.state,
            said_by=_said_by(asked, desk),
            starts_at=min(asked.at, work.now),
            state_id=uuid5(asked.effect_id, "state"),
        ),
        work,
        desk,
    )
    if asked.state in LEAVES and row.removal_requested_at is None:
        request_removal(
            RequestRemoval(enrolment_id=asked.enrolment_id, reason=LEAVES[asked.state], note=""), work, desk
        )
    return Carried.DONE


def _take(asked: CarryOut, kind: PopulationChange, work: UnitOfWork, desk: Desk) -> Carried:
    news = News(
        change_id=asked.effect_id,
        enrolment_id=asked.enrolment_id,
        kind=kind,
        happened_on=asked.happened_on or desk.today(asked.jurisdiction_id, asked.at),
        unit_id=asked.unit_id,
    )
    return Carried.DONE if take_news(news, work, desk) else Carried.DONE_BEFORE


def _move(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    row = open_enrolment(work, asked.enrolment_id)
    if row.area_code == asked.moved_to:
        return Carried.DONE_BEFORE
    assign_area(AssignArea(enrolment_id=asked.enrolment_id, area_code=asked.moved_to), work, desk)
    return Carried.DONE


def _confirm(asked: CarryOut, work: UnitOfWork) -> Carried:
    """The second person has confirmed: what waited for that does not wait any longer."""
    state = _standing(asked, work)
    if state is not None and state.status is StateStatus.REPORTED:
        decide_state(DecideState(state_id=state.state_id, is_confirmed=True), work)
    row = locked_enrolment(work, asked.enrolment_id)
    leaves = LEAVES.get(asked.state) if asked.state else None
    if leaves is not None and row.removal_reason is leaves and row.status is not EnrolmentStatus.LEFT:
        decide_removal(DecideRemoval(enrolment_id=asked.enrolment_id, is_confirmed=True), work)
    return Carried.DONE


def _review_class(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """The rules look at the elder anew; a person confirms what they propose."""
    row = open_enrolment(work, asked.enrolment_id)
    proposed = propose_classification(work, row, desk)
    renew_plan(work, row, desk)
    return Carried.DONE if proposed is not None else Carried.DONE_BEFORE


def _record_ability(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """What an assessment found, in the words of its own scale; the rules may propose another class."""
    row = open_enrolment(work, asked.enrolment_id)
    found = Assessed(
        scale=asked.scale, level=asked.level, assessed_on=desk.today(asked.jurisdiction_id, asked.at)
    )
    return Carried.DONE if take_assessment(found, work, row, desk) else Carried.DONE_BEFORE


def _follow_home_bed(asked: CarryOut, work: UnitOfWork, desk: Desk) -> Carried:
    """The health centre says from and until when the elder has a home bed; what is owed follows at once."""
    if asked.bed is None:
        raise ValueError(f"{asked.effect} does not say which bed")
    row, bed = locked_enrolment(work, asked.enrolment_id), asked.bed
    stands = {"bed_id": bed.bed_id, "from_on": bed.spell.from_on, "to_on": bed.spell.to_on}
    place = {"jurisdiction_id": row.jurisdiction_id, "area_code": row.area_code}
    about = {"enrolment_id": row.enrolment_id, "told_at": work.now, "told_by": asked.account_id}
    if not beds.put_bed(work.session, {**stands, **place, **about, "version": bed.version}):
        return Carried.DONE_BEFORE
    work.record(
        stream=history_of(row.elder_id),
        action="home_bed_told",
        detail=stands,
        jurisdiction_id=row.jurisdiction_id,
    )
    if row.status is not EnrolmentStatus.LEFT:
        renew_plan(work, row, desk)
    return Carried.DONE


def _standing(asked: CarryOut, work: UnitOfWork) -> StateRow | None:
    """The state as somebody has reported it already, whoever that was; once over it may come again."""
    own = states.lock_state(work.session, uuid5(asked.effect_id, "state"))
    acting = states.acting_states(work.session, asked.enrolment_id)
    return own or next((each for each in acting if each.kind is asked.state), None)


def _said_by(asked: CarryOut, desk: Desk) -> SaidBy:
    policy = desk.policy(asked.jurisdiction_id, asked.at)
    code = asked.unit_id.partition(":")[2]
    is_police = any(unit.code == code and PUBLIC_SECURITY in unit.roles for unit in policy.units)
    return SaidBy.POLICE if is_police else SaidBy.INSTITUTION


FIRST: Mapping[Effect, Callable[[CarryOut, UnitOfWork, Desk], Carried]] = {
    Effect.RECORD_STATE: _record_state,
    Effect.REVIEW_CLASS: _review_class,
    Effect.RECORD_ABILITY: _record_ability,
    Effect.FOLLOW_HOME_BED: _follow_home_bed,
}
"""What the first person's word does."""
