"""What may be done with work once a unit has it, and who may hand it to whom."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.codes import Force
from shared.domain.referral.commands import PauseTerms, TimeTerms
from shared.policies.forces import counted_as
from shared.policies.hand_over import assistance_of, assistance_spec, fields_for, hand_over
from shared.policies.handling import (
    Effect,
    Field,
    effect_rule,
    last_day,
    next_review,
    pause_terms,
    scale_of,
)
from shared.policies.model import Policy
from shared.policies.referring import ElderWord
from shared.policies.resolve import Setting, as_support, idle_after, kind_spec, time_terms, verify_by
from shared.policies.visiting import contents_of
from tests.policies.plans import JIANGPU, ZICHUAN, directory, plan, subject

TELLING = {Effect.TELL_ELDER, Effect.ASK_AGAIN_LATER}


def setting(policy: Policy) -> Setting:
    return Setting(policy=policy, subject=subject(policy), directory=directory(policy))


def test_nothing_reaches_a_residents_committee_of_shanghai_but_through_its_office() -> None:
    """X-13, 上海市居民委员会工作条例 第二十七条: with a list item, and it may be refused."""
    here = setting(plan(JIANGPU))
    committee, office = here.unit_id("committee"), here.own("self_governance_office")
    asked = hand_over(here, here.own("service_office"), committee)

    assert (asked.unit_id, asked.is_direct) == (office, False)
    assert (asked.needs_list_item, asked.refusable) == (True, True)
    assert asked.source == "shanghai_committees:27"
    assert hand_over(here, office, committee).unit_id == committee
    assert hand_over(here, here.own("service_office"), here.own("justice_office")).is_direct


def test_a_bureau_of_zichuan_reaches_a_village_through_its_town() -> None:
    """S2:L70 在镇（街道）统一组织下, a reading of ours."""
    here = setting(plan(ZICHUAN))
    village, town = here.unit_id("committee"), here.unit_id("town")

    assert hand_over(here, here.own("health_bureau"), village).unit_id == town
    assert hand_over(here, town, village).is_direct
    assert hand_over(here, village, here.own("health_bureau")).is_direct


def test_a_unit_that_nobody_knows_plays_no_role() -> None:
    here = setting(plan(JIANGPU))

    assert hand_over(here, "elsewhere:office", here.own("service_office")).is_direct


def test_every_other_row_of_the_two_plans_can_be_asked_as_assistance() -> None:
    """Domain §6: unit, text and default clocks, until a unit asks for a kind of its own."""
    here = setting(plan(ZICHUAN))
    asked = assistance_of(here, here.own("finance_bureau"))

    assert [each.code for each in asked] == ["funding_channel", "purchase_compliance"]
    spec = assistance_spec("funding_channel", here)
    assert (spec.code, spec.accept.limit, spec.complete.limit) == (
        "other_assistance",
        Limit(amount=2, unit=LimitUnit.WORKING_DAYS),
        Limit(amount=20, unit=LimitUnit.WORKING_DAYS),
    )
    with pytest.raises(LookupError, match="dancing"):
        assistance_spec("dancing", here)


@pytest.mark.parametrize(
    ("handling", "ground", "terms"),
    [
        ("routine", "awaiting_papers", PauseTerms(max_days=15, times_at_most=2, days_at_most=30)),
        ("routine", "awaiting_third_party", None),
        ("long", "awaiting_third_party", PauseTerms(max_days=30, times_at_most=3, days_at_most=60)),
        ("unbroken", "awaiting_papers", None),
    ],
)
def test_a_clock_stops_on_named_grounds_and_only_so_often_and_so_long(
    handling: str, ground: str, terms: PauseTerms | None
) -> None:
    assert pause_terms(plan(ZICHUAN).handling, handling, ground) == terms


def test_more_time_is_granted_once_by_the_coordinator_and_never_for_what_is_urgent() -> None:
    """延期: how much, how often and by whom is the plan's to say."""
    here = setting(plan(ZICHUAN))

    assert time_terms("legal_consultation", here) == TimeTerms(
        by=Limit(amount=5, unit=LimitUnit.WORKING_DAYS),
        at_most=1,
        grantor_unit_id=here.unit_id("coordinator"),
    )
    assert time_terms("not_seen", here) is None


@pytest.mark.parametrize("kind", ["chase", "not_seen", "mandatory_report", "drill"])
def test_a_claim_of_routine_work_lapses_when_nobody_hears_of_it_and_no_other(kind: str) -> None:
    """闲置时限: for the rest minutes count, and a ladder climbs for it."""
    policy = plan(ZICHUAN)

    assert idle_after(policy, "legal_consultation") == policy.timing.idle_after
    assert idle_after(policy, kind) is None


@pytest.mark.parametrize("place", [JIANGPU, ZICHUAN])
def test_whoever_was_asked_is_told_the_outcome_or_asked_again(place: str) -> None:
    """§0.2-8: the outcome is told to the elder (回告); who does not wish it now is asked again."""
    silent = [
        (kind.code, outcome)
        for kind in plan(place).kinds
        if kind.elders_word is not ElderWord.NONE
        for outcome in kind.outcomes
        if TELLING.isdisjoint(effect_rule(kind.effects, outcome).does)
    ]

    assert silent == []


def test_an_outcome_without_a_row_does_nothing_more() -> None:
    assert effect_rule(plan(ZICHUAN).kind("drill").effects, "drill_done").does == ()


@pytest.mark.parametrize("place", [JIANGPU, ZICHUAN])
def test_who_is_late_with_the_work_is_not_asked_to_claim_it(place: str) -> None:
    """Of urgent kinds both limits climbed one ladder: 超过认领时限 was said of work that had been claimed."""
    policy = plan(place)
    asked_to_claim = [
        kind.code
        for kind in policy.kinds
        if any(rung.action == "urge_claim" for rung in policy.ladders.get(kind.complete.ladder, ()))
    ]

    assert asked_to_claim == []


def test_who_repairs_a_tap_sees_no_illness_and_who_assesses_does() -> None:
    """Domain §3.5: property and volunteers see how to find the door, no more."""
    policy = plan(JIANGPU)

    assert fields_for(policy, "home_repair") == (
        Field.COURTESY_NAME,
        Field.ADDRESS,
        Field.PHONE,
        Field.DOOR_NOTE,
    )
    assert Field.HEALTH in fields_for(policy, "ability_assessment")
    assert fields_for(policy, "drill") == ()
    seeing = [kind.code for kind in policy.kinds if Field.CIRCUMSTANCES in fields_for(policy, kind.code)]
    assert "family_planning_care" not in seeing


def test_each_kind_of_participant_counts_as_one_force() -> None:
    """Z-18: eleven kinds of people in eight forces."""
    forces = plan(ZICHUAN).forces

    assert counted_as(forces, "young_old") is Force.SENIORS_ASSOCIATION
    with pytest.raises(LookupError, match="astronaut"):
        counted_as(forces, "astronaut")


def test_hardship_that_passes_is_looked_at_again_and_has_a_last_day() -> None:
    """J-09 阶段性临时困难: every 30 days, at most 180 [P]."""
    passing = plan(JIANGPU).passing

    reviews = [next_review(passing, date(2026, 1, 1), date(2026, 1, day)) for day in (1, 31)]
    assert [*reviews, next_review(passing, date(2026, 1, 1), date(2026, 2, 1))] == [
        date(2026, 1, 31),
        date(2026, 1, 31),
        date(2026, 3, 2),
    ]
    assert last_day(passing, date(2026, 1, 1)) == date(2026, 6, 30)


def test_each_scale_has_its_own_levels_and_no_scale_has_none() -> None:
    """Domain §1.3: who assesses states a level of the scale that the kind of work names."""
    policy = plan(ZICHUAN)
    named = {scale.code: scale.levels for scale in policy.scales}

    assert {code: policy.levels_of(code) for code in ("", *named)} == {"": (), **named}


def test_a_level_is_worded_in_the_first_scale_that_knows_it() -> None:
    """Domain §1.3: scales keep name and version and are never converted."""
    scales = plan(ZICHUAN).scales

    assert [
        scale and scale.version for scale in (scale_of(scales, level) for level in ("complete", "6", "x"))
    ] == [
        "2022",
        "2019",
        None,
    ]


def test_what_is_in_doubt_is_found_out_by_the_plans_limit() -> None:
    """Ten working days from a Friday noon, the break after which work begins at 13:30."""
    noon = datetime(2026, 11, 20, 4, tzinfo=UTC)

    assert verify_by(plan(ZICHUAN), "survey", noon) == datetime(2026, 12, 4, 5, 30, tzinfo=UTC)


def test_a_service_item_belongs_to_the_contents_that_the_plan_maps_to_it() -> None:
    """Domain §0.1-2: seven contents, nine columns."""
    recording = plan(ZICHUAN).recording

    assert contents_of(recording, ["environment", "comfort"]) == ("home_safety_content", "comfort_content")
    assert contents_of(recording, []) == ()


def test_a_supporter_states_the_outcome_of_its_share_and_the_lead_that_of_the_whole() -> None:
    """强制报告 is the lead's alone; where a kind says nothing of shares, both state the same."""
    report, mediation = plan(ZICHUAN).kind("mandatory_report"), plan(ZICHUAN).kind("mediation")

    assert report.stated(as_support=True) == report.support_outcomes != report.outcomes
    assert report.stated(as_support=False) == report.outcomes
    assert mediation.stated(as_support=True) == mediation.stated(as_support=False) == mediation.outcomes


def test_a_share_waits_for_nobody_and_is_otherwise_worked_as_the_whole() -> None:
    """协办: the lead's own confirmation is enough."""
    here = setting(plan(ZICHUAN))
    whole = kind_spec("legal_consultation", here)
    share = as_support(whole, here.policy)

    assert (whole.needs_confirmation, share.needs_confirmation) == (True, False)
    assert replace(share, needs_confirmation=True) == whole
    report = kind_spec("mandatory_report", here)
    assert as_support(report, here.policy).outcomes == plan(ZICHUAN).kind("mandatory_report").support_outcomes
