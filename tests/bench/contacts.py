"""How many contacts a second, over HTTP, against the plain route: in turns, on the same machine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx

from deploy.cli.demo.files import enrolment_id, places
from tests.story.office import Office, Person, in_parallel
from tests.story.waiting import eventually

ROUNDS, EACH, AT_ONCE = 3, 80, 8
VISITORS = {"zc-visitor1": "zibo_zichuan", "jp-visitor1": "shanghai_jiangpu"}
FINDINGS = {"expression": "no_change", "movement": "no_change", "response": "no_change"}
UNSENT = "SELECT count(*) FROM kit.outbox WHERE sent_at IS NULL AND parked_at IS NULL"

Send = Callable[[], httpx.Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRates:
    """Contacts a second."""

    recorded: float
    plain: float


def measure_contacts(office: Office) -> ContactRates:
    """Both routes in turns; what one round has announced is delivered before the next begins."""
    pairs = _pairs(office)
    for route in ("contacts", "plain"):
        _rate(office, _sends(pairs, route, 2 * len(pairs)))
    seconds = {"contacts": 0.0, "plain": 0.0}
    for _ in range(ROUNDS):
        for route in seconds:
            seconds[route] += _rate(office, _sends(pairs, route, EACH))
    return ContactRates(recorded=ROUNDS * EACH / seconds["contacts"], plain=ROUNDS * EACH / seconds["plain"])


def _pairs(office: Office) -> list[tuple[Person, UUID]]:
    """Every elder of the demonstration with somebody who may visit; neighbours are of different places."""
    visitors = {place: office.person(login) for login, place in VISITORS.items()}
    of_places = [
        [(visitors[place.jurisdiction_id], enrolment_id(elder["id_number"])) for elder in place.elders]
        for place in places()
    ]
    return [pair for pairs in zip(*of_places, strict=False) for pair in pairs]


def _rate(office: Office, sends: Sequence[Send]) -> float:
    """The seconds that all of them took."""
    started = time.perf_counter()
    answers = in_parallel(sends, AT_ONCE)
    took = time.perf_counter() - started
    assert all(answer.is_success for answer in answers), answers
    eventually(lambda: office.count(UNSENT) == 0)
    return took


def _sends(pairs: Sequence[tuple[Person, UUID]], route: str, count: int) -> list[Send]:
    return [_send(*pairs[number % len(pairs)], route) for number in range(count)]


def _send(visitor: Person, elder: UUID, route: str) -> Send:
    body = {
        "enrolment_id": str(elder),
        "mode": "at_home",
        "reach": "spoken_with",
        "entry_consent": "oral",
        "findings": FINDINGS,
    }
    path = f"/visits/api/{route}/{uuid4()}"
    return lambda: visitor.send("PUT", path, body)
