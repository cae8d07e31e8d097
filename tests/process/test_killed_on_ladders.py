"""A worker dies at each step of each ladder, its rows committed and unknown to history: no rung twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.domain.referral import referral
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.state import ReferralState
from shared.platform.logins import Login
from shared.policies.book import PolicyBook, own_book
from shared.process.writing import ProcessRows
from tests.process.conftest import BUREAU, PLACE, TUESDAY, VILLAGE, Village, opened, projected
from tests.process.ladders import assert_each_rung_once

GRACE, TAKEN_OVER_AFTER = timedelta(seconds=2), timedelta(seconds=10)
LADDERED = tuple(
    kind.code
    for kind in own_book().in_force(PLACE, TUESDAY.date()).kinds
    if kind.accept.ladder or kind.complete.ladder
)


@pytest.fixture(scope="module")
def village(village: Village) -> Village:
    """The village, with people in the units that are told of most."""
    for unit_id in (VILLAGE, BUREAU):
        village.joins(unit_id, position="lead", role="unit_lead")
        village.joins(unit_id)
    return village


def offered(village: Village, book: PolicyBook, kind: str) -> ReferralState:
    asked = {"kind": kind, "unit_id": VILLAGE, "requesting_unit_id": BUREAU}
    return opened(village.database(Login.WORKER), book, offered_at=TUESDAY, **asked).state


def lived_through(state: ReferralState, writer: ProcessRows) -> Iterator[ReferralDecision]:
    """Each step is decided and written, then forgotten; whoever takes over decides it anew, from what was."""
    now, decide = TUESDAY, referral.begin
    while True:
        writer.write_referral(projected(decide(state, now), task_at=now))
        now += TAKEN_OVER_AFTER
        kept = decide(state, now)
        told = writer.write_referral(projected(kept, task_at=now))
        state = kept.state
        for vacant in told.vacant:
            alarm = referral.vacant(state, clock=vacant.clock, number=vacant.number, now=now)
            writer.write_referral(projected(alarm, task_at=now))
            state = alarm.state
            kept = alarm
        yield kept
        if kept.due is None:
            return
        now, decide = max(kept.due, now) + GRACE, referral.tick


@pytest.mark.parametrize("kind", LADDERED)
def test_every_rung_is_climbed_once_and_told_once_whenever_the_worker_dies(
    village: Village, writer: ProcessRows, book: PolicyBook, kind: str
) -> None:
    """Architecture §6-1: every rung exactly once, in order; the intent to tell exactly once."""
    state = offered(village, book, kind)
    *_, last = lived_through(state, writer)

    assert_each_rung_once(village, state)
    assert last.state.seq == max(
        row.seq
        for row in village.read(
            "SELECT seq FROM process.referral WHERE referral_id = :id", id=state.referral_id
        )
    )
