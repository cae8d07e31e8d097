"""批量办理: one move on ticked rows, each judged for itself, each with an answer and a key of its own."""

import re
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from shared.domain.referral.moves import Status
from tests.inbox.town import Town
from tests.web.browsing import json_of

API = "/justice/api/referrals/bulk"
PAGE = "/justice/inbox"


def called(town: Town, login: str, body: dict[str, Any], key: str = "") -> Any:  # noqa: ANN401 - as answered
    headers = {"Authorization": f"Bearer {town.sign_in(login)}", "Idempotency-Key": key or uuid4().hex}
    return town.app("justice").test_client().post(API, json=body, headers=headers)


def ticked(town: Town, login: str, move: str, *ids: UUID) -> str:
    """The page after ticking rows and pressing a button."""
    browser = town.browser(login, "justice")
    address = re.search(r'action="([^"]*/bulk\?key=[^"]+)"', browser.get(PAGE).text)
    assert address
    return browser.post(address[1], {"move": move, "ids": list(ids)}, on=PAGE).text


def test_one_claim_of_many_that_is_lost_stops_none_of_the_others(town: Town) -> None:
    first, taken, third = (town.offered(uuid4().hex) for _ in range(3))
    called(town, "second", {"move": "accept", "ids": [str(taken)]})

    answers = json_of(called(town, "lawyer", {"move": "accept", "ids": [str(first), str(taken), str(third)]}))

    assert [(each["referral_id"], each["status"]) for each in answers["answers"]] == [
        (str(first), HTTPStatus.OK),
        (str(taken), HTTPStatus.CONFLICT),
        (str(third), HTTPStatus.OK),
    ]
    assert answers["answers"][1]["problem"]["detail"].startswith("王芳已于 10:00 认领")
    assert town.judge.states[third].status is Status.ACCEPTED


def test_the_same_form_sent_again_acts_once_on_each_and_answers_the_same(town: Town) -> None:
    ids, key = [str(town.offered(uuid4().hex)) for _ in range(2)], uuid4().hex
    once = json_of(called(town, "visitor", {"move": "urge", "ids": ids}, key))

    again = json_of(called(town, "visitor", {"move": "urge", "ids": ids}, key))

    assert again == once
    assert [town.judge.states[UUID(each)].urged for each in ids] == [1, 1]


def test_the_page_tells_of_each_what_came_of_it(town: Town) -> None:
    mine, taken = town.offered(uuid4().hex), town.offered(uuid4().hex)
    called(town, "second", {"move": "accept", "ids": [str(taken)]})

    page = ticked(town, "lawyer", "accept", mine, taken)

    assert "共 2 件，办成 1 件，没有办成 1 件" in page
    assert "已被认领" in page
    assert town.judge.states[mine].holder_id == town.people["lawyer"].account_id


def test_nothing_ticked_is_said_kindly(town: Town) -> None:
    town.offered(uuid4().hex)

    assert "没有选中事项" in ticked(town, "lawyer", "accept")


def test_a_strangers_ids_are_answered_like_ids_that_never_were(town: Town) -> None:
    hidden, never = town.offered(uuid4().hex, kind="home_bed"), uuid4()

    answers = json_of(called(town, "lawyer", {"move": "accept", "ids": [str(hidden), str(never)]}))["answers"]

    assert {each["status"] for each in answers} == {HTTPStatus.NOT_FOUND}
    assert len({each["problem"]["detail"] for each in answers}) == 1


def test_many_withdrawn_at_once_need_a_reason(town: Town) -> None:
    ids = [str(town.offered(uuid4().hex)) for _ in range(2)]
    without = json_of(called(town, "visitor", {"move": "withdraw", "ids": ids}))["answers"]
    done = json_of(called(town, "visitor", {"move": "withdraw", "ids": ids, "reason": "mistake"}))["answers"]

    assert {each["status"] for each in without} == {HTTPStatus.UNPROCESSABLE_ENTITY}
    assert {each["answer"]["status"] for each in done} == {"withdrawn"}


def test_while_the_processes_are_away_the_rest_is_not_asked_and_may_be_with_the_same_key(town: Town) -> None:
    ids, key = [str(town.offered(uuid4().hex)) for _ in range(3)], uuid4().hex
    asked = len(town.judge.asked)
    town.judge.is_away = True
    away = json_of(called(town, "lawyer", {"move": "accept", "ids": ids}, key))["answers"]
    town.judge.is_away = False

    assert {each["status"] for each in away} == {HTTPStatus.SERVICE_UNAVAILABLE}
    assert len(town.judge.asked) <= asked + 1
    again = json_of(called(town, "lawyer", {"move": "accept", "ids": ids}, key))["answers"]
    assert {each["status"] for each in again} == {HTTPStatus.OK}


def test_another_bulk_under_the_same_key_is_refused_whole(town: Town) -> None:
    """Issue 4: same key and body, same answer; other body, 422."""
    first, second = (town.offered(uuid4().hex) for _ in range(2))
    called(town, "lawyer", {"move": "accept", "ids": [str(first)]}, "one key")

    answer = called(town, "lawyer", {"move": "accept", "ids": [str(first), str(second)]}, "one key")

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert town.judge.states[second].holder_id is None


def test_a_list_that_has_not_changed_is_304_for_programs_and_for_the_page(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    client, token = town.app("justice").test_client(), town.sign_in("lawyer")
    address, headers = "/justice/api/referrals", {"Authorization": f"Bearer {token}"}
    described = json_of(client.get("/justice/api/openapi.json"))["paths"][address]["get"]
    seen = {**headers, "If-None-Match": client.get(address, headers=headers).headers["ETag"]}
    same = client.get(address, headers=seen)
    called(town, "lawyer", {"move": "accept", "ids": [str(referral_id)]})
    browser = town.browser("lawyer", "justice")
    part = browser.get(f"{PAGE}/list")

    assert same.status_code == HTTPStatus.NOT_MODIFIED
    assert str(same.status_code) in described["responses"]
    assert client.get(address, headers=seen).status_code == HTTPStatus.OK
    assert (
        browser.get(f"{PAGE}/list", **{"If-None-Match": part.headers["ETag"]}).status_code
        == HTTPStatus.NOT_MODIFIED
    )
