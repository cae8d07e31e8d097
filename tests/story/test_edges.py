"""What passing time does, with the stack's clock moved: a drill climbs, a missed window is chased."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.domain.calendars import Limit, LimitUnit, deadline
from shared.domain.periods import day_start, local_day
from shared.policies.book import own_book
from tests.story.clock import StackClock
from tests.story.office import Office, elder
from tests.story.waiting import eventually

pytestmark = pytest.mark.timeout(400)

PLACE, COORDINATION, VISITS = "shanghai_jiangpu", "/coordination", "/visits"
MINUTE = timedelta(minutes=1)
NOTHING = Limit(amount=0, unit=LimitUnit.WORKING_MINUTES)

RUNGS = """
SELECT number, due_at, is_sent, is_vacant FROM process.rung
WHERE referral_id = %(id)s AND clock = 'accept' ORDER BY number
"""
CLIMBED = """
SELECT at, count(*) AS times FROM process.referral_ledger
WHERE referral_id = %(id)s AND code = 'climbed' GROUP BY at ORDER BY at
"""
NOTICES = """
SELECT notice_id, account_id, code, created_at FROM notices.notice
WHERE referral_id = %(id)s ORDER BY notice_id
"""
WINDOW = """
SELECT outcome, done FROM process.visit_window
WHERE enrolment_id = %(id)s AND obligation = 'daily_care' AND closes_at = %(closes_at)s
"""
CHASES = "SELECT referral_id, offered_at FROM process.referral WHERE subject_id = %(id)s AND kind = 'chase'"
ENDED = "SELECT outcome FROM process.referral WHERE referral_id = %(id)s AND closed_at IS NOT NULL"


def test_a_drill_climbs_rung_by_rung_each_minute(office: Office, clock: StackClock) -> None:
    """演练: anybody can watch a ladder climb; here the clock is moved instead of watched."""
    coordinator = office.person("jp-coordinator")
    page = coordinator.submit(f"{COORDINATION}/drills", {})
    drill = UUID(page.rpartition("/")[2])
    offered_at = eventually(lambda: drill_offered(office, drill))

    clock.advance_to(offered_at + 5 * MINUTE)

    rungs = office.rows(RUNGS, id=drill)
    climbed = [(rung["number"], rung["due_at"]) for rung in rungs]
    assert climbed == [(number, offered_at + number * MINUTE) for number in (1, 2, 3, 4)]
    assert all(rung["is_sent"] and not rung["is_vacant"] for rung in rungs)
    figures = coordinator.get(f"{COORDINATION}/api/board")
    assert str(drill) not in str(figures)


def test_a_window_that_closes_unmet_is_chased_up_the_ladder_each_rung_once(
    office: Office, clock: StackClock
) -> None:
    """Item 2: 未达标 from the edge, one chase, its rungs at exactly their times, until a contact counts."""
    missed = elder("吴山")
    policy = own_book().in_force(PLACE, clock.now().date())
    closes_at = end_of_week(clock.now(), policy.jurisdiction.zone)
    assert office.rows(CHASES, id=missed) == []

    clock.advance_to(closes_at)

    window = office.one(WINDOW, id=missed, closes_at=closes_at)
    assert (window["outcome"], window["done"]) == ("missed", 0)
    chase = office.one(CHASES, id=missed)
    assert chase["offered_at"] == closes_at

    place = policy.jurisdiction
    calendar = policy.work_days.calendar(place.zone, place.hours, local_day(closes_at, place.zone))
    starts_at = deadline(NOTHING, closes_at, calendar)
    times = [deadline(rung.after, starts_at, calendar) for rung in policy.ladders["chase"]]
    clock.advance_to(times[-1])
    told = everything_told(office, chase["referral_id"])
    clock.advance_to(times[-1] + 30 * MINUTE)

    assert [rung["due_at"] for rung in office.rows(RUNGS, id=chase["referral_id"])] == times
    assert [(line["at"], line["times"]) for line in office.rows(CLIMBED, id=chase["referral_id"])] == [
        (at, 1) for at in times
    ]
    assert everything_told(office, chase["referral_id"]) == told

    visitor = office.person("jp-visitor1")
    body = {"enrolment_id": str(missed), "mode": "at_home", "reach": "spoken_with", "entry_consent": "oral"}
    visitor.done("PUT", f"{VISITS}/api/contacts/{uuid4()}", body)
    ended = eventually(lambda: office.rows(ENDED, id=chase["referral_id"]))
    assert ended == [{"outcome": "contact_counted"}]


def everything_told(office: Office, referral: UUID) -> list[dict[str, Any]]:
    """Every notice about it, by whom it tells and when it came about."""
    return office.rows(NOTICES, id=referral)


def drill_offered(office: Office, drill: UUID) -> datetime | None:
    found = office.rows("SELECT offered_at FROM process.referral WHERE referral_id = %(id)s", id=drill)
    return found[0]["offered_at"] if found else None


def end_of_week(now: datetime, zone: str) -> datetime:
    today = local_day(now, zone)
    return day_start(today + timedelta(days=7 - today.weekday()), zone)
