"""A day in a unit that has only an inbox, in a browser: one by one, many at once, searched, and at 200 %."""

from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from shared.contracts.access import Role
from tests.browser.conftest import OpenPage, axe_finds, sideways
from tests.browser.served import Served
from tests.inbox.town import CITY

INBOX = "/department/inbox"
NEEDED = "卫生间漏水，地面很滑"


@pytest.fixture(scope="module", autouse=True)
def builders(served: Served) -> None:
    """Two people of the city construction centre, which keeps no records of its own."""
    served.town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    served.town.joins("builder2", "何工", Role.OFFICER, unit=CITY)


def repair(served: Served) -> UUID:
    """A repair that waits for the centre."""
    return served.town.offered(uuid4().hex, kind="home_repair", text=NEEDED)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_repair_from_the_pool_to_the_confirmation(open_page: OpenPage, served: Served, size: str) -> None:
    """Claimed in one tap, asked about, worked on, told of, answered; the asking side confirms."""
    referral = repair(served)
    worker = served.enter(open_page(size), "builder", INBOX)
    assert axe_finds(worker) == []
    worker.locator(f"#claim-{referral}").click()
    expect(worker.get_by_role("status")).to_contain_text("已认领")
    expect(worker.get_by_text(NEEDED)).to_be_visible()
    assert axe_finds(worker) == []

    writes(worker, "记录进展", "内容", "已上门查看，明天带材料来修。")
    worker.locator("summary", has_text="写留言、传附件").click()
    worker.get_by_role("textbox", name="留言").fill("请告诉老人明天上午在家。")
    worker.get_by_role("button", name="提交", exact=True).click()
    expect(worker.get_by_text("请告诉老人明天上午在家。")).to_be_visible()
    worker.get_by_label("办理结果").select_option("repaired")
    worker.get_by_label("办理情况").fill("换了角阀，已试水。")
    worker.get_by_role("button", name="报办结").click()
    expect(worker.get_by_role("status")).to_contain_text("办理结果已提交")
    assert axe_finds(worker) == []

    asking = served.enter(open_page(size), "visitor", f"{INBOX}/{referral}")
    expect(asking.get_by_text("换了角阀，已试水。")).to_be_visible()
    asking.get_by_role("button", name="确认办结").click()
    expect(asking.get_by_role("status")).to_contain_text("已确认办结")
    assert axe_finds(asking) == []

    worker.goto(f"{served.origin}{INBOX}?view=done")
    expect(worker.locator(f"#r-{referral}")).to_be_visible()
    assert axe_finds(worker) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_ticked_rows_are_claimed_together_and_each_has_an_answer_of_its_own(
    open_page: OpenPage, served: Served, size: str
) -> None:
    """One of three was a colleague's a moment before: it is said who has it, and the others are claimed."""
    wanted = [repair(served) for _ in range(3)]
    worker = served.enter(open_page(size), "builder", INBOX)
    colleague = served.enter(open_page(size), "builder2", INBOX)
    colleague.locator(f"#claim-{wanted[0]}").click()
    expect(colleague.get_by_role("status")).to_contain_text("已认领")

    for referral in wanted:
        worker.locator(f"input[name=ids][value='{referral}']").focus()
        worker.keyboard.press("Space")
    worker.locator("#bulk").get_by_role("button", name="认领", exact=True).click()

    expect(worker.get_by_text("共 3 件，办成 2 件，没有办成 1 件")).to_be_visible()
    answers = worker.locator("main li.card")
    expect(answers).to_have_count(3)
    expect(answers.filter(has_text="没有办成")).to_contain_text("何工已于 10:00 认领")
    expect(answers.filter(has_text="已认领，这件事现在由您办理。")).to_have_count(2)
    assert axe_finds(worker) == []


def test_what_is_taken_back_together_needs_one_reason(open_page: OpenPage, served: Served) -> None:
    sent = [repair(served) for _ in range(2)]
    asking = served.enter(open_page("phone"), "visitor", f"{INBOX}?view=sent")
    for referral in sent:
        asking.locator(f"input[name=ids][value='{referral}']").check()
    bar = asking.locator("#bulk")
    bar.locator("summary").click()
    bar.get_by_label("撤回原因").select_option("mistake")
    bar.get_by_role("button", name="撤回").click()

    expect(asking.get_by_text("共 2 件，办成 2 件")).to_be_visible()
    expect(asking.get_by_text("已撤回。")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False])
def test_a_list_is_searched_and_narrowed_and_shown_whole_again(
    open_page: OpenPage, served: Served, *, script: bool
) -> None:
    """By the surname that it shows, by kind, by urgency; what was asked for stays in the form."""
    town = served.town
    zhang, town.elder = town.elder, town.enrol(f"欧阳修{'文武'[script]}", f"江浦路9弄{1 + script}号")
    ours = repair(served)
    town.elder = zhang
    others = repair(served)
    page = served.enter(open_page("desk", script=script), "builder", INBOX)
    page.get_by_role("searchbox").fill("欧阳")
    page.get_by_role("button", name="查找").click()
    shows(page, ours, others)
    expect(page.get_by_role("searchbox")).to_have_value("欧阳")

    page.get_by_text("更多条件").click()
    page.get_by_text("只看紧急").click()
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有符合条件的事项")).to_be_visible()

    page.get_by_role("link", name="清除").click()
    expect(page.locator(f"#r-{others}")).to_be_visible()
    page.get_by_text("更多条件").click()
    page.get_by_label("事项", exact=True).select_option("home_repair")
    page.get_by_role("searchbox").fill(others.hex[:8])
    page.get_by_role("button", name="查找").click()
    shows(page, others, ours)


def test_at_200_percent_everything_is_there_and_nothing_goes_sideways(
    open_page: OpenPage, served: Served
) -> None:
    """WCAG 1.4.4 and 1.4.10; with axe, as at every other size."""
    referral = repair(served)
    page = served.enter(open_page("zoomed"), "builder", INBOX)
    for path in ("", "?view=done", "?q=无", "/notices", f"/{referral}"):
        page.goto(f"{served.origin}{INBOX}{path}")
        assert (path, sideways(page), axe_finds(page)) == (path, 0, [])
    page.get_by_role("button", name="认领").click()
    expect(page.get_by_role("status")).to_contain_text("已认领")
    for each in page.locator("details.move").all():
        each.evaluate("one => { one.open = true }")
    assert (sideways(page), axe_finds(page)) == (0, [])

    asking = served.enter(open_page("zoomed"), "visitor", f"{INBOX}/new?elder={served.town.elder}")
    assert (sideways(asking), axe_finds(asking)) == (0, [])


def writes(page: Page, move: str, field: str, words: str) -> None:
    """Open a move's form, say something, send it."""
    form = page.locator("details.move").filter(has=page.locator("summary", has_text=move))
    form.locator("summary").click()
    form.get_by_label(field).fill(words)
    form.get_by_role("button", name=move).click()
    expect(page.get_by_text(words)).to_be_visible()


def shows(page: Page, there: UUID, gone: UUID) -> None:
    """The one referral is in the list and the other is not."""
    expect(page.locator(f"#r-{there}")).to_be_visible()
    expect(page.locator(f"#r-{gone}")).to_have_count(0)
