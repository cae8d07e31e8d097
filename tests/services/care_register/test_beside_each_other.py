"""Two people who change one elder at the same moment: one after the other, and neither is turned away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from services.care_register.codes import ElderField, SaidBy
from services.care_register.handlers.classifying import DecideClassification, decide_classification
from services.care_register.handlers.correcting import DecideChange, OtherValue, decide_change, propose_change
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.finding import locked_enrolment
from services.care_register.handlers.placing import AssignArea, assign_area
from services.care_register.handlers.population import DecideNews, News, decide_news, take_news
from services.care_register.handlers.states import DecideState, ReportState, decide_state, report_state
from services.care_register.repository.classes import classes_of
from shared.domain.codes import StateKind
from shared.domain.population import PopulationChange
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.settings import Settings
from tests.services.care_register.conftest import CADRE, NOW, Begin, somebody
from tests.story.waiting import until_somebody_waits

NEXT_VILLAGE = "370302115202"
REPORTER = somebody(31)
Decide = Callable[[UnitOfWork], object]


def a_class(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Decide:
    (proposed,) = classes_of(work.session, enrolment_id)
    command = DecideClassification(classification_id=proposed.classification_id, is_confirmed=True)
    return lambda beside: decide_classification(command, beside, desk)


def a_state(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Decide:
    away = ReportState(enrolment_id=enrolment_id, kind=StateKind.AWAY, said_by=SaidBy.FAMILY, starts_at=NOW)
    command = DecideState(state_id=report_state(away, work, desk).state_id, is_confirmed=True)
    return lambda beside: decide_state(command, beside)


def some_news(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Decide:
    told = News(
        change_id=uuid4(),
        enrolment_id=enrolment_id,
        kind=PopulationChange.DIED,
        happened_on=NOW.date(),
        unit_id="zibo_zichuan:police_station",
    )
    take_news(told, work, desk)
    return lambda beside: decide_news(DecideNews(change_id=told.change_id, is_confirmed=False), beside, desk)


def another_value(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Decide:
    said = OtherValue(
        proposal_id=uuid4(), field=ElderField.CARE_LEVEL, value="3", source="另一份名单", dated_on=NOW.date()
    )
    propose_change(said, work, locked_enrolment(work, enrolment_id), desk)
    return lambda beside: decide_change(
        DecideChange(proposal_id=said.proposal_id, is_confirmed=True), beside, desk
    )


@pytest.mark.parametrize("waiting", [a_class, a_state, some_news, another_value])
def test_who_decides_while_the_elder_is_placed_waits_for_it_and_is_heard(
    begin: Begin,
    desk: Desk,
    enrolled: Enrolled,
    settings: Settings,
    waiting: Callable[[UUID, UnitOfWork, Desk], Decide],
) -> None:
    """Each holds the enrolment first. In another order PostgreSQL would end one of them: 系统暂时不可用."""
    with begin(REPORTER) as work:
        decide = waiting(enrolled.enrolment_id, work, desk)

    def decided() -> None:
        with begin(CADRE) as beside:
            decide(beside)

    with ThreadPoolExecutor(max_workers=1) as pool, begin() as work:
        locked_enrolment(work, enrolled.enrolment_id)
        other = pool.submit(decided)
        until_somebody_waits(settings)
        assign_area(AssignArea(enrolment_id=enrolled.enrolment_id, area_code=NEXT_VILLAGE), work, desk)
        work.commit()
        other.result()
