"""Time limits as a policy writes them: what is one, and what is not."""

import pytest

from shared.policies.limits import limit_of


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("4 working_hours", ""),
        ("1 days at 12:00", ""),
        ("3 working_days at 24:00", ""),
        ("3700 days", ""),
        ("3701 days", "limit_too_long"),
        ("4 hours at 12:00", "bad_limit"),
        ("1 days at 25:00", "bad_limit"),
        ("4", "bad_limit"),
        ("soon", "bad_limit"),
    ],
)
def test_a_limit_is_an_amount_of_a_unit_and_of_days_perhaps_an_hour(written: str, fault: str) -> None:
    """An hour of the day goes with days alone, and ten years are the most."""
    assert limit_of(written)[1] == fault
