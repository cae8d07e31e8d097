"""What the plan says of clocks and stand-ins decides: another number, another answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.visits.codes import AssignmentKind
from services.visits.handlers.assigning import assign
from services.visits.handlers.commands import Assign, ContactRecorded
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.domain.errors import Invalid
from shared.persistence.engine import Database
from shared.policies.book import PolicyBook
from tests.policies.plans import with_value
from tests.services.visits.conftest import NOW, VISITOR, ZICHUAN, Begin, MakeElder, a_contact

CLOCK_OFF = "recording.late_entry.clock_off_minutes"
YESTERDAY = NOW - timedelta(days=1)
Plans = Callable[..., Desk]


@pytest.fixture(scope="module")
def under(desk: Desk) -> Plans:
    """A desk with one value of the plan written otherwise, perhaps only from a day on."""

    def made(path: str, value: object, *, from_on: date | None = None) -> Desk:
        changed = with_value(ZICHUAN, path, value)
        if from_on is None:
            return replace(desk, book=PolicyBook((changed,)))
        before = desk.book.in_force(ZICHUAN, NOW.date())
        return replace(desk, book=PolicyBook((before, replace(changed, in_force_from=from_on))))

    return made


def sent_from_a_phone_four_minutes_slow(make_elder: MakeElder, begin: Begin, desk: Desk) -> ContactRecorded:
    command = a_contact(make_elder(), occurred_at=YESTERDAY, sender_now=NOW - timedelta(minutes=4))
    with begin() as work:
        return record_contact(command, work, desk)


def test_how_far_off_a_phones_clock_may_be_is_said_by_the_plan(
    make_elder: MakeElder, begin: Begin, desk: Desk, under: Plans
) -> None:
    believed = sent_from_a_phone_four_minutes_slow(make_elder, begin, desk)
    strict = sent_from_a_phone_four_minutes_slow(make_elder, begin, under(CLOCK_OFF, 3))

    assert (believed.occurred_at, believed.is_clock_off) == (YESTERDAY, False)
    assert (strict.occurred_at, strict.is_clock_off) == (NOW, True)


def test_the_plan_of_the_receipt_says_whether_a_clock_is_believed(
    make_elder: MakeElder, begin: Begin, under: Plans
) -> None:
    """A phone that is off cannot pick the plan that would believe it (J-06)."""
    strict_from_today = under(CLOCK_OFF, 3, from_on=NOW.date())
    strict_from_tomorrow = under(CLOCK_OFF, 3, from_on=NOW.date() + timedelta(days=1))

    assert sent_from_a_phone_four_minutes_slow(make_elder, begin, strict_from_today).is_clock_off
    assert not sent_from_a_phone_four_minutes_slow(make_elder, begin, strict_from_tomorrow).is_clock_off


def test_for_how_long_somebody_may_stand_in_is_said_by_the_plan(
    make_elder: MakeElder, begin: Begin, staff: Database, desk: Desk, under: Plans
) -> None:
    """Jurisdictions differ; the page names the number of its plan."""
    three_months = Assign(
        enrolment_ids=(make_elder(),),
        account_id=VISITOR.account_id,
        kind=AssignmentKind.SUBSTITUTE,
        from_on=NOW.date(),
        to_on=NOW.date() + timedelta(days=91),
    )
    with begin() as work:
        assign(three_months, work, desk)

    with pytest.raises(Invalid) as refused, begin() as work:
        assign(three_months, work, under("timing.substitution.max_days", 90))
    assert (refused.value.code, refused.value.params) == ("substitute_needs_an_end", {"days": 90})


def test_from_which_day_a_visitor_may_begin_is_said_by_the_plan_apart_from_standing_in(
    make_elder: MakeElder, begin: Begin, staff: Database, desk: Desk, under: Plans
) -> None:
    """It borrowed the number for standing in: a place that shortens the one had shortened both."""
    in_half_a_year = Assign(
        enrolment_ids=(make_elder(),),
        account_id=VISITOR.account_id,
        kind=AssignmentKind.REGULAR,
        from_on=NOW.date() + timedelta(days=180),
    )
    with begin() as work:
        assign(in_half_a_year, work, under("timing.substitution.max_days", 90))

    with pytest.raises(Invalid) as refused, begin() as work:
        assign(in_half_a_year, work, under("timing.assignment.begins_within_days", 179))
    assert (refused.value.code, refused.value.params) == ("begins_too_far", {"days": 179})
