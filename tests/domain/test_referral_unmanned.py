"""The last member leaves after the offer: never a black hole, whoever held it (issue 4)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.kinds import KindSpec
from shared.domain.referral import routing
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.state import ClockName, ReferralState
from tests.builders import COORDINATORS, JUSTICE, OFFICE, a_chase, a_kind, an_officer
from tests.domain.referrals import OFFERED, completed, held, ledger, offered

LEFT_AT = OFFERED + timedelta(minutes=30)
FOUR_HOURS = Limit(amount=4, unit=LimitUnit.WORKING_HOURS)


def left(state: ReferralState, unit_id: str = JUSTICE) -> ReferralDecision:
    fact = FollowFact(request_id="left", move=Move.UNMAN, at=LEFT_AT, reason=unit_id)
    return routing.follow(state, fact, LEFT_AT)


@pytest.mark.parametrize(
    "state", [offered(rule_within=FOUR_HOURS), held(an_officer(), rule_within=FOUR_HOURS)]
)
def test_what_a_unit_without_anybody_has_goes_to_the_coordinator_with_a_clock_of_its_own(
    state: ReferralState,
) -> None:
    done = left(state)

    assert (done.state.status, done.state.holder_id) == (Status.TO_RULE, None)
    assert [(row.code, row.recipient.unit_id) for row in done.rows.tells] == [("needs_ruling", COORDINATORS)]
    assert ledger(done)[-2:] == ["unmanned", "needs_ruling"]
    ruling = done.state.clock(ClockName.RULING)
    assert ruling is not None
    assert ruling.started_at == LEFT_AT
    assert done.state.clock(ClockName.IDLE) is None


def test_the_search_for_an_elder_stays_where_it_is_with_an_alarm_and_a_ladder() -> None:
    officer = an_officer()
    done = left(held(officer, kind=a_chase()))

    assert (done.state.status, done.state.holder_id) == (Status.OFFERED, None)
    assert done.rows.tells[0].code == "vacancy"
    assert done.state.clock(ClockName.ACCEPT) is not None
    assert done.due is not None


def test_a_unit_that_has_handed_it_on_meanwhile_is_nobodys_concern() -> None:
    before = offered()

    assert left(before, OFFICE).state.status is Status.OFFERED
    assert left(before, OFFICE).rows.ledger == ()


def test_a_result_that_waits_for_its_confirmation_needs_nobody_there() -> None:
    waiting = completed(an_officer(), needs_confirmation=True).state

    assert left(waiting).state.status is Status.COMPLETED


def test_what_the_asking_unit_can_no_longer_confirm_the_coordinator_is_asked_to() -> None:
    """Nobody is left to agree that it is done: it would have waited for ever."""
    waiting = completed(an_officer(), needs_confirmation=True).state
    done = left(waiting, OFFICE)

    assert done.state.status is Status.COMPLETED
    assert [(row.code, row.recipient.unit_id) for row in done.rows.tells] == [
        ("confirm_instead", COORDINATORS)
    ]
    assert ledger(done)[-1:] == ["nobody_to_confirm"]


@pytest.mark.parametrize("kind", [a_kind(), a_chase()])
def test_what_somebody_held_who_has_left_is_the_units_again_at_once(kind: KindSpec) -> None:
    """离岗: one of several has gone; nobody waits until the claim is idle, or its limit is past."""
    officer = an_officer()
    done = left_by(held(officer, kind=kind), officer.account_id)

    assert (done.state.status, done.state.holder_id, done.state.unit_id) == (Status.OFFERED, None, JUSTICE)
    told, line = done.rows.tells[0], done.rows.ledger[0]
    assert (told.code, told.recipient.unit_id) == ("offered", JUSTICE)
    assert (line.code, line.other_id) == ("holder_left", officer.account_id)
    accept = done.state.clock(ClockName.ACCEPT)
    assert accept is not None
    assert accept.started_at == LEFT_AT
    assert done.state.clock(ClockName.IDLE) is None


def test_who_has_left_does_not_take_it_from_whom_it_was_given_to_meanwhile() -> None:
    now_theirs = held(an_officer())
    before, elsewhere = left_by(now_theirs, uuid4()), left_by(now_theirs, now_theirs.holder_id, OFFICE)

    assert (before.state.holder_id, before.rows.ledger) == (now_theirs.holder_id, ())
    assert (elsewhere.state.holder_id, elsewhere.rows.ledger) == (now_theirs.holder_id, ())
    waiting = completed(an_officer(), needs_confirmation=True).state
    assert left_by(waiting, waiting.holder_id).state.status is Status.COMPLETED


def left_by(state: ReferralState, holder_id: UUID | None, unit_id: str = JUSTICE) -> ReferralDecision:
    fact = FollowFact(
        request_id="gone", move=Move.UNMAN, at=LEFT_AT, reason=unit_id, fact_id=holder_id or uuid4()
    )
    return routing.follow(state, fact, LEFT_AT)
