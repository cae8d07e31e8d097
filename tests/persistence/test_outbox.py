"""Announcements: stored with the fact, once, and in commit order per key."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select, text

from shared.contracts.outbox import OutboxMessage, Verb
from shared.persistence.engine import Database
from shared.persistence.outbox import CHANNEL
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.persistence.conftest import CLERK, NOW, WORKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What a message of these tests carries."""

    contact_id: UUID


def message(key: str, message_id: UUID | None = None) -> OutboxMessage:
    return OutboxMessage(
        message_id=message_id or uuid4(),
        key=key,
        verb=Verb.UPDATE,
        name="record_contact",
        payload=Payload(contact_id=uuid4()),
    )


def announce_and_fail(database: Database, key: str) -> None:
    with database.begin(CLERK, NOW) as work:
        work.announce(message(key))
        work.write_pending()
        raise ZeroDivisionError


def sent_to(relay: Database, key: str) -> list[Outbox]:
    with relay.begin(WORKER, NOW) as work:
        return list(work.session.scalars(select(Outbox).where(Outbox.key == key).order_by(Outbox.id)))


def test_an_announcement_is_stored_with_the_fact(visits: Database, relay: Database) -> None:
    """Store the fact and its announcement together."""
    announced = message("visit-cycle/a")
    with visits.begin(CLERK, NOW) as work:
        work.announce(announced)
    (row,) = sent_to(relay, "visit-cycle/a")
    assert (row.message_id, row.verb, row.created_at) == (announced.message_id, Verb.UPDATE, NOW)
    assert row.payload == {"contact_id": str(announced.payload.contact_id)}  # type: ignore[attr-defined]
    assert (row.attempts, row.sent_at, row.outcome, row.parked_at) == (0, None, None, None)


def test_an_announcement_dies_with_its_transaction(visits: Database, relay: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        announce_and_fail(visits, "visit-cycle/b")
    assert sent_to(relay, "visit-cycle/b") == []


def test_the_same_message_id_twice_is_stored_once(visits: Database, relay: Database) -> None:
    twice = uuid4()
    for _ in range(2):
        with visits.begin(CLERK, NOW) as work:
            work.announce(message("visit-cycle/c", twice))
    assert len(sent_to(relay, "visit-cycle/c")) == 1


def test_messages_of_one_key_keep_the_order_in_which_they_were_announced(
    visits: Database, relay: Database
) -> None:
    messages = [message(key) for key in ("visit-cycle/e", "visit-cycle/d", "visit-cycle/e", "visit-cycle/d")]
    with visits.begin(CLERK, NOW) as work:
        for each in messages:
            work.announce(each)
    for key in ("visit-cycle/d", "visit-cycle/e"):
        expected = [each.message_id for each in messages if each.key == key]
        assert [row.message_id for row in sent_to(relay, key)] == expected


def test_ids_of_one_key_rise_in_commit_order(visits: Database, relay: Database) -> None:
    """The second writer of a key waits for the first one's commit before it takes its id."""
    key, first, second = "visit-cycle/f", uuid4(), uuid4()
    finished = threading.Event()

    def write_second() -> None:
        with visits.begin(CLERK, NOW) as work:
            work.announce(message(key, second))
        finished.set()

    with visits.begin(CLERK, NOW) as work:
        work.announce(message(key, first))
        work.write_pending()
        thread = threading.Thread(target=write_second)
        thread.start()
        wait_until_somebody_waits(relay)
        assert not finished.is_set()
    thread.join(timeout=10)
    assert [row.message_id for row in sent_to(relay, key)] == [first, second]


def test_writers_of_other_keys_do_not_wait(visits: Database, relay: Database) -> None:
    with visits.begin(CLERK, NOW) as work:
        work.announce(message("visit-cycle/g"))
        work.write_pending()
        with visits.begin(CLERK, NOW) as other:
            other.announce(message("visit-cycle/h"))
        assert len(sent_to(relay, "visit-cycle/h")) == 1
        assert sent_to(relay, "visit-cycle/g") == []


def test_two_commands_on_the_same_two_keys_do_not_lock_each_other_out(visits: Database) -> None:
    """Both take their locks in the order of the keys, whatever order they announced in."""
    keys, start, failures = ["visit-cycle/i", "visit-cycle/j"], threading.Barrier(2), []

    def write(order: list[str]) -> None:
        start.wait(timeout=10)
        try:
            for _ in range(20):
                with visits.begin(CLERK, NOW) as work:
                    for key in order:
                        work.announce(message(key))
                        work.record(stream=f"elder:{key}", action="contacted")
        except Exception as error:  # noqa: BLE001 - the thread's failure is what the test asserts on
            failures.append(error)

    threads = [threading.Thread(target=write, args=[order]) for order in (keys, keys[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []


def test_a_commit_wakes_the_relay(visits: Database, settings: Settings) -> None:
    with listening(settings) as connection:
        with visits.begin(CLERK, NOW) as work:
            work.announce(message("visit-cycle/k"))
        heard = list(connection.notifies(timeout=5, stop_after=1))
    assert [each.channel for each in heard] == [CHANNEL]


def test_the_board_sees_how_much_waits_but_no_message(visits: Database, worker: Database) -> None:
    with visits.begin(CLERK, NOW) as work:
        work.announce(message("visit-cycle/l"))
    with worker.begin(WORKER, NOW) as work:
        state = work.session.execute(text("SELECT waiting, parked FROM kit.outbox_state")).one()
    assert state.waiting >= 1
    assert state.parked == 0


@contextmanager
def listening(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(settings.database_url(Login.RELAY), autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}".encode())
        yield connection


def wait_until_somebody_waits(database: Database) -> None:
    """Until a session waits for an advisory lock; the server is asked, no clock is."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while connection.execute(waiting).scalar_one() == 0:
            pass
