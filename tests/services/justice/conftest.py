"""A town whose judicial office keeps its own records."""

from collections.abc import Iterator

import pytest

from shared.platform.settings import Settings
from tests.inbox.town import NOW, Town
from tests.services.justice.office import Office


@pytest.fixture(scope="module")
def built(settings: Settings) -> Iterator[Town]:
    town = Town(settings)
    yield town
    town.close()


@pytest.fixture
def office(built: Town) -> Office:
    """The office, on a Wednesday at ten."""
    built.clock.at = NOW
    built.judge.is_away = False
    built.judge.loses_answers = False
    return Office(built)
