"""One town for each module of tests."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act
from shared.inbox.handlers import perform
from shared.platform.settings import Settings
from tests.inbox.town import NOW, Town

Perform = Callable[..., ReferralAnswer]


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


@pytest.fixture
def done(town: Town) -> Perform:
    """Somebody makes a move, each time under a new key."""

    def made(login: str, move: Move, referral_id: UUID, **changes: Any) -> ReferralAnswer:
        values = {"key": uuid4().hex, "at": town.clock.now(), **changes}
        return perform(
            town.desk(), Act(person=town.people[login], move=move, referral_id=referral_id, **values)
        )

    return made
