"""Whose an address is, by a table of lanes and villages (J-72: address -> beat officer)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.stretches import Stretch, belongs_to

TABLE = (
    Stretch(name="长阳路", belongs_to="low", lanes=(1, 199)),
    Stretch(name="长阳路", belongs_to="high", lanes=(200, 999)),
    Stretch(name="南村", belongs_to="south"),
    Stretch(name="南村西", belongs_to="south-west"),
)


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("长阳路123弄5号601室", "low"),
        ("杨浦区长阳路 200 弄", "high"),
        ("洪山镇南村63号", "south"),
        ("洪山镇南村西12号", "south-west"),
        ("长阳路1000弄", ""),
        ("平凉路1号", ""),
        ("", ""),
    ],
)
def test_a_lane_or_the_longest_village_name_decides(address: str, whose: str) -> None:
    assert belongs_to(address, TABLE) == whose


@given(st.integers(min_value=1, max_value=999))
def test_every_lane_of_a_road_that_the_table_covers_is_somebodys(lane: int) -> None:
    assert belongs_to(f"长阳路{lane}弄", TABLE) == ("low" if lane < 200 else "high")
