"""Home beds (J-76): apply -> first visit -> agreement -> rounds -> discharge, and no other way out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Conflict, Invalid
from shared.domain.health.closing import lacking
from shared.domain.health.codes import BedMove, BedStatus, Evidence
from shared.domain.health.home_beds import Step, in_use, moved, owed, possible, seen_at, status_of
from tests.policies.plans import JIANGPU, TODAY, plan

POLICY = plan(JIANGPU)
RULES = POLICY.health_care
CALENDAR = POLICY.work_days.calendar(POLICY.jurisdiction.zone, POLICY.jurisdiction.hours, TODAY)
THURSDAY = date(2026, 11, 12)
WHOLE_WAY = (
    BedMove.APPLY,
    BedMove.FIRST_VISIT,
    BedMove.AGREE,
    BedMove.ROUND,
    BedMove.ROUND,
    BedMove.DISCHARGE,
)


def steps(*moves: BedMove, begun_on: date = THURSDAY) -> tuple[Step, ...]:
    return tuple(
        Step(move=move, done_on=begun_on + timedelta(days=index)) for index, move in enumerate(moves)
    )


def test_a_bed_goes_its_way_step_by_step() -> None:
    assert [status_of(steps(*WHOLE_WAY[:count])) for count in range(1, 7)] == [
        BedStatus.APPLIED,
        BedStatus.SEEN,
        BedStatus.OPEN,
        BedStatus.OPEN,
        BedStatus.OPEN,
        BedStatus.DISCHARGED,
    ]


def test_a_bed_in_use_is_closed_by_a_discharge_alone() -> None:
    """J-76: cannot close without discharge record."""
    in_use = steps(BedMove.APPLY, BedMove.FIRST_VISIT, BedMove.AGREE)

    assert possible(BedStatus.OPEN) == (BedMove.ROUND, BedMove.DISCHARGE)
    with pytest.raises(Conflict) as refused:
        moved(in_use, Step(move=BedMove.GIVE_UP, done_on=TODAY), today=TODAY)
    assert refused.value.code == "bed_cannot"
    assert refused.value.params == {
        "status": BedStatus.OPEN,
        "move": BedMove.GIVE_UP,
        "possible": (BedMove.ROUND, BedMove.DISCHARGE),
    }


@given(moves=st.lists(st.sampled_from(list(BedMove)), max_size=8))
def test_no_order_of_moves_ends_a_bed_that_was_agreed_without_a_discharge(moves: list[BedMove]) -> None:
    done: tuple[Step, ...] = ()
    for move in moves:
        step = Step(move=move, done_on=TODAY)
        try:
            moved(done, step, today=TODAY)
        except Conflict:
            continue
        done = (*done, step)

    status, made = status_of(done), {step.move for step in done}
    if status is not None and status.is_over and BedMove.AGREE in made:
        assert done[-1].move is BedMove.DISCHARGE
    if status in {BedStatus.OPEN, BedStatus.DISCHARGED}:
        assert {BedMove.FIRST_VISIT, BedMove.AGREE} <= made


def test_a_step_lies_neither_before_the_last_one_nor_in_the_future() -> None:
    applied = steps(BedMove.APPLY)

    with pytest.raises(Invalid) as early:
        moved(applied, Step(move=BedMove.FIRST_VISIT, done_on=THURSDAY - timedelta(days=1)), today=TODAY)
    with pytest.raises(Invalid) as late:
        moved(applied, Step(move=BedMove.FIRST_VISIT, done_on=TODAY + timedelta(days=1)), today=TODAY)

    assert (early.value.code, early.value.params) == (
        "before_last_step",
        {"field": "done_on", "last_on": THURSDAY},
    )
    assert (late.value.code, late.value.params) == ("day_in_future", {"field": "done_on"})


def test_each_step_is_owed_in_time_and_a_weekend_does_not_count() -> None:
    """Applied on a Thursday, seen within two working days: until Monday; agreed within three more."""
    seen = owed(steps(BedMove.APPLY), RULES.home_bed, CALENDAR)
    agreed = owed(steps(BedMove.APPLY, BedMove.FIRST_VISIT), RULES.home_bed, CALENDAR)

    assert seen is not None
    assert (seen.move, seen.due_on) == (BedMove.FIRST_VISIT, date(2026, 11, 16))
    assert agreed is not None
    assert (agreed.move, agreed.due_on) == (BedMove.AGREE, date(2026, 11, 18))


def test_rounds_are_owed_each_week_and_a_review_after_ninety_days() -> None:
    in_use = steps(BedMove.APPLY, BedMove.FIRST_VISIT, BedMove.AGREE, BedMove.ROUND)

    due = owed(in_use, RULES.home_bed, CALENDAR)

    assert due is not None
    assert due.move is BedMove.ROUND
    assert due.due_on == in_use[-1].done_on + timedelta(days=7)
    assert due.review_on == in_use[2].done_on + timedelta(days=90)
    assert owed(steps(*WHOLE_WAY), RULES.home_bed, CALENDAR) is None


def test_an_outcome_rests_on_what_was_really_done() -> None:
    assert lacking("followed_up", {Evidence.FOLLOW_UP}, RULES) == ()
    assert lacking("signed_and_followed_up", {Evidence.FOLLOW_UP}, RULES) == (Evidence.CONTRACT,)
    assert lacking("home_bed_opened", set(), RULES) == (Evidence.HOME_BED,)
    assert lacking("elder_no_longer_wishes", set(), RULES) == ()


@given(count=st.integers(0, len(WHOLE_WAY)))
def test_a_bed_is_in_use_between_the_agreement_and_the_discharge(count: int) -> None:
    """J-76: with the status open, and no other, a round is owed and the others know of the bed."""
    done = steps(*WHOLE_WAY[:count])
    spell = in_use(done)
    days = {step.move: step.done_on for step in done}

    assert (spell is not None and spell.to_on is None) is (status_of(done) is BedStatus.OPEN)
    assert (spell.from_on if spell else None) == days.get(BedMove.AGREE)
    assert (spell.to_on if spell else None) == days.get(BedMove.DISCHARGE)


def test_a_step_at_which_somebody_is_there_is_a_visit_of_the_family_doctor() -> None:
    """Z-24: the plan says which steps; an agreement or a discharge may be signed at the centre."""
    worth = {move: seen_at(move, RULES.home_bed) for move in BedMove}

    assert [move for move, seen in worth.items() if seen] == [BedMove.FIRST_VISIT, BedMove.ROUND]
    assert worth[BedMove.ROUND] == RULES.home_bed.seen
