"""Lead and supporting units (主办、协办), and the causes of breaches."""

from uuid import UUID, uuid4

import pytest

from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.kinds import Join
from shared.domain.referral import referral
from shared.domain.referral.commands import FollowFact, SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import Actor, ReferralState
from tests.builders import (
    COORDINATORS,
    JUSTICE,
    OFFICE,
    a_kind,
    a_move,
    an_officer,
    an_outcome,
    at,
)
from tests.domain.referrals import ACCEPT_BY, OFFERED, held, ledger

HEALTH = "test_place:health_centre"


def supported(officer: Actor, *units: str, join: Join = Join.ALL, **changes: object) -> ReferralState:
    """Work held by the officer, with those units asked to support."""
    state = held(officer, **changes)
    for unit_id in units:
        terms = SupportTerms(referral_id=uuid4(), unit_id=unit_id, join=join)
        state = referral.make(state, a_move(Move.ASK_SUPPORT, officer, OFFERED, support=terms), OFFERED).state
    return state


def joined(state: ReferralState, supporter_id: UUID) -> ReferralState:
    fact = FollowFact(
        request_id=str(uuid4()), move=Move.JOIN, at=OFFERED, reason="advised", fact_id=supporter_id
    )
    return referral.follow(state, fact, OFFERED).state


def test_the_lead_cannot_close_while_a_supporter_is_open() -> None:
    """Acceptance: the lead cannot close while a supporter is open; the refusal names the units."""
    officer = an_officer()
    state = supported(officer, HEALTH, OFFICE)
    state = joined(state, state.supporters[0].referral_id)

    with pytest.raises(Conflict, match="supporters_open") as refused:
        referral.complete(state, an_outcome(officer, OFFERED), OFFERED)

    assert refused.value.params["units"] == (OFFICE,)
    whole = joined(state, state.supporters[1].referral_id)
    assert referral.complete(whole, an_outcome(officer, OFFERED), OFFERED).answer.status is Status.CLOSED


@pytest.mark.parametrize(("join", "before", "after"), [(Join.ANY, False, True), (Join.LEAD, True, True)])
def test_the_plan_says_when_the_lead_may_close(join: Join, *, before: bool, after: bool) -> None:
    """Join rule all / any / lead decides."""
    officer = an_officer()
    state = supported(officer, HEALTH, OFFICE, join=join)

    assert _closes(state, officer) is before
    assert _closes(joined(state, state.supporters[0].referral_id), officer) is after


def _closes(state: ReferralState, officer: Actor) -> bool:
    try:
        referral.complete(state, an_outcome(officer, OFFERED), OFFERED)
    except Conflict:
        return False
    return True


def test_supporters_that_are_needed_no_more_learn_of_it() -> None:
    officer = an_officer()
    state = supported(officer, HEALTH, join=Join.LEAD)
    done = referral.complete(state, an_outcome(officer, OFFERED), OFFERED)

    assert [(row.referral_id, row.is_lead) for row in done.rows.partings] == [
        (state.supporters[0].referral_id, False)
    ]


def test_a_supporter_tells_its_lead_how_it_ended_and_nothing_else_follows() -> None:
    """Its own outcome changes no register: what completion does belongs to the lead."""
    officer, lead_id = an_officer(), uuid4()
    done = referral.complete(held(officer, lead_id=lead_id), an_outcome(officer, OFFERED), OFFERED)

    assert [(row.referral_id, row.is_lead, row.outcome) for row in done.rows.partings] == [
        (lead_id, True, "advised")
    ]
    assert done.rows.endings == ()


def test_a_supporter_that_is_withdrawn_or_ended_by_a_fact_tells_its_lead_too() -> None:
    lead_id = uuid4()
    state = held(an_officer(), lead_id=lead_id)
    withdraw = a_move(Move.WITHDRAW, an_officer(OFFICE), OFFERED, reason="mistake")
    conclude = FollowFact(request_id="1", move=Move.CONCLUDE, at=OFFERED, reason="enrolment_ended")

    gone = referral.make(state, withdraw, OFFERED), referral.follow(state, conclude, OFFERED)

    assert [row.referral_id for each in gone for row in each.rows.partings] == [lead_id, lead_id]


def test_support_is_asked_of_another_unit_once_and_never_by_a_supporter() -> None:
    officer = an_officer()
    state = supported(officer, HEALTH)
    asked = {
        unit: SupportTerms(referral_id=uuid4(), unit_id=unit, join=Join.ALL) for unit in (HEALTH, JUSTICE)
    }
    for terms in asked.values():
        with pytest.raises(Conflict, match="supports_already"):
            referral.make(state, a_move(Move.ASK_SUPPORT, officer, OFFERED, support=terms), OFFERED)
    with pytest.raises(Invalid, match="unknown_receiving_unit"):
        referral.make(state, a_move(Move.ASK_SUPPORT, officer, OFFERED), OFFERED)
    supporter = held(officer, lead_id=uuid4())
    with pytest.raises(Conflict, match="supporter_asks_nobody"):
        referral.make(supporter, a_move(Move.ASK_SUPPORT, officer, OFFERED, support=asked[HEALTH]), OFFERED)


def test_a_breach_gets_its_cause_from_the_unit_that_was_late_and_stays() -> None:
    """Breach cause codes: asked from the holder; the breach itself is kept for ever."""
    officer = an_officer()
    late = held(officer, at("2026-11-17 15:30"))
    named = referral.make(
        late, a_move(Move.NAME_CAUSE, officer, ACCEPT_BY, reason="short_of_staff"), ACCEPT_BY
    )

    assert [breach.cause for breach in named.state.breaches] == ["short_of_staff"]
    assert ledger(named)[-1] == Move.NAME_CAUSE
    with pytest.raises(Conflict, match="no_breach_to_explain"):
        referral.make(
            named.state, a_move(Move.NAME_CAUSE, officer, ACCEPT_BY, reason="overlooked"), ACCEPT_BY
        )


def test_nobody_explains_another_units_breach_and_a_cause_is_needed() -> None:
    officer = an_officer()
    late = held(officer, at("2026-11-17 15:30"), kind=a_kind(coordinator_unit_id=COORDINATORS))
    with pytest.raises(Conflict, match="no_breach_to_explain"):
        referral.make(
            late, a_move(Move.NAME_CAUSE, an_officer(COORDINATORS), ACCEPT_BY, reason="x"), ACCEPT_BY
        )
    with pytest.raises(Invalid, match="reason_needed"):
        referral.make(late, a_move(Move.NAME_CAUSE, officer, ACCEPT_BY), ACCEPT_BY)
    with pytest.raises(Forbidden):
        referral.make(late, a_move(Move.NAME_CAUSE, an_officer(OFFICE), ACCEPT_BY, reason="x"), ACCEPT_BY)
