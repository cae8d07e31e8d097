"""What each step of a process may cost in history events (architecture §4): a gate, counted on the server."""

from datetime import timedelta

from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode
from tests.builders import (
    OFFICE,
    a_chase,
    a_contact,
    a_cycle,
    a_kind,
    a_move,
    a_referral,
    an_officer,
    an_outcome,
)
from tests.fakes import RowsInMemory
from tests.workflows.journeys import CycleJourney, ReferralJourney, now, seven_days

CONTACT = 8
MISSED_WINDOW = 6
LATE_CONTACT = 8
RUNG = 6
WITHOUT_CONFIRMATION = 21
UNTIL_COMPLETION = 22
THROUGH_CONFIRMATION = 29
CLAIM = 6
WAKE_UP_TOO_EARLY = 5


async def test_a_contact_in_time_costs_eight_events(cycles: CycleJourney) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    before = await cycle.count()

    await cycle.take_in(a_contact(started_at))

    assert await cycle.count() - before <= CONTACT, await cycle.kinds(since=before)


async def test_a_missed_window_costs_six_and_the_late_contact_eight(cycles: CycleJourney) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days(warnings=())))
    closing = (await cycle.explain()).next_steps[-1].at
    before = await cycle.count()

    await cycle.travel_to(closing)
    missed = await cycle.count()
    await cycle.take_in(a_contact(closing - timedelta(hours=1), known_at=await cycle.now()))

    assert missed - before <= MISSED_WINDOW, await cycle.kinds(since=before)
    assert await cycle.count() - missed <= LATE_CONTACT, await cycle.kinds(since=missed)


async def test_a_voided_contact_costs_what_a_contact_does(cycles: CycleJourney) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    contact = a_contact(started_at)
    await cycle.take_in(contact)
    before = await cycle.count()

    await cycle.void(contact)

    assert await cycle.count() - before <= CONTACT, await cycle.kinds(since=before)


async def test_a_rung_costs_six_events(referrals: ReferralJourney) -> None:
    started_at = now()
    chase = await referrals.start(a_referral(offered_at=started_at, kind=a_chase()))
    before = await chase.count()

    await chase.travel_to(started_at + timedelta(minutes=60))

    assert await chase.count() - before <= RUNG, await chase.kinds(since=before)


async def test_work_without_confirmation_costs_twenty_one(referrals: ReferralJourney) -> None:
    started_at, officer = now(), an_officer()
    referral = await referrals.start(a_referral(offered_at=started_at))

    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    await referral.complete(an_outcome(officer, started_at))
    await referral.handle.result()

    assert await referral.count() <= WITHOUT_CONFIRMATION, await referral.kinds()


async def test_work_with_confirmation_costs_twenty_nine(referrals: ReferralJourney) -> None:
    started_at, officer = now(), an_officer()
    kind = a_kind(needs_confirmation=True)
    referral = await referrals.start(a_referral(offered_at=started_at, kind=kind))

    await referral.make(a_move(Move.ACCEPT, officer, started_at))
    await referral.complete(an_outcome(officer, started_at))
    assert await referral.count() <= UNTIL_COMPLETION, await referral.kinds()
    await referral.make(a_move(Move.CONFIRM, an_officer(OFFICE), started_at))
    await referral.handle.result()

    assert await referral.count() <= THROUGH_CONFIRMATION, await referral.kinds()


async def test_a_claim_moves_no_timer_and_the_reminder_that_comes_later_comes_once(
    referrals: ReferralJourney, rows: RowsInMemory
) -> None:
    """Whoever claims waits for no event that can come later; the old instant then tells nobody anything."""
    started_at = now()
    referral = await referrals.start(a_referral(offered_at=started_at))
    first, offered = rows.next_wake, await referral.count()

    await referral.make(a_move(Move.ACCEPT, an_officer(), started_at))
    second, claimed = rows.next_wake, await referral.count()
    await referral.travel_to(first)
    said, woken = len(rows.ledger), await referral.count()
    await referral.travel_to(second)

    assert first < second
    assert claimed - offered <= CLAIM, await referral.kinds(since=offered)
    assert woken - claimed <= WAKE_UP_TOO_EARLY, await referral.kinds(since=claimed)
    assert [row.code for row in rows.ledger[said:]] == [LedgerCode.REMINDED]
