"""What a place needs before its first list: nothing but its plan and the names of its committees."""

import pytest

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.placing import area_of, place_rules
from services.care_register.rosters.words import words_for
from shared.domain.codes import Circumstance, Mobility
from tests.services.care_register.browsers import NOW
from tests.services.care_register.conftest import VILLAGE, Begin


@pytest.mark.usefixtures("identity")
def test_before_there_is_a_table_of_lanes_a_village_is_known_by_its_name(begin: Begin) -> None:
    """Thousands of elders of a new place would each have to be placed by hand."""
    with begin() as work:
        rules = place_rules(work)

    assert area_of("洪山镇南村63号", rules) == VILLAGE
    assert area_of("洪山镇63号", rules) == ""


def test_a_list_is_read_in_the_words_of_the_plan(desk: Desk) -> None:
    """纯老家庭 is no category of Zichuan's; 长期卧床 is what S2:L60 calls it."""
    words = words_for(desk.policy("zibo_zichuan", NOW))

    assert set(words.categories.values()) <= set(desk.policy("zibo_zichuan", NOW).circumstances)
    assert Circumstance.ELDERS_ONLY_HOUSEHOLD not in words.categories.values()
    assert words.conditions["长期卧床"].mobility is Mobility.BEDRIDDEN
