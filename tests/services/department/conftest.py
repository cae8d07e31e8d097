"""A town in which several departments are open."""

from collections.abc import Iterator

import pytest

from shared.platform.settings import Settings
from tests.inbox.town import Town


@pytest.fixture(scope="module")
def town(settings: Settings) -> Iterator[Town]:
    built = Town(settings)
    yield built
    built.close()
