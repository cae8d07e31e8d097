"""A cycle whose process is gone goes on where it stood, and says nothing anew of what was over."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import StateStatus
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.facts import ExtraVisit, Facts
from shared.domain.visit_cycle.resuming import resumed
from shared.domain.visit_cycle.rows import WindowRow
from shared.domain.visit_cycle.state import Cursor, CycleState
from tests.builders import (
    MONTHLY,
    SOMEBODY,
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
from tests.domain.cycles import MONDAY

OTHER = UUID("00000000-0000-4000-8000-000000000002")
PLAN = a_plan(a_weekly(), a_monthly())
LATE = timedelta(hours=PLAN.late_entry_hours)
SIXTH_WEEK, DECEMBER = MONDAY + timedelta(days=35), at("2026-12-01 00:00")
TUESDAY = SIXTH_WEEK + timedelta(days=1)
DAYS = 49
"""More contacts than a process carries."""

days = st.integers(0, DAYS)


def opened_by(rows: Iterable[WindowRow], heard_at: datetime) -> Mapping[str, datetime]:
    """What `tanfang reconcile` reads of the rows: of each obligation the first window that could turn."""
    found: dict[str, datetime] = {}
    for row in rows:
        if row.closes_at > heard_at - LATE:
            found[row.obligation] = min(row.opens_at, found.get(row.obligation, row.opens_at))
    return found


def shape(state: CycleState) -> tuple[object, ...]:
    """What decides from here on."""
    windows = sorted(state.windows, key=lambda each: (each.rule.code, each.opens_at))
    return windows, sorted(state.cursors, key=lambda each: each.obligation), state.chase, state.last_seen_at


def seen_each_day() -> CycleState:
    """Enrolled seven weeks ago, and visited every day since."""
    contacts = tuple(a_contact(MONDAY + timedelta(days=day, hours=9), WEEKLY, MONTHLY) for day in range(DAYS))
    return a_cycle(enrolled_at=MONDAY, plan=PLAN, coming=Facts(contacts=contacts))


@given(
    missed=st.sets(days, max_size=35),
    delays=st.lists(st.integers(0, 60), min_size=DAYS, max_size=DAYS),
    gone=days,
    back=days,
)
def test_it_stands_where_it_would_have_stood_had_it_never_been_gone(
    missed: set[int], delays: list[int], gone: int, back: int
) -> None:
    """However long it was gone and whatever was recorded late; who is chased begins with the enrolment."""
    contacts = tuple(
        replace(each, known_at=each.occurred_at + timedelta(hours=delays[day]))
        for day, each in enumerate(seen_each_day().coming.contacts)
        if day not in missed
    )
    enrolled = a_cycle(enrolled_at=MONDAY, plan=PLAN, coming=Facts(contacts=contacts))
    heard_at = MONDAY + timedelta(days=gone)
    now = heard_at + timedelta(days=back)

    lost = cycle.begin(enrolled, heard_at)
    opened = {} if lost.state.chase else opened_by(lost.rows.windows, heard_at)
    anew = cycle.begin(resumed(enrolled, opened), now)

    assert shape(anew.state) == shape(cycle.tick(lost.state, now).state)
    since = min(opened.values(), default=MONDAY)
    assert all(row.opens_at >= since for row in anew.rows.windows)


def test_of_what_was_over_nothing_is_told_again() -> None:
    """A start with no more than the last forty contacts called each week missed that lay before them."""
    anew = cycle.begin(resumed(seen_each_day(), {WEEKLY: SIXTH_WEEK, MONTHLY: DECEMBER}), TUESDAY)

    told = {(row.obligation, row.opens_at) for row in anew.rows.windows}
    assert told == {(WEEKLY, SIXTH_WEEK), (MONTHLY, DECEMBER)}


def test_only_what_can_still_turn_a_window_is_carried_and_when_the_elder_was_last_seen() -> None:
    before, after = SIXTH_WEEK - timedelta(days=1), SIXTH_WEEK + timedelta(days=1)
    back_home = a_state(before), a_state(before, StateStatus.ENDED, ends_at=before)
    back_today = a_state(before, StateStatus.ENDED, state_id=OTHER, ends_at=SIXTH_WEEK)
    away = a_state(before, StateStatus.CONFIRMED, state_id=UUID(int=3))
    over, lasting = (an_exception(MONDAY, end, known_at=MONDAY) for end in (before, SIXTH_WEEK))
    old, new = (ExtraVisit(extra_id=SOMEBODY, due_by=after, known_at=known) for known in (before, SIXTH_WEEK))
    contacts = tuple(a_contact(when) for when in (MONDAY, before, SIXTH_WEEK, after))
    coming = Facts(
        contacts=contacts,
        states=(*back_home, back_today, away),
        exceptions=(over, lasting),
        extras=(old, new),
    )
    state = resumed(a_cycle(enrolled_at=MONDAY, plan=PLAN, coming=coming), {WEEKLY: SIXTH_WEEK})

    assert state.last_seen_at == before
    assert state.coming == Facts(
        contacts=contacts[2:], states=(back_today, away), exceptions=(lasting,), extras=(new,)
    )


def test_who_was_never_reached_before_was_never_seen() -> None:
    call = a_contact(MONDAY, is_reached=False)
    enrolled = a_cycle(enrolled_at=MONDAY, coming=Facts(contacts=(call,)))

    assert resumed(enrolled, {WEEKLY: SIXTH_WEEK}).last_seen_at is None


def test_a_cycle_that_has_judged_nothing_for_good_begins_with_the_enrolment() -> None:
    """Its first window may be a first visit, which no period opens again."""
    enrolled = seen_each_day()

    assert resumed(enrolled, {}) is enrolled
    assert resumed(enrolled, {WEEKLY: MONDAY, MONTHLY: DECEMBER}) is enrolled


def test_what_is_owed_only_since_then_begins_with_its_next_whole_window() -> None:
    """As with another class (J-06): nobody owed it before."""
    anew = cycle.begin(resumed(seen_each_day(), {WEEKLY: SIXTH_WEEK}), TUESDAY)

    assert [row.obligation for row in anew.rows.windows] == [WEEKLY]
    assert Cursor(obligation=MONTHLY, opens_at=at("2027-01-01 00:00")) in anew.state.cursors
