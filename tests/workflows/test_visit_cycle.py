"""What becomes of an elder's windows: visited, warned, missed, chased, seen after all."""

from datetime import datetime, timedelta

from shared.domain.codes import StateKind, StateStatus
from shared.domain.plan import Period
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseVerb
from shared.domain.visit_cycle.state import WindowOutcome
from tests.builders import a_contact, a_cycle, a_plan, a_state, a_weekly
from tests.fakes import RowsInMemory
from tests.workflows.journeys import WEEK, CycleJourney, now, seven_days
from tests.workflows.waiting import eventually
from workflows.kernel.options import LONGEST_HISTORY

FOUR_WEEKS, FIVE_YEARS = timedelta(days=28), timedelta(days=1826)


async def test_a_contact_in_time_meets_the_window(cycles: CycleJourney, rows: RowsInMemory) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))

    await cycle.take_in(a_contact(started_at))

    assert rows.windows[-1].outcome is WindowOutcome.MET
    await cycle.travel_to(started_at + WEEK)
    assert rows.warnings == []
    assert rows.chases == []


async def test_a_missed_window_is_warned_of_then_chased_and_a_late_contact_ends_the_chase(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    warning, closing = (await cycle.explain()).next_steps

    await cycle.travel_to(warning.at)
    assert [(row.missing, row.is_sent) for row in rows.warnings] == [(1, True)]
    await cycle.travel_to(closing.at)
    assert rows.windows[-2].outcome is WindowOutcome.MISSED
    assert [move.verb for move in rows.chases] == [ChaseVerb.OPEN]

    seen_at = closing.at - timedelta(hours=1)
    await cycle.take_in(a_contact(seen_at, known_at=await cycle.now()))

    late = next(row for row in rows.windows if row.outcome is WindowOutcome.MET_LATE)
    assert late.was is WindowOutcome.MISSED
    assert [(move.verb, move.end) for move in rows.chases[1:]] == [(ChaseVerb.CONCLUDE, ChaseEnd.CONTACT)]


async def test_a_reported_state_quiets_the_chase_and_its_confirmation_ends_it(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    await cycle.travel_to((await cycle.explain()).next_steps[-1].at)

    reported = a_state(await cycle.now())
    await cycle.take_in(states=(reported,))
    confirmed = a_state(await cycle.now(), StateStatus.CONFIRMED)
    await cycle.take_in(states=(confirmed,))

    assert [move.verb for move in rows.chases] == [ChaseVerb.OPEN, ChaseVerb.SUSPEND, ChaseVerb.CONCLUDE]
    assert rows.chases[-1].end is ChaseEnd.STATE
    assert rows.cycles[max(rows.cycles)].batches[-1].row.quiet_because is StateKind.IN_HOSPITAL


async def test_a_voided_contact_reopens_the_window_that_it_had_met_and_has_the_elder_looked_for(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    """Domain §2.7-11: it is out of all rates, and the period is open again."""
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    closing = (await cycle.explain()).next_steps[-1].at
    contact = a_contact(closing - timedelta(hours=3))
    await cycle.travel_to(contact.occurred_at)
    await cycle.take_in(contact)
    await cycle.travel_to(closing)
    assert rows.chases == []

    await cycle.void(contact)

    turned = next(row for row in rows.windows if row.outcome is WindowOutcome.MISSED)
    assert turned.was is WindowOutcome.MET
    assert [move.verb for move in rows.chases] == [ChaseVerb.OPEN]
    assert rows.cycles[max(rows.cycles)].batches[-1].row.last_seen_at is None


async def test_a_cycle_ends_with_its_enrolment_and_says_so(cycles: CycleJourney, rows: RowsInMemory) -> None:
    cycle = await cycles.start(a_cycle(enrolled_at=now(), plan=seven_days()))

    await cycle.close()
    await cycle.handle.result()

    assert rows.windows[-1].outcome is WindowOutcome.VOID
    assert rows.cycles[max(rows.cycles)].batches[-1].row.is_closed


async def test_another_plan_sizes_the_next_window_and_leaves_the_open_one(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    """J-06: a changed plan holds from the next window on."""
    started_at = now()
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))

    await cycle.change_plan(seven_days(times=3))
    await cycle.travel_to(started_at + WEEK)

    assert [row.required for row in rows.windows] == [1, 1, 3]


async def test_catching_up_in_the_past_ends_where_running_on_time_did(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    started_at, weeks = now(), 3
    visited = [started_at + timedelta(days=2), started_at + timedelta(days=16)]
    on_time = await cycles.start(a_cycle(enrolled_at=started_at, plan=seven_days()))
    for seen_at in visited:
        await on_time.travel_to(seen_at)
        await on_time.take_in(a_contact(seen_at, known_at=seen_at))
    await on_time.travel_to(started_at + weeks * WEEK)
    lived = outcomes(rows)
    rows.cycles.clear()

    past = started_at - weeks * WEEK
    contacts = tuple(a_contact(seen_at - weeks * WEEK) for seen_at in visited)
    await cycles.start(a_cycle(enrolled_at=past, plan=seven_days(), coming=Facts(contacts=contacts)))

    caught_up = {opens_at + weeks * WEEK: outcome for opens_at, outcome in outcomes(rows).items()}
    assert caught_up == lived


def outcomes(rows: RowsInMemory) -> dict[datetime, WindowOutcome]:
    """The last word on each window."""
    return {row.opens_at: row.outcome for row in rows.windows}


async def test_five_years_go_by_in_short_histories_without_a_gap(
    cycles: CycleJourney, rows: RowsInMemory
) -> None:
    """Acceptance: continued as new many times, with its timers and its state."""
    started_at = now()
    monthly = a_plan(a_weekly(period=Period.DAYS, length_days=28, binds_from_days=0))
    cycle = await cycles.start(a_cycle(enrolled_at=started_at, plan=monthly))

    def missed() -> dict[datetime, datetime]:
        return {row.opens_at: row.closes_at for row in rows.windows if row.outcome is WindowOutcome.MISSED}

    await cycle.travel_to(started_at + FIVE_YEARS)
    # The server's movable clock may leap when a run continues as new; what lay between is caught up with.
    await eventually(lambda: len(missed()) >= FIVE_YEARS // FOUR_WEEKS)

    opened, closed = sorted(missed()), sorted(missed().values())
    assert opened[0] == started_at
    assert opened[1:] == closed[:-1]
    assert [move.verb for move in rows.chases] == [ChaseVerb.OPEN]
    lasting = await cycle.latest()
    assert lasting.run_id != cycle.handle.first_execution_run_id
    assert lasting.history_length <= LONGEST_HISTORY
