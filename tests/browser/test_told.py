"""Item 5 in a browser: whoever has not confirmed a notice is rung up, unless they confirm it first."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AtWork
from tests.browser.people import login_of


def test_confirmed_notices_are_no_longer_rung_about(at_work: AtWork) -> None:
    board = at_work("jp-coordinator", "/coordination/")
    name = _to_phone(board).first.get_by_role("rowheader").inner_text()

    notices = at_work(login_of(name), "/visits/notices", "phone")
    waiting = notices.get_by_role("button", name="确认", exact=True)
    before = waiting.count()
    assert before > 0
    waiting.first.click()
    expect(waiting).to_have_count(before - 1)
    for _ in range(before - 1):
        waiting.first.click()
    expect(notices.get_by_text("都已确认。")).to_be_visible()

    board.reload()
    expect(_to_phone(board).filter(has_text=name)).to_have_count(0)


def test_one_call_settles_everything_that_waits_for_a_person(at_work: AtWork) -> None:
    board = at_work("jp-coordinator", "/coordination/", "phone")
    last = _to_phone(board).last
    name = last.get_by_role("rowheader").inner_text()

    last.get_by_role("button", name="已打电话告知").click()
    expect(board.get_by_role("heading", level=1)).to_have_text("今天要处理")
    expect(_to_phone(board).filter(has_text=name)).to_have_count(0)


def _to_phone(board: Page) -> Locator:
    """Whom to ring, one row each."""
    listed = board.locator("#to-phone")
    if listed.count():
        listed.get_by_text("待电话通知").click()
    return listed.locator("tbody tr")
