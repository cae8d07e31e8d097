"""Which contact counts: frequency by class, mode by health (domain §1.6, R-mode M1–M4; J-14, Z-66)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.classification import Reason, classify
from shared.domain.codes import Ability, Circumstance, Force, Health, Mobility, Reach, VisitMode
from shared.domain.conditions import Condition, Subject
from shared.domain.facts import AssessedAbility, ElderFacts, Hardship
from shared.domain.visit_modes import Attempt, ContactRules, CountingRule, Verdict, judge, set_apart
from shared.policies.book import own_book

TODAY = date(2026, 11, 21)
BOOK = own_book()
EVERYWAY = ("at_home", "at_door", "phone", "video", "chance_meeting")
HEALTHY = ElderFacts(
    birth_on=date(1956, 1, 1), circumstances=(Circumstance.LIVING_ALONE,), surveyed_healthy=True
)
BEDRIDDEN = replace(HEALTHY, surveyed_healthy=False, mobility=Mobility.BEDRIDDEN)


def verdict(
    place: str,
    facts: ElderFacts,
    mode: str = "phone",
    reach: Reach = Reach.SPOKEN_WITH,
    force: Force = Force.VISITOR,
) -> Verdict:
    policy = BOOK.in_force(place, TODAY)
    found = classify(facts, policy.classification, TODAY)
    subject = Subject(facts=facts, on=TODAY, tier=found.tier, groups=found.groups)
    return judge(Attempt(mode=VisitMode(mode), reach=reach, force=force), subject, policy.contacts)


def rule_and_modes(facts: ElderFacts) -> tuple[str, tuple[str, ...]]:
    judged = {mode: verdict("zibo_zichuan", facts, mode) for mode in EVERYWAY}
    rule = dict(judged["at_home"].reason.params)["rule"]
    return rule, tuple(mode for mode in EVERYWAY if judged[mode].counts_for)


AT_HOME_ONLY = ("at_home",)


@pytest.mark.parametrize(
    ("known", "rule", "modes"),
    [
        ({"hardships": (Hardship.FAMILY_UPHEAVAL,)}, "M1", AT_HOME_ONLY),
        ({"hardships": (Hardship.NATURAL_DISASTER,)}, "M1", AT_HOME_ONLY),
        ({"circumstances": (Circumstance.TEMPORARY_HARDSHIP,)}, "M1", AT_HOME_ONLY),
        ({"circumstances": (Circumstance.CARE_DEPENDENT,)}, "M2", AT_HOME_ONLY),
        ({"ability": AssessedAbility(level=Ability.MILD)}, "M2", AT_HOME_ONLY),
        ({"disability_level": 2}, "M2", AT_HOME_ONLY),
        ({"mobility": Mobility.LIMITED}, "M2", AT_HOME_ONLY),
        ({"health": Health.POOR}, "M2", AT_HOME_ONLY),
        ({}, "M3", EVERYWAY),
        ({"ability": AssessedAbility(level=Ability.INTACT)}, "M3", EVERYWAY),
        (
            {"surveyed_healthy": False, "mobility": Mobility.SELF_CARING, "health": Health.CHRONIC_STABLE},
            "M3",
            EVERYWAY,
        ),
        ({"surveyed_healthy": False}, "M4", AT_HOME_ONLY),
    ],
)
def test_zichuans_modes_by_health(known: dict[str, object], rule: str, modes: tuple[str, ...]) -> None:
    """Z-66, Z-67: 电话、线上、路遇 only for 身体状况良好，生活能够自理."""
    assert rule_and_modes(replace(HEALTHY, **known)) == (rule, modes)


def test_a_healthy_82_year_old_is_focus_by_age_and_may_be_phoned() -> None:
    called = verdict("zibo_zichuan", replace(HEALTHY, birth_on=date(1944, 1, 1)))

    assert called.counts_for == ("monthly_visit", "weekly_visit")


def test_a_call_to_a_bedridden_elder_of_zichuan_is_a_contact_and_no_visit() -> None:
    """Z-66: 已联系，不计入探访."""
    called = verdict("zibo_zichuan", BEDRIDDEN)

    assert called.is_contact
    assert called.counts_for == ()
    assert called.reason.code == "contact_only"
    assert called.reason.source == "S2:L114"


def test_the_same_call_in_jiangpu_counts_for_daily_care_and_not_for_focus_care() -> None:
    """J-14: counts for 日常关爱, never for 重点关爱 上门."""
    called = verdict("shanghai_jiangpu", BEDRIDDEN)

    assert called.counts_for == ("daily_care",)
    assert [code for code, _ in called.withheld] == ["focus_home_care", "committee_monthly"]


def test_a_home_visit_by_a_cadre_satisfies_all_three_duties_of_jiangpu() -> None:
    """J-50: may coincide with another contact if a cadre made it."""
    visit = verdict("shanghai_jiangpu", BEDRIDDEN, "at_home", force=Force.COMMITTEE_CADRE)

    assert visit.counts_for == ("daily_care", "focus_home_care", "committee_monthly")


def test_the_monthly_visit_of_jiangpu_needs_a_cadre() -> None:
    visit = verdict("shanghai_jiangpu", HEALTHY, "at_home")

    assert dict(visit.withheld)["committee_monthly"].code == "other_force"


@pytest.mark.parametrize("reach", [Reach.NO_ANSWER_PHONE, Reach.NO_ANSWER_DOOR, Reach.OTHERS_ANSWERED])
def test_who_was_not_reached_was_not_contacted(reach: Reach) -> None:
    tried = verdict("shanghai_jiangpu", HEALTHY, "at_home", reach)

    assert (tried.is_contact, tried.counts_for, tried.reason.code) == (False, (), "not_reached")


def test_a_device_is_never_a_contact() -> None:
    assert verdict("shanghai_jiangpu", HEALTHY, "remote_monitoring").reason.code == "device_only"


def test_a_glimpse_in_the_street_is_a_clue_and_at_the_door_a_contact() -> None:
    assert verdict("zibo_zichuan", HEALTHY, "chance_meeting", Reach.SEEN).reason.code == "seen_from_afar"
    assert verdict("zibo_zichuan", HEALTHY, "at_door", Reach.SEEN).is_contact


def test_an_elder_of_unknown_health_is_to_be_found_out_about() -> None:
    unknown = replace(HEALTHY, surveyed_healthy=False)

    assert verdict("zibo_zichuan", unknown).to_verify == ("find_out_health",)


def test_a_contact_with_somebody_to_whom_nothing_is_owed_is_still_a_contact() -> None:
    rules = replace(BOOK.in_force("zibo_zichuan", TODAY).contacts, counting=())
    attempt = Attempt(mode=VisitMode.PHONE, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)
    found = judge(attempt, Subject(facts=HEALTHY, on=TODAY), rules)

    assert (found.is_contact, found.reason.code) == (True, "nothing_owed")


def test_a_contact_that_no_rule_speaks_of_counts_for_nothing() -> None:
    policy = BOOK.in_force("zibo_zichuan", TODAY)
    silent = tuple(replace(rule, modes=()) for rule in policy.contacts.counting)
    attempt = Attempt(mode=VisitMode.AT_HOME, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)
    found = judge(attempt, Subject(facts=HEALTHY, on=TODAY), replace(policy.contacts, counting=silent))

    assert (found.is_contact, found.counts_for, found.reason.code) == (True, (), "contact_only")


@given(
    place=st.sampled_from(BOOK.jurisdictions()),
    mode=st.sampled_from(VisitMode),
    reach=st.sampled_from(Reach),
    force=st.sampled_from(Force),
    mobility=st.none() | st.sampled_from(Mobility),
)
def test_an_obligation_is_counted_or_withheld_and_never_forgotten(
    place: str, mode: VisitMode, reach: Reach, force: Force, mobility: Mobility | None
) -> None:
    found = verdict(place, replace(HEALTHY, mobility=mobility), mode, reach, force)
    withheld = {code for code, _ in found.withheld}

    assert withheld.isdisjoint(found.counts_for)
    assert found.is_contact == bool(withheld | set(found.counts_for))


def test_a_call_to_who_declines_visits_is_the_agreed_way_and_no_visit() -> None:
    """Domain §0.2-7: 谢绝上门 agrees to the telephone and the door; shown apart, counting for nothing."""
    called = verdict("zibo_zichuan", BEDRIDDEN, "phone")
    agreed = (VisitMode.PHONE, VisitMode.AT_DOOR)
    apart = set_apart(called, VisitMode.PHONE, agreed, source="proposal")

    assert apart.counts_for == ()
    assert apart.reason == Reason(
        code="agreed_alternative", params=(("mode", VisitMode.PHONE),), source="proposal"
    )
    assert apart.withheld == called.withheld
    assert set_apart(called, VisitMode.VIDEO, agreed, source="proposal") == called
    seen = verdict("zibo_zichuan", BEDRIDDEN, "at_home")
    assert set_apart(seen, VisitMode.AT_HOME, (VisitMode.AT_HOME,), source="proposal") == seen
    unowed = replace(called, withheld=())
    assert set_apart(unowed, VisitMode.PHONE, agreed, source="proposal") == unowed


def test_why_a_contact_does_not_count_is_said_with_mode_or_force_and_clause() -> None:
    called = verdict("zibo_zichuan", BEDRIDDEN, "phone")
    assert [reason for _, reason in called.withheld] == [
        Reason(code="contact_only", params=(("rule", "M2"), ("mode", VisitMode.PHONE)), source="S2:L114")
    ] * len(called.withheld)

    visited = dict(verdict("shanghai_jiangpu", HEALTHY, "at_home").withheld)["committee_monthly"]
    assert (visited.code, visited.params) == ("other_force", (("force", Force.VISITOR),))
    assert visited.source

    counted = verdict("zibo_zichuan", BEDRIDDEN, "at_home").reason
    assert (counted.code, counted.params) == ("counts", (("rule", "M2"), ("mode", VisitMode.AT_HOME)))


def test_a_contact_for_which_no_row_is_written_counts_for_nothing_with_the_obligations_clause() -> None:
    """The last row of a plan has no condition; a rule without one is still total."""
    rule = CountingRule(obligation="weekly", who=Condition(), modes=(), source="S9:L1")
    rules = ContactRules(counting=(rule,), device_modes=(), seen_suffices_in=())
    attempt = Attempt(mode=VisitMode.PHONE, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)
    found = judge(attempt, Subject(facts=HEALTHY, on=TODAY), rules)

    reason = Reason(code="contact_only", params=(("mode", VisitMode.PHONE),), source="S9:L1")
    assert (found.counts_for, found.withheld, found.reason) == ((), (("weekly", reason),), reason)


def test_a_try_ends_as_such_a_try_can() -> None:
    """Domain §0.2-1: 电话无人接听 is said of a call, 敲门无应答 of a door; the rest of any try."""
    by_call, at_a_door = {VisitMode.PHONE, VisitMode.VIDEO}, {VisitMode.AT_HOME, VisitMode.AT_DOOR}
    fitting = {reach: {mode for mode in VisitMode if reach.fits(mode)} for reach in Reach}

    assert fitting.pop(Reach.NO_ANSWER_PHONE) == by_call
    assert fitting.pop(Reach.NO_ANSWER_DOOR) == at_a_door
    assert all(modes == set(VisitMode) for modes in fitting.values())
