"""Who visits an elder is one person on each day, however often and whenever it was decided (指派)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.visits.codes import AssignmentKind
from services.visits.handlers.assigning import assign, choice, hand_over, round_to_hand_over
from services.visits.handlers.commands import Assign, HandOver
from services.visits.handlers.desk import Desk
from services.visits.repository.assignments import elders_of, standing_for
from shared.domain.errors import Invalid
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.services.visits.conftest import (
    NOW,
    SECOND_VISITOR,
    THIRD_VISITOR,
    VISITOR,
    Begin,
    MakeElder,
)

TODAY = date(2026, 11, 18)
WEEK = timedelta(days=7)

pytestmark = pytest.mark.usefixtures("staff")


def to_visitor(elder: UUID, account_id: UUID = VISITOR.account_id, from_on: date = TODAY) -> Assign:
    return Assign(enrolment_ids=(elder,), account_id=account_id, from_on=from_on)


def test_of_those_who_give_an_elder_away_at_the_same_moment_the_last_one_has(
    make_elder: MakeElder, begin: Begin, desk: Desk
) -> None:
    """Half of them were told of an error of ours: each made theirs the one regular visitor."""
    elder = make_elder()

    def give(_: int) -> None:
        with begin() as work:
            assign(to_visitor(elder), work, desk)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(give, range(8)))

    with begin() as work:
        open_ones = [each for each in standing_for(work.session, elder, on=TODAY) if each.to_on is None]
    assert [each.account_id for each in open_ones] == [VISITOR.account_id]


def test_a_later_decision_replaces_what_was_planned_for_a_later_day(
    make_elder: MakeElder, begin: Begin, desk: Desk
) -> None:
    """Somebody from next week on, then another from today: next week the first came back for a day."""
    elder = make_elder()
    planned = to_visitor(elder, SECOND_VISITOR.account_id, TODAY + WEEK)
    for command, at in ((planned, NOW), (to_visitor(elder), NOW + timedelta(minutes=1))):
        with begin(VISITOR, at) as work:
            assign(command, work, desk)

    with begin() as work:
        mine, theirs = (
            [elder in elders_of(work.session, who.account_id, on=TODAY + WEEK * weeks) for weeks in range(3)]
            for who in (VISITOR, SECOND_VISITOR)
        )
    assert (mine, theirs) == ([True] * 3, [False] * 3)


LOCKED = "UPDATE identity.account SET active = false WHERE account_id = :who"
UNLOCKED = "UPDATE identity.account SET active = true WHERE account_id = :who"


@pytest.fixture
def locked(settings: Settings) -> Iterator[UUID]:
    """The account of the second visitor is closed, for as long as the test lasts."""
    identity = Database(settings, Login.IDENTITY)
    who = {"who": SECOND_VISITOR.account_id}
    with identity.begin(SECOND_VISITOR, NOW) as work:
        work.session.execute(text(LOCKED), who)
    yield SECOND_VISITOR.account_id
    with identity.begin(SECOND_VISITOR, NOW) as work:
        work.session.execute(text(UNLOCKED), who)
    identity.close()


def test_who_has_left_visits_nobody_and_the_elder_has_no_visitor(
    make_elder: MakeElder, begin: Begin, request: pytest.FixtureRequest, desk: Desk
) -> None:
    """无人负责 at once: a closed account would be reminded, and the elder go unseen."""
    elder = make_elder()
    with begin() as work:
        assign(to_visitor(elder, SECOND_VISITOR.account_id), work, desk)
    before = visits_now(begin, elder)
    leaving = request.getfixturevalue("locked")

    assert (before, visits_now(begin, elder)) == ([leaving], [])
    with begin() as work:
        assert [each.can_go for each in standing_for(work.session, elder, on=TODAY)] == [False]
        assert elder in elders_of(work.session, leaving, on=TODAY), "their round is still to be handed over"


def test_a_substitute_who_has_left_stands_in_for_nobody(
    make_elder: MakeElder, begin: Begin, request: pytest.FixtureRequest, desk: Desk
) -> None:
    """顶岗: the regular visitor has the elder on the round again."""
    elder, stand_in = make_elder(), {"kind": AssignmentKind.SUBSTITUTE, "to_on": TODAY + WEEK}
    with begin() as work:
        assign(to_visitor(elder), work, desk)
        assign(replace(to_visitor(elder, SECOND_VISITOR.account_id), **stand_in), work, desk)
        before = elder in elders_of(work.session, VISITOR.account_id, on=TODAY)
    request.getfixturevalue("locked")
    with begin() as work:
        after = elder in elders_of(work.session, VISITOR.account_id, on=TODAY)

    assert (before, after) == (False, True)


def test_who_is_on_leave_is_offered_last_and_marked(make_elder: MakeElder, begin: Begin, desk: Desk) -> None:
    """顶岗: a round must not go to somebody whose own round has just been handed over."""
    theirs, other = make_elder(), make_elder()
    with begin() as work:
        assign(to_visitor(theirs, SECOND_VISITOR.account_id), work, desk)
        assign(to_visitor(other), work, desk)
    before = candidates(begin, desk, other)
    leave = HandOver(
        leaving_id=SECOND_VISITOR.account_id,
        account_id=VISITOR.account_id,
        kind=AssignmentKind.SUBSTITUTE,
        from_on=TODAY,
        to_on=TODAY + WEEK,
    )
    with begin() as work:
        hand_over(leave, work, desk)
    after = candidates(begin, desk, other)

    assert (before[SECOND_VISITOR.account_id], after[SECOND_VISITOR.account_id]) == (False, True)
    assert next(reversed(after)) == SECOND_VISITOR.account_id
    assert not after[VISITOR.account_id]
    with begin(now=NOW + timedelta(minutes=1)) as work:
        back = replace(to_visitor(theirs, SECOND_VISITOR.account_id), kind=AssignmentKind.SUBSTITUTE)
        assign(replace(back, to_on=TODAY + WEEK), work, desk)
    assert not candidates(begin, desk, other)[SECOND_VISITOR.account_id]


def test_an_elder_whom_somebody_also_stands_in_for_is_counted_once(
    make_elder: MakeElder, begin: Begin, desk: Desk
) -> None:
    """现有…位: handed over and back again, a round of five was said to be ten."""
    elder, stand_in = make_elder(), {"kind": AssignmentKind.SUBSTITUTE, "to_on": TODAY + WEEK}

    def has() -> int:
        with begin() as work:
            found = choice(elder, work, desk).candidates
        return next(each.elders for each in found if each.account_id == VISITOR.account_id)

    before = has()
    with begin() as work:
        assign(to_visitor(elder), work, desk)
        assign(replace(to_visitor(elder), **stand_in), work, desk)

    assert has() == before + 1


def candidates(begin: Begin, desk: Desk, elder: UUID) -> dict[UUID, bool]:
    """Who could visit the elder, in the order offered, and whether they are away."""
    with begin() as work:
        return {each.account_id: each.is_away for each in choice(elder, work, desk).candidates}


def visits_now(begin: Begin, elder: UUID) -> list[UUID]:
    with begin() as work:
        asked = text("SELECT account_id FROM visits.assignee WHERE enrolment_id = :elder")
        return list(work.session.scalars(asked, {"elder": elder}))


def visitor_of(begin: Begin, elder: UUID, *, on: date = TODAY) -> UUID | None:
    with begin() as work:
        staff = (VISITOR, SECOND_VISITOR, THIRD_VISITOR)
        have = [who.account_id for who in staff if elder in elders_of(work.session, who.account_id, on=on)]
    assert len(have) < 2
    return next(iter(have), None)


def leave_of(leaving: UUID, stand_in: UUID, from_on: date = TODAY, to_on: date = TODAY + WEEK) -> HandOver:
    kind = AssignmentKind.SUBSTITUTE
    return HandOver(leaving_id=leaving, account_id=stand_in, kind=kind, from_on=from_on, to_on=to_on)


@pytest.fixture
def on_leave(make_elder: MakeElder, begin: Begin, desk: Desk) -> UUID:
    """An elder of the second visitor, who is away for a week; the first stands in."""
    elder = make_elder()
    with begin(now=NOW - timedelta(minutes=2)) as work:
        assign(to_visitor(elder, SECOND_VISITOR.account_id), work, desk)
    with begin(now=NOW - timedelta(minutes=1)) as work:
        hand_over(leave_of(SECOND_VISITOR.account_id, VISITOR.account_id), work, desk)
    return elder


def test_an_elder_given_away_for_good_is_the_new_visitors_at_once_though_somebody_stands_in(
    on_leave: UUID, begin: Begin, desk: Desk
) -> None:
    """保存，立即生效: the stand-in kept the elder until the end of the leave."""
    with begin() as work:
        assign(to_visitor(on_leave, THIRD_VISITOR.account_id), work, desk)
        named = [each.account_id for each in standing_for(work.session, on_leave, on=TODAY)]

    assert visitor_of(begin, on_leave) == THIRD_VISITOR.account_id
    assert named == [THIRD_VISITOR.account_id]


def test_who_is_back_early_has_their_round_again(on_leave: UUID, begin: Begin, desk: Desk) -> None:
    """提前返岗: no verb ended a leave, and each elder stayed with the stand-in to its last day."""
    back = HandOver(
        leaving_id=SECOND_VISITOR.account_id,
        account_id=SECOND_VISITOR.account_id,
        kind=AssignmentKind.REGULAR,
        from_on=TODAY,
    )
    with begin() as work:
        covered = round_to_hand_over(SECOND_VISITOR.account_id, work, desk).covered
        done = hand_over(back, work, desk).enrolment_ids

    assert on_leave in {card.enrolment_id for card in covered}
    assert on_leave in done
    assert visitor_of(begin, on_leave) == SECOND_VISITOR.account_id
    with begin() as work, pytest.raises(Invalid, match="nobody_to_hand_over"):
        hand_over(back, work, desk)


def test_the_round_of_who_is_away_can_be_handed_over_again(on_leave: UUID, begin: Begin, desk: Desk) -> None:
    """A leave is extended, or its stand-in falls ill: 没有要交接的老人, said the page."""
    ill, later = THIRD_VISITOR.account_id, TODAY + 2 * WEEK
    with begin() as work:
        cards = round_to_hand_over(SECOND_VISITOR.account_id, work, desk).cards
        hand_over(leave_of(SECOND_VISITOR.account_id, ill, TODAY, later), work, desk)

    assert on_leave in {card.enrolment_id for card in cards}
    assert [visitor_of(begin, on_leave, on=day) for day in (TODAY, later)] == [ill, ill]
    assert visitor_of(begin, on_leave, on=later + timedelta(days=1)) == SECOND_VISITOR.account_id


def test_who_stands_in_and_leaves_for_good_gives_nobody_elses_elder_away(
    on_leave: UUID, begin: Begin, desk: Desk
) -> None:
    """The elder of a colleague on leave became the successor's for ever."""
    for_good = HandOver(
        leaving_id=VISITOR.account_id,
        account_id=THIRD_VISITOR.account_id,
        kind=AssignmentKind.REGULAR,
        from_on=TODAY,
    )
    with begin() as work:
        assert on_leave in hand_over(for_good, work, desk).enrolment_ids

    assert visitor_of(begin, on_leave) == THIRD_VISITOR.account_id
    assert visitor_of(begin, on_leave, on=TODAY + WEEK + timedelta(days=1)) == SECOND_VISITOR.account_id
