"""Where a referral stands, as its row says it: every column from the state, and nothing else."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import uuid4

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.referral import referral
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.standing import Standing, standing_of
from shared.domain.referral.state import AskedTime, ClockName, Delegation, Paused
from tests.builders import COORDINATORS, JUSTICE, OFFICE, a_kind, a_move, an_officer
from tests.domain.referrals import ACCEPT_BY, OFFERED, held, offered

OFFICER = an_officer()
A_DAY = Limit(amount=1, unit=LimitUnit.WORKING_DAYS)
STAND_IN = Delegation(to_id=uuid4(), from_on=date(2026, 11, 18), to_on=date(2026, 11, 20))
COMPUTED = {
    "accept_by": None,
    "rung": 0,
    "paused_for": "awaiting_papers",
    "paused_until": OFFERED,
    "grantor_unit_id": COORDINATORS,
    "delegate_id": STAND_IN.to_id,
    "delegate_from_on": STAND_IN.from_on,
    "delegate_to_on": STAND_IN.to_on,
}
OF_THE_KIND = {
    "kind": "code",
    "policy_id": "policy_id",
    "policy_hash": "policy_hash",
    "is_drill": "is_drill",
    "urgency": "urgency",
    "coordinator_unit_id": "coordinator_unit_id",
}


def test_every_column_is_what_the_state_or_its_kind_says() -> None:
    state = replace(
        held(OFFICER, kind=a_kind(is_drill=True)),
        origin_id=uuid4(),
        outcome="advised",
        urged=2,
        declines=1,
        is_appointed=True,
        suspended_at=OFFERED,
        paused=Paused(ground="awaiting_papers", since=OFFERED, until=OFFERED),
        asked_time=AskedTime(by=A_DAY, grantor_unit_id=COORDINATORS, asked_at=OFFERED),
        delegation=STAND_IN,
    )
    row = standing_of(state)

    copied = {each.name for each in fields(Standing)} - COMPUTED.keys() - {"complete_by"}
    for name in copied:
        said = getattr(state.kind, OF_THE_KIND[name]) if name in OF_THE_KIND else getattr(state, name)
        assert getattr(row, name) == said, name
    assert {name: getattr(row, name) for name in COMPUTED} == COMPUTED
    assert (row.unit_id, row.requesting_unit_id, row.coordinator_unit_id) == (JUSTICE, OFFICE, COORDINATORS)
    assert (row.holder_id, row.status) == (OFFICER.account_id, Status.ACCEPTED)


def test_nothing_is_said_of_pauses_and_stand_ins_that_are_not() -> None:
    row = standing_of(offered())

    assert (row.paused_for, row.paused_until, row.grantor_unit_id) == ("", None, "")
    assert (row.delegate_id, row.delegate_from_on, row.delegate_to_on) == (None, None, None)


def test_a_limit_is_said_while_its_clock_runs() -> None:
    """Claiming stops the accept clock alone (domain §0.2-2)."""
    waiting, claimed = standing_of(offered()), standing_of(held(OFFICER))
    complete = offered().clock(ClockName.COMPLETE)
    assert complete is not None

    assert (waiting.accept_by, waiting.complete_by) == (ACCEPT_BY, complete.limit_at)
    assert (claimed.accept_by, claimed.complete_by) == (None, complete.limit_at)


def test_how_far_it_has_climbed_is_that_of_the_clocks_that_run() -> None:
    """One rung at the limit, the next two working hours on; a claim climbs down again."""
    in_time = referral.tick(offered(), ACCEPT_BY - timedelta(seconds=1)).state
    late = referral.tick(offered(), ACCEPT_BY).state
    later = referral.tick(late, ACCEPT_BY + timedelta(hours=2)).state
    claimed = referral.make(later, a_move(Move.ACCEPT, OFFICER, ACCEPT_BY + timedelta(hours=2)), ACCEPT_BY)

    rungs = [standing_of(state).rung for state in (in_time, late, later, claimed.state)]
    assert rungs == [0, 1, 2, 0]
