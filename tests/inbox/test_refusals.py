"""What a refusal says besides no: whose the move is, and what is possible now, as the page shows it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from shared.domain.referral.moves import Move
from tests.inbox.conftest import Perform
from tests.inbox.town import Town
from tests.web.browsing import json_of


def asked(town: Town, referral_id: UUID, move: str, body: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The lawyer's program asks for a move; the answer, and the verbs that the referral shows."""
    client = town.app("justice").test_client()
    headers = {"Authorization": f"Bearer {town.sign_in('lawyer')}", "Idempotency-Key": uuid4().hex}
    at = f"/justice/api/referrals/{referral_id}"
    answer = json_of(client.post(f"{at}/{move}", json=body, headers=headers))
    return answer, json_of(client.get(at, headers=headers))["moves"]


def test_a_move_of_somebody_else_names_whose_it_is(town: Town, done: Perform) -> None:
    """The holder was told that 同意延期 is for the holder to say, and 恢复办理 of what is not paused."""
    referral_id = town.offered("whose")
    done("lawyer", Move.ACCEPT, referral_id)

    answer, shown = asked(town, referral_id, "grant-time", {})

    assert answer["status"] == HTTPStatus.FORBIDDEN
    assert answer["detail"] == "「同意延期」要由批准延期的单位来办。"
    assert answer["facts"]["possible"].split() == shown


def test_whatever_bars_a_move_the_refusal_says_what_is_possible_now(town: Town, done: Perform) -> None:
    """Issue 4: of a pause too long it said that one can look."""
    referral_id = town.offered("barred")
    done("lawyer", Move.ACCEPT, referral_id)

    too_long = {"ground": "awaiting_papers", "until_on": "2027-11-18", "text": "等户口簿"}
    answer, shown = asked(town, referral_id, "pause", too_long)

    assert (answer["code"], answer["facts"]["possible"].split()) == ("paused_too_long", shown)
    assert "报办结" in answer["facts"]["can_do"]
