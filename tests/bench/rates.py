"""How many referrals a second are claimed and done through the client, beside bare ones; and fifty claims.

Both have begun before, both are asked from as many threads, in turns, so that all meet the same machine.
"""

import contextlib
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from temporalio.client import Client

from shared.domain.errors import Conflict
from shared.domain.referral.moves import Move
from shared.platform.settings import Settings
from shared.temporal.bridge import Bridge
from shared.temporal.client import connect
from shared.temporal.gateway import Gateway
from tests.bench.bare import BareClaim
from tests.bench.claims import JUSTICE_OFFICE, SECONDS, offered, start_bare
from tests.builders import a_move, an_officer, an_outcome
from tests.story.office import Office

T = TypeVar("T")

AT_ONCE, ROUND, ROUNDS = 8, 24, 5
CLAIMANTS, SINGLES, RACES = 50, 20, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Referrals a second from claim to outcome."""

    ours: float
    bare: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Median milliseconds: the slowest answer of fifty who claim one referral at once, and a claim alone."""

    slowest: float
    alone: float


def measure_rates(office: Office, settings: Settings) -> Rates:
    """The median of the rounds; one round before them is not counted."""
    gateway = Gateway.from_settings(settings, identity="bench")
    bridge = Bridge(lambda: connect(settings, identity="bench"))
    count = ROUND * (ROUNDS + 1)
    fresh, waiting = offered(office, count), [start_bare(bridge) for _ in range(count)]
    ours: list[float] = []
    bare: list[float] = []
    for start in range(0, count, ROUND):
        part = slice(start, start + ROUND)
        bare.append(_rate(lambda each: _bare_through(bridge, each), waiting[part]))
        ours.append(_rate(lambda each: _ours_through(gateway, each), fresh[part]))
    return Rates(ours=statistics.median(ours[1:]), bare=statistics.median(bare[1:]))


def measure_race(office: Office, settings: Settings) -> Race:
    """Singles first; then everybody at once."""
    gateway = Gateway.from_settings(settings, identity="bench")
    fresh = offered(office, SINGLES + RACES)
    alone = [_claimed_in(gateway, each) for each in fresh[RACES:]]
    slowest = [max(_raced_for(gateway, each)) for each in fresh[:RACES]]
    return Race(slowest=statistics.median(slowest), alone=statistics.median(alone))


def _rate(pass_through: Callable[[T], None], each: Sequence[T]) -> float:
    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(pass_through, each))
    return len(each) / (time.perf_counter() - started)


def _ours_through(gateway: Gateway, referral_id: UUID) -> None:
    officer = an_officer(JUSTICE_OFFICE)
    gateway.make(referral_id, a_move(Move.ACCEPT, officer, datetime.now(UTC)))
    gateway.complete(referral_id, an_outcome(officer, datetime.now(UTC)))


def _bare_through(bridge: Bridge, workflow_id: str) -> None:
    async def ask(client: Client) -> None:
        handle = client.get_workflow_handle_for(BareClaim.run, workflow_id)
        await handle.execute_update(BareClaim.claim, str(uuid4()), id=str(uuid4()))
        await handle.execute_update(BareClaim.complete, id=str(uuid4()))

    bridge.call(ask, seconds=SECONDS)


def _raced_for(gateway: Gateway, referral_id: UUID) -> list[float]:
    with ThreadPoolExecutor(CLAIMANTS) as claimants:
        return list(claimants.map(lambda _: _claimed_in(gateway, referral_id), range(CLAIMANTS)))


def _claimed_in(gateway: Gateway, referral_id: UUID) -> float:
    started = time.perf_counter()
    with contextlib.suppress(Conflict):
        gateway.make(referral_id, a_move(Move.ACCEPT, an_officer(JUSTICE_OFFICE), datetime.now(UTC)))
    return 1000 * (time.perf_counter() - started)
