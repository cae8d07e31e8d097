"""A contact struck from the book (作废): what it had met is owed again, and looked after again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import StateStatus
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import ContactFact, Facts, VoidedContact
from shared.domain.visit_cycle.rows import ChaseVerb, StepCode
from shared.domain.visit_cycle.state import CycleState, WindowOutcome
from tests.builders import WEEKLY, a_contact, a_cycle, a_state, at
from tests.domain.cycles import MONDAY, SUNDAY_NIGHT

WEDNESDAY = at("2026-11-18 10:00")
NEXT_MONDAY = at("2026-11-23 09:00")


def begun() -> CycleState:
    return cycle.begin(a_cycle(enrolled_at=MONDAY), MONDAY).state


def told(state: CycleState, *contacts: ContactFact) -> CycleState:
    for contact in contacts:
        state = cycle.take_in(state, Facts(contacts=(contact,)), contact.known_at).state
    return state


def void(
    state: CycleState, contact: ContactFact, known_at: datetime, last_seen_at: datetime | None = None
) -> CycleDecision:
    fact = VoidedContact(contact_id=contact.contact_id, known_at=known_at, last_seen_at=last_seen_at)
    return cycle.take_in(state, Facts(voided=(fact,)), known_at)


def outcomes(decision: CycleDecision) -> list[tuple[WindowOutcome, WindowOutcome | None]]:
    return [(row.outcome, row.was) for row in decision.rows.windows]


def test_a_voided_contact_leaves_the_open_window_owed_and_the_next_warning_due() -> None:
    contact = a_contact(WEDNESDAY)
    decision = void(told(begun(), contact), contact, WEDNESDAY + timedelta(hours=1))

    assert outcomes(decision) == [(WindowOutcome.OPEN, WindowOutcome.MET)]
    assert decision.row.last_seen_at is None
    assert decision.row.next_steps[-1].code is StepCode.CLOSE
    assert decision.row.next_steps[-1].missing == 1


def test_when_the_elder_was_seen_is_what_the_book_says_without_it() -> None:
    earlier, contact = a_contact(MONDAY + timedelta(hours=9)), a_contact(WEDNESDAY)
    state = told(begun(), earlier, contact)

    decision = void(state, contact, WEDNESDAY + timedelta(hours=1), earlier.occurred_at)

    assert decision.row.last_seen_at == earlier.occurred_at
    assert outcomes(decision) == [(WindowOutcome.MET, WindowOutcome.MET)]


def test_a_closed_window_that_it_had_met_is_missed_and_chased_after_all() -> None:
    """Domain §2.7-11: 虚假 removes the visit from all rates and reopens the period."""
    contact = a_contact(WEDNESDAY + timedelta(days=3))
    met = cycle.tick(told(begun(), contact), SUNDAY_NIGHT).state
    decision = void(met, contact, NEXT_MONDAY)

    assert outcomes(decision) == [(WindowOutcome.MISSED, WindowOutcome.MET)]
    (opened,) = decision.rows.chases
    assert (opened.verb, opened.at, opened.obligations) == (ChaseVerb.OPEN, NEXT_MONDAY, (WEEKLY,))


@pytest.mark.parametrize("seen_at", [SUNDAY_NIGHT, NEXT_MONDAY])
def test_nobody_is_sent_who_has_been_seen_since(seen_at: datetime) -> None:
    """The second that closes the window is the next one's: who was seen then has been seen since."""
    contact, since = a_contact(WEDNESDAY + timedelta(days=3)), a_contact(seen_at)
    met = cycle.tick(told(begun(), contact), SUNDAY_NIGHT).state
    decision = void(told(met, since), contact, NEXT_MONDAY + timedelta(hours=1), since.occurred_at)

    assert outcomes(decision) == [(WindowOutcome.MISSED, WindowOutcome.MET)]
    assert decision.rows.chases == ()


def test_who_was_seen_on_the_closing_second_by_a_contact_that_is_voided_is_looked_for() -> None:
    """It had kept the chase away, and ended none: the missed week was chased by nobody."""
    contact = a_contact(SUNDAY_NIGHT)
    seen = cycle.tick(told(begun(), contact), NEXT_MONDAY).state
    decision = void(seen, contact, NEXT_MONDAY + timedelta(hours=1))

    assert seen.chase is None
    assert [each.verb for each in decision.rows.chases] == [ChaseVerb.OPEN]


def test_when_all_who_were_there_are_struck_out_the_elder_is_looked_for() -> None:
    contacts = [a_contact(day) for day in (WEDNESDAY, NEXT_MONDAY, NEXT_MONDAY + timedelta(hours=2))]
    state = cycle.tick(told(begun(), *contacts), contacts[-1].occurred_at).state
    for number, contact in enumerate(contacts, start=3):
        assert state.chase is None
        state = void(state, contact, NEXT_MONDAY + timedelta(hours=number)).state

    assert state.chase is not None


def test_the_chase_that_it_ended_is_taken_up_again() -> None:
    """Domain §0.2-2: a chase ends only by a contact that counts."""
    contact = a_contact(NEXT_MONDAY)
    found = told(cycle.tick(begun(), SUNDAY_NIGHT).state, contact)
    assert found.chase is None
    decision = void(found, contact, NEXT_MONDAY + timedelta(hours=3))

    assert [move.verb for move in decision.rows.chases] == [ChaseVerb.OPEN]
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY,)


def test_a_chase_that_somebody_else_would_have_ended_stays_ended() -> None:
    contact, since = a_contact(NEXT_MONDAY), a_contact(NEXT_MONDAY + timedelta(hours=1))
    found = told(cycle.tick(begun(), SUNDAY_NIGHT).state, contact, since)
    decision = void(found, contact, NEXT_MONDAY + timedelta(hours=3), since.occurred_at)

    assert decision.rows.chases == ()
    assert decision.state.chase is None


@pytest.mark.parametrize("status", [StateStatus.REPORTED, StateStatus.CONFIRMED])
def test_a_state_keeps_that_chase_quiet_too(status: StateStatus) -> None:
    contact = a_contact(NEXT_MONDAY)
    found = told(cycle.tick(begun(), SUNDAY_NIGHT).state, contact)
    away = a_state(NEXT_MONDAY + timedelta(hours=1), status)
    quiet = cycle.take_in(found, Facts(states=(away,)), away.known_at).state
    decision = void(quiet, contact, NEXT_MONDAY + timedelta(hours=3))

    assert decision.rows.chases == ()
    assert decision.state.spared == ((WEEKLY,) if status is StateStatus.REPORTED else ())


def test_the_same_void_twice_and_one_of_an_unknown_contact_change_nothing() -> None:
    contact = a_contact(WEDNESDAY)
    once = void(told(begun(), contact), contact, WEDNESDAY + timedelta(hours=1)).state
    twice = void(once, contact, WEDNESDAY + timedelta(hours=2))

    assert twice.rows.windows == twice.rows.chases == ()
    assert replace(twice.state, seq=0) == replace(once, seq=0)


@given(hours=st.lists(st.integers(1, 24 * 8), min_size=1, max_size=6, unique=True), data=st.data())
def test_a_book_without_contacts_and_one_that_voided_them_agree_on_every_window(
    hours: list[int], data: st.DataObject
) -> None:
    """Whatever was struck out in time: each window stands as if it had never been written."""
    contacts = [a_contact(MONDAY + timedelta(hours=each)) for each in sorted(hours)]
    struck = data.draw(st.lists(st.sampled_from(contacts), min_size=1, unique_by=lambda c: c.contact_id))
    until = MONDAY + timedelta(days=8, hours=12)
    rest = [each for each in contacts if each not in struck]
    seen = max((each.occurred_at for each in rest), default=None)

    without = cycle.tick(told(begun(), *rest), until)
    state = cycle.tick(told(begun(), *contacts), until).state
    for each in struck:
        voided = void(state, each, until, seen)
        state = voided.state

    assert [(each.opens_at, each.outcome, each.done) for each in voided.state.windows] == [
        (each.opens_at, each.outcome, each.done) for each in without.state.windows
    ]
    assert voided.row.last_seen_at == without.row.last_seen_at
    assert (voided.state.chase is None) == (without.state.chase is None)
