"""The page about the policy leaves no number out: whoever asks why a limit is what it is finds it there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.coordination.policy_page.conditions import who_words
from services.coordination.policy_page.lines import whom_words
from services.coordination.policy_page.view import Section, sections_of
from shared.domain.conditions import Condition, Criterion, CriterionName
from shared.policies.book import PolicyBook
from tests.policies.leaves import CLOCK, LIMIT, Leaf, leaves_of, with_others
from tests.policies.plans import JIANGPU, TODAY, ZICHUAN, plan
from tests.policies.test_third_place import MOON, PLACE, folder_with, written
from tests.policies.test_towns import CLAUSE, TWICE, book_of

SHOWN = {place: sections_of(plan(place)) for place in (ZICHUAN, JIANGPU)}
DECIMAL = re.compile(r"^\d+(\.\d+)?$")


def is_number(value: object) -> bool:
    """A number, a limit, a time of day, or a list of numbers."""
    if isinstance(value, str):
        return any(form.match(value) for form in (LIMIT, CLOCK, DECIMAL))
    if isinstance(value, list):
        return bool(value) and all(is_number(each) for each in value)
    return isinstance(value, int) and not isinstance(value, bool)


def is_shown(leaf: Leaf) -> bool:
    """Whether another number there makes the page say something else."""
    return any(sections_of(policy) != SHOWN[leaf.place] for policy in with_others(leaf))


@pytest.mark.parametrize("stem", ["national", ZICHUAN, JIANGPU])
def test_every_number_of_a_plan_stands_on_the_page(stem: str) -> None:
    numbers = [leaf for leaf in leaves_of(stem) if is_number(leaf.holder[leaf.key])]

    assert [leaf.path for leaf in numbers if not is_shown(leaf)] == []


@pytest.mark.parametrize("place", [ZICHUAN, JIANGPU])
def test_every_value_has_a_standing_and_each_without_a_clause_its_reason(place: str) -> None:
    lines = [line for section in SHOWN[place] for line in section.lines if line.path]

    assert [line.words for line in lines if not line.standing] == []
    assert [line.words for line in lines if not line.clause and not line.because] == []
    assert [line.words for line in lines if "{" in line.words] == []


def test_who_is_meant_is_said_in_words() -> None:
    policy = plan(ZICHUAN)
    old = Condition(tests=(Criterion(name=CriterionName.AGE_AT_LEAST, values=(80,)),))
    alone = Condition(tests=(Criterion(name=CriterionName.HOUSEHOLD_ABOVE, values=(1,)),))
    here = Condition(tests=(Criterion(name=CriterionName.AREA_IN, values=("370302115", "370303")),))
    unknown = Condition(tests=(Criterion(name=CriterionName.BIRTH_KNOWN, values=(False,)),))

    assert who_words(policy, Condition(every=(old,), never=(here,))) == (
        "满80周岁且不属于（住在洪山镇人民政府、370303）"
    )
    assert who_words(policy, Condition(tests=old.tests, some=(alone, unknown))) == (
        "满80周岁且（家中超过1人，或出生日期不明）"
    )


def test_what_no_built_in_plan_says_is_said_as_well(tmp_path: Path) -> None:
    """A duty every ten days, a festival by the moon, and an overlay for that festival alone."""
    shown = sections_of(PolicyBook.load(folder_with(tmp_path, written() + MOON)).in_force(PLACE, TODAY))

    words = {line.words for section in shown for line in section.lines}
    assert {
        "每十天探访：全部对象，每10天不少于1次",
        "中元：农历7月15日，前0天至后0天",
        "月节（中元）：全部对象另加2次（入户）",
    } <= words


def test_what_a_town_says_stands_beside_what_its_district_says() -> None:
    """Each with its own paper, and a town's counting for the town."""
    policy = book_of(
        f"{TWICE}counting = 'at_home'\n[counting.at_home]\nsource = 'T1:2'\n"
        "[[counting.at_home.modes]]\ncode = 'M2'\nmodes = ['at_home']\n"
    ).in_force(ZICHUAN, TODAY)

    said = {line.words: line.clause for section in sections_of(policy) for line in section.lines}
    assert said["每月探访：住在洪山镇人民政府，原则上每月不少于2次"] == CLAUSE
    assert [clause for words, clause in said.items() if words.startswith("洪山镇人民政府：失能")] == [CLAUSE]


def titles(sections: tuple[Section, ...]) -> list[str]:
    return [section.title for section in sections]


def test_a_place_without_towns_reads_what_it_calls_them() -> None:
    """Its page told of 镇（街道） in every route."""
    own = replace(plan(ZICHUAN), labels={"unit_roles": {"town": "管理处"}})

    assert [whom_words(policy, "town") for policy in (own, plan(ZICHUAN))] == ["管理处", "镇（街道）"]


def test_both_places_have_the_same_headings() -> None:
    assert titles(SHOWN[ZICHUAN]) == titles(SHOWN[JIANGPU])
