"""The same key and body give the same answer and act once."""

import threading

import pytest

from shared.persistence.engine import Database
from shared.persistence.idempotency import Answer, IdempotencyMismatchError, claim, keep, keep_alone, recall
from tests.persistence.conftest import CLERK, NOW, STRANGER

ANSWER = Answer(status=201, body={"contact_id": "c-1"})


def act_once(database: Database, key: str, body: bytes, acted: list[str]) -> Answer:
    with database.begin(CLERK, NOW) as work:
        answer = claim(work, key=key, body=body)
        if answer is None:
            acted.append(key)
            answer = ANSWER
            keep(work, key=key, body=body, answer=answer)
        return answer


def fail_after_claiming(database: Database, key: str) -> None:
    with database.begin(CLERK, NOW) as work:
        assert claim(work, key=key, body=b"{}") is None
        raise ZeroDivisionError


def test_a_repeated_key_gets_the_stored_answer(visits: Database) -> None:
    acted: list[str] = []
    answers = [act_once(visits, "k-1", b'{"mode": "home"}', acted) for _ in range(3)]
    assert answers == [ANSWER] * 3
    assert acted == ["k-1"]


def test_twins_act_once(visits: Database) -> None:
    """The second request of a pair waits for the first one's commit."""
    acted: list[str] = []
    threads = [threading.Thread(target=act_once, args=[visits, "k-2", b"{}", acted]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert acted == ["k-2"]


def test_spaces_and_the_order_of_fields_do_not_make_another_body(visits: Database) -> None:
    acted: list[str] = []
    act_once(visits, "k-3", b'{"a": 1, "b": 2}', acted)
    act_once(visits, "k-3", b'{"b":2,"a":1}', acted)
    assert acted == ["k-3"]


def test_another_body_under_the_same_key_is_refused(visits: Database) -> None:
    act_once(visits, "k-4", b'{"mode": "home"}', [])
    with pytest.raises(IdempotencyMismatchError):
        act_once(visits, "k-4", b'{"mode": "call"}', [])


def test_a_key_whose_command_failed_is_free_again(visits: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_claiming(visits, "k-5")
    acted: list[str] = []
    act_once(visits, "k-5", b"{}", acted)
    assert acted == ["k-5"]


def test_keys_of_two_accounts_are_two_keys(visits: Database) -> None:
    act_once(visits, "k-6", b"{}", [])
    with visits.begin(STRANGER, NOW) as work:
        assert recall(work, key="k-6", body=b"{}") is None


def test_an_answer_that_a_workflow_gave_is_kept_without_a_claim(visits: Database) -> None:
    with visits.begin(CLERK, NOW) as work:
        assert recall(work, key="k-7", body=b"{}") is None
        keep(work, key="k-7", body=b"{}", answer=ANSWER)
    keep_alone(visits, CLERK, NOW, key="k-7", body=b"{}", answer=Answer(status=409, body={}))
    keep_alone(visits, CLERK, NOW, key="k-8", body=b"{}", answer=ANSWER)
    with visits.begin(CLERK, NOW) as work:
        keep(work, key="k-7", body=b"{}", answer=Answer(status=409, body={}))
        assert recall(work, key="k-7", body=b"{}") == ANSWER
        assert recall(work, key="k-8", body=b"{}") == ANSWER
