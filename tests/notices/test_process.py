"""The whole way: what a process decides is recorded once by its writer and told by the running sender."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.local.postgres import Postgres
from shared.contracts.referral import PendingReferralRows, ReferralProjection
from shared.domain.codes import Urgency
from shared.domain.referral import referral
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import ReferralState
from shared.notices.sending import Sender
from shared.notices.waiting import LEASE
from shared.platform.logins import Login
from shared.policies.book import PolicyBook
from shared.process.writing import ProcessRows
from tests.builders import a_kind, a_referral, at
from tests.fakes import StandingClock
from tests.notices.conftest import AREA, MORNING, PHONE, PLACE, VILLAGE, Town
from tests.notices.receiver import Receiver
from tests.servers import ROOT, database_environment

PATIENCE_SECONDS = 30.0
NIGHT, NEXT_MORNING = at("2026-11-18 22:00"), at("2026-11-19 08:30")


def test_an_urgent_referral_is_told_at_night_and_a_routine_one_in_the_morning(
    town: Town, book: PolicyBook, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    """Domain §0.2-5; the writer recorded the hour, the sender keeps it."""
    joins(town, town.person())
    writer = ProcessRows(town.database(Login.WORKER), book)
    for urgency in Urgency:
        write_offer(writer, urgency)
        write_offer(writer, urgency)

    clock.at = NIGHT + timedelta(minutes=2)
    while sender.send_next():
        pass
    assert receiver.texts == ["您单位有2件「法律咨询」待签收，点开查看"]

    clock.at = NEXT_MORNING + timedelta(minutes=1)
    while sender.send_next():
        pass
    assert len(receiver.texts) == 2


@pytest.mark.crash
def test_a_sender_killed_before_it_noted_the_sending_sends_again_under_the_same_key(
    town: Town, postgres: Postgres, receiver: Receiver, sender: Sender, clock: StandingClock, tmp_path: Path
) -> None:
    """Architecture §6-1: sending at least once, with the intent's id as the provider's key."""
    soon = datetime.now(UTC)
    notice_id = town.tell(town.person(), urgency=Urgency.URGENT, not_before=soon - timedelta(minutes=1))
    came_in, killed = hold(receiver)

    with running(town, postgres, receiver, tmp_path) as process:
        assert came_in.wait(PATIENCE_SECONDS)
        process.kill()
        process.wait()
        killed.set()

    assert town.row(notice_id).sent_at is None
    receiver.meanwhile = lambda: None
    clock.at = soon + LEASE + timedelta(minutes=1)
    assert sender.send_next()
    assert receiver.keys == [str(notice_id)] * 2
    assert receiver.texts[0] == receiver.texts[1]
    assert town.row(notice_id).sent_at == clock.at


def test_told_to_stop_the_sender_finishes_what_is_under_way_and_has_logged_nothing_personal(
    town: Town, postgres: Postgres, receiver: Receiver, tmp_path: Path
) -> None:
    soon = datetime.now(UTC)
    notice_id = town.tell(town.person(), urgency=Urgency.URGENT, not_before=soon - timedelta(minutes=1))
    came_in, told_to_stop = hold(receiver)

    with running(town, postgres, receiver, tmp_path) as process:
        assert came_in.wait(PATIENCE_SECONDS)
        process.send_signal(signal.SIGTERM)
        told_to_stop.set()
        assert process.wait(PATIENCE_SECONDS) == 0

    assert town.row(notice_id).sent_at is not None
    said = (tmp_path / "sender.log").read_text(encoding="utf-8")
    assert str(notice_id) in said
    assert [secret for secret in (PHONE, "张红", "老人", "robot") if secret in said] == []


def hold(receiver: Receiver) -> tuple[Event, Event]:
    """Make the provider wait with its answer: set when a message has come in, and what it waits for."""
    came_in, may_answer = Event(), Event()

    def wait() -> None:
        came_in.set()
        may_answer.wait(PATIENCE_SECONDS)

    receiver.meanwhile = wait
    return came_in, may_answer


@contextmanager
def running(
    town: Town, postgres: Postgres, receiver: Receiver, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """The sender as the stack starts it; never left behind."""
    environment = {
        **os.environ,
        **database_environment(postgres, town.settings.database_name),
        "TANFANG_WEBHOOK_URL": receiver.webhook_url,
    }
    with (folder / "sender.log").open("wb") as log:
        command = [sys.executable, "-m", "shared.notices"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def write_offer(writer: ProcessRows, urgency: Urgency) -> None:
    """A referral reaches the village at ten in the evening."""
    kind = a_kind(urgency=urgency, coordinator_unit_id=VILLAGE)
    state = a_referral(offered_at=NIGHT, kind=kind, jurisdiction_id=PLACE, area_code=AREA)
    decision = referral.begin(replace(state, unit_id=VILLAGE, requesting_unit_id=VILLAGE), NIGHT)
    writer.write_referral(projected(decision.state, decision))


def projected(state: ReferralState, decision: referral.ReferralDecision) -> ReferralProjection:
    """The decision as one activity writes it."""
    batch = PendingReferralRows(seq=state.seq, task_at=NIGHT, rows=decision.rows, due=decision.due)
    return ReferralProjection(standing=standing_of(state), batches=(batch,))


def joins(town: Town, account_id: UUID) -> None:
    """The person works in the village committee."""
    statements = (
        "INSERT INTO identity.unit VALUES (:unit, :place, 'village', 'village', 'committee', 'department')",
        "INSERT INTO identity.account_role VALUES (:id, 'cadre', :place)",
        "INSERT INTO identity.membership VALUES (:id, :unit, '2026-01-01', NULL, 'member', :place)",
    )
    with town.database(Login.IDENTITY).begin(town.staff(account_id), MORNING) as work:
        for statement in statements:
            work.session.execute(text(statement), {"unit": VILLAGE, "place": PLACE, "id": account_id})
