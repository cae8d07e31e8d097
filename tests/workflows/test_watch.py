"""A unit loses everybody after the offer: within a minute the coordinator has the work (issue 4)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from shared.contracts import names
from shared.contracts.announcing import start_message
from shared.domain.referral.moves import Move
from shared.domain.referral.state import Actor
from shared.platform.logins import Login
from shared.policies.book import own_book
from tests.builders import a_move, an_outcome
from tests.process.conftest import BUREAU, PLACE, Village, opened
from tests.workflows.waiting import eventually


def leaves(village: Village, unit_id: str, member: UUID) -> None:
    """The membership ends by its last day: nobody announces that."""
    village.run(
        Login.IDENTITY,
        "UPDATE identity.membership SET to_on = :day WHERE account_id = :who",
        day=date(2026, 1, 2),
        who=member,
    )


def is_locked(village: Village, unit_id: str, member: UUID) -> None:
    village.run(
        Login.IDENTITY, "UPDATE identity.account SET active = false WHERE account_id = :who", who=member
    )


def is_closed(village: Village, unit_id: str, member: UUID) -> None:
    village.run(Login.IDENTITY, "UPDATE identity.unit SET active = false WHERE unit_id = :unit", unit=unit_id)


def does_other_work(village: Village, unit_id: str, member: UUID) -> None:
    """Still of the unit, with no role any more to work on what it is asked for."""
    village.run(Login.IDENTITY, "DELETE FROM identity.account_role WHERE account_id = :who", who=member)


@pytest.mark.parametrize("how", [leaves, is_locked, is_closed])
async def test_what_waits_for_nobody_is_the_coordinators_within_a_minute(
    village: Village, running: Client, how: Callable[[Village, str, UUID], None]
) -> None:
    unit_id = f"{PLACE}:{uuid4()}"
    village.opens_unit(unit_id)
    member = village.joins(unit_id)
    referral_id = offered(village, unit_id)

    def stands() -> list[str]:
        rows = village.read("SELECT status FROM process.referral WHERE referral_id = :id", id=referral_id)
        return [row.status for row in rows]

    await eventually(lambda: stands() == ["offered"])
    await look(running)
    how(village, unit_id, member)
    await look(running)
    await look(running)

    await eventually(lambda: stands() == ["to_rule"])
    lines = village.read(
        "SELECT code FROM process.referral_ledger WHERE referral_id = :id ORDER BY seq, position",
        id=referral_id,
    )
    assert [line.code for line in lines] == ["offered", "unmanned", "needs_ruling"]
    [ruling] = village.read("SELECT clocks FROM process.referral WHERE referral_id = :id", id=referral_id)
    assert "ruling" in [clock["name"] for clock in ruling.clocks]


@pytest.mark.parametrize("how", [leaves, is_locked, does_other_work])
async def test_what_somebody_held_who_has_left_is_back_in_the_pool_within_a_minute(
    village: Village, running: Client, how: Callable[[Village, str, UUID], None]
) -> None:
    unit_id = f"{PLACE}:{uuid4()}"
    village.opens_unit(unit_id)
    stays, goes = village.joins(unit_id), village.joins(unit_id)
    referral_id = offered(village, unit_id)

    def stands() -> list[tuple[str, UUID | None]]:
        asked = "SELECT status, holder_id FROM process.referral WHERE referral_id = :id"
        return [(row.status, row.holder_id) for row in village.read(asked, id=referral_id)]

    await eventually(lambda: stands() == [("offered", None)])
    claim = a_move(Move.ACCEPT, Actor(account_id=goes, unit_id=unit_id), datetime.now(UTC))
    await running.get_workflow_handle(names.referral_id(referral_id)).execute_update("make", claim)
    await eventually(lambda: stands() == [("accepted", goes)])
    await look(running)
    assert stands() == [("accepted", goes)]
    how(village, unit_id, goes)
    await look(running)
    await look(running)

    await eventually(lambda: stands() == [("offered", None)])
    told = village.read("SELECT account_id FROM notices.notice WHERE referral_id = :id", id=referral_id)
    assert [row.account_id for row in told].count(stays) == 2


async def test_what_is_done_and_nobody_can_confirm_is_put_before_the_coordinator(
    village: Village, running: Client
) -> None:
    does, asks = f"{PLACE}:{uuid4()}", f"{PLACE}:{uuid4()}"
    for unit_id in (does, asks):
        village.opens_unit(unit_id)
    holder, gone = village.joins(does), village.joins(asks)
    referral_id = offered(village, does, asks)
    work = running.get_workflow_handle(names.referral_id(referral_id))

    def said() -> list[str]:
        asked = "SELECT code FROM process.referral_ledger WHERE referral_id = :id ORDER BY seq, position"
        return [row.code for row in village.read(asked, id=referral_id)]

    await eventually(lambda: said() == ["offered"])
    officer = Actor(account_id=holder, unit_id=does)
    await work.execute_update("make", a_move(Move.ACCEPT, officer, datetime.now(UTC)))
    await work.execute_update("complete", an_outcome(officer, datetime.now(UTC), outcome="helped"))
    await eventually(lambda: said()[-1:] == ["complete"])
    is_locked(village, asks, gone)
    await look(running)
    await look(running)

    await eventually(lambda: said() == ["offered", "accept", "complete", "nobody_to_confirm"])


async def look(client: Client) -> None:
    """One look, as the Schedule has it every half minute."""
    await client.execute_workflow(names.WATCH, id=f"watch-{uuid4()}", task_queue=names.QUEUES[names.WATCH])


def offered(village: Village, unit_id: str, requesting_unit_id: str = BUREAU) -> UUID:
    """Some help, asked of this unit by name."""
    start = opened(
        village.database(Login.WORKER),
        own_book(),
        kind="other_assistance",
        offered_at=datetime.now(UTC),
        unit_id=unit_id,
        requesting_unit_id=requesting_unit_id,
    )
    village.announce(start_message(start))
    return start.state.referral_id
