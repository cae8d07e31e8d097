"""What each move of a chase carries: which chase, since when, and the fact that ended or quieted it."""

from dataclasses import replace

import pytest

from shared.domain.codes import StateStatus
from shared.domain.visit_cycle import chasing, cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import Facts, VoidedContact
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseMove, ChaseVerb
from shared.domain.visit_cycle.state import CycleState
from tests.builders import WEEKLY, a_contact, a_plan, a_state, a_weekly, an_exception, at
from tests.domain.cycles import MONDAY, SUNDAY_NIGHT, begun

FOUND_AT = at("2026-11-23 09:00")
LATER = at("2026-11-23 11:00")
BOTH = a_plan(a_weekly(), a_weekly(code="at_home"))


def missed(plan: object = None) -> CycleDecision:
    """Sunday night, and nobody has been there."""
    return cycle.tick(begun(plan=plan or a_plan()), SUNDAY_NIGHT)


def the_move(decision: CycleDecision) -> ChaseMove:
    (move,) = decision.rows.chases
    return move


def the_chase(state: CycleState) -> object:
    return chasing.chase_id(state.enrolment_id, SUNDAY_NIGHT)


def test_a_chase_is_known_by_its_enrolment_and_the_moment_of_the_miss() -> None:
    """So however late the cycle gets to it, the same chase is opened, once."""
    decision = missed()
    move = the_move(decision)

    assert (move.verb, move.referral_id, move.at) == (ChaseVerb.OPEN, the_chase(decision.state), SUNDAY_NIGHT)
    assert decision.row.chase_referral_id == move.referral_id


def test_who_was_seen_ends_the_chase_that_is_open() -> None:
    state = missed().state
    contact = a_contact(FOUND_AT)
    move = the_move(cycle.take_in(state, Facts(contacts=(contact,)), FOUND_AT))

    assert (move.referral_id, move.at, move.fact_id) == (the_chase(state), FOUND_AT, contact.contact_id)


@pytest.mark.parametrize(
    ("status", "verb", "end"),
    [
        (StateStatus.REPORTED, ChaseVerb.SUSPEND, None),
        (StateStatus.CONFIRMED, ChaseVerb.CONCLUDE, ChaseEnd.STATE),
    ],
)
def test_a_state_names_itself_to_the_chase(
    status: StateStatus, verb: ChaseVerb, end: ChaseEnd | None
) -> None:
    state = missed().state
    fact = a_state(FOUND_AT, status)
    move = the_move(cycle.take_in(state, Facts(states=(fact,)), FOUND_AT))

    assert (move.verb, move.end, move.referral_id) == (verb, end, the_chase(state))
    assert (move.at, move.fact_id) == (FOUND_AT, fact.state_id)


def test_an_exception_names_itself_to_the_chase() -> None:
    state = missed().state
    exception = an_exception(MONDAY, at("2026-11-30 00:00"), known_at=FOUND_AT)
    move = the_move(cycle.take_in(state, Facts(exceptions=(exception,)), FOUND_AT))

    assert (move.end, move.at, move.fact_id) == (ChaseEnd.EXCEPTION, FOUND_AT, exception.exception_id)


def test_a_cycle_that_ends_ends_its_chase_at_that_moment() -> None:
    move = the_move(cycle.close(missed().state, LATER))

    assert (move.end, move.at, move.fact_id) == (ChaseEnd.CLOSED, LATER, None)


def test_two_duties_that_a_refused_state_had_spared_open_one_chase_for_both() -> None:
    """The second miss is added to the chase; it does not make anybody forget to open it."""
    reported = a_state(at("2026-11-20 10:00"))
    quiet = cycle.tick(
        cycle.take_in(begun(plan=BOTH), Facts(states=(reported,)), reported.known_at).state, SUNDAY_NIGHT
    )
    refused = replace(reported, status=StateStatus.REFUSED, known_at=FOUND_AT)
    decision = cycle.take_in(quiet.state, Facts(states=(refused,)), FOUND_AT)

    assert (the_move(decision).verb, the_move(decision).at) == (ChaseVerb.OPEN, FOUND_AT)
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY, "at_home")
    assert decision.state.spared == ()


def test_two_duties_that_a_voided_contact_had_answered_open_one_chase_for_both() -> None:
    """Domain §0.2-2: a chase ends only by a contact that counts, and this one counts no more."""
    contact = a_contact(FOUND_AT, WEEKLY, "at_home")
    found = cycle.take_in(missed(BOTH).state, Facts(contacts=(contact,)), FOUND_AT).state
    assert found.chase is None
    void = VoidedContact(contact_id=contact.contact_id, known_at=LATER, last_seen_at=None)
    decision = cycle.take_in(found, Facts(voided=(void,)), LATER)

    assert (the_move(decision).verb, the_move(decision).at) == (ChaseVerb.OPEN, LATER)
    assert decision.state.chase is not None
    assert decision.state.chase.obligations == (WEEKLY, "at_home")
    assert decision.state.answered == ()


def test_what_another_contact_answered_stays_answered_when_one_is_voided() -> None:
    first, second = a_contact(FOUND_AT), a_contact(LATER, "at_home")
    state = missed(BOTH).state
    for contact in (first, second):
        state = cycle.take_in(state, Facts(contacts=(contact,)), contact.known_at).state
    void = VoidedContact(contact_id=first.contact_id, known_at=LATER, last_seen_at=second.occurred_at)
    decision = cycle.take_in(state, Facts(voided=(void,)), LATER)

    assert [each.contact_id for each in decision.state.answered] == [second.contact_id]
    assert the_move(decision).obligations == (WEEKLY,)
