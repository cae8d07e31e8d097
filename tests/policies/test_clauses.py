"""A value cites the clause that says it, and claims no more than that clause does."""

import pytest

from tests.policies.plans import JIANGPU, ZICHUAN, plan


@pytest.mark.parametrize(
    ("path", "clause"),
    [
        ("assistance.model_case", "S2:L134"),
        ("assistance.care_bed", "S2:L116"),
        ("assistance.national_system", "S2:L112"),
        ("assistance.doubtful_visit", "S2:L122"),
        ("assistance.school_project", "S2:L82"),
        ("units.town_115.duties[1]", "S2:L118"),
    ],
)
def test_what_the_plan_says_elsewhere_is_cited_from_there(path: str, clause: str) -> None:
    """典型选树 (L134), 家庭养老床位 (L116), 金民工程 (L112), 台账 (L122), 计学分 (L82), 全部纳入 (L118)."""
    origin = plan(ZICHUAN).why(path)

    assert origin is not None
    assert origin.source == clause


@pytest.mark.parametrize("place", [ZICHUAN, JIANGPU])
def test_the_days_around_a_festival_are_nobodys_law(place: str) -> None:
    """The law names 老年节 and no three days; that of the colours of warnings names no festival."""
    policy = plan(place)
    days, festival = (
        policy.why("festivals.double_ninth.days_before"),
        policy.why("overlays.festival.extra[0]"),
    )

    assert days is not None
    assert festival is not None
    assert (days.source, days.standing) == ("elders_law:12", "proposal")
    assert (festival.source, festival.standing) == ("", "proposal")
