"""The page that writes a third place from scratch is true: its blocks are a policy, all of them needed."""

import re
from datetime import date
from pathlib import Path

import pytest

from shared.domain.calendars import Limit, LimitUnit
from shared.domain.classification import classify
from shared.domain.codes import Ability, Circumstance, Force, Reach, VisitMode
from shared.domain.conditions import Subject
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.overlays import Occasion, Trigger, overlay_for
from shared.domain.visit_modes import Attempt, judge
from shared.policies.book import FOLDER, OFFICIAL_ZONE, PolicyBook
from shared.policies.directory import UnitDirectory, committee_entry, directory_of
from shared.policies.faults import PolicyFaults
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec, plan_for, responsible_unit, route

PAGE = FOLDER / "third_place.md"
PLACE, AREA = "yunling_qinghe", "539902101201"
TODAY = date(2026, 11, 21)
CALL = Attempt(mode=VisitMode.PHONE, reach=Reach.SPOKEN_WITH, force=Force.VISITOR)


def written() -> str:
    """The blocks of the page, in order."""
    return "\n".join(re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))


def folder_with(folder: Path, text: str) -> Path:
    """What every place inherits, and this place's file."""
    for stem in ("words", "national", "workdays"):
        (folder / f"{stem}.toml").write_bytes((FOLDER / f"{stem}.toml").read_bytes())
    (folder / f"{PLACE}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The invented district's policy."""
    folder = folder_with(tmp_path_factory.mktemp("policies"), written())
    return PolicyBook.load(folder).in_force(PLACE, TODAY)


def units(policy: Policy) -> UnitDirectory:
    return directory_of(policy, (committee_entry(directory_of(policy), AREA, "河湾村"),))


def seen(policy: Policy, **known: object) -> Subject:
    facts = ElderFacts(
        birth_on=date(1950, 1, 1),
        circumstances=(Circumstance.LIVING_ALONE,),
        area_code=AREA,
        **known,  # type: ignore[arg-type]
    )
    found = classify(facts, policy.classification, TODAY)
    return Subject(facts=facts, on=TODAY, tier=found.tier, groups=found.groups)


def test_an_elder_of_the_third_place_is_classed_by_its_own_rules(policy: Policy) -> None:
    assert seen(policy, surveyed_healthy=True).tier == "general"
    assert seen(policy, ability=AssessedAbility(level=Ability.SEVERE)).tier == "focus"
    unknown = classify(seen(policy).facts, policy.classification, TODAY)
    assert (unknown.tier, unknown.presumptive, unknown.to_verify) == ("focus", True, ("survey",))


def test_a_plan_of_the_third_place_has_its_periods_and_hours(policy: Policy) -> None:
    well = plan_for(policy, seen(policy, surveyed_healthy=True), units(policy))
    frail = plan_for(policy, seen(policy), units(policy))

    assert [(owed.code, owed.period, owed.length_days) for owed in well.obligations] == [
        ("ten_days", "days", 10)
    ]
    assert [(owed.times, owed.distinct_days) for owed in frail.obligations] == [(1, False), (2, True)]
    assert frail.calendar.hours == (("09:00", "18:00"),)


def test_what_counts_in_the_third_place_depends_on_ability(policy: Policy) -> None:
    well = seen(policy, surveyed_healthy=True)
    frail = seen(policy, ability=AssessedAbility(level=Ability.COMPLETE))

    assert judge(CALL, well, policy.contacts).counts_for == ("ten_days",)
    assert judge(CALL, frail, policy.contacts).counts_for == ()


def test_work_of_the_third_place_goes_to_its_own_bodies_with_the_inherited_limits(policy: Policy) -> None:
    who, directory = seen(policy), units(policy)
    town = route(policy, "mediation", who, directory)
    spec = kind_spec(
        "mediation", Setting(policy=policy, subject=who, directory=directory, receiving_unit_id=town)
    )

    assert town == f"{PLACE}:town_101"
    assert spec.complete.limit == Limit(amount=30, unit=LimitUnit.DAYS)
    assert responsible_unit(policy, who, directory) == f"{PLACE}:village-{AREA}"
    clause = policy.why("obligations.ten_days.times")
    assert clause is not None
    assert policy.clause(clause.source) == "青政办发〔2026〕3号 第六条"


def test_the_third_place_lives_by_its_own_clock(tmp_path: Path) -> None:
    book = PolicyBook.load(folder_with(tmp_path, written().replace("Asia/Shanghai", "Asia/Urumqi")))

    assert book.zone_of(PLACE) == "Asia/Urumqi"
    assert book.zone_of("nowhere") == OFFICIAL_ZONE


MOON = """
[labels.festivals]
moon = "中元"
[labels.overlays]
moon = "月节"
[festivals.moon]
source = "Q:6"
on = "lunar 7-15"
[overlays.moon]
source = "Q:6"
occasion = "festival"
names = ["moon"]
extra = [{ times = 2, modes = ["at_home"] }]
"""


def test_a_festival_of_the_third_place_has_an_overlay_of_its_own(tmp_path: Path) -> None:
    """What the nation says of any festival stands before it, and holds for the others."""
    overlays = PolicyBook.load(folder_with(tmp_path, written() + MOON)).in_force(PLACE, TODAY).overlays
    found = [
        overlay_for(overlays, Trigger(occasion=Occasion.FESTIVAL, name=name))
        for name in ("moon", "dragon_boat")
    ]

    assert [rule.code for rule in found if rule] == ["moon", "festival"]


def test_every_block_of_the_page_is_needed(tmp_path: Path) -> None:
    """Without any one of them the file is refused; the page holds nothing for show."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    for left_out in range(len(blocks)):
        text = "\n".join(block for number, block in enumerate(blocks) if number != left_out)
        with pytest.raises((PolicyFaults, LookupError)):
            PolicyBook.load(folder_with(tmp_path, text)).in_force(PLACE, TODAY)
