"""Today's round from stored facts: right even while no process runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.visits.codes import AssignmentKind
from services.visits.handlers.assigning import assign, choice, hand_over, round_to_hand_over
from services.visits.handlers.commands import Assign, HandOver
from services.visits.handlers.desk import Desk
from services.visits.handlers.rounds import Round, todays_round
from shared.contracts.access import Principal
from shared.domain.codes import Reach, VisitMode
from shared.domain.errors import Invalid, NotFound
from shared.domain.rounds import Flag
from shared.persistence.engine import Database
from tests.services.visits.conftest import (
    JIANGPU,
    LANE_CADRE,
    LANE_VISITOR,
    NOW,
    SECOND_VISITOR,
    STRANGER,
    VISITOR,
    Begin,
    MakeElder,
    Record,
)

Give = Callable[..., None]
Owe = Callable[..., None]
SeeRound = Callable[..., Round]
TODAY = date(2026, 11, 18)
WEEK = timedelta(days=7)


@pytest.fixture
def give(begin: Begin, staff: Database, desk: Desk) -> Give:
    """Gives elders to the visitor of Zichuan, for good, unless said otherwise."""

    def given(*elders: UUID, to: Principal = VISITOR, **changes: object) -> None:
        command = Assign(enrolment_ids=elders, account_id=to.account_id, from_on=date(2026, 11, 2))
        with begin(replace(to, areas=("370302",)) if to.jurisdiction_id != JIANGPU else to) as work:
            assign(replace(command, **changes), work, desk)  # type: ignore[arg-type]

    return given


@pytest.fixture
def see_round(begin: Begin, desk: Desk) -> SeeRound:
    """The round of the visitor of Zichuan at NOW unless said otherwise."""

    def seen(who: Principal = VISITOR, now: object = NOW) -> Round:
        with begin(who, now) as work:
            return todays_round(work, desk)

    return seen


def due(found: Round) -> list[UUID]:
    """Whom to go to, in order."""
    return [each.elder.enrolment_id for each in found.due]


def test_an_elder_to_whom_a_visit_is_owed_is_on_the_round_until_a_contact_is_stored(
    make_elder: MakeElder, give: Give, owe: Owe, record: Record, see_round: SeeRound
) -> None:
    """The fact counts at once, whether or not Temporal is there."""
    elder = make_elder()
    give(elder)
    owe(elder, "monthly_visit")
    assert elder in due(see_round())
    record(elder)
    after = see_round()
    assert elder not in due(after)
    assert elder in [line.contact.enrolment_id for line in after.done]


def test_a_call_that_does_not_count_leaves_the_visit_owed(
    make_elder: MakeElder, give: Give, owe: Owe, record: Record, see_round: SeeRound
) -> None:
    elder = make_elder(bedridden=True)
    give(elder)
    owe(elder, "weekly_visit")
    record(elder, mode=VisitMode.PHONE)
    assert elder in due(see_round())


def test_a_second_contact_on_the_same_day_would_not_count_and_is_not_asked_for(
    make_elder: MakeElder, give: Give, owe: Owe, record: Record, see_round: SeeRound
) -> None:
    """S1:L46, J-11: two distinct days."""
    elder = make_elder(JIANGPU)
    give(elder, to=LANE_VISITOR)
    owe(elder, "daily_care", required=2, jurisdiction_id=JIANGPU)
    record(elder, LANE_VISITOR, mode=VisitMode.PHONE)
    assert elder not in due(see_round(LANE_VISITOR))
    assert elder in due(see_round(LANE_VISITOR, NOW + timedelta(days=1)))


def test_an_elder_not_seen_comes_first_with_the_time_by_which_to_be_at_the_door(
    make_elder: MakeElder, give: Give, owe: Owe, record: Record, see_round: SeeRound
) -> None:
    waiting, unseen = make_elder(), make_elder()
    give(waiting, unseen)
    owe(waiting, "monthly_visit")
    record(unseen, mode=VisitMode.PHONE, reach=Reach.NO_ANSWER_PHONE)
    first = see_round().due[0]
    assert (first.elder.enrolment_id, first.flags[0]) == (unseen, Flag.NOT_SEEN)
    assert first.retry_by is not None
    assert first.retry_by > NOW


def test_a_stand_in_has_the_elder_for_those_days_and_the_regular_visitor_has_not(
    make_elder: MakeElder, give: Give, owe: Owe, see_round: SeeRound
) -> None:
    elder = make_elder()
    give(elder)
    owe(elder, "monthly_visit")
    give(elder, to=SECOND_VISITOR, kind=AssignmentKind.SUBSTITUTE, from_on=TODAY, to_on=TODAY)
    assert elder in due(see_round(SECOND_VISITOR))
    assert elder not in due(see_round())
    assert elder in due(see_round(now=NOW + timedelta(days=1)))


def test_an_elder_given_to_somebody_else_changes_rounds_the_same_day(
    make_elder: MakeElder, give: Give, owe: Owe, see_round: SeeRound, begin: Begin, desk: Desk
) -> None:
    elder = make_elder()
    give(elder)
    owe(elder, "monthly_visit")
    give(elder, to=SECOND_VISITOR, from_on=TODAY)
    assert elder in due(see_round(SECOND_VISITOR))
    assert elder not in due(see_round())
    with begin() as work:
        found = choice(elder, work, desk)
    assert [each.name for each in found.standing] == ["孙梅"]


def test_leave_moves_a_whole_round_in_one_step_and_it_comes_back_by_itself(
    make_elder: MakeElder, give: Give, owe: Owe, see_round: SeeRound, begin: Begin, desk: Desk
) -> None:
    first, second = make_elder(), make_elder()
    give(first, second)
    owe(first, "monthly_visit")
    owe(second, "monthly_visit")
    with begin() as work:
        found = round_to_hand_over(VISITOR.account_id, work, desk)
        leave = HandOver(
            leaving_id=VISITOR.account_id,
            account_id=SECOND_VISITOR.account_id,
            kind=AssignmentKind.SUBSTITUTE,
            from_on=TODAY,
            to_on=TODAY + WEEK,
        )
        assert "孙梅" in [each.name for each in found.candidates]
        assert {first, second} <= set(hand_over(leave, work, desk).enrolment_ids)
    assert due(see_round()) == []
    assert {first, second} <= set(due(see_round(SECOND_VISITOR)))
    assert {first, second} <= set(due(see_round(now=NOW + WEEK + timedelta(days=1))))


def test_nobody_hands_over_what_they_do_not_have(begin: Begin, staff: Database, desk: Desk) -> None:
    leave = HandOver(
        leaving_id=STRANGER.account_id,
        account_id=VISITOR.account_id,
        kind=AssignmentKind.SUBSTITUTE,
        from_on=TODAY,
        to_on=TODAY,
    )
    with pytest.raises(Invalid, match="nobody_to_hand_over"), begin() as work:
        hand_over(leave, work, desk)
    with pytest.raises(Invalid, match="hands_over_to_themselves"), begin() as work:
        hand_over(replace(leave, account_id=STRANGER.account_id), work, desk)


def test_the_view_that_others_read_names_the_same_visitor(
    make_elder: MakeElder, give: Give, begin: Begin
) -> None:
    elder = make_elder()
    give(elder)
    give(elder, to=SECOND_VISITOR, kind=AssignmentKind.SUBSTITUTE, from_on=TODAY - WEEK, to_on=TODAY + WEEK)
    with begin() as work:
        named = work.session.connection().exec_driver_sql(
            "SELECT account_id FROM visits.assignee WHERE enrolment_id = %s", (elder,)
        )
        assert named.scalar_one() == SECOND_VISITOR.account_id


def test_a_cadre_is_shown_whom_only_a_cadre_can_meet_and_a_visitor_is_not(
    make_elder: MakeElder, give: Give, owe: Owe, see_round: SeeRound
) -> None:
    """S1:L80."""
    elder = make_elder(JIANGPU)
    give(elder, to=LANE_VISITOR)
    owe(elder, "committee_monthly", jurisdiction_id=JIANGPU)
    assert elder in due(see_round(LANE_CADRE))
    assert elder not in due(see_round(LANE_VISITOR))


def test_nobody_gives_away_an_elder_of_another_town(
    make_elder: MakeElder, begin: Begin, staff: Database, desk: Desk
) -> None:
    command = Assign(enrolment_ids=(make_elder(),), account_id=STRANGER.account_id, from_on=TODAY)
    with pytest.raises(NotFound, match="enrolment_not_found"), begin(STRANGER) as work:
        assign(command, work, desk)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"account_id": UUID(int=404)}, "unknown_visitor"),
        ({"account_id": STRANGER.account_id}, "visitor_cannot_go"),
        ({"to_on": date(2026, 11, 1)}, "ends_before_it_begins"),
        ({"from_on": date(2020, 1, 1)}, "begins_too_far"),
        ({"from_on": date(2199, 1, 1)}, "begins_too_far"),
        ({"kind": AssignmentKind.SUBSTITUTE}, "substitute_needs_an_end"),
        ({"kind": AssignmentKind.SUBSTITUTE, "to_on": date(2028, 1, 1)}, "substitute_needs_an_end"),
    ],
)
def test_an_assignment_that_makes_no_sense_is_refused(
    make_elder: MakeElder,
    begin: Begin,
    staff: Database,
    desk: Desk,
    changes: dict[str, object],
    code: str,
) -> None:
    command = Assign(enrolment_ids=(make_elder(),), account_id=VISITOR.account_id, from_on=TODAY)
    with pytest.raises(Invalid, match=code), begin() as work:
        assign(replace(command, **changes), work, desk)  # type: ignore[arg-type]
