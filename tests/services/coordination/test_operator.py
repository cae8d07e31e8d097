"""The operator (运维) finds the way from an elder to every process, and reads nobody's business."""

import re

import pytest

from shared.contracts.access import Role
from tests.inbox.town import SERVICE_OFFICE
from tests.services.coordination.conftest import NEXT_AREA, Street


@pytest.fixture(scope="module")
def operator(street: Street) -> str:
    street.joins("operator", "郑运", Role.OPERATOR, unit=SERVICE_OFFICE, areas=("310110008",))
    street.joins("far_operator", "王远", Role.OPERATOR, unit=SERVICE_OFFICE, areas=(NEXT_AREA,))
    return "operator"


def test_the_elders_page_leads_an_operator_to_each_referrals_process_and_tells_no_words(
    street: Street, operator: str
) -> None:
    """Each elder and each referral has its workflow behind it."""
    referral_id = street.offered("followed", text="老人和儿子吵架，想改遗嘱。")
    page = street.opens(operator).get(f"/coordination/elders/{street.elder}").text

    assert f"workflows/referral%2F{referral_id}" in page
    assert f"workflows/visit-cycle%2F{street.elder}" in page
    assert "法律咨询" in page
    assert "遗嘱" not in page
    assert not re.search("张桂花|长阳路123弄5号", page)


def test_nobody_else_is_led_to_a_process(street: Street) -> None:
    street.offered("not followed")
    for login in ("coordinator", "auditor", "visitor"):
        assert "workflows/" not in street.opens(login).get(f"/coordination/elders/{street.elder}").text


def test_an_operator_of_another_street_finds_nothing(street: Street, operator: str) -> None:
    page = street.opens(f"far_{operator}").get(f"/coordination/elders/{street.elder}")

    assert page.status_code == 404


def test_who_works_on_it_and_operates_as_well_gets_the_link_on_the_referral_itself(street: Street) -> None:
    street.joins("both", "钱双", Role.COORDINATOR, Role.OPERATOR, unit=SERVICE_OFFICE, areas=("310110008",))
    referral_id = street.offered("both")

    assert (
        f"workflows/referral%2F{referral_id}"
        in street.opens("both").get(f"/coordination/inbox/{referral_id}").text
    )
    assert "workflows/" not in street.opens("coordinator").get(f"/coordination/inbox/{referral_id}").text


def test_the_operators_list_names_each_process_with_its_clocks_and_nobody(
    street: Street, operator: str
) -> None:
    """The operator (运维) sees codes, states and clocks: no elder, no holder, no words."""
    referral_id = street.offered("listed", text="老人和儿子吵架，想改遗嘱。")
    state = street.judge.states[referral_id]
    page = street.opens(operator).get("/coordination/processes").text

    row = next(row for row in page.split("<tr>") if str(referral_id) in row)
    assert f"workflows/referral%2F{referral_id}" in row
    assert "法律咨询" in row
    assert "待签收" in row
    assert all(clock.limit_at.isoformat()[:16] in row for clock in state.clocks)
    assert not re.search("张|遗嘱|长阳路", page.partition("<main")[2])


def test_the_operators_list_pages_through_without_doubles_or_gaps(street: Street, operator: str) -> None:
    offered = {str(street.offered(f"paged-{number}")) for number in range(5)}
    browser, seen, address = street.opens(operator), list[str](), "/coordination/processes?limit=2"
    while address:
        page = browser.get(address).text
        seen += re.findall(r"workflows/referral%2F([0-9a-f-]{36})", page)
        following = re.search(r'href="(/coordination/processes\?after=[^"]+)"', page)
        address = following[1].replace("&amp;", "&") + "&limit=2" if following else ""

    assert offered <= set(seen)
    assert len(seen) == len(set(seen))


def test_an_operator_elsewhere_and_everybody_else_find_no_process_there(
    street: Street, operator: str
) -> None:
    referral_id = street.offered("not theirs")

    assert str(referral_id) not in street.opens(f"far_{operator}").get("/coordination/processes").text
    assert street.opens("coordinator").get("/coordination/processes").status_code == 403
