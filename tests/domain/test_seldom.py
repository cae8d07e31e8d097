"""What seldom happens, and what the rules make of it all the same."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from services.care_register.rosters.words import words_for
from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.errors import Conflict, Invalid
from shared.domain.health.cells import number_of
from shared.domain.indicators import Standing, standing
from shared.domain.justice.codes import Step
from shared.domain.justice.dates import last_day
from shared.domain.justice.events import Event
from shared.domain.justice.family_duty import bar_on_stage
from shared.domain.population import PopulationChange
from shared.domain.referral import effects, handing, pausing, routing
from shared.domain.referral.moves import Move
from shared.domain.referral.running import extended
from shared.domain.roster.sheet import Sheet, find_table
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.judging import judged
from shared.domain.visit_cycle.state import WindowOutcome
from shared.domain.visit_modes import Attempt, judge
from shared.domain.voiding import Voiding, VoidObstacle, obstacle
from shared.policies.book import own_book
from shared.policies.resolve import worth
from tests.builders import COORDINATORS, a_contact, a_cycle, a_move, a_plan, an_officer, at
from tests.domain.referrals import OFFERED, held, offered
from tests.domain.roster.test_reading import ANNEX, LIST, TODAY, WOMAN, annex_row, read
from tests.domain.test_indicators import a_window
from tests.domain.test_news_feed import row as a_row_of_news
from tests.handling import a_delegation, a_lead, a_pause, a_reassignment
from tests.policies.plans import plan, subject

OFFICER = an_officer()
NOON = at("2026-11-18 12:00")
HOUR = timedelta(hours=1)
CALENDAR = offered().kind.calendar


@pytest.mark.parametrize("move", [Move.GRANT_TIME, Move.REFUSE_TIME])
def test_nobody_grants_or_refuses_time_for_which_nobody_asked(move: Move) -> None:
    with pytest.raises(Conflict) as refused:
        effects.applied(held(OFFICER), a_move(move, an_officer(COORDINATORS), OFFERED))
    assert refused.value.code == "nothing_asked"


def test_what_is_paused_is_not_paused_again() -> None:
    command = a_pause(OFFICER, OFFERED, date(2026, 11, 20))
    paused = pausing.pause(held(OFFICER), command, OFFERED).state

    with pytest.raises(Conflict) as refused:
        pausing.pause(paused, a_pause(OFFICER, OFFERED, date(2026, 11, 23)), OFFERED)
    assert refused.value.code == "paused_already"


def test_nobody_is_given_or_stands_in_for_what_they_hold_already() -> None:
    holder = OFFICER.account_id
    again = a_reassignment(a_lead(), OFFERED, to_id=holder, held_by=holder)
    with pytest.raises(Conflict) as refused:
        handing.reassign(held(OFFICER), again, OFFERED)
    assert refused.value.code == "holds_it_already"

    day = date(2026, 11, 18)
    themselves = a_delegation(OFFICER, OFFERED, to_id=holder, from_on=day, to_on=day)
    with pytest.raises(Invalid) as invalid:
        handing.delegate(held(OFFICER), themselves, OFFERED)
    assert invalid.value.code == "delegate_to_another"


def test_an_alarm_that_nobody_is_there_comes_too_late_for_work_already_held() -> None:
    state = held(OFFICER)

    assert routing.unmanned(state, OFFERED).rows.ledger == ()


def test_more_time_for_a_clock_that_no_longer_runs_changes_nothing() -> None:
    still = replace(held(OFFICER), clocks=())

    assert extended(still, Limit(amount=2, unit=LimitUnit.WORKING_DAYS)) == still


def test_a_window_that_was_missed_stands_as_missed() -> None:
    window = a_window(WindowOutcome.MISSED)

    assert standing([window], is_chased=False, now=window.opens_at) is Standing.MISSED


def test_a_void_window_stays_void_whatever_comes() -> None:
    state = cycle.begin(a_cycle(enrolled_at=at("2026-11-16 00:00")), at("2026-11-16 00:00")).state
    void = replace(state.windows[0], outcome=WindowOutcome.VOID)
    seen = Facts(contacts=(a_contact(NOON),))

    assert judged(void, seen, at=void.closes_at, zone="Asia/Shanghai").outcome is WindowOutcome.VOID


def test_an_obligation_that_the_plan_has_no_more_opens_no_further_window() -> None:
    monday = at("2026-11-16 00:00")
    state = cycle.begin(a_cycle(enrolled_at=monday), monday).state
    without = replace(state, plan=replace(a_plan(), obligations=()))
    after = cycle.tick(without, at("2026-11-30 09:00")).state

    assert [window for window in after.windows if window.opens_at >= at("2026-11-23 00:00")] == []


def test_a_contact_that_reached_nobody_is_no_sight_of_the_elder() -> None:
    monday = at("2026-11-16 00:00")
    state = cycle.begin(a_cycle(enrolled_at=monday), monday).state
    nobody = a_contact(NOON, is_reached=False)

    assert cycle.take_in(state, Facts(contacts=(nobody,)), NOON).state.last_seen_at == state.last_seen_at


@pytest.mark.parametrize(("text", "number"), [("138", Decimal(138)), ("偏高", None), ("NaN", None)])
def test_a_reading_is_a_number_or_nothing(text: str, number: Decimal | None) -> None:
    assert number_of(text) == number


def test_a_limit_in_minutes_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="no last day"):
        last_day(Limit(amount=5, unit=LimitUnit.MINUTES), date(2026, 11, 18), CALENDAR)


def test_a_number_of_a_spreadsheet_is_read_without_its_point() -> None:
    assert a_row_of_news(note=63.0).note == "63"


def test_only_a_death_and_a_move_away_end_an_enrolment() -> None:
    ending = [each for each in PopulationChange if each.ends_enrolment]

    assert ending == [PopulationChange.DIED, PopulationChange.MOVED_AWAY]


def test_a_day_above_the_headings_that_never_was_dates_no_sheet() -> None:
    words = words_for(own_book().in_force("zibo_zichuan", TODAY))
    table = find_table(Sheet(rows=(("2026年13月40日",), ANNEX, annex_row())), words)

    assert table is not None
    assert table.dated_on is None


def test_a_card_stands_in_for_a_number_that_is_missing_altogether() -> None:
    words = words_for(own_book().in_force("zibo_zichuan", TODAY))
    row = ("仇义明", "女", None, "辽源西路1240弄", None, f"{WOMAN}31", None, None, None)
    (reading,) = read(words, row, heading=LIST)

    assert reading.id_number == WOMAN


def test_letters_in_the_place_of_a_number_are_not_restored() -> None:
    words = words_for(own_book().in_force("zibo_zichuan", TODAY))
    (reading,) = read(words, annex_row(id="不详"))

    assert (reading.id_number, reading.id_number == WOMAN) == ("", False)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, None),
        ({"at": NOON + HOUR}, None),
        ({"at": NOON + HOUR + timedelta(seconds=1)}, VoidObstacle.NEEDS_ANOTHER),
        ({"by": uuid4(), "is_coordinator": True}, None),
        ({"by": uuid4()}, VoidObstacle.NOT_YOURS),
        ({"at": NOON + 2 * HOUR, "by": uuid4(), "is_coordinator": True}, None),
        ({"at": NOON + 2 * HOUR + timedelta(seconds=1)}, VoidObstacle.TOO_LATE),
    ],
)
def test_a_slip_is_struck_out_by_who_made_it_and_later_by_somebody_else(
    changes: dict[str, object], found: VoidObstacle | None
) -> None:
    """Domain §2.7-10: both limits are still in time on their second."""
    wish = Voiding(
        by=OFFICER.account_id,
        is_coordinator=False,
        at=NOON,
        visited_by=OFFICER.account_id,
        recorded_by=uuid4(),
        own_until=NOON + HOUR,
        until=NOON + 2 * HOUR,
    )

    assert obstacle(replace(wish, **changes)) is found


def test_work_that_tells_of_a_family_has_a_neutral_name_for_others() -> None:
    """Style §4.2: 计划生育特殊家庭 is no business of who does not work on it."""
    policy = plan("shanghai_jiangpu")

    assert policy.public_kind("family_planning_care") != policy.label("kinds", "family_planning_care")
    assert policy.public_kind("mediation") == policy.label("kinds", "mediation")


def test_a_contact_in_no_state_is_worth_what_the_rules_say() -> None:
    policy = plan("zibo_zichuan")
    attempt = Attempt(mode=VisitMode.AT_HOME, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)
    somebody = subject(policy)

    assert worth(policy, attempt, somebody, None) == judge(attempt, somebody, policy.contacts)


def test_a_stage_with_a_member_whom_nobody_has_named_is_barred() -> None:
    nobody = Event(step=Step.REMINDED, on=date(2026, 11, 18), member_id=None)

    assert bar_on_stage([], nobody, plan("zibo_zichuan").justice) == "member_unknown"


def test_the_installations_own_book_is_read_once() -> None:
    assert own_book() is own_book()
