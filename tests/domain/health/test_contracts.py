"""Family-doctor contracts (J-74, Z-88): a year, a renewal in time, and a rate that counts what was done."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.health.codes import Standing
from shared.domain.health.contracts import (
    last_day,
    participation,
    renewal_begins,
    standing,
)
from shared.domain.health.rules import ContractRules

YEAR = ContractRules(months=12, renew_within_days=30)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def test_a_contract_holds_for_a_year_and_is_called_for_in_its_last_thirty_days() -> None:
    """J-74: 签约 yearly."""
    ends_on = last_day(date(2026, 3, 1), YEAR)

    assert ends_on == date(2027, 2, 28)
    assert standing(ends_on, date(2027, 1, 29), YEAR) is Standing.IN_FORCE
    assert standing(ends_on, date(2027, 1, 30), YEAR) is Standing.DUE
    assert standing(ends_on, date(2027, 2, 28), YEAR) is Standing.DUE
    assert standing(ends_on, date(2027, 3, 1), YEAR) is Standing.LAPSED
    assert standing(None, date(2027, 3, 1), YEAR) is Standing.UNSIGNED


@given(signed_on=days, early=st.integers(min_value=0, max_value=29))
def test_renewing_early_loses_no_day_and_leaves_no_gap(signed_on: date, early: int) -> None:
    ends_on = last_day(signed_on, YEAR)

    begins_on = renewal_begins(ends_on, ends_on - timedelta(days=early))

    assert begins_on == ends_on + timedelta(days=1)
    assert last_day(begins_on, YEAR) > ends_on


@given(signed_on=days, late=st.integers(min_value=1, max_value=900))
def test_renewing_after_the_end_begins_on_the_day_itself(signed_on: date, late: int) -> None:
    ends_on = last_day(signed_on, YEAR)
    again_on = ends_on + timedelta(days=late)

    assert renewal_begins(ends_on, again_on) == again_on


def test_a_first_contract_begins_on_the_day_itself() -> None:
    assert renewal_begins(None, date(2026, 11, 21)) == date(2026, 11, 21)


def test_the_rate_tells_signed_and_served_apart() -> None:
    """Z-88: a contract that nobody keeps (只签不约) must not look like care."""
    found = participation(
        [
            (Standing.IN_FORCE, True),
            (Standing.DUE, False),
            (Standing.LAPSED, True),
            (Standing.UNSIGNED, False),
        ]
    )

    assert (found.elders, found.signed, found.followed_up) == (4, 2, 1)
    assert (found.signed_percent, found.followed_up_percent) == (50.0, 50.0)


def test_a_rate_is_told_to_the_tenth() -> None:
    found = participation([(Standing.IN_FORCE, True), (Standing.UNSIGNED, False), (Standing.LAPSED, False)])

    assert found.signed_percent == 33.3


def test_a_rate_of_nobody_is_no_rate() -> None:
    assert participation([]).signed_percent is None
    assert participation([(Standing.UNSIGNED, False)]).followed_up_percent is None
