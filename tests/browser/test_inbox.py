"""Item 4 in a browser, department by department: an inbox with and without scripts, phone and desk."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, sideways, too_small
from tests.browser.served import Served


@pytest.mark.parametrize("script", [True, False])
def test_from_the_elders_word_to_the_confirmation(
    open_page: OpenPage, served: Served, *, script: bool
) -> None:
    """Offered by hand, claimed in one tap, completed with an outcome, confirmed by the referring side."""
    visitor = served.enter(
        open_page("phone", script=script), "visitor", f"/department/inbox/new?elder={served.town.elder}"
    )
    visitor.get_by_label("要转介的事项").select_option("legal_consultation")
    visitor.get_by_label("需要办什么").fill("想立遗嘱，希望上门")
    visitor.get_by_text("本人同意", exact=True).click()
    visitor.get_by_role("button", name="提交").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("转介已保存，正在送达承办单位")
    address = visitor.url
    visitor.goto("about:blank")  # the waiting page looks again by itself, in the middle of what follows
    served.town.deliver()

    lawyer = served.enter(open_page("desk", script=script), "lawyer", "/justice/inbox")
    lawyer.get_by_role("button", name="认领").first.click()
    expect(lawyer.get_by_role("status")).to_contain_text("已认领")
    expect(lawyer.get_by_text("长阳路123弄5号601室")).to_be_visible()
    lawyer.get_by_label("办理结果").select_option(label="已上门解答")
    lawyer.get_by_label("办理情况").fill("已上门讲清遗嘱的形式")
    lawyer.get_by_role("button", name="报办结").click()
    expect(lawyer.get_by_role("status")).to_contain_text("办理结果已提交")

    visitor.goto(address)
    expect(visitor.get_by_text("已上门讲清遗嘱的形式")).to_be_visible()
    visitor.get_by_role("button", name="确认办结").click()
    expect(visitor.get_by_role("status")).to_contain_text("已确认办结")
    expect(visitor.locator(".pill").first).to_have_text("已办结")


def test_of_two_who_claim_at_once_one_is_told_who_was_first(open_page: OpenPage, served: Served) -> None:
    """「…已于…认领，您可查看进展，或申请转办、协办」, with what can be done now."""
    served.town.offered("two-at-once")
    first = served.enter(open_page("phone"), "lawyer", "/justice/inbox")
    second = served.enter(open_page("phone"), "second", "/justice/inbox")

    first.get_by_role("button", name="认领").first.click()
    second.get_by_role("button", name="认领").first.click()

    expect(second.get_by_role("alert").filter(has_text="李明已于 10:00 认领")).to_be_visible()
    expect(second.get_by_text("记录进展").first).to_be_visible()


def test_which_list_is_open_is_seen_in_whatever_colours_somebody_chose(
    open_page: OpenPage, served: Served
) -> None:
    """高对比度: forced colours drew the open list and the open part of the system like all others."""
    page = open_page("desk")
    page.emulate_media(forced_colors="active")
    served.enter(page, "lawyer", "/justice/inbox")

    for links, look in ((".views a", "backgroundColor"), (".tabs a", "borderBottomColor")):
        looks = page.locator(links).evaluate_all(
            "(links, look) => links.map(one => [one.ariaCurrent, getComputedStyle(one)[look]])", look
        )
        drawn = {tuple(each) for each in looks}
        assert len(drawn) == len({colour for _, colour in drawn}) == 2, looks


def test_a_list_shows_what_is_new_without_being_touched(open_page: OpenPage, served: Served) -> None:
    """Polled with an ETag: here the clock of the page is moved instead of being waited for."""
    page = open_page("desk")
    page.clock.install()
    served.enter(page, "police", "/police/inbox")
    expect(page.get_by_text("没有待认领的事项")).to_be_visible()

    served.town.offered("new-here", kind="welfare_check")
    page.clock.run_for(21_000)

    expect(page.get_by_role("link", name="上门查看（民警）")).to_be_visible()


def test_fetching_a_list_again_moves_neither_the_keyboard_nor_a_filter_being_chosen(
    open_page: OpenPage, served: Served
) -> None:
    first = served.town.offered("stays", kind="population_change")
    served.town.offered("stays-too", kind="fraud_warning")
    page = open_page("desk")
    page.clock.install()
    served.enter(page, "police", "/police/inbox")
    page.get_by_text("更多条件").click()
    page.get_by_label("事项", exact=True).select_option("population_change")
    page.locator(f"#claim-{first}").focus()

    new = served.town.offered("arrives", kind="population_change")
    page.clock.run_for(21_000)

    expect(page.locator(f"#claim-{new}")).to_be_visible()
    expect(page.locator(f"#claim-{first}")).to_be_focused()
    expect(page.get_by_label("事项", exact=True)).to_be_visible()
    expect(page.get_by_label("事项", exact=True)).to_have_value("population_change")


def test_an_inbox_is_worked_with_the_keyboard_alone(open_page: OpenPage, served: Served) -> None:
    """Tab to 认领, press Enter: nothing needs a mouse."""
    referral_id = served.town.offered("keyboard")
    page = served.enter(open_page("desk"), "lawyer", "/justice/inbox")
    page.locator(f"#r-{referral_id}").focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("已认领")
    assert str(referral_id) in page.url


@pytest.mark.parametrize(
    ("login", "path"),
    [
        ("lawyer", "/justice/inbox"),
        ("lawyer", "/justice/inbox?view=done"),
        ("lawyer", "/justice/inbox/notices"),
        ("visitor", "/department/inbox/new?elder={elder}"),
        ("lawyer", "/justice/inbox/{referral}"),
        ("coordinator", "/department/inbox/{referral}"),
    ],
)
def test_every_page_fits_a_phone_and_a_thumb_in_both_sizes_of_type(
    open_page: OpenPage, served: Served, login: str, path: str
) -> None:
    """MIIT 2021 适老化: targets from 44 px, 60 px in large type; nothing sideways."""
    referral = served.town.offered("fits")
    page = served.enter(open_page("phone"), login, path.format(elder=served.town.elder, referral=referral))
    assert (sideways(page), too_small(page, 44)) == (0, [])

    page.evaluate("document.documentElement.classList.add('large')")
    assert (sideways(page), too_small(page, 60)) == (0, [])
