"""The chase as its cycle sees it, and the states and exceptions that quiet or end it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from shared.domain.codes import StateKind, StateStatus
from shared.domain.plan import RETURN_CHECK
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseVerb
from shared.domain.visit_cycle.state import WindowOutcome
from tests.builders import (
    MONTHLY,
    WEEKLY,
    a_contact,
    a_cycle,
    a_monthly,
    a_plan,
    a_state,
    a_weekly,
    an_exception,
    at,
)
from tests.domain.cycles import MONDAY, SUNDAY_NIGHT, begun, told

OTHER = UUID("00000000-0000-4000-8000-000000000002")


def outcomes(decision: CycleDecision) -> dict[str, WindowOutcome]:
    return {row.obligation: row.outcome for row in decision.rows.windows}


def test_a_missed_window_opens_one_chase_that_covers_later_misses_too() -> None:
    """Domain §0.2-2: one open chase per elder, whatever obligations and windows it covers."""
    plan = a_plan(a_weekly(), a_monthly())
    decision = cycle.begin(a_cycle(enrolled_at=at("2026-11-02 09:00"), plan=plan), at("2026-12-02 09:00"))

    (opened,) = decision.rows.chases
    assert opened.verb is ChaseVerb.OPEN
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY, MONTHLY)


def test_a_contact_that_counts_ends_the_chase_and_the_window_stays_missed() -> None:
    """Domain §0.2-2: a late contact ends the chase and counts in the window in which it happened."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    contact = a_contact(at("2026-11-23 09:00"))
    decision = told(missed, contact)

    (move,) = decision.rows.chases
    assert (move.verb, move.end, move.fact_id) == (ChaseVerb.CONCLUDE, ChaseEnd.CONTACT, contact.contact_id)
    assert outcomes(decision) == {WEEKLY: WindowOutcome.MET}


def test_nobody_is_looked_for_who_was_seen_on_the_second_that_closed_the_window() -> None:
    """00:00:00 on Monday is the new week's: the old one is missed, and the elder has just been seen."""
    missed = told(begun(), a_contact(SUNDAY_NIGHT))

    assert [each.outcome for each in missed.state.windows] == [WindowOutcome.MISSED, WindowOutcome.MET]
    assert missed.state.chase is None


def test_a_contact_for_one_duty_leaves_the_chase_for_the_other() -> None:
    """Jiangpu's two duties stay two: a call ends the chase for 日常关爱 only."""
    plan = a_plan(a_weekly(), a_weekly(code="at_home"))
    missed = cycle.tick(begun(plan=plan), SUNDAY_NIGHT).state
    decision = told(missed, a_contact(at("2026-11-23 09:00")))

    assert decision.rows.chases == ()
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == ("at_home",)


@pytest.mark.parametrize(
    ("status", "verb"),
    [(StateStatus.REPORTED, ChaseVerb.SUSPEND), (StateStatus.CONFIRMED, ChaseVerb.CONCLUDE)],
)
def test_a_state_quiets_the_chase_at_once_and_ends_it_once_confirmed(
    status: StateStatus, verb: ChaseVerb
) -> None:
    """Domain §0.2-3: states act at once on reminders and chase; a second person confirms."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    fact = a_state(at("2026-11-23 10:00"), status)
    decision = cycle.take_in(missed, Facts(states=(fact,)), fact.known_at)

    assert [move.verb for move in decision.rows.chases] == [verb]
    assert decision.row.quiet_because is StateKind.IN_HOSPITAL


def test_a_refused_state_wakes_the_chase() -> None:
    """What a second person does not confirm keeps nobody from looking."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    reported = a_state(at("2026-11-23 10:00"))
    refused = replace(reported, status=StateStatus.REFUSED, known_at=at("2026-11-23 15:00"))
    quiet = cycle.take_in(missed, Facts(states=(reported,)), reported.known_at).state
    decision = cycle.take_in(quiet, Facts(states=(refused,)), refused.known_at)

    assert [move.verb for move in decision.rows.chases] == [ChaseVerb.RESUME]
    assert decision.row.quiet_because is None


def test_the_chase_stays_quiet_while_another_state_is_still_reported() -> None:
    """Refusing one of two states is no reason to chase an elder who is away."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    hospital = a_state(at("2026-11-23 10:00"))
    away = a_state(at("2026-11-23 11:00"), state_id=OTHER, kind=StateKind.AWAY)
    refused = replace(hospital, status=StateStatus.REFUSED, known_at=at("2026-11-23 15:00"))
    moves = []
    for fact in (hospital, away, refused):
        decision = cycle.take_in(missed, Facts(states=(fact,)), fact.known_at)
        moves += [move.verb for move in decision.rows.chases]
        missed = decision.state

    assert moves == [ChaseVerb.SUSPEND]


SPARED_IN = at("2026-11-20 10:00")
DECIDED_AT = at("2026-11-24 15:00")


def spared(*between: Facts, decided: StateStatus = StateStatus.REFUSED) -> CycleDecision:
    """Sunday passes while one person says that the elder is in hospital; on Tuesday a second one decides."""
    reported = a_state(SPARED_IN)
    quiet = cycle.take_in(begun(), Facts(states=(reported,)), SPARED_IN).state
    missed = cycle.tick(quiet, SUNDAY_NIGHT)
    assert missed.rows.chases == ()
    state = missed.state
    for facts in between:
        state = cycle.take_in(state, facts, at("2026-11-23 09:00")).state
    fact = replace(reported, status=decided, known_at=DECIDED_AT)
    return cycle.take_in(state, Facts(states=(fact,)), DECIDED_AT)


def test_a_window_missed_under_a_state_that_is_then_refused_is_chased_after_all() -> None:
    """Domain §0.2-3: one person's word quiets; refused, it is as if nobody had said it."""
    decision = spared()

    (opened,) = decision.rows.chases
    assert (opened.verb, opened.at, opened.obligations) == (ChaseVerb.OPEN, DECIDED_AT, (WEEKLY,))
    again = replace(a_state(SPARED_IN), status=StateStatus.REFUSED, known_at=at("2026-11-24 16:00"))
    assert cycle.take_in(decision.state, Facts(states=(again,)), again.known_at).rows.chases == ()


@pytest.mark.parametrize("decided", [StateStatus.CONFIRMED, StateStatus.ENDED])
def test_what_a_state_spared_stays_unchased_once_it_is_confirmed_or_over(decided: StateStatus) -> None:
    decision = spared(decided=decided)

    assert decision.rows.chases == ()
    assert decision.state.spared == ()


@pytest.mark.parametrize(
    "meanwhile",
    [
        Facts(contacts=(a_contact(at("2026-11-23 09:00")),)),
        Facts(exceptions=(an_exception(MONDAY, at("2026-11-30 00:00"), known_at=at("2026-11-23 09:00")),)),
    ],
)
def test_what_was_answered_meanwhile_is_not_chased_when_the_state_is_refused(meanwhile: Facts) -> None:
    assert spared(meanwhile).rows.chases == ()


def test_a_contact_that_counts_for_nothing_leaves_the_chase() -> None:
    """Only a contact that counts ends it (domain §0.2-2)."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    call = replace(a_contact(at("2026-11-23 09:00")), counts_for=())

    assert told(missed, call).state.chase == missed.chase


def test_an_exception_for_one_obligation_leaves_the_chase_for_the_other() -> None:
    """An exception is approved for what it names, no more."""
    plan = a_plan(a_weekly(), a_weekly(code="at_home"))
    missed = cycle.tick(begun(plan=plan), SUNDAY_NIGHT).state
    exception = replace(
        an_exception(MONDAY, at("2026-11-30 00:00"), known_at=at("2026-11-23 09:00")), obligation="at_home"
    )
    decision = cycle.take_in(missed, Facts(exceptions=(exception,)), exception.known_at)

    assert decision.rows.chases == ()
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY,)
    assert [row.outcome for row in decision.rows.windows] == [WindowOutcome.EXCEPTED]


def test_states_and_exceptions_without_a_chase_ask_nothing_of_it() -> None:
    """Nothing is concluded that was never opened."""
    moment = at("2026-11-17 09:00")
    facts = Facts(
        states=(a_state(moment),),
        exceptions=(an_exception(MONDAY, SUNDAY_NIGHT, known_at=moment),),
    )

    assert cycle.take_in(begun(), facts, moment).rows.chases == ()
    assert cycle.close(begun(), moment).rows.chases == ()


def test_a_window_missed_in_hospital_is_missed_but_excused_and_not_chased() -> None:
    """Raw and adjusted figures both show the state (domain §0.2-3)."""
    fact = a_state(at("2026-11-16 08:00"), StateStatus.CONFIRMED)
    quiet = cycle.take_in(begun(), Facts(states=(fact,)), fact.known_at).state
    decision = cycle.tick(quiet, SUNDAY_NIGHT)

    closed = decision.rows.windows[0]
    assert (closed.outcome, closed.is_excused) == (WindowOutcome.MISSED, True)
    assert decision.rows.chases == ()
    assert decision.rows.warnings == ()


def test_an_ended_state_asks_for_a_return_check() -> None:
    """Domain §0.2-3: states end themselves with a return check within 24 hours."""
    reported = a_state(at("2026-11-16 08:00"), StateStatus.CONFIRMED)
    home = at("2026-11-18 09:00")
    ended = replace(reported, status=StateStatus.ENDED, known_at=home, ends_at=home)
    quiet = cycle.take_in(begun(), Facts(states=(reported,)), reported.known_at).state
    decision = cycle.take_in(quiet, Facts(states=(ended,)), home)

    assert outcomes(decision)[RETURN_CHECK] is WindowOutcome.OPEN
    checked = told(decision.state, a_contact(at("2026-11-18 15:00")))
    assert outcomes(checked)[RETURN_CHECK] is WindowOutcome.MET


@pytest.mark.parametrize("again", [StateStatus.CONFIRMED, StateStatus.ENDED])
def test_news_of_a_state_that_comes_again_changes_nothing(again: StateStatus) -> None:
    """A cycle that reconcile has started anew knows how it ended; what waited for it then arrives as well."""
    home = at("2026-11-18 09:00")
    confirmed = a_state(at("2026-11-16 08:00"), StateStatus.CONFIRMED)
    ended = replace(confirmed, status=StateStatus.ENDED, known_at=home, ends_at=home)
    told_once = cycle.take_in(begun(), Facts(states=(confirmed, ended)), home).state
    late = ended if again is StateStatus.ENDED else confirmed

    decision = cycle.take_in(told_once, Facts(states=(late,)), at("2026-11-18 10:00"))

    assert replace(decision.state, seq=told_once.seq) == told_once


def test_an_approved_exception_makes_the_window_excepted_and_ends_its_chase() -> None:
    """Domain §0.2-4, S2 L112 原则上: an unmet window is 未达标 or 经批准的例外."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    exception = an_exception(MONDAY, at("2026-11-30 00:00"), known_at=at("2026-11-23 09:00"))
    decision = cycle.take_in(missed, Facts(exceptions=(exception,)), exception.known_at)

    assert outcomes(decision)[WEEKLY] is WindowOutcome.EXCEPTED
    assert [move.end for move in decision.rows.chases] == [ChaseEnd.EXCEPTION]


def test_closing_voids_what_is_open_and_ends_the_chase() -> None:
    """Nobody is looked for who has left the register."""
    missed = cycle.tick(begun(), SUNDAY_NIGHT).state
    decision = cycle.close(missed, at("2026-11-23 12:00"))

    assert outcomes(decision) == {WEEKLY: WindowOutcome.VOID}
    assert [move.end for move in decision.rows.chases] == [ChaseEnd.CLOSED]
    assert (decision.due, decision.row.next_steps) == (None, ())


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "outcome"),
    [
        (MONDAY, SUNDAY_NIGHT, WindowOutcome.EXCEPTED),
        (SUNDAY_NIGHT - SECOND, SUNDAY_NIGHT, WindowOutcome.EXCEPTED),
        (MONDAY, SUNDAY_NIGHT - SECOND, WindowOutcome.MISSED),
        (SUNDAY_NIGHT, SUNDAY_NIGHT + SECOND, WindowOutcome.MISSED),
    ],
)
def test_an_exception_is_for_the_window_whose_closing_second_lies_in_it(
    starts_at: datetime, ends_at: datetime, outcome: WindowOutcome
) -> None:
    facts = Facts(exceptions=(an_exception(starts_at, ends_at, known_at=MONDAY),))
    closed = cycle.tick(cycle.take_in(begun(), facts, MONDAY).state, SUNDAY_NIGHT)

    assert [row.outcome for row in closed.rows.windows if row.closes_at == SUNDAY_NIGHT] == [outcome]


def test_a_cycle_that_ends_voids_what_is_open_and_waits_for_nothing() -> None:
    """移出: nothing is owed any more, and nothing is missed by it."""
    ended = cycle.close(begun(), at("2026-11-17 09:00"))

    assert [(row.was, row.outcome) for row in ended.rows.windows] == [
        (WindowOutcome.OPEN, WindowOutcome.VOID)
    ]
    assert (ended.state.windows, ended.state.cursors, ended.state.is_closed, ended.due) == (
        (),
        (),
        True,
        None,
    )


def test_who_moves_is_told_with_the_moment_of_the_move() -> None:
    moment = at("2026-11-17 09:00")
    moved = cycle.change_plan(begun(), begun().plan, moment, area_code="370302115205")

    assert (moved.rows.moved_at, len(moved.rows.windows)) == (moment, 1)
