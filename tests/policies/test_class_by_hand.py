"""What a plan lets a person choose against its rules (人工调整)."""

from dataclasses import replace

from shared.domain.codes import Circumstance, Tier
from shared.policies.floors import fallen_below
from shared.policies.resolve import groups_of, tiers_of
from tests.policies.plans import JIANGPU, ZICHUAN, plan, subject


def test_it_is_chosen_among_the_tiers_and_groups_of_the_plan() -> None:
    assert tiers_of(plan(ZICHUAN)) == (Tier.FOCUS, Tier.SECONDARY, Tier.GENERAL)
    assert groups_of(plan(ZICHUAN)) == ()
    assert (tiers_of(plan(JIANGPU)), groups_of(plan(JIANGPU))) == ((), ("focus_care",))


def test_it_takes_no_elder_below_the_floor() -> None:
    """Z-02: where only 重点人群 are owed visits, a dependent elder cannot be made 一般."""
    weekly = plan(ZICHUAN).obligation("weekly_visit")
    policy = replace(plan(ZICHUAN), obligations=(weekly,))
    dependent = subject(policy, circumstances=(Circumstance.CARE_DEPENDENT,))
    floor = fallen_below(policy, replace(dependent, tier=Tier.GENERAL))

    assert floor
    assert floor.code == "care_dependent_monthly"
    assert fallen_below(policy, replace(dependent, tier=Tier.FOCUS)) is None
