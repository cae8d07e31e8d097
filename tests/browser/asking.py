"""What the days of all departments begin with: a need is handed on, and an officer claims it."""

import re
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.browser.conftest import AtWork, reload_until


def asked_for(at_work: AtWork, elder: UUID | str, kind: str, text: str, *, word: str = "本人同意") -> str:
    """The coordinator hands the elder's need to the unit of that kind; the referral's id."""
    desk = at_work("jp-coordinator", f"/coordination/inbox/new?elder={elder}")
    desk.get_by_label("要转介的事项").select_option(kind)
    desk.get_by_label("需要办什么").fill(text)
    desk.get_by_text(word, exact=True).click()
    desk.get_by_role("button", name="提交").click()
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    return re.findall(r"/inbox/([0-9a-f-]{36})", desk.url)[0]


def claims(officer: Page) -> None:
    """In one tap, on the referral's own page."""
    reload_until(officer, officer.get_by_role("button", name="认领"))
    officer.get_by_role("button", name="认领").click()
    expect(officer.get_by_text("已认领，这件事现在由您办理。")).to_be_visible()
