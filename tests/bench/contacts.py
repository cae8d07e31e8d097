"""How many contacts a second, over HTTP, against the plain route: in turns, on the same machine."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from deploy.cli.demo.files import DemoPlace, enrolment_id, places
from deploy.local.processes import Child
from shared.policies.book import PolicyBook
from tests.bench.plain import PERMISSION
from tests.story.office import DATABASE, Office, Person, in_parallel
from tests.story.waiting import eventually

ROUNDS, EACH, AT_ONCE = 15, 40, 8
"""Short turns, and many: other work on the machine then meets both routes alike."""
VISITORS = {"zibo_zichuan": "zc-visitor1", "shanghai_jiangpu": "jp-visitor1"}
UNSENT = "SELECT count(*) FROM kit.outbox WHERE sent_at IS NULL AND parked_at IS NULL"

Visit = tuple[Person, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRates:
    """Contacts a second."""

    recorded: float
    plain: float


def measure_contacts(office: Office) -> ContactRates:
    """Both routes in turns; what one round has announced is delivered before the next begins."""
    _permit_plain_route(office)
    # Neighbours are of different places: nobody waits for the lock of the same elder.
    of_places = [list(_visits(place, office)) for place in places()]
    visits = [visit for together in zip(*of_places, strict=False) for visit in together]
    for route in ("contacts", "plain"):
        _seconds(office, route, visits, count=2 * len(visits))
    seconds = {"contacts": 0.0, "plain": 0.0}
    for _ in range(ROUNDS):
        for route in seconds:
            seconds[route] += _seconds(office, route, visits, count=EACH)
    return ContactRates(recorded=ROUNDS * EACH / seconds["contacts"], plain=ROUNDS * EACH / seconds["plain"])


def _visits(place: DemoPlace, office: Office) -> Iterator[Visit]:
    """A whole record of a visit to every elder of the place, by somebody who may make it."""
    visitor = office.person(VISITORS[place.jurisdiction_id])
    book = PolicyBook.load()
    today = office.one("SELECT current_date AS today")["today"]
    asked = book.in_force(place.jurisdiction_id, today).recording.findings
    for elder in place.elders:
        yield (
            visitor,
            {
                "enrolment_id": str(enrolment_id(elder["id_number"])),
                "mode": "at_home",
                "reach": "spoken_with",
                "entry_consent": "oral",
                "findings": {finding.code: finding.options[0] for finding in asked},
            },
        )


def _seconds(office: Office, route: str, visits: Sequence[Visit], *, count: int) -> float:
    sends = [_sending(route, *visits[number % len(visits)]) for number in range(count)]
    with _held(office.stack.relay):
        started = time.perf_counter()
        answers = in_parallel(sends, AT_ONCE)
        took = time.perf_counter() - started
    refused = [answer.text for answer in answers if not answer.is_success]
    assert not refused, refused[0]
    eventually(lambda: office.count(UNSENT) == 0)
    return took


@contextmanager
def _held(relay: Child) -> Iterator[None]:
    """The relay waits: what it and the workers do with a message afterwards is not a part of either route.

    Only the real route wakes the relay at its commit; without this the plain one had the machine to itself.
    """
    os.kill(relay.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(relay.pid, signal.SIGCONT)


def _permit_plain_route(office: Office) -> None:
    with psycopg.connect(office.stack.postgres.url(DATABASE)) as connection:
        for statement in PERMISSION:
            connection.execute(statement.encode())


def _sending(route: str, visitor: Person, body: Mapping[str, Any]) -> Callable[[], httpx.Response]:
    path = f"/visits/api/{route}/{uuid4()}"
    return lambda: visitor.send("PUT", path, body)
