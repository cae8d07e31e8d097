"""Crash tests kill real processes; most of them share the stack, and leave it whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.stack import Stack
from tests.story.office import Office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder kills something."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.crash)


@pytest.fixture(scope="session")
def office(stack: Stack) -> Iterator[Office]:
    """Everybody who works with the stack."""
    opened = Office(stack)
    yield opened
    opened.close()
