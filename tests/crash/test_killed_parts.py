"""Worker, Temporal and PostgreSQL are killed in the middle of the work: nothing is lost, nothing doubled."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from http import HTTPStatus
from itertools import cycle, islice
from uuid import UUID, uuid4

import httpx
import pytest

from deploy.local.stack import Stack
from tests.crash.clients import stubbornly
from tests.crash.killing import kill_postgres, kill_temporal, kill_worker
from tests.story.office import Office, Person, elder
from tests.story.people import JUSTICE, listed, offer, officers
from tests.story.waiting import eventually

CONTACTS, REFERRALS, RIVALS = 200, 10, 5
AT_ONCE = 8
PATIENCE_SECONDS = 60.0
VISITED = {"zc-visitor1": ("范成凤", "杨梅明"), "zc-visitor2": ("华义山", "孔珍克", "柏惠")}
ASKED_FOR = ("孙昌", "范明昌", "窦绍勤", "秦凤成", "潘珍仙", "喻家长", "解荣仁", "潘英", "陶金德", "钱桂生")

RECORDED = "SELECT count(*) FROM visits.contact WHERE contact_id = ANY(%(ids)s)"
IN_HISTORY = """
SELECT count(*) FROM kit.history
WHERE action = 'contact_recorded' AND (detail ->> 'contact_id')::uuid = ANY(%(ids)s)
"""
UNDELIVERED = "SELECT count(*) FROM kit.outbox WHERE outcome IS DISTINCT FROM 'delivered'"
DISAGREEING = """
SELECT count(*) FROM process.visit_window AS shown
WHERE obligation = 'monthly_visit' AND enrolment_id = ANY(%(ids)s) AND closes_at > now() AND done <> (
    SELECT count(*) FROM visits.contact AS made
    WHERE made.enrolment_id = shown.enrolment_id AND 'monthly_visit' = ANY(counts_for)
    AND occurred_at >= opens_at AND occurred_at < closes_at
)
"""
ACCEPTS = """
SELECT referral_id, holder_id,
    (SELECT array_agg(account_id) FROM process.referral_ledger AS line
     WHERE line.referral_id = shown.referral_id AND code = 'accept') AS accepted
FROM process.referral AS shown WHERE referral_id = ANY(%(ids)s)
"""


@pytest.mark.timeout(300)  # the whole stack starts within it, perhaps on a busy machine
def test_nothing_is_lost_or_doubled_whatever_is_killed(stack: Stack, office: Office) -> None:
    """§6 rules 1 and 2: 200 contacts and 50 claims, sent as clients send them, while parts die."""
    ids = [uuid4() for _ in range(CONTACTS)]
    rivals = officers(office, RIVALS)
    referrals = offered(office, rivals[0])
    recordings = list(recording(office, ids))
    claims = [claim(rival, referral) for referral in referrals for rival in rivals]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        sent = [threads.submit(stubbornly, send) for send in mixed(recordings, claims)]
        for kill, after in ((kill_worker, 40), (kill_temporal, 90), (kill_postgres, 150)):
            eventually(lambda after=after: answered(sent) >= after, seconds=PATIENCE_SECONDS)
            kill(stack)
        wait(sent)
    answers = [one.result() for one in sent]

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK, HTTPStatus.CONFLICT}
    assert sum(answer.is_success for answer in answers) == CONTACTS + REFERRALS
    assert (office.count(RECORDED, ids=ids), office.count(IN_HISTORY, ids=ids)) == (CONTACTS, CONTACTS)
    eventually(lambda: office.count(UNDELIVERED) == 0, seconds=PATIENCE_SECONDS)
    eventually(lambda: office.count(DISAGREEING, ids=everybody()) == 0, seconds=PATIENCE_SECONDS)
    winners = {row["referral_id"]: row for row in office.rows(ACCEPTS, ids=referrals)}
    assert len(winners) == REFERRALS
    assert all(row["accepted"] == [row["holder_id"]] for row in winners.values())
    assert all(child.is_running() for child in stack.children)


def recording(office: Office, ids: list[UUID]) -> Iterator[Callable[[], httpx.Response]]:
    """So many visits at home, each with its own id, by the visitors of the elders in turn."""
    visitors = {login: office.person(login) for login in VISITED}
    pairs = cycle([(visitors[login], name) for login, names in VISITED.items() for name in names])
    for contact_id, (visitor, name) in zip(ids, islice(pairs, len(ids)), strict=True):
        body = {"enrolment_id": str(elder(name)), "mode": "at_home", "reach": "seen", "entry_consent": "oral"}
        yield lambda visitor=visitor, contact_id=contact_id, body=body: visitor.send(
            "PUT", f"/visits/api/contacts/{contact_id}", body
        )


def claim(rival: Person, referral: UUID) -> Callable[[], httpx.Response]:
    """One person's claim, under one key however often it is sent."""
    key = uuid4().hex
    return lambda: rival.send("POST", f"{JUSTICE}/api/referrals/{referral}/accept", key=key)


def offered(office: Office, officer: Person) -> list[UUID]:
    """Fresh referrals in the pool of the justice office."""
    asking = office.person("jp-coordinator")
    fresh = [UUID(offer(asking, elder(name))) for name in ASKED_FOR]
    eventually(lambda: set(map(str, fresh)) <= set(listed(officer, JUSTICE, "pool")))
    return fresh


def mixed(
    recordings: list[Callable[[], httpx.Response]], claims: list[Callable[[], httpx.Response]]
) -> Iterator[Callable[[], httpx.Response]]:
    """Four contacts, one claim, and so on."""
    claiming = iter(claims)
    for number, send in enumerate(recordings, start=1):
        yield send
        if number % (CONTACTS // len(claims)) == 0:
            yield next(claiming)


def answered(sent: list[Future[httpx.Response]]) -> int:
    return sum(one.done() for one in sent)


def everybody() -> list[UUID]:
    return [elder(name) for names in VISITED.values() for name in names]
