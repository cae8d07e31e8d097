"""The station's lists: what is under way first, and every record page by page."""

import re
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from services.public_security.handlers.fraud import PutTalk, put_talk
from services.public_security.handlers.listing import MOST_SHOWN, newest_of
from services.public_security.handlers.office import About
from services.public_security.handlers.welfare import StartCheck, start_check
from services.public_security.models import WelfareCheck
from services.public_security.repository import records
from shared.platform.logins import Login
from shared.web.paging import encode_cursor
from tests.inbox.town import AREA, NOW, POLICE
from tests.services.public_security.conftest import Station
from tests.web.accessible import faults
from tests.web.browsing import Browser


def test_a_check_under_way_stays_on_the_list_however_many_came_and_ended_after_it(station: Station) -> None:
    """The list shows the newest: where somebody still stands was gone with the thirtieth after it."""
    enrolment_id, _ = station.enrolled("郑根娣")
    about = About(unit_id=POLICE, area_code=AREA, enrolment_id=enrolment_id)
    officer, desk = station.town.people["police"], station.town.desk(Login.PUBLIC_SECURITY)
    with desk.database.begin(officer, NOW - timedelta(days=2)) as work:
        under_way = start_check(StartCheck(about=about, called_at=NOW - timedelta(days=2)), work, desk)
    with desk.database.begin(officer, NOW) as work:
        for _ in range(MOST_SHOWN):
            ended = start_check(StartCheck(about=about, called_at=NOW), work, desk)
            over = {"arrived_at": NOW, "entry": "not_entered", "found": "safe", "ended_at": NOW}
            over |= {"ended_by": officer.account_id}
            records.change(work.session, WelfareCheck, ended, over)

    with desk.database.begin(officer, NOW) as work:
        shown = newest_of(WelfareCheck, work, desk).items

    assert under_way in [each.check_id for each in shown if isinstance(each, WelfareCheck)]
    assert len(shown) == MOST_SHOWN


def test_the_pages_of_a_list_show_each_record_once_and_none_is_left_out(station: Station) -> None:
    """What lay behind the thirtieth could be found by nobody any more."""
    officer, desk = station.town.people["police"], station.town.desk(Login.PUBLIC_SECURITY)
    about = About(unit_id=POLICE, area_code=AREA)
    with desk.database.begin(officer, NOW) as work:
        for minute in range(2 * MOST_SHOWN + 3):
            held_at = NOW - timedelta(minutes=minute)
            put_talk(PutTalk(about=about, topic="other", way="gathering", held_at=held_at), work, desk)

    pages = list(walked(station.browser(), "/police/records/fraud-talks"))

    shown = [talk for page in pages for talk in page]
    assert len(shown) == len(set(shown)) >= 2 * MOST_SHOWN + 3
    assert {len(page) for page in pages[:-1]} == {MOST_SHOWN}


def walked(browser: Browser, address: str) -> list[list[str]]:
    """The records of each page of a list, as somebody finds them who goes from page to page."""
    pages: list[list[str]] = []
    while address:
        page = browser.get(address).text
        assert faults(page) == []
        pages.append(re.findall(r'href="/police/fraud-talks/([0-9a-f-]{36})"', page))
        further = re.search(r'href="([^"]+after=[^"]+)">下一页', page)
        address = further[1].replace("&amp;", "&") if further else ""
    return pages


def test_an_address_that_names_no_page_or_no_list_says_so(station: Station) -> None:
    browser = station.browser()

    assert browser.get("/police/records/checks?after=x").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    before_time = encode_cursor("0001-01-01T00:00:00+14:00", str(UUID(int=1)))
    assert (
        browser.get(f"/police/records/checks?after={before_time}").status_code
        == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    assert browser.get("/police/records/nothing").status_code == HTTPStatus.NOT_FOUND
    assert browser.get(f"/police/records/checks/{UUID(int=5)}/void").status_code == HTTPStatus.NOT_FOUND
