"""How long a page of the inbox takes when a unit has 5,000 open referrals: every list, first and deep."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import psycopg

from tests.bench.claims import STARTED
from tests.story.office import DATABASE, Office, Person, elder
from tests.story.people import JUSTICE, offer, officers
from tests.story.waiting import eventually

ROUNDS, WARM = 40, 12
"""A connection prepares what it is asked for the sixth time: a service has been asked often."""

LISTS = ("pool", "mine", "unit", "sent", "watching", "overdue", "done")
PARTS: Mapping[str, dict[str, str]] = {
    "kind": {"kind": "legal_consultation"},
    "state": {"status": "accepted"},
    "urgent": {"urgent": "1"},
    "late": {"late": "1"},
    "surname": {"q": "孙"},
    "words": {"q": "法律"},
    "number": {"q": "a1b2"},
}
HOPS, HOP = 5, 200
"""A deep page lies this many long pages behind the first."""
OTHER_UNIT = "shanghai_jiangpu:police_station"

MANY = """
INSERT INTO process.referral
SELECT (jsonb_populate_record(r, jsonb_build_object(
    'referral_id', gen_random_uuid(),
    'subject_id', elders.ids[1 + n %% cardinality(elders.ids)],
    'offered_at', r.offered_at - n * interval '1 second',
    'unit_id', CASE WHEN n <= 10000 THEN r.unit_id ELSE %(other)s END,
    'requesting_unit_id', CASE WHEN n <= 10000 THEN r.requesting_unit_id ELSE r.unit_id END,
    'status', CASE WHEN n BETWEEN 5001 AND 10000 THEN 'closed' ELSE
        (ARRAY['offered', 'accepted', 'offered', 'accepted', 'completed'])[1 + n %% 5] END,
    'closed_at', CASE WHEN n BETWEEN 5001 AND 10000 THEN r.offered_at - n * interval '1 second' END,
    'holder_id', CASE WHEN n %% 100 = 3 THEN %(holder)s END,
    'urgency', CASE WHEN n %% 10 = 3 THEN 'urgent' ELSE 'routine' END,
    'accept_by', CASE WHEN n %% 4 = 0 THEN r.offered_at - interval '1 day' ELSE r.accept_by END,
    'breaches', CASE WHEN n %% 4 = 0 THEN %(breaches)s::jsonb ELSE '[]' END
))).*
FROM process.referral AS r, generate_series(1, 11000) AS n, (
    SELECT array_agg(enrolment_id ORDER BY enrolment_id) AS ids
    FROM care_register.enrolment WHERE jurisdiction_id = 'shanghai_jiangpu'
) AS elders
WHERE r.referral_id = %(like)s
"""
"""Five thousand open ones of the unit, as many closed, and a thousand that it has sent."""

WATCHED = """
WITH watched AS (
    SELECT * FROM process.referral WHERE holder_id = %(holder)s AND closed_at IS NULL
), files AS (
    INSERT INTO referral_file.file
    SELECT (jsonb_populate_record(f, jsonb_build_object('referral_id', w.referral_id))).*
    FROM referral_file.file AS f, watched AS w WHERE f.referral_id = %(like)s
)
INSERT INTO referral_file.watcher
    (referral_id, account_id, jurisdiction_id, area_code, unit_id, added_by, added_at)
SELECT referral_id, %(holder)s, jurisdiction_id, area_code, unit_id, %(holder)s, offered_at FROM watched
"""

BREACHES = '[{"clock": "accept", "turn": 1, "breached_at": "2026-01-01T00:00:00+00:00", "cause": ""}]'


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTimes:
    """Milliseconds of one page, and of its rows and template alone: the least of many, asked for in turns.

    What else the machine does makes some of them longer, and none shorter.
    """

    what: str
    page: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times as long as the bare one."""
        return self.page / self.bare


def measure_pages(office: Office) -> list[PageTimes]:
    """Every page and its bare way in turns."""
    officer = officers(office, 1, prefix="pages")[0]
    _put_many(office, holder=UUID(officer.get("/api/me")["account_id"]))
    return [_measure(officer, what, query) for what, query in _pages(officer)]


def _pages(officer: Person) -> Iterator[tuple[str, dict[str, str]]]:
    """Each list; the unit's narrowed in every way; and far down."""
    for view in LISTS:
        yield view, {"view": view}
    for what, part in PARTS.items():
        yield f"unit by {what}", {"view": "unit", **part}
    for view in ("pool", "unit", "sent", "overdue", "done"):
        yield f"{view} deep", {"view": view, "after": _deep(officer, view)}


def _deep(officer: Person, view: str) -> str:
    query: dict[str, Any] = {"view": view, "limit": str(HOP)}
    for _ in range(HOPS):
        following = officer.get(f"{JUSTICE}/api/referrals", **query)["next"]
        if following is None:
            break
        query["after"] = following
    return str(query["after"])


def _measure(officer: Person, what: str, query: dict[str, str]) -> PageTimes:
    """What finds less than a page is held against the page of fifty that it was looked for in."""
    fifty = {"view": query["view"]} if "q" in query else query
    asked = {"": urlencode({"limit": "50", **query}), "/bare": urlencode({"limit": "50", **fifty})}
    times: dict[str, list[float]] = {way: [] for way in asked}
    for _ in range(ROUNDS + WARM):
        for way, taken in times.items():
            started = time.perf_counter()
            officer.send("GET", f"{JUSTICE}/inbox{way}?{asked[way]}").raise_for_status()
            taken.append(1000 * (time.perf_counter() - started))
    page, bare = (min(taken[WARM:]) for taken in times.values())
    return PageTimes(what=what, page=page, bare=bare)


def _put_many(office: Office, *, holder: UUID) -> None:
    like = UUID(offer(office.person("jp-coordinator"), elder("孙昌")))
    eventually(lambda: office.count(STARTED, ids=[like]) == 1, seconds=30)
    values = {"like": like, "other": OTHER_UNIT, "holder": holder, "breaches": BREACHES}
    with psycopg.connect(office.stack.postgres.url(DATABASE), autocommit=True) as connection:
        connection.execute(MANY, values)
        connection.execute(WATCHED, values)
        connection.execute("ANALYZE process.referral")
