"""Today's round: the order that the plan asks for, and who stays in peace."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from shared.domain.codes import Health, Mobility, StateKind
from shared.domain.facts import ElderFacts
from shared.domain.rounds import NEVER, Flag, Owed, Stop, in_order, in_poor_health
from tests.builders import at

TODAY = date(2026, 11, 18)  # a Wednesday
DAY_ENDS = at("2026-11-19 00:00")
WEEK_ENDS = at("2026-11-23 00:00")
WEEKLY = Owed(obligation="weekly_visit", missing=1, required=1, closes_at=WEEK_ENDS)


def a_stop(number: int = 1, **changes: object) -> Stop:
    """Seen yesterday, one visit owed this week, nothing special."""
    base = Stop(
        enrolment_id=UUID(int=number),
        enrolled_on=date(2026, 1, 1),
        owed=(WEEKLY,),
        last_seen_on=date(2026, 11, 17),
        unseen_limit_days=10,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def numbers(*stops: Stop) -> list[int]:
    """In which order the stops come."""
    return [stop.enrolment_id.int for stop in in_order(stops, TODAY)]


def test_an_elder_not_seen_comes_before_everybody() -> None:
    assert numbers(a_stop(1, last_seen_on=None), a_stop(2, not_seen_since=at("2026-11-18 09:00"))) == [2, 1]


def test_then_who_has_not_been_seen_for_longest_and_first_of_all_who_never_was() -> None:
    seen_long_ago = a_stop(2, last_seen_on=date(2026, 11, 1))
    assert numbers(a_stop(1), seen_long_ago, a_stop(3, last_seen_on=None)) == [3, 2, 1]


def test_then_who_expects_a_visit_today_then_poor_health_then_what_closes_first() -> None:
    """J-78 (S1:L58): 重点关注健康状况差的老人."""
    closes_sooner = replace(WEEKLY, closes_at=DAY_ENDS)
    expecting = a_stop(4, agreed_weekdays=(3,))
    ill = a_stop(3, is_in_poor_health=True)
    assert numbers(a_stop(1), a_stop(2, owed=(closes_sooner,)), ill, expecting) == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (a_stop(), True),
        (a_stop(owed=()), False),
        (a_stop(owed=(), is_chased=True), True),
        (a_stop(state=StateKind.IN_HOSPITAL), False),
        (a_stop(state=StateKind.DECLINES_VISITS, wants_call=True), True),
        (a_stop(state=StateKind.IN_HOSPITAL, not_seen_since=at("2026-11-18 09:00")), True),
        (a_stop(was_visited_today=True), False),
        (a_stop(was_visited_today=True, owed=(replace(WEEKLY, closes_at=DAY_ENDS),)), True),
        (a_stop(owed=(replace(WEEKLY, can_count_today=False),)), False),
    ],
    ids=[
        "a visit is owed",
        "nothing is owed",
        "a missed visit is chased",
        "a state keeps the round quiet",
        "nobody comes in, but somebody may ring",
        "but never an alarm",
        "visited today and the week still open",
        "visited today and something else closes tonight",
        "a second contact on the same day would not count",
    ],
)
def test_who_is_due_today(stop: Stop, *, expected: bool) -> None:
    assert stop.is_due(DAY_ENDS) is expected


def test_who_came_in_this_week_has_not_been_unseen_for_long() -> None:
    """久未见到 on the round is what it is on the board: the limit runs from the day they came in."""
    newcomer = a_stop(last_seen_on=None, enrolled_on=date(2026, 11, 16))

    assert newcomer.flags(TODAY) == ()
    assert a_stop(last_seen_on=None).flags(TODAY) == (Flag.UNSEEN_LONG,)


def test_flags_name_what_must_be_noticed_most_pressing_first() -> None:
    stop = a_stop(
        not_seen_since=at("2026-11-18 09:00"),
        last_seen_on=date(2026, 11, 7),
        agreed_weekdays=(3,),
        is_in_poor_health=True,
        is_chased=True,
    )
    assert stop.flags(TODAY) == (
        Flag.NOT_SEEN,
        Flag.CHASED,
        Flag.UNSEEN_LONG,
        Flag.AGREED_TODAY,
        Flag.POOR_HEALTH,
    )


def test_ten_days_without_being_seen_are_not_yet_more_than_ten() -> None:
    """Domain §0.2-5: 久未见到 is more than the limit."""
    assert a_stop(last_seen_on=date(2026, 11, 8)).flags(TODAY) == ()
    assert a_stop(last_seen_on=None).days_unseen(TODAY) == NEVER


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ElderFacts(health=Health.POOR), True),
        (ElderFacts(mobility=Mobility.BEDRIDDEN), True),
        (ElderFacts(health=Health.CHRONIC_STABLE), False),
        (ElderFacts(), False),
    ],
)
def test_poor_health_is_said_by_somebody_never_supposed(facts: ElderFacts, *, expected: bool) -> None:
    assert in_poor_health(facts) is expected
