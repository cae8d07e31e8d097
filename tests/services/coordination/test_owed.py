"""What is owed to one elder stands on the page, each with its clause or its standing (J-06, J-76)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.care_register.handlers.aftermath import carry_out
from services.care_register.handlers.desk import Desk as RegisterDesk
from shared.contracts.effects import BedInUse, Carried
from shared.domain.facts import Spell
from shared.domain.kinds import Effect
from shared.platform.logins import Login
from tests.builders import an_effect
from tests.inbox.town import HEALTH, NOW, PLACE
from tests.services.coordination.conftest import Street


def lies_in_a_home_bed(street: Street, elder: UUID, bed_id: UUID, to_on: date | None = None) -> None:
    """As the health centre tells the register."""
    asked = an_effect(
        effect=Effect.FOLLOW_HOME_BED,
        jurisdiction_id=PLACE,
        enrolment_id=elder,
        at=NOW,
        account_id=UUID(int=71),
        unit_id=HEALTH,
        bed=BedInUse(
            bed_id=bed_id, version=5 if to_on else 3, spell=Spell(from_on=date(2026, 11, 16), to_on=to_on)
        ),
    )
    register, desk = street.database(Login.CARE_REGISTER), RegisterDesk(vault=street.vault, book=street.book)
    assert carry_out(asked, lambda who: register.begin(who, NOW), desk).came is Carried.DONE


@pytest.mark.parametrize("login", ["coordinator", "auditor"])
def test_the_page_names_what_is_owed_with_the_clause_and_who_answers(street: Street, login: str) -> None:
    """Two duties in Jiangpu: 日常关爱 by the plan's own words, 居委每月探访 by another office."""
    page = street.opens(login).get(f"/coordination/elders/{street.elder}").text

    assert "日常关爱：每周不少于2次" in page
    assert "居委每月探访：每月不少于1次，由社区自治办负责" in page
    assert "家庭病床" not in page


def test_a_home_bed_stands_on_the_page_until_the_discharge(street: Street) -> None:
    """J-76, issue 4: the round that the bed adds, its clause, its standing, since when; then nothing."""
    elder = street.enrol("李家床", "长阳路77号")
    coordinator, bed_id = street.opens("coordinator"), uuid4()
    lies_in_a_home_bed(street, elder, bed_id)
    page = coordinator.get(f"/coordination/elders/{elder}").text

    assert "家庭病床查床：每周不少于1次，由社区卫生服务中心负责" in page
    assert "四 社区卫生服务中心" in page
    assert "未写查床频次；按每周一次" in page
    assert "11月16日签协议" in page

    lies_in_a_home_bed(street, elder, bed_id, to_on=NOW.date())
    assert "家庭病床" not in coordinator.get(f"/coordination/elders/{elder}").text
