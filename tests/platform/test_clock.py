"""The clock: aware, in UTC, and shifted only where a test moves it."""

from datetime import UTC, datetime, timedelta

from shared.platform.clock import ShiftedClock, SystemClock


def test_the_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_shift_is_added_and_read_once_in_a_while() -> None:
    looks: list[int] = []

    def read_shift() -> timedelta:
        looks.append(1)
        return timedelta(days=3)

    clock = ShiftedClock(read_shift)
    instants = [clock.now() for _ in range(50)]
    assert all(instant - datetime.now(UTC) > timedelta(days=2) for instant in instants)
    assert instants == sorted(instants)
    assert len(looks) < len(instants)
