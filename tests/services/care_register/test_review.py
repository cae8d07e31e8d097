"""The daily review: it ends, asks again, expires and proposes, and a second run that day does nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from services.care_register.codes import SaidBy
from services.care_register.handlers.classifying import DecideClassification, decide_classification
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.review import review
from services.care_register.handlers.states import DecideState, ReportState, decide_state, report_state
from services.care_register.repository import classes, elders, states
from services.care_register.repository.elders import Tag
from shared.contracts.review import Reviewed
from shared.domain.codes import Circumstance, StateKind, StateStatus, Tier
from shared.domain.facts import Hardship
from shared.persistence.tables import Outbox
from tests.builders import at
from tests.services.care_register.conftest import CADRE, Begin, an_elder

Announced = Callable[[UUID], list[Outbox]]


def reviewed(begin: Begin, desk: Desk, on: str) -> Reviewed:
    as_of: datetime = at(f"{on} 06:00")
    return review(lambda: begin(CADRE, as_of), desk)


def in_state(begin: Begin, desk: Desk, enrolled: Enrolled, kind: StateKind) -> UUID:
    command = ReportState(
        enrolment_id=enrolled.enrolment_id, kind=kind, said_by=SaidBy.FAMILY, starts_at=at("2026-11-18 09:00")
    )
    with begin() as work:
        state_id = report_state(command, work, desk).state_id
    with begin(CADRE) as work:
        decide_state(DecideState(state_id=state_id, is_confirmed=True), work)
    return state_id


@pytest.fixture(autouse=True)
def nothing_else_is_due(begin: Begin, desk: Desk) -> None:
    """What earlier tests have left is settled first."""
    reviewed(begin, desk, "2026-11-18")


def test_a_state_ends_after_its_expected_day_with_a_return_check(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    """domain §0.2-3: end themselves with a return check."""
    in_state(begin, desk, enrolled, StateKind.IN_HOSPITAL)
    assert reviewed(begin, desk, "2026-12-02").states_ended == 0
    assert reviewed(begin, desk, "2026-12-03").states_ended == 1
    assert reviewed(begin, desk, "2026-12-03") == Reviewed()
    assert announced(enrolled.enrolment_id)[-1].payload["facts"]["states"][0]["status"] == "ended"


def test_a_confirmed_death_waits_for_the_removal_and_sends_nobody_to_the_door(
    begin: Begin, desk: Desk, enrolled: Enrolled
) -> None:
    state_id = in_state(begin, desk, enrolled, StateKind.PRESUMED_DEAD)
    assert reviewed(begin, desk, "2026-12-30").states_ended == 0
    with begin() as work:
        found = states.lock_state(work.session, state_id)
    assert found is not None
    assert found.status is StateStatus.CONFIRMED


def test_who_declined_is_asked_again_after_thirty_days(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    """domain §0.2-3: re-asked every 30 days, as a visit that is owed."""
    command = ReportState(
        enrolment_id=enrolled.enrolment_id,
        kind=StateKind.DECLINES_VISITS,
        said_by=SaidBy.ELDER,
        starts_at=at("2026-11-18 09:00"),
        expected_end_on=date(2027, 3, 1),
    )
    with begin() as work:
        report_state(command, work, desk)
    assert reviewed(begin, desk, "2026-12-17").asked_again == 0
    assert reviewed(begin, desk, "2026-12-18").asked_again == 1
    assert reviewed(begin, desk, "2026-12-18") == Reviewed()
    assert len(announced(enrolled.enrolment_id)[-1].payload["facts"]["extras"]) == 1


def test_a_cycle_that_is_started_anew_knows_that_somebody_is_to_ask_again(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    """Only the message said so: with Temporal's history it was lost."""
    command = ReportState(
        enrolment_id=enrolled.enrolment_id,
        kind=StateKind.DECLINES_VISITS,
        said_by=SaidBy.ELDER,
        starts_at=at("2026-11-18 09:00"),
        expected_end_on=date(2027, 3, 1),
    )
    with begin() as work:
        report_state(command, work, desk)
        start_cycle(StartCycle(enrolment_id=enrolled.enrolment_id, attempt="early"), work, desk)
    reviewed(begin, desk, "2026-12-18")
    told = announced(enrolled.enrolment_id)
    with begin() as work:
        start_cycle(StartCycle(enrolment_id=enrolled.enrolment_id, attempt="late"), work, desk)
    early, asking, late = *told[-2:], announced(enrolled.enrolment_id)[-1]

    assert early.payload["state"]["coming"]["extras"] == []
    assert late.payload["state"]["coming"]["extras"] == asking.payload["facts"]["extras"]


def test_an_eightieth_birthday_proposes_the_higher_class(begin: Begin, desk: Desk) -> None:
    """S2:L60: 重点 from eighty on; 79 years and 364 days is not eighty."""
    with begin() as work:
        done = enrol(an_elder(31, birth_on=date(1946, 12, 20)), work, desk)
        (first,) = classes.classes_of(work.session, done.enrolment_id)
        command = DecideClassification(classification_id=first.classification_id, is_confirmed=True)
        decide_classification(command, work, desk)
    assert reviewed(begin, desk, "2026-12-19").classes_proposed == 0
    assert reviewed(begin, desk, "2026-12-20").classes_proposed == 1
    assert reviewed(begin, desk, "2026-12-20") == Reviewed()
    with begin() as work:
        rows = classes.classes_of(work.session, done.enrolment_id)
    standing = classes.in_force(rows)
    assert (rows[0].tier, standing and standing.tier) == (Tier.FOCUS, Tier.GENERAL)


def test_a_temporary_hardship_ends_on_its_day(begin: Begin, desk: Desk) -> None:
    """J-20: 阶段性临时困难 is for a time; the tag ends with it and the record stays."""
    command = an_elder(32, hardship_until=date(2026, 12, 10))
    facts = replace(command.facts, hardships=(Hardship.FAMILY_UPHEAVAL,))
    tag = Tag(circumstance=Circumstance.TEMPORARY_HARDSHIP, source="survey", dated_on=date(2026, 11, 1))
    with begin() as work:
        done = enrol(replace(command, facts=facts, tags=(*command.tags, tag)), work, desk)
    assert reviewed(begin, desk, "2026-12-11").hardships_ended == 1
    assert reviewed(begin, desk, "2026-12-11") == Reviewed()
    with begin() as work:
        left = [tag.circumstance for tag in elders.tags(work.session, done.elder_id)]
    assert left == [Circumstance.LIVING_ALONE]
