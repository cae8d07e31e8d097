"""The lists: what each holds, for whom, in which order, and pages without doubles or gaps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.contracts.access import Principal, Role
from shared.domain.referral.moves import Move
from shared.inbox.acts import Act
from shared.inbox.codes import View
from shared.inbox.figures import read_figures
from shared.inbox.filters import ListQuery
from shared.inbox.handlers import perform
from shared.inbox.items import InboxItem, items_of
from shared.inbox.queries import InboxList, read_list
from shared.inbox.reader import Reader
from shared.inbox.schemas import ClockSchema
from shared.platform.logins import Login
from shared.web.problems import InvalidFields
from tests.inbox.town import CITY, JUSTICE, NOW, Town


def listed(town: Town, login: str, view: View = View.POOL, **changes: Any) -> InboxList:
    """One page of somebody's list."""
    reader = Reader(person=town.people[login], now=town.clock.now(), book=town.book)
    with town.database(Login.DEPARTMENT).begin(reader.person, reader.now) as work:
        query = ListQuery(view=view, **changes)
        return read_list(work.session, query, reader, town.desk())


def ids(found: InboxList) -> list[UUID]:
    return [row.referral_id for row in found.page.items]


def does(town: Town, login: str, move: Move, referral_id: UUID, code: str = "") -> None:
    act = Act(
        person=town.people[login],
        move=move,
        referral_id=referral_id,
        at=town.clock.now(),
        key=uuid4().hex,
        code=code,
    )
    perform(town.desk(), act)


@pytest.fixture
def repairs(town: Town) -> Iterator[list[UUID]]:
    """Seven repairs offered to a unit that nobody else of these tests uses, five minutes apart."""
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    town.joins("mate", "何工", Role.OFFICER, unit=CITY)
    offered = []
    for number in range(7):
        town.clock.at = NOW + timedelta(minutes=5 * number)
        offered.append(town.offered(uuid4().hex, kind="home_repair"))
    town.clock.at = NOW + timedelta(minutes=40)
    yield offered
    for referral_id in offered:
        if town.judge.states[referral_id].status.is_open:
            does(town, "visitor", Move.WITHDRAW, referral_id, "mistake")


def test_the_pool_holds_what_the_own_unit_may_claim_oldest_first(town: Town, repairs: list[UUID]) -> None:
    assert ids(listed(town, "builder")) == repairs
    assert ids(listed(town, "lawyer", kind="home_repair")) == []


def test_an_urgent_kind_comes_before_all_others(town: Town) -> None:
    """加急: green-channel kinds jump the queue."""
    town.joins("safety", "方磊", Role.OFFICER, unit=JUSTICE)
    town.offered("plain", kind="legal_consultation")
    people = replace(town.people["safety"], units=(JUSTICE, "shanghai_jiangpu:police_station"))
    town.people["both"] = people
    urgent = town.offered("urgent", kind="welfare_check")

    assert ids(listed(town, "both"))[0] == urgent


def test_a_claimed_one_moves_to_mine_and_to_the_units_list(town: Town, repairs: list[UUID]) -> None:
    does(town, "builder", Move.ACCEPT, repairs[0])

    assert repairs[0] not in ids(listed(town, "builder"))
    assert ids(listed(town, "builder", View.MINE)) == [repairs[0]]
    assert ids(listed(town, "mate", View.MINE)) == []
    assert ids(listed(town, "mate", View.UNIT)) == [repairs[0]]


def test_the_asking_unit_follows_what_it_sent_until_it_ends(town: Town, repairs: list[UUID]) -> None:
    does(town, "visitor", Move.WITHDRAW, repairs[3], "mistake")

    sent = ids(listed(town, "visitor", View.SENT, kind="home_repair"))

    assert sent == [each for each in repairs if each != repairs[3]]
    assert repairs[3] in ids(listed(town, "visitor", View.DONE, kind="home_repair"))


def test_only_what_has_passed_a_real_limit_is_late(town: Town, repairs: list[UUID]) -> None:
    """Past its limit and recorded as such: the board and the inbox say the same."""
    assert listed(town, "builder", View.OVERDUE, kind="home_repair").page.items == []
    town.clock.at = NOW + timedelta(days=1)
    for referral_id in repairs[:2]:
        town.judge.pass_time(referral_id, town.clock.now())

    assert ids(listed(town, "builder", View.OVERDUE, kind="home_repair")) == repairs[:2]
    assert ids(listed(town, "builder", only_late=True)) == repairs[:2]


def test_pages_have_neither_doubles_nor_gaps_while_rows_move(town: Town, repairs: list[UUID]) -> None:
    first = listed(town, "builder", limit=3)
    does(town, "mate", Move.ACCEPT, repairs[1])  # already shown
    town.offered(uuid4().hex, kind="home_repair")  # behind everything
    second = listed(town, "builder", limit=3, after=first.page.next)
    does(town, "mate", Move.ACCEPT, repairs[6])  # not yet shown: it may go, nothing else may
    third = listed(town, "builder", limit=3, after=second.page.next)

    assert ids(first) + ids(second) == repairs[:6]
    assert len(ids(third)) == 1
    assert not set(ids(third)) & set(repairs)
    assert third.page.next is None


@pytest.mark.parametrize("cursor", ["nonsense", "WyIxIiwgIngiLCAieSJd", "WyIxIl0", "WzEsIDIsIDNd"])
def test_a_cursor_that_is_not_ours_is_refused(town: Town, cursor: str) -> None:
    with pytest.raises(InvalidFields):
        listed(town, "lawyer", after=cursor)


def test_counts_are_those_of_the_lists_and_never_of_other_units(town: Town, repairs: list[UUID]) -> None:
    does(town, "builder", Move.ACCEPT, repairs[0])
    reader = Reader(person=town.people["builder"], now=town.clock.now(), book=town.book)
    with town.database(Login.DEPARTMENT).begin(reader.person, reader.now) as work:
        counts = read_figures(work.session, reader).counts

    found = {view: len(ids(listed(town, "builder", view))) for view in counts}
    assert counts == found
    assert found[View.MINE] == 1


def test_somebody_without_a_unit_has_an_empty_inbox(town: Town, repairs: list[UUID]) -> None:
    nobody = replace(town.people["builder"], units=())
    town.people["nobody"] = nobody

    assert [ids(listed(town, "nobody", view)) for view in View] == [[] for _ in View]


def item_for(town: Town, person: Principal, referral_id: UUID) -> InboxItem:
    """The line that a person sees of one referral."""
    town.people["reader"] = person
    found = listed(town, "reader", limit=100)
    reader = Reader(person=person, now=town.clock.now(), book=town.book)
    return next(item for item in items_of(found, reader) if item.referral_id == referral_id)


def test_a_line_masks_the_elder_and_names_the_verbs_of_who_looks(town: Town, repairs: list[UUID]) -> None:
    """Domain §3.5: the surname, the estate; §4: the verbs that this person may use now and no others."""
    item = item_for(town, town.people["builder"], repairs[0])

    assert (item.elder, item.place) == ("张**", "长阳路123弄**")
    assert item.moves == (Move.ACKNOWLEDGE, Move.ACCEPT, Move.DECLINE, Move.NOTE)
    assert item.kind_words == "房屋水电气维修"
    assert item.state.words == "待签收"


def test_a_line_shows_both_clocks_with_what_is_used_of_them(town: Town, repairs: list[UUID]) -> None:
    accept, complete = item_for(town, town.people["builder"], repairs[0]).clocks

    assert accept.limit_at < complete.limit_at
    assert 0 < accept.used_percent < 100
    assert not accept.is_late


def test_a_limit_in_a_year_without_published_holidays_says_so(town: Town) -> None:
    """Thirty working days from December end in January, and next year's 放假安排 is not out yet."""
    town.clock.at = NOW + timedelta(days=14)
    offered = town.offered(uuid4().hex, kind="aging_modification")
    reader = Reader(person=town.people["coordinator"], now=town.clock.now(), book=town.book)
    items = {item.referral_id: item for item in items_of(listed(town, "coordinator"), reader)}

    told = ClockSchema(many=True).dump(items[offered].clocks)
    assert [(clock["name"], clock["is_provisional"]) for clock in told] == [
        ("accept", False),
        ("complete", True),
    ]
