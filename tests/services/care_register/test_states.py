"""States act from the report on, a second person confirms, and a return check ends them (domain §0.2-3)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from services.care_register.codes import SaidBy
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.states import (
    DecideState,
    EndState,
    ReportState,
    decide_state,
    end_state,
    report_state,
)
from shared.domain.codes import StateKind, StateStatus
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.persistence.tables import Outbox
from shared.process.subjects import enrolled_elders
from tests.builders import at, on_the_wire
from tests.services.care_register.conftest import CADRE, CLERK, NOW, OTHER_TOWN, Begin, an_elder

Announced = Callable[[UUID], list[Outbox]]


def in_hospital(enrolment_id: UUID, **changes: object) -> ReportState:
    values = {"kind": StateKind.IN_HOSPITAL, "said_by": SaidBy.FAMILY, "starts_at": at("2026-11-17 15:00")}
    return ReportState(enrolment_id=enrolment_id, **{**values, **changes})  # type: ignore[arg-type]


def states_told(messages: list[Outbox]) -> list[tuple[str, str]]:
    updates = [message.payload["facts"]["states"] for message in messages if message.name == "take_in"]
    return [(state["kind"], state["status"]) for states in updates for state in states]


def test_a_reported_state_reaches_the_cycle_at_once(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    with begin() as work:
        told = report_state(in_hospital(enrolled.enrolment_id), work, desk)
    assert states_told(announced(enrolled.enrolment_id)) == [("in_hospital", "reported")]
    assert told.expected_end_on == date(2026, 12, 1)
    assert told.confirm_by == at("2026-11-20 10:00")


def test_who_reported_it_cannot_confirm_it(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    with begin() as work:
        told = report_state(in_hospital(enrolled.enrolment_id), work, desk)
    with pytest.raises(Forbidden, match="second_person_needed"), begin() as work:
        decide_state(DecideState(state_id=told.state_id, is_confirmed=True), work)


def test_a_second_person_confirms_and_it_ends_with_its_time(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    with begin() as work:
        told = report_state(in_hospital(enrolled.enrolment_id), work, desk)
    with begin(CADRE) as work:
        decide_state(DecideState(state_id=told.state_id, is_confirmed=True), work)
    with begin(CADRE, at("2026-11-21 09:00")) as work:
        assert end_state(EndState(state_id=told.state_id), work).status is StateStatus.ENDED
    messages = announced(enrolled.enrolment_id)
    assert [status for _, status in states_told(messages)] == ["reported", "confirmed", "ended"]
    assert messages[-1].payload["facts"]["states"][0]["ends_at"] == on_the_wire(at("2026-11-21 09:00"))


def test_a_refused_state_stops_acting(
    begin: Begin, desk: Desk, enrolled: Enrolled, announced: Announced
) -> None:
    with begin() as work:
        told = report_state(in_hospital(enrolled.enrolment_id), work, desk)
    with begin(CADRE) as work:
        decide_state(DecideState(state_id=told.state_id, is_confirmed=False), work)
    with begin() as work:
        assert (
            enrolled_elders(work.session, [enrolled.enrolment_id])[enrolled.enrolment_id].state_kind is None
        )
    with pytest.raises(Conflict, match="already_decided"), begin(CADRE) as work:
        decide_state(DecideState(state_id=told.state_id, is_confirmed=True), work)
    refused = announced(enrolled.enrolment_id)[-1].payload["facts"]["states"][0]
    assert (refused["status"], refused["ends_at"]) == ("refused", None)


def test_the_same_state_is_open_once(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    with begin() as work:
        report_state(in_hospital(enrolled.enrolment_id), work, desk)
    with pytest.raises(Conflict, match="state_already_open") as refused, begin(CADRE) as work:
        report_state(in_hospital(enrolled.enrolment_id), work, desk)
    assert (refused.value.params["by"], refused.value.params["at"]) == (CLERK.account_id, NOW)


def test_who_ends_a_state_second_learns_who_was_first(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    with begin() as work:
        told = report_state(in_hospital(enrolled.enrolment_id), work, desk)
    with begin(CADRE) as work:
        end_state(EndState(state_id=told.state_id), work)
    with pytest.raises(Conflict, match="state_not_open") as refused, begin() as work:
        end_state(EndState(state_id=told.state_id), work)
    assert (refused.value.params["by"], refused.value.params["at"]) == (CADRE.account_id, NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_at": at("2026-11-18 10:01")}, "state_in_future"),
        ({"starts_at": at("2020-11-18 10:00")}, "state_begins_too_early"),
        ({"expected_end_on": date(2026, 11, 17)}, "state_ends_before_start"),
        ({"expected_end_on": date(2027, 6, 1)}, "state_too_long"),
    ],
)
def test_a_state_must_make_sense(
    begin: Begin, desk: Desk, enrolled: Enrolled, changes: dict[str, object], code: str
) -> None:
    """A pause without an end would hide an elder in 'excused' (domain §1.6)."""
    with pytest.raises(Invalid, match=code), begin() as work:
        report_state(in_hospital(enrolled.enrolment_id, **changes), work, desk)


def test_another_town_is_told_that_there_is_no_such_elder(
    begin: Begin, desk: Desk, enrolled: Enrolled
) -> None:
    with pytest.raises(NotFound), begin(OTHER_TOWN) as work:
        report_state(in_hospital(enrolled.enrolment_id), work, desk)


def test_a_cycle_started_later_learns_what_happened_before(
    begin: Begin, desk: Desk, announced: Announced
) -> None:
    """The start carries every state as the cycle would have learned of it, step by step."""
    with begin() as work:
        done = enrol(an_elder(777, starts_process=False), work, desk)
    with begin(now=at("2026-11-10 10:00")) as work:
        told = report_state(in_hospital(done.enrolment_id, starts_at=at("2026-11-09 08:00")), work, desk)
    with begin(CADRE, at("2026-11-11 10:00")) as work:
        decide_state(DecideState(state_id=told.state_id, is_confirmed=True), work)
    with begin(CADRE, at("2026-11-15 10:00")) as work:
        end_state(EndState(state_id=told.state_id), work)
    assert announced(done.enrolment_id) == []
    with begin(now=NOW) as work:
        start_cycle(StartCycle(enrolment_id=done.enrolment_id), work, desk)
    (start,) = announced(done.enrolment_id)
    coming = start.payload["state"]["coming"]["states"]
    assert [(each["status"], each["known_at"]) for each in coming] == [
        ("reported", on_the_wire(at("2026-11-10 10:00"))),
        ("confirmed", on_the_wire(at("2026-11-11 10:00"))),
        ("ended", on_the_wire(at("2026-11-15 10:00"))),
    ]
