"""How long one claim takes: over HTTP, through the gateway alone, and as a bare Update, in turns."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from uuid import UUID, uuid4

from temporalio.client import Client

from shared.domain.referral.moves import Move
from shared.platform.settings import Settings
from shared.temporal.bridge import Bridge
from shared.temporal.client import connect
from shared.temporal.gateway import Gateway
from tests.bench.bare import QUEUE, BareClaim
from tests.builders import a_move, an_officer
from tests.story.office import Office, Person, elder
from tests.story.people import JUSTICE, offer, officers
from tests.story.waiting import eventually

EACH, WARM = 60, 5
SECONDS = 30.0
OFFICERS = 5
"""One alone may not hold as many as are claimed."""
JUSTICE_OFFICE = "shanghai_jiangpu:justice_office"
ASKED_FOR = ("孙昌", "范明昌", "窦绍勤", "秦凤成", "潘珍仙", "喻家长", "解荣仁", "潘英", "陶金德", "钱桂生")
"""Elders of whom many referrals are offered; each is one of its own."""

STARTED = "SELECT count(*) FROM process.referral WHERE referral_id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTimes:
    """Median milliseconds."""

    over_http: float
    by_gateway: float
    bare: float


def measure_claims(office: Office, settings: Settings) -> ClaimTimes:
    """The three ways in turns, so that all meet the same machine."""
    at_the_counter = cycle(officers(office, OFFICERS, prefix="bench"))
    fresh = iter(offered(office, 2 * (EACH + WARM)))
    gateway = Gateway.from_settings(settings, identity="bench")
    bridge = Bridge(lambda: connect(settings, identity="bench"))
    waiting = iter([start_bare(bridge) for _ in range(EACH + WARM)])
    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: _claim_bare(bridge, next(waiting)),
        "by_gateway": lambda: _claim_by_gateway(gateway, next(fresh)),
        "over_http": lambda: _claim_over_http(next(at_the_counter), next(fresh)),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(EACH + WARM):
        for name, claim in ways.items():
            times[name].append(_milliseconds(claim))
    return ClaimTimes(**{name: statistics.median(taken[WARM:]) for name, taken in times.items()})


def _milliseconds(claim: Callable[[], object]) -> float:
    started = time.perf_counter()
    claim()
    return 1000 * (time.perf_counter() - started)


def _claim_over_http(officer: Person, referral: UUID) -> None:
    officer.move(JUSTICE, referral, "accept").raise_for_status()


def _claim_by_gateway(gateway: Gateway, referral: UUID) -> None:
    gateway.make(referral, a_move(Move.ACCEPT, an_officer(JUSTICE_OFFICE), datetime.now(UTC)))


def _claim_bare(bridge: Bridge, workflow_id: str) -> None:
    holder = str(uuid4())

    async def ask(client: Client) -> str:
        handle = client.get_workflow_handle_for(BareClaim.run, workflow_id)
        return await handle.execute_update(BareClaim.claim, holder, id=str(uuid4()))

    assert bridge.call(ask, seconds=SECONDS) == holder


def start_bare(bridge: Bridge) -> str:
    workflow_id = f"bench/{uuid4()}"

    async def start(client: Client) -> None:
        await client.start_workflow(BareClaim.run, id=workflow_id, task_queue=QUEUE)

    bridge.call(start, seconds=SECONDS)
    return workflow_id


def offered(office: Office, count: int) -> list[UUID]:
    """Referrals that wait for somebody; all have begun."""
    asking = office.person("jp-coordinator")
    names = cycle(ASKED_FOR)
    fresh = [UUID(offer(asking, elder(next(names)))) for _ in range(count)]
    eventually(lambda: office.count(STARTED, ids=fresh) == count, seconds=SECONDS)
    return fresh
