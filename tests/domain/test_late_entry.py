"""Late records (补录, domain §2.7) and wrong clocks, to the second."""

from datetime import timedelta

import pytest

from shared.domain.late_entry import Lateness, happened, lateness
from tests.builders import at

RECEIVED = at("2026-11-18 10:00")
SECOND = timedelta(seconds=1)
OFF = timedelta(minutes=5)


def test_without_a_time_it_happens_now() -> None:
    assert happened(None, sender_now=None, received_at=RECEIVED, off_after=OFF).at == RECEIVED


def test_what_a_phone_says_of_the_past_is_believed_while_its_clock_agrees_with_ours() -> None:
    earlier = RECEIVED - timedelta(hours=3)
    assert happened(earlier, sender_now=RECEIVED - OFF, received_at=RECEIVED, off_after=OFF).at == earlier


@pytest.mark.parametrize("days", [-40, 40])
def test_a_clock_that_is_off_is_set_aside_and_the_record_flagged(days: int) -> None:
    stated = RECEIVED + timedelta(days=days)
    found = happened(stated, sender_now=stated, received_at=RECEIVED, off_after=OFF)
    assert (found.at, found.is_clock_off) == (RECEIVED, True)


def test_the_future_is_never_believed_but_a_little_of_it_is_no_fault() -> None:
    near = happened(RECEIVED + OFF, sender_now=None, received_at=RECEIVED, off_after=OFF)
    assert (near.at, near.is_clock_off) == (RECEIVED, False)
    far = happened(RECEIVED + OFF + SECOND, sender_now=None, received_at=RECEIVED, off_after=OFF)
    assert (far.at, far.is_clock_off) == (RECEIVED, True)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-18 00:00:00", Lateness.ON_TIME),
        ("2026-11-18 00:00:01", Lateness.LATE),
        ("2026-11-19 15:00:00", Lateness.LATE),
        ("2026-11-19 15:00:01", Lateness.TOO_LATE),
    ],
)
def test_both_limits_are_still_in_time_on_their_second(received: str, expected: Lateness) -> None:
    """Decision of this house: a deadline belongs to the time allowed."""
    found = lateness(at(received), reason_by=at("2026-11-18 00:00"), counts_by=at("2026-11-19 15:00"))
    assert found is expected
