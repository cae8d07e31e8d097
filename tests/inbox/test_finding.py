"""Search and filters: by what a list shows anyway, within what the reader may see, and never an oracle."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.access import Role
from shared.domain.referral.moves import Status
from shared.inbox.codes import View
from shared.inbox.filters import ListQuery
from shared.inbox.queries import read_list
from shared.inbox.reader import Reader
from shared.platform.logins import Login
from tests.inbox.town import CITY, JUSTICE, NOW, POLICE, Town


def found(town: Town, login: str, view: View = View.POOL, **asked: Any) -> set[UUID]:
    reader = Reader(person=town.people[login], now=town.clock.now(), book=town.book)
    with town.database(Login.DEPARTMENT).begin(reader.person, reader.now) as work:
        listing = read_list(work.session, ListQuery(view=view, limit=200, **asked), reader, town.desk())
    return {row.referral_id for row in listing.page.items}


@pytest.fixture(scope="module")
def two(built: Town) -> tuple[UUID, UUID]:
    """Work about 张桂花 and about 欧阳修文, at the judicial office."""
    built.clock.at = NOW
    first = built.offered(uuid4().hex)
    about_zhang, built.elder = built.elder, built.enrol("欧阳修文", "江浦路9弄1号")
    second = built.offered(uuid4().hex, kind="mediation")
    built.elder = about_zhang
    return first, second


@pytest.mark.parametrize("kind", ["x') OR ('1' = '1", "%", "mediation'--", "\\", "调解"])
def test_what_is_no_code_of_a_kind_finds_nothing(town: Town, two: tuple[UUID, UUID], kind: str) -> None:
    """The code of a kind is written into the statement: nothing but a code may be."""
    assert found(town, "lawyer", kind="mediation") >= {two[1]}
    assert found(town, "lawyer", kind=kind) == set()


@pytest.mark.parametrize("typed", ["欧", "欧阳", "欧阳修文", " 欧阳某某 "])
def test_a_name_finds_by_the_surname_that_the_list_shows_and_by_nothing_more(
    town: Town, two: tuple[UUID, UUID], typed: str
) -> None:
    """Who tries given names learns none: each answers like the surname alone."""
    assert two[1] in found(town, "lawyer", search=typed)
    assert two[0] not in found(town, "lawyer", search=typed)


@pytest.mark.parametrize("typed", ["修文", "文", "ouyang", "13900001234", "1234", "江浦"])
def test_nothing_that_the_list_hides_finds_anything(town: Town, two: tuple[UUID, UUID], typed: str) -> None:
    assert not found(town, "lawyer", search=typed) & set(two)


def test_a_kind_is_found_by_part_of_its_name_and_one_referral_by_its_short_number(
    town: Town, two: tuple[UUID, UUID]
) -> None:
    assert two[1] in found(town, "lawyer", search="调解")
    assert two[0] not in found(town, "lawyer", search="调解")
    assert found(town, "lawyer", search=two[0].hex[:8]) == {two[0]}
    assert found(town, "lawyer", search=two[0].hex[:8].upper()) == {two[0]}


def test_a_search_finds_nothing_that_is_another_units(town: Town, two: tuple[UUID, UUID]) -> None:
    for typed in ("张", "欧阳", "调解", two[0].hex[:8]):
        assert not found(town, "doctor", search=typed) & set(two)


def test_the_state_and_the_urgency_narrow_the_list(town: Town) -> None:
    person = town.joins("both", "何工", Role.OFFICER, unit=JUSTICE, also=POLICE)
    urgent, plain = town.offered(uuid4().hex, kind="welfare_check"), town.offered(uuid4().hex)

    assert person.units == (JUSTICE, POLICE)
    assert urgent in found(town, "both", only_urgent=True)
    assert plain not in found(town, "both", only_urgent=True)
    assert plain in found(town, "both", status=Status.OFFERED)
    assert not found(town, "both", status=Status.ACCEPTED)


def test_only_late_finds_what_is_past_its_limit(town: Town) -> None:
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    late = town.offered(uuid4().hex, kind="home_repair")
    town.clock.at = NOW + timedelta(days=2)
    town.judge.pass_time(late, town.clock.now())

    assert late in found(town, "builder", only_late=True)


def test_the_page_keeps_what_was_asked_and_says_what_to_do_when_nothing_is_found(town: Town) -> None:
    page = town.browser("lawyer", "justice").get("/justice/inbox?q=查无此人&urgent=1").text

    assert 'value="查无此人"' in page
    assert "没有符合条件的事项" in page
    assert "可以按老人姓氏、事项名称或编号查找" in page


def test_other_work_about_the_elder_is_listed_as_far_as_the_unit_may_see_it(town: Town) -> None:
    """One thread per elder across departments."""
    legal, medical = town.offered(uuid4().hex), town.offered(uuid4().hex, kind="home_bed")
    asker = town.browser("visitor").get(f"/department/inbox/{legal}").text
    lawyer = town.browser("lawyer").get(f"/department/inbox/{legal}").text

    assert f"/department/inbox/{medical}" in asker
    assert "这位老人的其他事项" in asker
    assert str(medical) not in lawyer
    assert "家庭病床" not in lawyer
