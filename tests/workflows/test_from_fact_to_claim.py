"""The whole way: a fact in the outbox, the cycle, its chase, a claim through the gateway, rows to read."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.visit_cycle import CycleUpdate, StartVisitCycle, TakeIn
from shared.domain.errors import Conflict
from shared.domain.referral.moves import Move, Status
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.state import CycleState
from shared.platform.settings import Settings
from shared.temporal.errors import ProcessAway, ProcessNotFound
from shared.temporal.gateway import Gateway
from tests.builders import WEEKLY, a_contact, a_cycle, a_move, an_officer
from tests.process.conftest import PLACE, VILLAGE, VILLAGE_AREA, Village
from tests.workflows.waiting import eventually


@pytest.fixture(scope="module")
def gateway(office: Settings) -> Gateway:
    """What a service asks with."""
    return Gateway.from_settings(office, identity="test")


def missed() -> CycleState:
    """An elder enrolled three weeks ago whom nobody has visited."""
    enrolled_at = datetime.now(UTC).replace(microsecond=0) - timedelta(weeks=3)
    return replace(a_cycle(enrolled_at=enrolled_at), jurisdiction_id=PLACE, area_code=VILLAGE_AREA)


def start_of(state: CycleState) -> OutboxMessage:
    return OutboxMessage(
        message_id=uuid4(),
        key=names.visit_cycle_id(state.enrolment_id),
        verb=Verb.START,
        name=names.VISIT_CYCLE,
        payload=StartVisitCycle(state=state),
    )


def contact_with(state: CycleState) -> OutboxMessage:
    seen_at = datetime.now(UTC)
    return OutboxMessage(
        message_id=uuid4(),
        key=names.visit_cycle_id(state.enrolment_id),
        verb=Verb.UPDATE,
        name=CycleUpdate.TAKE_IN,
        payload=TakeIn(request_id=str(uuid4()), facts=Facts(contacts=(a_contact(seen_at, WEEKLY),))),
    )


def chase_of(village: Village, state: CycleState) -> tuple[UUID, Status, UUID | None] | None:
    """The elder's chase as people read it."""
    rows = village.read(
        "SELECT referral_id, status, holder_id FROM process.referral WHERE subject_id = :id",
        id=state.enrolment_id,
    )
    return (rows[0].referral_id, Status(rows[0].status), rows[0].holder_id) if rows else None


async def test_a_missed_elder_is_chased_claimed_and_seen(
    village: Village, running: Client, gateway: Gateway
) -> None:
    state = missed()
    village.announce(start_of(state))
    await eventually(lambda: chase_of(village, state) is not None)
    chase = chase_of(village, state)
    assert chase is not None
    referral_id = chase[0]

    officer = an_officer(VILLAGE)
    claim = a_move(Move.ACCEPT, officer, datetime.now(UTC))
    claimed = await asyncio.to_thread(gateway.make, referral_id, claim)
    late = a_move(Move.ACCEPT, an_officer(VILLAGE), datetime.now(UTC))
    with pytest.raises(Conflict) as taken:
        await asyncio.to_thread(gateway.make, referral_id, late)
    assert chase_of(village, state) == (referral_id, Status.ACCEPTED, officer.account_id)
    assert claimed.holder_id == officer.account_id
    assert (taken.value.code, taken.value.params["holder_id"]) == ("taken_already", officer.account_id)
    assert taken.value.params["held_since"] == claim.acted_at

    village.announce(contact_with(state))
    await eventually(lambda: chase_of(village, state) == (referral_id, Status.CLOSED, officer.account_id))
    with pytest.raises(Conflict, match="process_ended"):
        await asyncio.to_thread(gateway.make, referral_id, a_move(Move.NOTE, officer, datetime.now(UTC)))


async def test_a_process_says_itself_what_comes_next(
    village: Village, running: Client, gateway: Gateway
) -> None:
    state = missed()
    village.announce(start_of(state))
    await eventually(lambda: chase_of(village, state) is not None)

    explained = await asyncio.to_thread(gateway.explain_cycle, state.enrolment_id)

    [row] = village.read(
        "SELECT seq, next_wake_at FROM process.visit_cycle WHERE enrolment_id = :id", id=state.enrolment_id
    )
    assert (explained.seq, explained.next_wake_at) == (row.seq, row.next_wake_at)


async def test_a_process_that_is_not_there_is_told_from_one_that_cannot_be_asked(
    running: Client, gateway: Gateway, office: Settings
) -> None:
    nowhere = Gateway.from_settings(replace(office, temporal_address="127.0.0.1:1"), identity="test")

    with pytest.raises(ProcessNotFound):
        await asyncio.to_thread(gateway.explain_cycle, uuid4())
    with pytest.raises(ProcessAway):
        await asyncio.to_thread(nowhere.explain_cycle, uuid4())
