"""Population changes (J-71): a list looked at row by row, matched by number, confirmed by the register."""

import io
import re
from http import HTTPStatus
from uuid import UUID

import pytest

from services.care_register.handlers import entry as entries
from services.care_register.handlers.population import DecideNews, decide_news
from services.care_register.handlers.queue import queue
from shared.contracts.access import Role
from shared.contracts.effects import Carried
from shared.domain.referral.moves import Status
from shared.platform.logins import Login
from tests.builders import an_effect
from tests.inbox.forms import form_address
from tests.inbox.town import NOW, PLACE, POLICE
from tests.services.public_security.conftest import CLERK, NEXT_STREET, Station
from tests.web.accessible import faults
from tests.web.browsing import Browser, json_of

CHANGES, INBOX = "/police/changes", "/police/inbox"
HEAD = "姓名,身份证号,变动类型,变动日期,新住址,备注"
STRANGER = "11010519491231002X"


def upload(browser: Browser, *rows: str, name: str = "11月变动.csv") -> str:
    """Send a list; the address of its page."""
    content = io.BytesIO("\n".join((HEAD, *rows)).encode("gb18030"))
    sent = browser.post(CHANGES, {"file": (content, name)}, on=CHANGES)
    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    return sent.headers["Location"]


def confirmed(station: Station, change_id: UUID, *, is_confirmed: bool = True) -> None:
    """A clerk of the street decides on the news."""
    with station.town.database(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=is_confirmed), work, station.register)


def state_at(station: Station, enrolment_id: UUID) -> str:
    with station.town.database(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        return entries.entry(enrolment_id, work, station.register).row.status


def waiting(station: Station, enrolment_id: UUID) -> list[UUID]:
    with station.town.database(Login.CARE_REGISTER).begin(CLERK, NOW) as work:
        found = queue(work, station.register).news
    return [each.news.change_id for each in found if each.subject.enrolment_id == enrolment_id]


def test_each_row_says_whether_the_register_has_the_person_or_what_is_wrong(station: Station) -> None:
    _, number = station.enrolled()
    browser = station.browser()
    page = browser.get(
        upload(
            browser,
            f"王秀英,{number},死亡,2026-11-17,,",
            f"某某,{STRANGER},死亡,2026-11-17,,",
            f"王秀英,{number[:-1]},升天,2026-13-01,,",
        )
    )

    assert "在册，可送名单库" in page.text
    assert "不在册，不用送" in page.text
    assert "身份证号不是 18 位" in page.text
    assert "变动类型认不出" in page.text
    assert faults(page.text) == []


def test_a_row_is_read_in_the_words_of_the_page(station: Station) -> None:
    """The page asks for 死亡、迁出、搬家、登记项目变更, and did not know 搬家."""
    _, number = station.enrolled()
    browser = station.browser()
    page = browser.get(upload(browser, f"王秀英,{number},搬家,2026-11-17,昆明路1号2室,"))

    assert "在册，可送名单库" in page.text


def test_the_station_learns_no_more_than_in_the_register_or_not(station: Station) -> None:
    """Never an oracle: no name, address, class or area of the register comes back."""
    _, number = station.enrolled("赵保密", "长阳路88弄1号301室")
    browser = station.browser()
    page = browser.get(upload(browser, f"钱不同,{number},死亡,2026-11-16,,"))

    assert "在册，可送名单库" in page.text
    assert "赵保密" not in page.text
    assert "长阳路88弄" not in page.text


def test_who_is_outside_the_territory_is_not_in_the_register(station: Station) -> None:
    """An officer of another street is told of an elder here what they are told of nobody."""
    _, number = station.enrolled()
    station.town.joins("elsewhere", "外街民警", Role.OFFICER, unit=POLICE, areas=(NEXT_STREET,))
    browser = station.browser("elsewhere")

    assert "不在册，不用送" in browser.get(upload(browser, f"王秀英,{number},迁出,2026-11-15,,")).text


def test_who_has_no_territory_is_told_so_and_not_that_nobody_is_there(station: Station) -> None:
    station.town.joins("nowhere", "新民警", Role.OFFICER, unit=POLICE)
    browser = station.browser("nowhere")
    content = io.BytesIO(HEAD.encode())
    refused = browser.post(CHANGES, {"file": (content, "x.csv")}, on=CHANGES)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "没有责任区" in refused.text


def test_the_same_file_again_is_the_same_list_and_the_same_row_is_known(station: Station) -> None:
    _, number = station.enrolled()
    browser = station.browser()
    row = f"王秀英,{number},死亡,2026-11-14,,"
    first = upload(browser, row)
    browser.post(f"{first.split('?')[0]}/send", on=first)

    assert upload(browser, row) == first
    again = browser.get(upload(browser, row, "李四,,死亡,2026-11-14,,", name="另一份.csv"))
    assert "以前已送" in again.text


def test_a_confirmed_death_ends_the_enrolment_and_the_station_sees_it(station: Station) -> None:
    """Feed -> the register's clerk -> left; nobody confirms alone."""
    station.deliver_news()
    enrolment_id, number = station.enrolled()
    browser = station.browser()
    feed = upload(browser, f"王秀英,{number},死亡,2026-11-17,,家属申报")
    sent = browser.post(f"{feed.split('?')[0]}/send", on=feed)
    assert "已送出，名单库接收中" in browser.get(sent.headers["Location"]).text

    assert [each.came for each in station.deliver_news()] == [Carried.DONE]
    assert "待名单库核实" in browser.get(feed).text
    [change_id] = waiting(station, enrolment_id)
    confirmed(station, change_id)

    assert state_at(station, enrolment_id) == "left"
    shown = browser.get(f"{CHANGES}/{change_id}")
    assert "已核实，名单库已更新" in shown.text
    assert faults(shown.text) == []


@pytest.mark.parametrize(
    ("reason", "status", "words"),
    [
        ("has_left", "superseded", "老人已另行退出"),
        ("state_too_long", "not_taken", "请与街道（镇）核对后"),
    ],
)
def test_news_that_the_registers_rules_refuse_is_not_on_its_way_for_ever(
    station: Station, reason: str, status: str, words: str
) -> None:
    """What the register did not take in is said, whether or not the officer's beat reaches there."""
    station.deliver_news()
    enrolment_id, number = station.enrolled()
    browser = station.browser()
    feed = upload(browser, f"王秀英,{number},死亡,2026-11-17,,{reason}")
    browser.post(f"{feed.split('?')[0]}/send", on=feed)
    shown = re.search(r'href="(/police/changes/([0-9a-f-]{36}))"', browser.get(feed).text)
    assert shown
    asked = an_effect(
        effect_id=UUID(shown[2]),
        jurisdiction_id=PLACE,
        enrolment_id=enrolment_id,
        at=NOW,
        account_id=station.town.people["police"].account_id,
        unit_id=POLICE,
    )
    station.town.joins("elsewhere", "外街民警", Role.OFFICER, unit=POLICE, areas=(NEXT_STREET,))
    before = browser.get(shown[1]).text
    station.is_refused(asked, reason)

    assert "已送出，名单库接收中" in before
    for login in ("police", "elsewhere"):
        page = station.browser(login).get(shown[1])
        assert words in page.text
        assert "接收中" not in page.text
        assert faults(page.text) == []
    where = browser.get(f"/police/api/population-changes/{shown[2]}")
    assert (json_of(where)["status"], json_of(where)["confirm_by"]) == (status, None)


def test_who_has_left_meanwhile_is_told_as_such(station: Station) -> None:
    """Two lists tell of the same elder: what came second finds nobody, and the station learns it."""
    station.deliver_news()
    enrolment_id, number = station.enrolled()
    browser = station.browser()
    first = upload(browser, f"王秀英,{number},死亡,2026-11-17,,")
    second = upload(browser, f"王秀英,{number},迁出,2026-11-16,,", name="另一份.csv")
    browser.post(f"{first.split('?')[0]}/send", on=first)
    station.deliver_news()
    [change_id] = waiting(station, enrolment_id)
    browser.post(f"{second.split('?')[0]}/send", on=second)
    confirmed(station, change_id)

    assert [each.reason for each in station.deliver_news()] == ["has_left"]
    assert "老人已另行退出" in browser.get(second).text


def test_what_was_sent_leaves_a_surname_and_no_number(station: Station) -> None:
    """个人信息保护法: a list that has been sent keeps no more than it must."""
    _, number = station.enrolled()
    browser = station.browser()
    feed = upload(browser, f"王秀英,{number},死亡,2026-11-13,,", f"某某某,{STRANGER},死亡,2026-11-13,,")
    browser.post(f"{feed.split('?')[0]}/send", on=feed)
    page = browser.get(feed).text

    assert "王**" in page
    assert "某某某" not in page


def test_a_referral_of_residence_is_closed_by_the_change_that_it_led_to(station: Station) -> None:
    """From the inbox one tap: claim, write down the change, and the referral is closed."""
    referral_id = station.town.offered("moved", kind="population_change", text="邻居说老人搬走了")
    browser = station.browser()
    page = f"{INBOX}/{referral_id}"
    browser.post(form_address(browser.get(page), "accept"), on=page)
    opened = re.search(r'href="(/police/changes/new\?referral_id=[^"]+)"', browser.get(page).text)
    assert opened
    sent = browser.post(
        f"{CHANGES}/new",
        {"referral_id": str(referral_id), "kind": "moved_away", "happened_on": "2026-11-10"},
        on=opened[1],
    )

    assert sent.status_code == HTTPStatus.SEE_OTHER, sent.text
    assert station.town.judge.states[referral_id].status is Status.CLOSED
    assert station.town.judge.states[referral_id].outcome == "moved_away"
    assert "转介已办结" in browser.get(sent.headers["Location"]).text


def test_a_refused_end_leaves_the_change_and_says_what_is_possible(station: Station) -> None:
    """Nobody has claimed the referral: the record stays, the page explains."""
    referral_id = station.town.offered("unclaimed", kind="population_change", text="请核实")
    browser = station.browser()
    refused = browser.post(
        f"{CHANGES}/new",
        {"referral_id": str(referral_id), "kind": "moved_away", "happened_on": "2026-11-09"},
        on=f"{CHANGES}/new",
    )

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "认领" in refused.text
    assert "迁出本辖区" in refused.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "moved_within"}, "搬家没有写新住址"),
        ({"address": "长阳路1号"}, "新住址只用于迁出和搬家"),
        ({"new_name": "王英"}, "新姓名、新身份证号只用于登记项目变更"),
        ({"happened_on": "2027-01-01"}, "变动日期晚于今天"),
        ({"id_number": "123"}, "身份证号不是 18 位"),
        ({"name": ""}, "没有姓名"),
    ],
)
def test_a_form_with_a_fault_comes_back_as_typed(station: Station, typed: dict[str, str], words: str) -> None:
    whole = {
        "name": "王秀英",
        "id_number": STRANGER,
        "kind": "died",
        "happened_on": "2026-11-17",
        "note": "留下",
    }
    refused = station.browser().post(f"{CHANGES}/new", {**whole, **typed}, on=f"{CHANGES}/new")

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in refused.text
    assert "留下" in refused.text
    assert faults(refused.text) == []


def test_somebody_unknown_is_neither_sent_nor_kept(station: Station) -> None:
    station.deliver_news()
    whole = {"name": "王秀英", "id_number": STRANGER, "kind": "died", "happened_on": "2026-11-17"}
    browser = station.browser()
    told = browser.post(f"{CHANGES}/new", whole, on=f"{CHANGES}/new")

    assert "不在本辖区名单库" in browser.get(told.headers["Location"]).text
    assert station.deliver_news() == []


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04 no workbook", "读不了这个文件"), ("姓名,电话\n王,1".encode(), "没有找到表头")],
)
def test_a_file_that_is_no_list_is_refused_in_words(station: Station, content: bytes, words: str) -> None:
    refused = station.browser().post(CHANGES, {"file": (io.BytesIO(content), "x.xlsx")}, on=CHANGES)

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in refused.text


def test_a_program_tells_changes_once_for_each_key(station: Station) -> None:
    """J-71 by API: an answer for each change; the same key again answers the same."""
    enrolment_id, number = station.enrolled()
    station.deliver_news()
    browser = station.browser()
    good = {"name": "王秀英", "id_number": number, "kind": "died", "happened_on": "2026-11-12"}
    body = {"changes": [good, {**good, "id_number": STRANGER}, {**good, "happened_on": "soon"}]}
    answers = [told(browser, body, key="feed-1") for _ in range(2)]

    assert answers[0] == answers[1]
    first, unknown, faulty = answers[0]["changes"]
    assert (first["in_register"], unknown["in_register"], faulty["faults"]) == (True, False, ["bad_day"])
    assert [each.came for each in station.deliver_news()] == [Carried.DONE]
    assert waiting(station, enrolment_id) == [UUID(first["change_id"])]
    where = browser.get(f"/police/api/population-changes/{first['change_id']}")
    assert json_of(where)["status"] == "proposed"


def told(browser: Browser, body: object, *, key: str) -> dict[str, list[dict[str, object]]]:
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', browser.get(CHANGES).text)
    assert token is not None
    answer = browser.client.post(
        "/police/api/population-changes",
        json=body,
        headers={"Idempotency-Key": key, "X-CSRF-Token": token[1]},
    )
    found: dict[str, list[dict[str, object]]] = json_of(answer)
    return found
