"""What people have done with the demonstration stays: started again, and when Temporal has lost it all."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from deploy.cli.demo.files import enrolment_id, places
from deploy.local.stack import Ports, Stack
from shared.contracts import names
from shared.platform.settings import Settings
from shared.temporal.gateway import Gateway
from tests.story.office import Office, Person, account, elder
from tests.story.people import COORDINATION, JUSTICE, offer
from tests.story.waiting import eventually
from workflows.worker.schedules import DAILY_REVIEW_ID, WATCH_ID

VISITS = "/visits"
HEALTH_CENTRE = "shanghai_jiangpu:health_centre"
STANDS = ("status", "unit_id", "holder_id", "held_since", "accept_by", "complete_by", "seq")

OPEN = "SELECT * FROM process.referral WHERE closed_at IS NULL ORDER BY referral_id"
ROW = "SELECT * FROM process.referral WHERE referral_id = %(id)s"
SUPPORT = "SELECT referral_id FROM process.referral WHERE lead_id = %(id)s"
RUNGS = "SELECT number, due_at, is_sent FROM process.rung WHERE referral_id = %(id)s ORDER BY number"
LATE = """
SELECT max(task_at - at) AS late FROM process.referral_ledger WHERE referral_id = %(id)s AND code = 'climbed'
"""
CHASED = """
SELECT r.referral_id, r.subject_id FROM process.referral AS r JOIN visits.assignment AS a
ON a.enrolment_id = r.subject_id AND a.account_id = %(visitor)s
WHERE r.kind = 'chase' AND r.closed_at IS NULL ORDER BY r.offered_at
"""
CYCLE = "SELECT chase_referral_id FROM process.visit_cycle WHERE enrolment_id = %(id)s"
CHASES = "SELECT count(*) FROM process.referral WHERE subject_id = %(id)s AND kind = 'chase'"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One of its own: nobody else's elder dies, and nobody else is locked out."""
    running = Stack(tmp_path_factory.mktemp("again"), Ports.free(), testing=True)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def office(stack: Stack) -> Iterator[Office]:
    """Everybody who works with that stack."""
    opened = Office(stack)
    yield opened
    opened.close()


def test_who_was_locked_out_or_got_other_rights_stays_so(stack: Stack, office: Office) -> None:
    """The demonstration gave each of its accounts back what it began with, at every start."""
    admin, account_id = office.person("zc-admin"), account("zc-visitor1")
    rights = {"roles": ["auditor"], "units": {}, "areas": ["370302115"]}
    admin.done("PUT", f"/api/accounts/{account_id}/rights", rights)
    admin.done("PUT", f"/api/accounts/{account_id}/lock")

    stack.command("demo-load-locked", "demo", "load")

    stands = admin.get(f"/api/accounts/{account_id}")
    assert (stands["active"], stands["roles"]) == (False, ["auditor"])
    assert stands["units"] == []


def test_the_demonstration_loads_again_after_an_elder_has_left(stack: Stack, office: Office) -> None:
    """`make run` loads it at every start: once somebody had confirmed a death, nothing started any more."""
    zichuan = next(each for each in places() if each.jurisdiction_id == "zibo_zichuan")
    gone = enrolment_id(zichuan.referrals[0]["elder"])
    entry = f"/register/api/entries/{gone}/removal"
    office.person("zc-clerk").done("POST", entry, {"reason": "died", "note": "派出所告知"})
    office.person("zc-coordinator").done("POST", f"{entry}/decision", {"is_confirmed": True})

    stack.command("demo-load-again", "demo", "load")

    left = office.one("SELECT status FROM care_register.enrolment WHERE enrolment_id = %(id)s", id=gone)
    assert left == {"status": "left"}


def test_the_demonstration_loads_again_after_an_elder_has_moved(stack: Stack, office: Office) -> None:
    """Who acts in the story of an elder of the town no longer sees who lives in another: nothing started."""
    zichuan = next(each for each in places() if each.jurisdiction_id == "zibo_zichuan")
    of_the_town = (each for each in zichuan.referrals if each["kind"] == "aging_modification")
    moved = enrolment_id(next(of_the_town)["elder"])
    next_town = {"area_code": "370302114000"}
    office.person("zc-district").done("PUT", f"/register/api/entries/{moved}/area", next_town)

    stack.command("demo-load-moved", "demo", "load")

    lives = office.one("SELECT area_code FROM care_register.enrolment WHERE enrolment_id = %(id)s", id=moved)
    assert lives == next_town


@pytest.mark.timeout(300)  # everything that runs is started anew, perhaps on a busy machine
def test_work_in_hand_goes_on_when_temporal_has_lost_it_all(stack: Stack, office: Office) -> None:
    """Issues 2 and 4: `tanfang reconcile` repairs a missing process; nothing is lost between departments."""
    officer = office.person("jp-justice")
    held, paused, led = work_in_hand(office, officer)
    drill = started_drill(office)
    seen, unseen = office.rows(CHASED, visitor=account("zc-visitor2"))[:2]
    before = office.rows(OPEN)

    lose_everything(stack)
    visit(office, seen["subject_id"])
    stack.command("reconcile-lost", "reconcile")

    its_process_goes_on(stack, [row for row in before if row["referral_id"] != seen["referral_id"]])
    second = office.person("jp-justice2").move(JUSTICE, held, "accept")
    assert second.status_code == HTTPStatus.CONFLICT
    assert "孙丽" in second.text
    assert officer.move(JUSTICE, held, "complete", outcome="advised", text="已当面讲清。").is_success
    assert office.person("jp-coordinator").move(COORDINATION, held, "confirm").is_success
    assert officer.move(JUSTICE, paused, "go-on").is_success
    assert "supporters_open" in officer.move(JUSTICE, led, "complete", outcome="advised", text="好了。").text
    climbs_as_before(stack, office, drill)
    assert asyncio.run(schedules(stack)) == {DAILY_REVIEW_ID, WATCH_ID}
    the_search_ends_with_the_visit_and_no_other_begins(office, seen, unseen)

    said = stack.command("reconcile-again", "reconcile")
    assert said.count("0 new, 0 gone") == said.count("new,")


def work_in_hand(office: Office, officer: Person) -> tuple[UUID, UUID, UUID]:
    """Three pieces of work that an officer has claimed: one is paused, one supported by the health centre."""
    asking = office.person("jp-coordinator")
    held, paused, led = (UUID(offer(asking, elder(name))) for name in ("孙昌", "范明昌", "窦绍勤"))
    for each in (held, paused, led):
        eventually(lambda each=each: officer.move(JUSTICE, each, "accept").is_success)
    until = f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
    waits = {"ground": "awaiting_papers", "until_on": until, "text": "等材料。"}
    assert officer.move(JUSTICE, paused, "pause", **waits).is_success
    wanted = officer.move(JUSTICE, led, "ask-support", unit_id=HEALTH_CENTRE, text="请陪同。")
    assert wanted.is_success, wanted.text
    eventually(lambda: office.rows(SUPPORT, id=led))
    return held, paused, led


def started_drill(office: Office) -> dict[str, Any]:
    """A drill that somebody has begun to watch."""
    drill = office.person("jp-coordinator").submit(f"{COORDINATION}/drills", {}).rpartition("/")[2]
    return eventually(lambda: office.rows(ROW, id=UUID(drill)))[0]


def lose_everything(stack: Stack) -> None:
    """Temporal's file is gone; whoever works with it goes on working with an empty one."""
    stack.temporal.stop()
    stack.temporal.forget()
    stack.temporal.start()
    stack.temporal.wait_until_ready()


def visit(office: Office, enrolment: UUID) -> None:
    """The elder who is looked for is seen at home; nobody runs the search just now."""
    contact = {
        "enrolment_id": str(enrolment),
        "mode": "at_home",
        "reach": "spoken_with",
        "entry_consent": "oral",
    }
    office.person("zc-visitor2").done("PUT", f"{VISITS}/api/contacts/{uuid4()}", contact)


def its_process_goes_on(stack: Stack, rows: list[dict[str, Any]]) -> None:
    """Each runs, and stands where its row had it: with its holder, its limits, at its number."""
    keys = stack.environment["TANFANG_MASTER_KEYS"]
    settings = Settings(temporal_address=stack.temporal.address, master_keys=keys)
    gateway = Gateway.from_settings(settings, identity="test")
    for row in rows:
        workflow_id = names.referral_id(row["referral_id"])
        eventually(lambda workflow_id=workflow_id: gateway.is_running(workflow_id))
        answer = gateway.explain_referral(row["referral_id"])
        stands = {name: getattr(answer, name) for name in STANDS}
        assert stands == {name: row[name] for name in STANDS}, row["kind"]


def climbs_as_before(stack: Stack, office: Office, drill: dict[str, Any]) -> None:
    """Its rungs come at the minutes at which they were due, each once."""
    limit_at = drill["accept_by"]
    asyncio.run(let_pass(stack, drill["referral_id"], timedelta(minutes=3)))

    rungs = eventually(lambda: len(found := office.rows(RUNGS, id=drill["referral_id"])) > 1 and found)
    assert [rung["due_at"] for rung in rungs[:2]] == [limit_at, limit_at + timedelta(minutes=1)]
    assert all(rung["is_sent"] for rung in rungs)
    assert office.one(LATE, id=drill["referral_id"])["late"] < timedelta(seconds=60)


async def let_pass(stack: Stack, drill: UUID, time: timedelta) -> None:
    client = await Client.connect(stack.temporal.address)
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=1000))
    await skipper.fast_forward(skipper.client.get_workflow_handle(names.referral_id(drill)), time)


async def schedules(stack: Stack) -> set[str]:
    """What starts by itself; the workers, who make it, have not been started anew."""
    client = await Client.connect(stack.temporal.address)
    return {each.id async for each in await client.list_schedules()}


def the_search_ends_with_the_visit_and_no_other_begins(
    office: Office, seen: dict[str, Any], unseen: dict[str, Any]
) -> None:
    """Domain §0.2-2: the cycle started anew knows its chase, and what ended it while nobody listened."""
    ended = eventually(lambda: office.rows(f"{ROW} AND closed_at IS NOT NULL", id=seen["referral_id"]))
    assert ended[0]["outcome"] == "contact_counted"
    assert office.one(CYCLE, id=seen["subject_id"])["chase_referral_id"] is None
    assert office.one(CYCLE, id=unseen["subject_id"])["chase_referral_id"] == unseen["referral_id"]
    assert office.count(CHASES, id=unseen["subject_id"]) == 1
