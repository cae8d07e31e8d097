"""The story is told on the stack that `make run` starts, whose clock can be moved."""

from collections.abc import Iterator

import pytest

from deploy.local.stack import Stack
from tests.story.clock import StackClock
from tests.story.office import Office


@pytest.fixture(scope="session")
def office(stack: Stack) -> Iterator[Office]:
    """Everybody who works with the stack."""
    opened = Office(stack)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def clock(office: Office) -> Iterator[StackClock]:
    """The clock of the stack."""
    opened = StackClock(office)
    yield opened
    opened.close()
