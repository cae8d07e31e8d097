"""News of residents (人口信息变化, J-71): taken in at once, confirmed by another person, then carried out.

A death or a move away acts on visits the minute it is known: nobody calls any more (domain §0.2-3, X-19).
The elder leaves only when somebody of the register has confirmed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid5

from services.care_register.codes import ElderField, ProposalStatus, RemovalReason, SaidBy
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import came_first, history_of, open_enrolment
from services.care_register.handlers.personal import CorrectPerson, correct_person
from services.care_register.handlers.placing import AssignArea, area_of, assign_area, place_rules
from services.care_register.handlers.removing import leave
from services.care_register.handlers.states import (
    DecideState,
    EndState,
    ReportState,
    decide_state,
    earliest_start,
    end_state,
    report_state,
)
from services.care_register.repository import enrolments, reported, states
from services.care_register.repository.enrolments import EnrolmentRow
from services.care_register.repository.reported import ReportedRow
from services.care_register.repository.states import StateRow
from shared.domain.calendars import deadline
from shared.domain.codes import StateStatus
from shared.domain.errors import Forbidden, NotFound
from shared.domain.periods import day_start
from shared.domain.population import PopulationChange, PopulationRule
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.news import NewsWords, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has changed, as who reported it says; the same `change_id` again is the same news."""

    change_id: UUID
    enrolment_id: UUID
    kind: PopulationChange
    happened_on: date
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideNews:
    """A person of the register confirms the news, or finds that it is not so."""

    change_id: UUID
    is_confirmed: bool


def take_news(news: News, work: UnitOfWork, desk: Desk) -> bool:
    """Take the news in, in the name of who reports it; False if it was known.

    Raises NotFound for an enrolment outside the place, Conflict `has_left` for one that has ended.
    """
    row = open_enrolment(work, news.enrolment_id)
    rule = desk.policy(row.jurisdiction_id, work.now).news(news.kind)
    if not reported.add_change(work.session, _values(news, row, work, desk, rule=rule)):
        return False
    state_id = _quieten(news, rule, work, desk)
    reported.change(work.session, news.change_id, {"state_id": state_id})
    _record(work, row, news.change_id, action=f"reported_{news.kind}")
    if not rule.second_person:
        _confirm(_held(work, news.change_id), work, desk)
    return True


def take_back_news(change_id: UUID, work: UnitOfWork) -> None:
    """Let everything be as before: the station has voided it. Raises Conflict `already_decided`."""
    news = _held(work, change_id)
    if news.status is ProposalStatus.CONFIRMED:
        raise came_first(work, "already_decided", by=news.decided_by, at=news.decided_at)
    if news.status is not ProposalStatus.PROPOSED:
        return
    state = _state_of_it_alone(news, work)
    if state is not None and state.status is StateStatus.REPORTED and not _waits_for(work, state):
        end_state(EndState(state_id=state.state_id), work)
    _refuse(news, work)


def decide_news(command: DecideNews, work: UnitOfWork, desk: Desk) -> None:
    """Carry out what was reported, or let everything be as before.

    Raises NotFound; Conflict `already_decided`, `has_left`; Forbidden to who reported it.
    """
    news = _held(work, command.change_id)
    if news.status is not ProposalStatus.PROPOSED:
        raise came_first(work, "already_decided", by=news.decided_by, at=news.decided_at)
    if news.reported_by == work.principal.account_id:
        raise Forbidden("second_person_needed", change_id=news.change_id)
    if command.is_confirmed:
        _confirm(news, work, desk)
    else:
        _refuse(news, work)


def _held(work: UnitOfWork, change_id: UUID) -> ReportedRow:
    work.session.flush()
    news = reported.lock_change(work.session, change_id)
    if news is None:
        raise NotFound("change_not_found", change_id=change_id)
    return news


def _values(
    news: News, row: EnrolmentRow, work: UnitOfWork, desk: Desk, *, rule: PopulationRule
) -> dict[str, object]:
    return {
        "change_id": news.change_id,
        "enrolment_id": row.enrolment_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "kind": news.kind,
        "happened_on": news.happened_on,
        "unit_id": news.unit_id,
        "reported_at": work.now,
        "reported_by": work.principal.account_id,
        "confirm_by": _confirm_by(rule, work, desk, place=row.jurisdiction_id),
        "status": ProposalStatus.PROPOSED,
    }


def _confirm_by(rule: PopulationRule, work: UnitOfWork, desk: Desk, *, place: str) -> datetime:
    policy = desk.policy(place, work.now)
    where = policy.jurisdiction
    calendar = policy.work_days.calendar(where.zone, where.hours, work.now.date())
    return deadline(rule.within, work.now, calendar)


def _quieten(news: News, rule: PopulationRule, work: UnitOfWork, desk: Desk) -> UUID | None:
    """Let the state act that the news means; one that somebody has reported before is confirmed by it."""
    if rule.state is None:
        return None
    acting = states.acting_states(work.session, news.enrolment_id)
    known = next((each for each in acting if each.kind is rule.state), None)
    if known is not None:
        if known.status is StateStatus.REPORTED and known.reported_by != work.principal.account_id:
            decide_state(DecideState(state_id=known.state_id, is_confirmed=True), work)
        return known.state_id
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    today = desk.today(work.principal.jurisdiction_id, work.now)
    happened_at = day_start(news.happened_on, policy.jurisdiction.zone)
    command = ReportState(
        enrolment_id=news.enrolment_id,
        kind=rule.state,
        said_by=SaidBy.POLICE,
        starts_at=max(earliest_start(policy, work.now), min(happened_at, work.now)),
        expected_end_on=today + timedelta(days=policy.state(rule.state).usual_days),
        state_id=uuid5(news.change_id, rule.state),
    )
    return report_state(command, work, desk).state_id


def _confirm(news: ReportedRow, work: UnitOfWork, desk: Desk) -> None:
    row = open_enrolment(work, news.enrolment_id)
    state = states.lock_state(work.session, news.state_id) if news.state_id else None
    if state is not None and _waits_for(work, state):
        decide_state(DecideState(state_id=state.state_id, is_confirmed=True), work)
    _settle(news, work, ProposalStatus.CONFIRMED)
    _record(work, row, news.change_id, action=f"confirmed_{news.kind}")
    _CARRIED_OUT[news.kind](news, row, work, desk)


def _refuse(news: ReportedRow, work: UnitOfWork) -> None:
    row = open_enrolment(work, news.enrolment_id)
    state = _state_of_it_alone(news, work)
    if state is not None and _waits_for(work, state):
        decide_state(DecideState(state_id=state.state_id, is_confirmed=False), work)
    elif state is not None and state.status is StateStatus.CONFIRMED:
        end_state(EndState(state_id=state.state_id), work)
    _settle(news, work, ProposalStatus.REFUSED)
    _record(work, row, news.change_id, action=f"refused_{news.kind}")


def _state_of_it_alone(news: ReportedRow, work: UnitOfWork) -> StateRow | None:
    """The state by which the news acts; none while other news that means the same waits."""
    # The state is held before the others are looked at: of two who refuse at once, one sees that it is last.
    state = states.lock_state(work.session, news.state_id) if news.state_id else None
    return None if reported.others_wait(work.session, news) else state


def _waits_for(work: UnitOfWork, state: StateRow) -> bool:
    """Whether this person is the second one whom the state waits for."""
    return state.status is StateStatus.REPORTED and state.reported_by != work.principal.account_id


def _settle(news: ReportedRow, work: UnitOfWork, status: ProposalStatus) -> None:
    decided = {"status": status, "decided_at": work.now, "decided_by": work.principal.account_id}
    reported.change(work.session, news.change_id, decided)


def _record(work: UnitOfWork, row: EnrolmentRow, change_id: UUID, *, action: str) -> None:
    work.record(
        stream=history_of(row.elder_id),
        action=action,
        detail={"change_id": change_id, "enrolment_id": row.enrolment_id},
        jurisdiction_id=row.jurisdiction_id,
    )


def _left(news: ReportedRow, row: EnrolmentRow, work: UnitOfWork, _desk: Desk) -> None:
    leave(work, row, reason=RemovalReason(news.kind))


def _moved(news: ReportedRow, row: EnrolmentRow, work: UnitOfWork, desk: Desk) -> None:
    """The new address, and with it the area: the open windows go along. Without one it waits (待划片)."""
    said = _words(news, work, desk)
    if not said.address:
        return
    changes = {ElderField.ADDRESS: said.address}
    correct_person(CorrectPerson(enrolment_id=row.enrolment_id, changes=changes), work, desk)
    area = area_of(said.address, place_rules(work))
    if area and area.startswith(work.principal.areas):
        if area != row.area_code:
            assign_area(AssignArea(enrolment_id=row.enrolment_id, area_code=area), work, desk)
        return
    enrolments.change_enrolment(work.session, row.enrolment_id, {"is_placed": False})


def _corrected(news: ReportedRow, row: EnrolmentRow, work: UnitOfWork, desk: Desk) -> None:
    said = _words(news, work, desk)
    new = {ElderField.NAME: said.name, ElderField.ID_NUMBER: said.id_number}
    changes = {field: value for field, value in new.items() if value}
    if changes:
        correct_person(CorrectPerson(enrolment_id=row.enrolment_id, changes=changes), work, desk)


def _words(news: ReportedRow, work: UnitOfWork, desk: Desk) -> NewsWords:
    return words_of(work.session, [news.change_id], vault=desk.vault).get(news.change_id, NewsWords())


_CARRIED_OUT: Mapping[PopulationChange, Callable[[ReportedRow, EnrolmentRow, UnitOfWork, Desk], None]] = (
    MappingProxyType(
        {
            PopulationChange.DIED: _left,
            PopulationChange.MOVED_AWAY: _left,
            PopulationChange.MOVED_WITHIN: _moved,
            PopulationChange.CORRECTED: _corrected,
        }
    )
)
