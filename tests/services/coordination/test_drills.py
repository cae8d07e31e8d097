"""演练: whoever starts one may watch it from the first second, wherever in the place they work."""

from uuid import UUID

import pytest

from shared.contracts.access import Role
from tests.inbox.town import PLACE, SERVICE_OFFICE
from tests.services.coordination.conftest import Street

DUTY_ROOM = f"{PLACE}:duty_room"


@pytest.fixture(scope="module", autouse=True)
def _duty(street: Street) -> None:
    street.joins("duty", "丁值", Role.DUTY_OFFICER, unit=DUTY_ROOM, areas=("310110008",))


@pytest.mark.parametrize("login", ["coordinator", "duty"])
def test_who_starts_a_drill_sees_it_before_its_process_has_begun_and_after(
    street: Street, login: str
) -> None:
    browser = street.opens(login)
    started = browser.post("/coordination/drills", on="/coordination/").location

    waiting = browser.get(started)
    street.deliver()

    assert "正在送达" in waiting.text
    assert "演练，不计入任何数据" in browser.get(started).text
    assert street.judge.states[UUID(started.rpartition("/")[2])].unit_id == SERVICE_OFFICE


def test_the_board_leads_to_the_drills_that_run(street: Street) -> None:
    browser = street.opens("duty")
    started = browser.post("/coordination/drills", on="/coordination/").location
    street.deliver()

    assert f'href="{started}"' in browser.get("/coordination/").text


def test_the_operator_follows_a_drill_to_its_process(street: Street) -> None:
    street.joins("operator", "郑运", Role.OPERATOR, unit=SERVICE_OFFICE, areas=("310110008",))
    started = street.opens("coordinator").post("/coordination/drills", on="/coordination/").location
    street.deliver()
    referral_id = street.offered("no drill")

    listed = street.opens("operator").get("/coordination/processes?drills=true").text

    assert f"workflows/referral%2F{started.rpartition('/')[2]}" in listed
    assert str(referral_id) not in listed
