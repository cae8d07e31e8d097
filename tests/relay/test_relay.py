"""Whatever is announced arrives, in order, once in effect; what is refused waits for somebody to look."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from deploy.local.ports import free_port
from deploy.local.temporal import TemporalServer
from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.referral import ReferralUpdate, StartReferral
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.moves import Move
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.relay.outbox import LEASE, OutboxRows
from shared.relay.relay import TRIES, Relay
from tests.builders import a_chase, a_referral
from tests.fakes import MovedClock, RowsInMemory
from tests.relay.conftest import Announcements
from tests.workflows.waiting import PATIENCE_SECONDS, eventually


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def a_start(referral_id: UUID) -> OutboxMessage:
    """The start of a chase."""
    state = a_referral(offered_at=now(), kind=a_chase(), referral_id=referral_id)
    return OutboxMessage(
        message_id=uuid4(),
        key=names.referral_id(referral_id),
        verb=Verb.START,
        name=names.REFERRAL,
        payload=StartReferral(state=state),
    )


def an_update(referral_id: UUID, move: Move = Move.SUSPEND) -> OutboxMessage:
    """A fact for the chase."""
    message_id = uuid4()
    return OutboxMessage(
        message_id=message_id,
        key=names.referral_id(referral_id),
        verb=Verb.UPDATE,
        name=ReferralUpdate.FOLLOW,
        payload=FollowFact(request_id=str(message_id), move=move, at=now(), reason="contact_counted"),
    )


@pytest.fixture
def relay(client: Client, settings: Settings, clock: MovedClock) -> Relay:
    """A relay that a test drives round by round."""
    return Relay(client, url=settings.database_url(Login.RELAY), clock=clock)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TemporalServer]:
    """A Temporal server that a test may stop."""
    started = TemporalServer(tmp_path, free_port())
    started.start()
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.stop()


async def a_round(relay: Relay, leasing: OutboxRows) -> None:
    """Send what is due, and wait for the answers."""
    await relay.send_due(leasing)
    await relay.finish()


async def test_messages_of_one_key_arrive_in_the_order_of_their_announcement(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, rows: RowsInMemory
) -> None:
    referral_id = uuid4()
    messages = [
        a_start(referral_id),
        an_update(referral_id),
        an_update(referral_id, Move.RESUME),
        an_update(referral_id, Move.CONCLUDE),
    ]
    outbox.announce(*messages)

    for _ in messages:
        await a_round(relay, leasing)

    assert [outbox.row(message.message_id).outcome for message in messages] == ["delivered"] * 4
    assert [line.code for line in rows.ledger if line.code in set(Move)] == [
        Move.SUSPEND,
        Move.RESUME,
        Move.CONCLUDE,
    ]


async def test_a_start_sent_twice_starts_once_and_never_again_after_the_end(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, rows: RowsInMemory, client: Client
) -> None:
    referral_id = uuid4()
    again, late = a_start(referral_id), a_start(referral_id)
    outbox.announce(a_start(referral_id), again, an_update(referral_id, Move.CONCLUDE))
    for _ in range(3):
        await a_round(relay, leasing)
    await client.get_workflow_handle(names.referral_id(referral_id)).result()

    outbox.announce(late)
    await a_round(relay, leasing)

    assert outbox.row(again.message_id).outcome == "delivered"
    assert outbox.row(late.message_id).outcome == "closed"
    described = await client.get_workflow_handle(names.referral_id(referral_id)).describe()
    assert described.status is WorkflowExecutionStatus.COMPLETED


async def test_what_comes_after_the_end_is_put_away_as_closed(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, rows: RowsInMemory
) -> None:
    referral_id = uuid4()
    late = an_update(referral_id)
    outbox.announce(a_start(referral_id), an_update(referral_id, Move.CONCLUDE), late)

    for _ in range(3):
        await a_round(relay, leasing)

    assert outbox.row(late.message_id).outcome == "closed"


async def test_a_refused_message_parks_its_key_and_no_other(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, rows: RowsInMemory, clock: MovedClock
) -> None:
    """A process that has never been started cannot take a fact in: somebody must look, or start it."""
    missing, present = uuid4(), uuid4()
    refused, behind, other = an_update(missing), an_update(missing), a_start(present)
    outbox.announce(refused, behind, other)

    for _ in range(TRIES + 1):
        await a_round(relay, leasing)
        clock.advance(timedelta(hours=1))

    parked = outbox.row(refused.message_id)
    assert (parked.attempts, parked.outcome, parked.last_error) == (TRIES, "refused", "not_found")
    assert parked.parked_at is not None
    assert outbox.row(behind.message_id).attempts == 0
    assert outbox.row(other.message_id).outcome == "delivered"


async def test_a_start_goes_before_what_was_refused_for_want_of_a_process(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, rows: RowsInMemory, clock: MovedClock
) -> None:
    """Temporal lost its data: a contact recorded before `tanfang reconcile` held the new start back."""
    lost = uuid4()
    refused, behind, start = an_update(lost), an_update(lost, Move.CONCLUDE), a_start(lost)
    outbox.announce(refused, behind)
    for _ in range(TRIES):
        await a_round(relay, leasing)
        clock.advance(timedelta(hours=1))
    assert outbox.row(refused.message_id).parked_at is not None

    outbox.announce(start)
    for _ in range(3):
        await a_round(relay, leasing)

    assert [outbox.row(each.message_id).outcome for each in (start, refused, behind)] == ["delivered"] * 3
    assert outbox.row(refused.message_id).parked_at is None


async def test_a_message_that_nobody_can_send_is_parked_like_a_refused_one(
    relay: Relay, leasing: OutboxRows, outbox: Announcements, clock: MovedClock
) -> None:
    """A process that this version does not know must not stop the relay, nor be tried for ever."""
    unknown = replace(a_start(uuid4()), name="NoSuchProcess")
    outbox.announce(unknown)

    for _ in range(TRIES):
        await a_round(relay, leasing)
        clock.advance(timedelta(hours=1))

    row = outbox.row(unknown.message_id)
    assert (row.attempts, row.last_error, row.outcome) == (TRIES, "KeyError", "refused")


async def test_while_temporal_is_away_messages_wait_and_no_try_is_counted(
    server: TemporalServer,
    leasing: OutboxRows,
    outbox: Announcements,
    settings: Settings,
    clock: MovedClock,
) -> None:
    away = await Client.connect(server.address)
    server.stop()
    waiting = a_start(uuid4())
    outbox.announce(waiting)

    await a_round(Relay(away, url=settings.database_url(Login.RELAY), clock=clock), leasing)

    row = outbox.row(waiting.message_id)
    assert (row.attempts, row.sent_at, row.parked_at) == (0, None, None)
    assert row.not_before > clock.now() - timedelta(seconds=1)


async def test_two_relays_never_hold_the_same_key(
    leasing: OutboxRows, outbox: Announcements, clock: MovedClock
) -> None:
    referral_id = uuid4()
    outbox.announce(a_start(referral_id), an_update(referral_id))

    ours = [m for m in await leasing.lease(most=100, now=clock.now()) if m.key.endswith(str(referral_id))]
    theirs = [m for m in await leasing.lease(most=100, now=clock.now()) if m.key.endswith(str(referral_id))]
    clock.advance(LEASE)
    after_death = await leasing.lease(most=100, now=clock.now())

    assert len(ours) == 1
    assert theirs == []
    assert [m.id for m in after_death if m.key.endswith(str(referral_id))] == [ours[0].id]


async def test_an_announcement_wakes_the_running_relay_and_stopping_ends_it(
    client: Client, settings: Settings, outbox: Announcements, rows: RowsInMemory
) -> None:
    stopping = asyncio.Event()
    relay = Relay(client, url=settings.database_url(Login.RELAY), clock=MovedClock())
    running = asyncio.create_task(relay.run(stopping))
    messages = [a_start(uuid4()) for _ in range(30)]

    outbox.announce(*messages)
    await eventually(lambda: all(outbox.row(each.message_id).sent_at for each in messages))
    stopping.set()
    await asyncio.wait_for(running, PATIENCE_SECONDS)

    assert {outbox.row(each.message_id).outcome for each in messages} == {"delivered"}
