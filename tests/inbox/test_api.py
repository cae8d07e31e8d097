"""The JSON of the inbox: the same handlers, statuses that programs can rely on."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from werkzeug.test import TestResponse

from shared.domain.referral.moves import PERMITTED, Move, Party
from tests.builders import a_move, an_officer
from tests.inbox.town import COMMITTEE, JUSTICE, NOW, Town
from tests.web.browsing import json_of

Call = Callable[..., TestResponse]
API = "/justice/api"


@pytest.fixture
def call(town: Town) -> Call:
    """A program that acts for somebody, with a bearer token."""

    def called(login: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        client = town.app("justice").test_client()
        sent = {"Authorization": f"Bearer {town.sign_in(login)}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        if body is None:
            return client.get(path, headers=sent)
        return client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex, **sent})

    return called


def of(referral_id: UUID, move: str = "") -> str:
    return f"{API}/referrals/{referral_id}" + (f"/{move}" if move else "")


def test_a_claim_answers_where_the_referral_stands(town: Town, call: Call) -> None:
    referral_id = town.offered("claim")

    answer = call("lawyer", of(referral_id, "accept"), {})

    assert answer.status_code == HTTPStatus.OK
    assert json_of(answer) | {"complete_by": None} == {
        "status": "accepted",
        "unit_id": JUSTICE,
        "holder_id": str(town.people["lawyer"].account_id),
        "held_since": NOW.isoformat(),
        "accept_by": None,
        "complete_by": None,
        "seq": 2,
    }


def test_a_lost_race_is_409_and_names_the_winner_the_time_and_what_is_possible(
    town: Town, call: Call
) -> None:
    referral_id = town.offered("race")
    call("lawyer", of(referral_id, "accept"), {})

    answer = call("second", of(referral_id, "accept"), {})

    problem = json_of(answer)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert answer.mimetype == "application/problem+json"
    assert problem["code"] == "taken_already"
    assert problem["detail"] == "李明已于 10:00 认领，您可查看进展，或申请转办、协办。"
    assert problem["facts"]["holder_id"] == str(town.people["lawyer"].account_id)
    assert problem["facts"]["held_since"] == NOW.isoformat()
    assert "note" in problem["facts"]["possible"].split()


def test_who_holds_it_already_is_not_told_so_like_a_stranger(town: Town, call: Call) -> None:
    referral_id = town.offered("own")
    call("lawyer", of(referral_id, "accept"), {})

    answer = call("lawyer", of(referral_id, "accept"), {})

    assert json_of(answer)["detail"].startswith("您已于 10:00 认领")


def test_whoever_comes_after_the_end_learns_when_and_how_it_ended_and_may_still_remark(
    town: Town, call: Call
) -> None:
    referral_id = town.offered("over")
    call("lawyer", of(referral_id, "accept"), {})
    call("lawyer", of(referral_id, "complete"), {"outcome": "advised", "text": "已解答"})

    asked_by = an_officer(town.judge.states[referral_id].requesting_unit_id)
    town.judge.make(referral_id, a_move(Move.CONFIRM, asked_by, NOW))

    late = call("second", of(referral_id, "note"), {"text": "又来电"})
    remark = call("second", of(referral_id, "remarks"), {"text": "老人又来电，已另行转介"})

    problem = json_of(late)
    assert (late.status_code, problem["code"]) == (HTTPStatus.CONFLICT, "ended_before")
    assert problem["detail"] == "已于 10:00 结束（已解答），办理情况没有再变动。"
    assert remark.status_code == HTTPStatus.CREATED


def test_the_same_key_answers_the_same_and_another_body_is_422(town: Town, call: Call) -> None:
    referral_id, key = town.offered("key"), uuid4().hex

    answers = [
        call("lawyer", of(referral_id, "note"), {"text": text}, Idempotency_Key=key)
        for text in ("已联系", "已联系", "没有联系上")
    ]

    assert [answer.status_code for answer in answers] == [
        HTTPStatus.OK,
        HTTPStatus.OK,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    ]
    assert json_of(answers[0]) == json_of(answers[1])


def test_a_move_without_a_key_is_428(town: Town, call: Call) -> None:
    referral_id = town.offered("keyless")

    answer = call("lawyer", of(referral_id, "accept"), {}, Idempotency_Key="")

    assert answer.status_code == HTTPStatus.PRECONDITION_REQUIRED


@pytest.mark.parametrize("sent", ['""', "a b", "W/", '"1", "2"', f'"{"9" * 5000}"', '"٣"'])
def test_an_if_match_that_names_no_state_guards_all_the_same(town: Town, call: Call, sent: str) -> None:
    """An empty one and an endless one were errors of ours, and one with a blank in it guarded nothing."""
    referral_id = town.offered("if-match-odd")
    refused = call("lawyer", of(referral_id, "accept"), {}, If_Match=sent)

    assert refused.status_code == HTTPStatus.PRECONDITION_FAILED


def test_if_match_guards_against_a_state_that_has_changed(town: Town, call: Call) -> None:
    referral_id = town.offered("match")
    seen = call("lawyer", of(referral_id)).headers["ETag"]
    call("second", of(referral_id, "note"), {"text": "已联系"})

    old = call("lawyer", of(referral_id, "accept"), {}, If_Match=seen)
    foreign = call("lawyer", of(referral_id, "accept"), {}, If_Match='"abc"')
    fresh = call(
        "lawyer", of(referral_id, "accept"), {}, If_Match=call("lawyer", of(referral_id)).headers["ETag"]
    )
    whichever = call("lawyer", of(referral_id, "note"), {"text": "已约好"}, If_Match="*")

    assert old.status_code == foreign.status_code == HTTPStatus.PRECONDITION_FAILED
    assert json_of(old)["facts"]["seq"] == "2"
    assert fresh.status_code == whichever.status_code == HTTPStatus.OK


def test_another_units_officer_gets_404_for_reading_and_for_every_move(town: Town, call: Call) -> None:
    referral_id = town.offered("other")

    assert call("doctor", of(referral_id)).status_code == HTTPStatus.NOT_FOUND
    assert call("doctor", of(referral_id, "accept"), {}).status_code == HTTPStatus.NOT_FOUND


def test_a_role_that_is_not_listed_is_403(town: Town, call: Call) -> None:
    referral_id = town.offered("role")

    assert call("visitor", of(referral_id, "accept"), {}).status_code == HTTPStatus.FORBIDDEN
    assert (
        call("lawyer", of(referral_id, "appoint"), {"unit_id": JUSTICE}).status_code == HTTPStatus.FORBIDDEN
    )


def test_a_body_with_what_nobody_knows_is_422(town: Town, call: Call) -> None:
    referral_id = town.offered("body")

    answers = [
        call("lawyer", of(referral_id, "accept"), {"hurry": True}),
        call("lawyer", of(referral_id, "decline"), {}),
        call("visitor", of(referral_id, "withdraw"), {"reason": "no_such_reason"}),
    ]

    assert {answer.status_code for answer in answers} == {HTTPStatus.UNPROCESSABLE_ENTITY}


def test_a_list_pages_through_and_shows_no_name(town: Town, call: Call) -> None:
    offered = {str(town.offered(f"page-{number}")) for number in range(3)}
    seen: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = json_of(call("lawyer", f"{API}/referrals?limit=2" + (f"&after={after}" if after else "")))
        seen += page["items"]
        after = page["next"]

    assert offered <= {item["referral_id"] for item in seen}
    assert len(seen) == len({item["referral_id"] for item in seen})
    assert {item["elder"] for item in seen} == {"张**"}


def test_one_referral_tells_its_words_its_history_and_what_may_be_done(town: Town, call: Call) -> None:
    referral_id = town.offered("one", text="想立遗嘱")
    call("lawyer", of(referral_id, "accept"), {"text": "我来办"})

    seen = json_of(call("lawyer", of(referral_id)))

    assert seen["asked"] == "想立遗嘱"
    assert seen["consent"] == "agreed"
    assert [line["what"] for line in seen["ledger"]] == ["派发到司法所", "认领"]
    assert seen["ledger"][1]["text"] == "我来办"
    assert {"complete", "release"} <= set(seen["moves"])
    assert "advised" in seen["outcomes"]


def test_an_offer_by_a_program_happens_once(town: Town, call: Call) -> None:
    body = {
        "enrolment_id": str(town.elder),
        "kind": "legal_consultation",
        "text": "想立遗嘱",
        "word": "agreed",
        "requesting_unit_id": COMMITTEE,
    }
    key = uuid4().hex

    answers = [call("visitor", f"{API}/referrals", body, Idempotency_Key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.CREATED, HTTPStatus.CREATED]
    assert json_of(answers[0]) == json_of(answers[1])


def test_what_was_just_offered_is_there_in_a_moment_and_says_so(town: Town, call: Call) -> None:
    """Its process has not begun; to anybody else it is nothing at all."""
    made = json_of(call("visitor", f"{API}/referrals", an_offer(town)))
    address = f"{API}/referrals/{made['referral_id']}"

    early, strange = call("visitor", address), call("doctor", address)
    town.deliver()
    later = call("visitor", address)

    assert (early.status_code, json_of(early)["code"]) == (HTTPStatus.NOT_FOUND, "referral_on_its_way")
    assert (early.headers["Retry-After"], json_of(early)["retryable"]) == ("1", True)
    assert (json_of(strange)["code"], json_of(strange)["retryable"]) == ("referral_not_found", False)
    assert later.status_code == HTTPStatus.OK


def test_a_program_cannot_refer_an_elder_who_does_not_agree(town: Town, call: Call) -> None:
    body = {
        "enrolment_id": str(town.elder),
        "kind": "legal_consultation",
        "text": "想立遗嘱",
        "word": "disagrees",
    }

    answer = call("visitor", f"{API}/referrals", body)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert json_of(answer)["code"] == "elder_does_not_agree"


def test_the_description_lists_every_move_with_its_body_and_key(town: Town) -> None:
    described = json_of(town.app("justice").test_client().get(f"{API}/openapi.json"))

    moves = [move for move in Move if Party.PROCESS not in PERMITTED[move]]
    for move in moves:
        path = described["paths"][
            of(UUID(int=0), move.replace("_", "-")).replace(str(UUID(int=0)), "{referral_id}")
        ]
        assert "requestBody" in path["post"], move
        assert "409" in path["post"]["responses"], move


def an_offer(town: Town, **changes: object) -> dict[str, Any]:
    """A legal question of the town's elder, as a program sends it."""
    base = {
        "enrolment_id": str(town.elder),
        "kind": "legal_consultation",
        "text": "想问赡养费",
        "word": "agreed",
    }
    return base | changes


def test_the_key_of_one_person_never_swallows_what_another_asks(town: Town, call: Call) -> None:
    """Two programs that number from one must not lose each other's referrals."""
    town.joins("colleague", "方明", *town.people["visitor"].roles, unit=COMMITTEE, areas=("310110008",))
    mine = call("visitor", f"{API}/referrals", an_offer(town), Idempotency_Key="1")
    theirs = call(
        "colleague", f"{API}/referrals", an_offer(town, kind="mediation", text="请说和"), Idempotency_Key="1"
    )

    assert {mine.status_code, theirs.status_code} == {HTTPStatus.CREATED}
    assert json_of(mine)["referral_id"] != json_of(theirs)["referral_id"]


@pytest.mark.parametrize("kind", ["family_planning_care", "drill"])
def test_a_kind_that_a_form_does_not_show_somebody_is_unknown_to_their_program(
    town: Town, call: Call, kind: str
) -> None:
    """计生特殊家庭: not even named to those whom it does not concern; 演练 is about no elder at all."""
    answer = call("visitor", f"{API}/referrals", an_offer(town, kind=kind))

    assert (answer.status_code, json_of(answer)["code"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_kind")


def test_what_work_grew_from_is_a_contact_or_a_referral_of_that_elder_that_the_person_may_see(
    town: Town, call: Call
) -> None:
    """Anything could be put there, another elder's record included."""
    neighbour = town.enrol("陆小妹", "长阳路123弄7号101室")
    contact, theirs = town.visited(town.elder), town.visited(neighbour)
    earlier, not_seen = town.offered("earlier"), town.offered("of the neighbour", elder=neighbour)

    def answer(origin_id: UUID) -> tuple[int, str]:
        sent = call("visitor", f"{API}/referrals", an_offer(town, origin_id=str(origin_id)))
        body = json_of(sent)
        return sent.status_code, body.get("code") or body["referral_id"]

    for origin_id in (contact, earlier):
        status, referral_id = answer(origin_id)
        town.deliver()
        assert status == HTTPStatus.CREATED
        assert town.judge.states[UUID(referral_id)].origin_id == origin_id
    for origin_id in (theirs, not_seen, town.elder, uuid4()):
        assert answer(origin_id) == (HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_origin")
    refused = call("visitor", f"{API}/referrals", an_offer(town, origin_id=str(theirs)))
    assert json_of(refused)["facts"] == {"field": "origin_id"}
    assert "origin_id" in json_of(refused)["detail"]


def test_spaces_are_no_words(town: Town, call: Call) -> None:
    answer = call("visitor", f"{API}/referrals", an_offer(town, text="  "))

    assert (answer.status_code, list(json_of(answer)["errors"])) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        ["text"],
    )
