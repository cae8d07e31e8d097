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
