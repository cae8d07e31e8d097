"""One town for each module of tests."""

from collections.abc import Iterator

import pytest

from shared.platform.settings import Settings
from tests.inbox.town import NOW, Town


@pytest.fixture(scope="module")
def built(settings: Settings) -> Iterator[Town]:
    town = Town(settings)
    yield town
    town.close()


@pytest.fixture
def town(built: Town) -> Town:
    """The town, on a Wednesday at ten."""
    built.clock.at = NOW
    built.judge.is_away = False
    built.judge.loses_answers = False
    return built
