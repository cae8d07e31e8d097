"""A referral made again from its rows decides as the one that was lost would have (issue 2: reconcile)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import RuleBroken
from shared.domain.kinds import ClockRule, Join
from shared.domain.periods import local_day
from shared.domain.referral import handing, pausing, referral, routing
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.restoring import NotRestorableError, Record, Terms, restored
from shared.domain.referral.rows import ReferralRows
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import Actor, ClockName, ReferralState
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    SOMEBODY,
    ZONE,
    a_followed_fact,
    a_kind,
    a_move,
    a_referral,
    a_refusal,
    a_ruling,
    a_table,
    an_officer,
    an_outcome,
    working_hours,
)
from tests.domain.referrals import OFFERED
from tests.handling import MORE_TIME, a_delegation, a_pause, a_reassignment, a_wish_for_time

Step = Callable[[ReferralState, datetime], ReferralDecision]

HOLDER, LEAD = an_officer(), replace(an_officer(), is_lead=True)
SECOND, ASKING, COORDINATOR = an_officer(), an_officer(OFFICE), an_officer(COORDINATORS)
IDLE, RULING = working_hours(40), working_hours(8)
CONFIRMED = a_kind(needs_confirmation=True)


def moving(move: Move, actor: Actor, **changes: object) -> Step:
    return lambda state, now: referral.make(state, a_move(move, actor, now, **changes), now)


def told(move: Move, **changes: object) -> Step:
    return lambda state, now: routing.follow(
        state, replace(a_followed_fact(move, now, reason=JUSTICE), **changes), now
    )


def supporting(state: ReferralState, now: datetime) -> ReferralDecision:
    name = uuid5(state.referral_id, now.isoformat())
    terms = SupportTerms(referral_id=name, unit_id=f"unit{len(state.supporters)}", join=Join.ANY)
    return referral.make(state, a_move(Move.ASK_SUPPORT, HOLDER, now, support=terms), now)


def joining(state: ReferralState, now: datetime) -> ReferralDecision:
    first = next((each.referral_id for each in state.supporters if each.is_open), SOMEBODY)
    return referral.follow(state, replace(a_followed_fact(Move.JOIN, now), fact_id=first), now)


def pausing_until(days: int) -> Step:
    return lambda state, now: pausing.pause(
        state, a_pause(HOLDER, now, local_day(now, ZONE) + timedelta(days=days)), now
    )


def standing_in(state: ReferralState, now: datetime) -> ReferralDecision:
    today = local_day(now, ZONE)
    command = a_delegation(HOLDER, now, to_id=SECOND.account_id, from_on=today, to_on=today + timedelta(2))
    return handing.delegate(state, command, now)


def handing_on(state: ReferralState, now: datetime) -> ReferralDecision:
    to = a_reassignment(LEAD, now, to_id=HOLDER.account_id, held_by=state.holder_id, idle_after=IDLE)
    return handing.reassign(state, to, now)


STEPS: tuple[Step, ...] = (
    referral.tick,
    moving(Move.ACKNOWLEDGE, SECOND),
    moving(Move.ACCEPT, HOLDER, idle_after=IDLE),
    moving(Move.ACCEPT, SECOND, idle_after=IDLE),
    moving(Move.RELEASE, HOLDER),
    moving(Move.NOTE, HOLDER),
    moving(Move.URGE, ASKING),
    moving(Move.GO_ON, HOLDER),
    moving(Move.GRANT_TIME, COORDINATOR),
    moving(Move.REFUSE_TIME, COORDINATOR),
    moving(Move.NAME_CAUSE, HOLDER, reason="short_of_staff"),
    moving(Move.SEND_BACK, ASKING, reason="not_solved"),
    told(Move.SUSPEND),
    told(Move.RESUME),
    told(Move.UNMAN),
    supporting,
    joining,
    pausing_until(1),
    pausing_until(9),
    standing_in,
    handing_on,
    lambda state, now: pausing.ask_time(state, a_wish_for_time(HOLDER, now), now),
    lambda state, now: routing.decline(
        state,
        a_refusal(replace(LEAD, unit_id=state.unit_id), now, next_kind=CONFIRMED, rule_within=RULING),
        now,
    ),
    lambda state, now: routing.appoint(state, replace(a_ruling(now), actor=COORDINATOR, kind=CONFIRMED), now),
    lambda state, now: referral.complete(state, replace(an_outcome(HOLDER, now), level="severe"), now),
    lambda state, now: referral.take_calendar(state, a_table(now), now),
)


class History:
    """A referral and all rows that its decisions have left."""

    def __init__(self, state: ReferralState) -> None:
        decision = referral.begin(state, state.offered_at)
        self.state, self.rows = decision.state, decision.rows

    def goes(self, step: Step, now: datetime) -> None:
        """The step, unless it is refused."""
        try:
            decision = step(self.state, now)
        except RuleBroken:
            return
        self.state, self.rows = decision.state, self.rows + decision.rows

    def again(self) -> ReferralState:
        """The state as its rows tell it, and nothing but them."""
        record = Record(
            standing=standing_of(self.state),
            seq=self.state.seq,
            ledger=self.rows.ledger,
            supports=self.rows.supports,
        )
        return restored(record, terms_of(self.state))


def terms_of(state: ReferralState) -> Terms:
    return Terms(
        kind=state.kind,
        idle_after=IDLE,
        rule_within=state.rule_within,
        more_time=MORE_TIME.by,
        join=Join.ANY,
    )


def lived(steps: Iterable[tuple[Step, int]], **changes: object) -> History:
    history, now = History(a_referral(offered_at=OFFERED, kind=CONFIRMED, **changes)), OFFERED
    for step, minutes in steps:
        now += timedelta(minutes=minutes)
        history.goes(step, now)
    return history


def comparable(state: ReferralState) -> ReferralState:
    """Without what nothing later reads: the number of turns, and terms of what is not."""
    return replace(
        state,
        turns=0,
        idle_after=state.idle_after if state.holder_id else None,
        join=state.join if state.supporters else Join.ALL,
    )


@given(
    steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 2000)), max_size=30),
    is_asleep=st.booleans(),
)
def test_whatever_was_done_with_it_the_rows_tell_the_state(
    steps: list[tuple[Step, int]], *, is_asleep: bool
) -> None:
    history = lived(steps, rule_within=RULING, suspended_at=OFFERED if is_asleep else None)
    again = history.again()

    assert comparable(again) == comparable(history.state)
    assert again.turns >= history.state.turns or again.has_slept_since_start
    assert again.has_slept_since_start >= history.state.has_slept_since_start


STEPPED = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 2000)), max_size=20)


@given(before=STEPPED, after=STEPPED)
def test_it_goes_on_as_the_lost_one_would_have_and_climbs_no_rung_twice(
    before: list[tuple[Step, int]], after: list[tuple[Step, int]]
) -> None:
    history = lived(before, rule_within=RULING)
    lost, again = history.state, history.again()
    now = OFFERED + timedelta(minutes=sum(minutes for _, minutes in before))
    climbed = rungs_of(history.rows)
    for step, minutes in after:
        now += timedelta(minutes=minutes)
        lost, known, _ = decided(step, lost, now)
        again, same, rows = decided(step, again, now)
        assert same == known
        assert not climbed & rungs_of(rows)
        climbed |= rungs_of(rows)


def decided(step: Step, state: ReferralState, now: datetime) -> tuple[ReferralState, object, ReferralRows]:
    """Where it goes, what anybody learns of that, and its rows."""
    try:
        decision = step(state, now)
    except RuleBroken as refused:
        return state, (refused.code, dict(refused.params)), ReferralRows()
    return decision.state, (decision.answer, decision.due, decision.rows.ledger), decision.rows


def rungs_of(rows: ReferralRows) -> set[tuple[ClockName, int, int]]:
    return {(row.clock, row.turn, row.number) for row in rows.rungs}


def test_a_clock_that_the_policy_describes_otherwise_is_named() -> None:
    """A file that was rewritten without a word on record: whom a rung of the old one told, nobody knows."""
    history = lived([])
    other = replace(history.state, kind=a_kind(accept=ClockRule(limit=working_hours(4))))
    record = Record(standing=standing_of(history.state), seq=1, ledger=history.rows.ledger)

    with pytest.raises(NotRestorableError, match="other_clocks") as refused:
        restored(record, terms_of(other))
    assert refused.value.params == {"clock": ClockName.ACCEPT}


def test_what_was_used_of_pauses_and_the_one_that_runs_are_known() -> None:
    """What the policy allows of them is counted over the life of the work."""
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (pausing_until(1), 1), (referral.tick, 2000)])
    once = history.again()
    assert (once.pauses, once.paused_days, once.paused) == (1, 1, None)

    history.goes(pausing_until(1), OFFERED + timedelta(minutes=2010))
    again = history.again()
    assert (again.pauses, again.paused_days) == (2, 1)
    assert again.paused == history.state.paused is not None


def test_who_stands_in_still_does() -> None:
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (standing_in, 1)])

    assert history.again().delegation == history.state.delegation is not None


def test_a_lead_waits_for_support_that_has_not_begun() -> None:
    """Else it could be ended over the head of a unit that was asked."""
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (supporting, 1), (supporting, 1)])
    record = Record(
        standing=standing_of(history.state),
        seq=3,
        ledger=history.rows.ledger,
        supports=history.rows.supports[:1],
    )

    with pytest.raises(NotRestorableError, match="support_not_begun") as refused:
        restored(record, terms_of(history.state))
    assert refused.value.params == {"units": ("unit0", "unit1")}


def test_more_time_that_the_policy_knows_no_more_is_not_asked_for_any_more() -> None:
    ask: Step = lambda state, now: pausing.ask_time(state, a_wish_for_time(HOLDER, now), now)  # noqa: E731
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (ask, 1)])
    record = Record(standing=standing_of(history.state), seq=3, ledger=history.rows.ledger)

    assert history.again().asked_time == history.state.asked_time is not None
    assert restored(record, Terms(kind=history.state.kind)).asked_time is None


def test_what_an_assessment_found_is_known_until_somebody_has_confirmed_it() -> None:
    """It is the ability that the register takes over; the ledger keeps it beside the outcome."""
    done: Step = lambda state, now: referral.complete(  # noqa: E731
        state, replace(an_outcome(HOLDER, now), level="severe"), now
    )
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (done, 1)])
    assert [row.detail for row in history.rows.ledger if row.code == Move.COMPLETE] == ["advised/severe"]
    again = history.again()
    assert (again.outcome, again.level, again.status) == ("advised", "severe", Status.COMPLETED)

    confirmed = referral.make(history.again(), a_move(Move.CONFIRM, ASKING, OFFERED), OFFERED)
    assert [row.level for row in confirmed.rows.endings] == ["severe"]


def test_a_lead_knows_again_whom_it_asked_and_who_has_finished() -> None:
    steps = [(moving(Move.ACCEPT, HOLDER), 1), (supporting, 1), (supporting, 1), (joining, 1)]
    history = lived(steps)
    again = history.again()

    assert [(each.unit_id, each.is_open) for each in again.supporters] == [("unit0", False), ("unit1", True)]
    assert (again.supporters, again.join) == (history.state.supporters, history.state.join)


def test_a_support_knows_again_what_it_came_from_and_for_whom() -> None:
    again = lived([], lead_id=SOMEBODY, origin_id=HOLDER.account_id).again()

    assert (again.lead_id, again.origin_id) == (SOMEBODY, HOLDER.account_id)


def test_time_that_was_granted_is_not_granted_once_more() -> None:
    ask: Step = lambda state, now: pausing.ask_time(state, a_wish_for_time(HOLDER, now), now)  # noqa: E731
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), (ask, 1), (moving(Move.GRANT_TIME, COORDINATOR), 1)])

    assert (history.again().extended, history.again().asked_time) == (1, None)


def test_days_of_all_pauses_that_are_over_count() -> None:
    """The cap is on all of them together."""
    pause = [(pausing_until(1), 10), (referral.tick, 2000)]
    history = lived([(moving(Move.ACCEPT, HOLDER), 1), *pause, *pause])

    assert history.state.pauses == 2
    assert history.again().paused_days == history.state.paused_days == 2
