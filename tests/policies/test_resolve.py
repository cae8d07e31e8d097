"""From a plan to one elder: obligations, warnings, ladders, routes, and how much of it a process carries."""

from datetime import date, timedelta

import pytest

from shared.contracts.wire import encode
from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import Circumstance, Force, Mobility, Reach, RecipientRole, VisitMode
from shared.domain.conditions import Subject
from shared.domain.facts import Spell
from shared.domain.kinds import KindSpec
from shared.domain.plan import Recipient
from shared.domain.visit_modes import Attempt
from shared.policies.directory import area_prefix, full_code
from shared.policies.model import Policy
from shared.policies.resolve import (
    Setting,
    kind_spec,
    obligations_of,
    plan_for,
    responsible_unit,
    route,
    unseen_limit_days,
    worth,
)
from tests.policies.plans import BOOK, COMMITTEE, JIANGPU, TODAY, VILLAGE, ZICHUAN, directory, plan, subject

PLACES = [ZICHUAN, JIANGPU]
FAMILY_PLANNING = (Circumstance.SPECIAL_FAMILY_PLANNING,)
HAMLET = f"zibo_zichuan:village-{VILLAGE}"
TOWN = "zibo_zichuan:town_115"
DAYS = [date(2025, 1, 10) + timedelta(days=28 * step) for step in range(26)]


def spec(policy: Policy, kind: str, who: Subject, obligation: str = "") -> KindSpec:
    units = directory(policy)
    unit_id = route(policy, kind, who, units, obligation)
    setting = Setting(
        policy=policy, subject=who, directory=units, receiving_unit_id=unit_id, obligation=obligation
    )
    return kind_spec(kind, setting)


def told(kind: KindSpec, clock: str = "accept") -> list[tuple[str, str, str]]:
    rule = kind.accept if clock == "accept" else kind.complete
    return [(rung.recipient.role, rung.recipient.unit_id, rung.action) for rung in rule.ladder]


def test_everybody_in_zichuan_is_owed_a_month_and_focus_elders_a_week() -> None:
    """Z-61, Z-62; a week for 次重点 is a reading that we don't take."""
    policy = plan(ZICHUAN)
    codes = {
        mobility: [rule.code for rule in obligations_of(policy, subject(policy, mobility=mobility))]
        for mobility in (Mobility.BEDRIDDEN, Mobility.LIMITED)
    }

    assert codes == {
        Mobility.BEDRIDDEN: ["monthly_visit", "weekly_visit"],
        Mobility.LIMITED: ["monthly_visit"],
    }


def test_everybody_in_jiangpu_is_owed_two_contacts_a_week_and_a_cadre_a_month() -> None:
    """J-11, J-16, J-50: the two duties of 关爱 stay two duties."""
    policy = plan(JIANGPU)
    daily, home, monthly = obligations_of(policy, subject(policy, mobility=Mobility.BEDRIDDEN))

    assert (daily.times, daily.distinct_days, daily.source) == (2, True, "S1:L46")
    assert (home.times, home.who.tests[0].values) == (1, ("focus_care",))
    assert (monthly.times, monthly.responsible) == (1, "unit:self_governance_office")
    assert [rule.code for rule in obligations_of(policy, subject(policy))] == [
        "daily_care",
        "committee_monthly",
    ]


@pytest.mark.parametrize(
    ("place", "centre", "clause"),
    [(JIANGPU, "health_centre", "S1:L98"), (ZICHUAN, "health_bureau", "S2:L76")],
)
def test_a_home_bed_adds_a_weekly_round_that_the_centre_answers_for(
    place: str, centre: str, clause: str
) -> None:
    """J-76, Z-24: a family doctor at home, once a week, while the bed is in use; nobody else's visit does."""
    policy = plan(place)
    bed = Spell(from_on=TODAY - timedelta(days=21))
    lying, other = subject(policy, home_bed=bed), subject(policy)
    before = {rule.code for rule in obligations_of(policy, other)}
    [added] = [rule for rule in obligations_of(policy, lying) if rule.code not in before]
    owed = plan_for(policy, lying, directory(policy)).obligation(added.code)

    assert (added.code, added.period, added.times, added.source) == ("home_bed_round", "week", 1, clause)
    assert owed is not None
    assert owed.from_on == bed.from_on
    assert responsible_unit(policy, lying, directory(policy), added.code) == f"{place}:{centre}"
    assert [warning.recipient.unit_id for warning in owed.warnings] == [f"{place}:{centre}"]
    for force in Force:
        attempt = Attempt(mode=VisitMode.AT_HOME, reach=Reach.SPOKEN_WITH, force=force)
        counted = worth(policy, attempt, lying, None).counts_for
        assert (added.code in counted) is (force is Force.FAMILY_DOCTOR)


def test_warnings_go_to_the_visitor_first_and_then_to_who_answers_for_the_elder() -> None:
    """Domain §0.2-5: Wednesday 10:00 the visitor, Friday 12:00 the responsible unit."""
    policy = plan(JIANGPU)
    daily = plan_for(policy, subject(policy, circumstances=FAMILY_PLANNING), directory(policy)).obligations[0]

    assert [(warning.day, warning.time, warning.recipient) for warning in daily.warnings] == [
        (3, "10:00", Recipient(role=RecipientRole.ASSIGNEE)),
        (5, "12:00", Recipient(role=RecipientRole.MEMBERS, unit_id="shanghai_jiangpu:publicity_office")),
    ]


def test_the_warning_of_an_obligation_with_its_own_unit_goes_there() -> None:
    policy = plan(JIANGPU)
    owed = plan_for(policy, subject(policy), directory(policy)).obligation("committee_monthly")

    assert owed is not None
    assert [warning.recipient.unit_id for warning in owed.warnings] == [
        f"shanghai_jiangpu:committee-{COMMITTEE}",
        "shanghai_jiangpu:self_governance_office",
    ]


def test_who_answers_for_an_elder_follows_the_circumstances() -> None:
    """Domain §0.2-2: 宣文办 for 计生特殊家庭, 自治办 for the 居委 monthly visit, else 服务办."""
    policy = plan(JIANGPU)
    units = directory(policy)
    mourning, other = subject(policy, circumstances=FAMILY_PLANNING), subject(policy)

    assert responsible_unit(policy, mourning, units) == "shanghai_jiangpu:publicity_office"
    assert responsible_unit(policy, other, units) == "shanghai_jiangpu:service_office"
    assert (
        responsible_unit(policy, other, units, "committee_monthly")
        == "shanghai_jiangpu:self_governance_office"
    )
    assert responsible_unit(plan(ZICHUAN), subject(plan(ZICHUAN)), directory(plan(ZICHUAN))) == HAMLET


def test_a_chase_in_zichuan_climbs_from_visitor_to_village_to_town_to_district() -> None:
    chase = spec(plan(ZICHUAN), "chase", subject(plan(ZICHUAN)))

    assert told(chase) == [
        ("assignee", "", "tell_visitor"),
        ("members", HAMLET, "tell_unit"),
        ("members", TOWN, "supervise"),
        ("members", "zibo_zichuan:civil_affairs_bureau", "raise"),
    ]
    assert chase.accept.limit == Limit(amount=0, unit=LimitUnit.WORKING_MINUTES)
    assert chase.ends_by == "fact"
    assert chase.complete.limit == Limit(amount=3, unit=LimitUnit.WORKING_DAYS)


def test_a_chase_in_jiangpu_climbs_through_the_unit_that_answers_for_the_elder() -> None:
    policy = plan(JIANGPU)
    chase = spec(policy, "chase", subject(policy), "committee_monthly")

    assert told(chase) == [
        ("assignee", "", "tell_visitor"),
        ("members", "shanghai_jiangpu:self_governance_office", "tell_unit"),
        ("lead", "shanghai_jiangpu:self_governance_office", "tell_lead"),
        ("members", "shanghai_jiangpu:working_group", "raise"),
    ]


def test_who_is_not_seen_is_looked_for_sooner_if_a_focus_elder() -> None:
    """Domain §0.2-1: door the same day for 重点, next day 12:00 for others; red flags jump to step 3."""
    policy = plan(ZICHUAN)
    focus = spec(policy, "not_seen", subject(policy, mobility=Mobility.BEDRIDDEN))
    other = spec(policy, "not_seen", subject(policy, surveyed_healthy=True))
    flagged = spec(policy, "not_seen_red_flag", subject(policy))

    assert focus.complete.limit == Limit(amount=4, unit=LimitUnit.HOURS)
    assert other.complete.limit == Limit(amount=1, unit=LimitUnit.DAYS, at="12:00")
    assert told(flagged, "complete")[0] == ("members", TOWN, "duty_room_call")


def test_the_legal_clocks_of_other_bodies_are_shown_and_are_never_ours() -> None:
    """Domain §0.2-9: 司法所 forwards within one working day; 7, 3 and 5 days bind others."""
    policy = plan(JIANGPU)
    forwarding = policy.kind("legal_aid_forwarding")

    assert [(each.code, each.body, each.limit.amount) for each in forwarding.external] == [
        ("aid_decision", "legal_aid_centre", 7),
        ("aid_appointment", "legal_aid_centre", 3),
        ("aid_objection", "justice_bureau", 5),
        ("aid_decision_local", "legal_aid_centre", 10),
    ]
    assert spec(policy, "legal_aid_forwarding", subject(policy)).complete.limit == Limit(
        amount=1, unit=LimitUnit.WORKING_DAYS
    )


@pytest.mark.parametrize(
    ("kind", "known", "unit"),
    [
        ("home_repair", {"area_code": "370302001001"}, "enforcement_bureau"),
        ("home_repair", {}, "town_115"),
        ("benefits_help", {"circumstances": (Circumstance.SEVERE_DISABILITY,)}, "disability_federation"),
        ("benefits_help", {}, "civil_affairs_bureau"),
        ("family_planning_care", {}, "health_bureau"),
    ],
)
def test_work_goes_where_kind_area_and_circumstances_send_it(
    kind: str, known: dict[str, object], unit: str
) -> None:
    policy = plan(ZICHUAN)

    assert route(policy, kind, subject(policy, **known), directory(policy)) == f"zibo_zichuan:{unit}"


def test_nothing_is_handed_to_a_residents_committee_of_shanghai_directly() -> None:
    """X-13, 上海市居民委员会工作条例 第二十七条: through 自治办."""
    policy = plan(JIANGPU)

    assert not [each.code for each in policy.kinds for to in each.routes if to.to == "committee"]


def test_a_unit_that_nobody_has_set_up_keeps_its_name() -> None:
    policy = plan(ZICHUAN)
    elsewhere = subject(policy, area_code="999999999999")
    setting = Setting(policy=policy, subject=elsewhere, directory=directory(policy))

    assert setting.unit_id("committee") == "zibo_zichuan:village-999999999999"
    assert setting.unit_id("town") == "zibo_zichuan:town-999999999"
    assert setting.unit_id("district:weather") == "zibo_zichuan:weather"
    assert setting.unit_id("parent_unit") == ""


@pytest.mark.parametrize(
    ("place", "area", "keeper"),
    [
        (ZICHUAN, "370302115000", "zibo_zichuan:town_115"),
        (ZICHUAN, "370302000000", "zibo_zichuan:civil_affairs_bureau"),
        (JIANGPU, "310110008000", "shanghai_jiangpu:service_office"),
    ],
)
def test_whom_nobody_has_placed_yet_is_the_offices_own(place: str, area: str, keeper: str) -> None:
    """待划片: a search for such an elder went to a committee that there is not, village-370302115000."""
    policy = plan(place)
    waiting = Setting(policy=policy, subject=subject(policy, area_code=area), directory=directory(policy))

    assert waiting.unit_id("committee") == keeper


@pytest.mark.parametrize("written", ["370302", "370302000000"])
def test_a_place_is_named_by_all_the_digits_of_its_code(written: str) -> None:
    """However short a plan writes it: an area above the committees ends in zeros."""
    assert full_code(written) == "370302000000"


def test_the_other_selectors_find_their_units() -> None:
    policy = plan(ZICHUAN)
    who = subject(policy)
    setting = Setting(policy=policy, subject=who, directory=directory(policy), receiving_unit_id=HAMLET)

    assert setting.unit_id("parent_unit") == TOWN
    assert setting.unit_id("district:health") == "zibo_zichuan:health_bureau"
    assert setting.unit_id("working_group") == "zibo_zichuan:leading_group"
    assert setting.recipient("holder") == Recipient(role=RecipientRole.HOLDER)
    assert setting.recipient("town.lead") == Recipient(role=RecipientRole.LEAD, unit_id=TOWN)


def test_who_has_not_been_seen_for_long_is_flagged_sooner_if_focus() -> None:
    policy = plan(ZICHUAN)

    assert unseen_limit_days(policy, subject(policy, mobility=Mobility.BEDRIDDEN)) == 10
    assert unseen_limit_days(policy, subject(policy, surveyed_healthy=True)) == 40


def test_a_duty_room_works_round_the_clock_and_an_office_does_not() -> None:
    policy = plan(JIANGPU)

    assert spec(policy, "not_seen_red_flag", subject(policy)).calendar.hours == (("00:00", "24:00"),)
    assert spec(policy, "home_bed", subject(policy)).calendar.hours == (
        ("08:30", "11:30"),
        ("13:30", "17:30"),
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("on", DAYS)
def test_what_a_process_carries_stays_small(place: str, on: date) -> None:
    """Architecture §4: a plan <= 4 kB, a kind <= 2 kB, whatever the season."""
    policy = BOOK.in_force(place, on)
    frail = subject(policy, mobility=Mobility.BEDRIDDEN, circumstances=FAMILY_PLANNING)
    who = Subject(facts=frail.facts, on=on, tier=frail.tier, groups=frail.groups)

    assert len(encode(plan_for(policy, who, directory(policy))).encode()) <= 4096
    sizes = {kind.code: len(encode(spec(policy, kind.code, who)).encode()) for kind in policy.kinds}
    assert {code: size for code, size in sizes.items() if size > 2048} == {}


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("370302000000", "370302"),
        ("370300000000", "370300"),
        ("370302115000", "370302115"),
        ("370302110000", "370302110"),
        ("370302115210", "370302115210"),
        ("370302115200", "370302115200"),
    ],
)
def test_a_place_holds_what_begins_with_the_digits_of_its_level(code: str, prefix: str) -> None:
    """A zero at the end may be the last digit of a village: 210 does not hold 211."""
    assert area_prefix(code) == prefix


def test_a_form_of_the_plan_is_found_by_its_code_and_a_place_without_it_has_none() -> None:
    """Z-97: 附件3 is Zichuan's; the street keeps a book of its own (S1:L52)."""
    summary, book = (plan(ZICHUAN).forms.sheet(code) for code in ("summary", "visit_book"))

    assert summary is not None
    assert summary.name == "附件3"
    assert book is None
