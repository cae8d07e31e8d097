"""Watchers, questions about fields, and drafts: who may, what comes of it, and what stays on record."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared.domain.referral.moves import Move
from shared.inbox.acts import Act
from shared.inbox.handlers import perform
from shared.platform.logins import Login
from tests.inbox.town import Town
from tests.web.browsing import json_of


def page_of(referral_id: UUID) -> str:
    return f"/department/inbox/{referral_id}"


def does(town: Town, login: str, move: Move, referral_id: UUID, code: str = "", words: str = "") -> None:
    act = Act(
        person=town.people[login],
        move=move,
        referral_id=referral_id,
        at=town.clock.now(),
        key=uuid4().hex,
        code=code,
        text=words,
    )
    perform(town.desk(), act)


def told(town: Town, login: str, referral_id: UUID) -> int:
    """How many notices a watcher has of this referral."""
    counted = text(
        "SELECT count(*) FROM notices.notice"
        " WHERE code = 'watched' AND account_id = :who AND referral_id = :id"
    )
    asked = {"who": town.people[login].account_id, "id": referral_id}
    with town.database(Login.OWNER).engine.connect() as owner:
        return int(owner.execute(counted, asked).scalar_one())


def called(town: Town, login: str, method: str, path: str, body: object = None) -> HTTPStatus:
    headers = {"Authorization": f"Bearer {town.sign_in(login)}", "Idempotency-Key": uuid4().hex}
    answer = (
        town.app()
        .test_client()
        .open(f"/department/api/referrals/{path}", method=method, json=body, headers=headers)
    )
    return HTTPStatus(answer.status_code)


def watches(town: Town, login: str, referral_id: UUID, *, by: str) -> HTTPStatus:
    return called(town, by, "PUT", f"{referral_id}/watchers/{town.people[login].account_id}")


def test_a_watcher_is_told_of_each_main_step_but_not_of_their_own(town: Town) -> None:
    """抄送: notices of main moves, intent exactly once."""
    referral_id = town.offered(uuid4().hex)
    assert watches(town, "second", referral_id, by="lawyer") is HTTPStatus.NO_CONTENT
    does(town, "lawyer", Move.ACCEPT, referral_id)
    does(town, "lawyer", Move.NOTE, referral_id, words="已联系")
    does(town, "lawyer", Move.COMPLETE, referral_id, code="advised")

    assert told(town, "second", referral_id) == 2
    assert told(town, "lawyer", referral_id) == 0
    assert "您关注的1件「法律咨询」有新的进展" in town.browser("second").get("/department/inbox/notices").text


def test_what_is_watched_stands_in_a_list_of_its_own_until_one_stops(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    browser, listed = town.browser("second"), "/department/inbox?view=watching"
    browser.post(
        f"{page_of(referral_id)}/watchers",
        {"account_id": town.people["second"].account_id},
        on=page_of(referral_id),
    )
    assert str(referral_id) in browser.get(listed).text

    me = town.people["second"].account_id
    browser.post(f"{page_of(referral_id)}/watchers/{me}/end", on=page_of(referral_id))
    does(town, "lawyer", Move.ACCEPT, referral_id)

    assert str(referral_id) not in browser.get(listed).text
    assert told(town, "second", referral_id) == 0


def test_only_members_of_the_parties_can_watch_and_only_parties_add_them(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)

    assert watches(town, "doctor", referral_id, by="lawyer") is HTTPStatus.UNPROCESSABLE_ENTITY
    assert watches(town, "doctor", referral_id, by="doctor") is HTTPStatus.NOT_FOUND


def test_a_watcher_whose_unit_is_no_party_any_more_is_not_told(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    watches(town, "second", referral_id, by="lawyer")
    does(town, "lawyer", Move.DECLINE, referral_id, code="not_our_duty")
    does(town, "coordinator", Move.APPOINT, referral_id, code="shanghai_jiangpu:service_office")
    before = told(town, "second", referral_id)
    does(town, "coordinator", Move.ACCEPT, referral_id)

    assert told(town, "second", referral_id) == before


@pytest.fixture
def asked(town: Town) -> tuple[UUID, str]:
    """The holder of a referral asks for whom to ring up in need; answers it and the question's id."""
    referral_id = town.offered(uuid4().hex)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    town.browser("lawyer").post(
        f"{page_of(referral_id)}/fields?key=q",
        {"wanted": ["contacts"], "reason": "要同子女核对继承人。"},
        on=page_of(referral_id),
    )
    found = json_of(
        town.app()
        .test_client()
        .get(
            f"/department/api/referrals/{referral_id}/file",
            headers={"Authorization": f"Bearer {town.sign_in('visitor')}"},
        )
    )
    return referral_id, found["field_requests"][0]["request_id"]


def test_the_requester_grants_and_whoever_works_on_it_sees_the_field(
    town: Town, asked: tuple[UUID, str]
) -> None:
    """The receiver asks for more; asking and granting are recorded."""
    referral_id, request_id = asked
    before = town.browser("lawyer").get(page_of(referral_id)).text
    town.browser("visitor").post(
        f"{page_of(referral_id)}/fields/{request_id}/answer", {"granted": "true"}, on=page_of(referral_id)
    )
    after = town.browser("lawyer").get(page_of(referral_id)).text

    assert "待答复" in before
    assert "已同意" in after
    assert "要同子女核对继承人。" in after
    with town.database(Login.OWNER).engine.connect() as owner:
        actions = owner.execute(
            text("SELECT action FROM kit.history WHERE stream = :stream ORDER BY seq"),
            {"stream": f"referral:{referral_id}"},
        ).scalars()
        assert [each for each in actions if each.startswith("fields_")] == ["fields_asked", "fields_answered"]


def test_a_refusal_is_shown_and_the_first_answer_stays(town: Town, asked: tuple[UUID, str]) -> None:
    referral_id, request_id = asked
    path = f"{referral_id}/field-requests/{request_id}/answer"
    refusal = {"granted": False, "reason": "与办理无关。"}

    assert called(town, "visitor", "PUT", path, refusal) is HTTPStatus.NO_CONTENT
    assert called(town, "visitor", "PUT", path, refusal) is HTTPStatus.NO_CONTENT
    assert called(town, "visitor", "PUT", path, {"granted": True}) is HTTPStatus.CONFLICT
    page = town.browser("lawyer").get(page_of(referral_id)).text
    assert "不同意" in page
    assert "与办理无关。" in page


def test_only_the_receiver_asks_and_only_the_requester_answers(town: Town, asked: tuple[UUID, str]) -> None:
    referral_id, request_id = asked
    question = {"wanted": ["contacts"], "reason": "想知道"}

    path = f"{referral_id}/field-requests"
    assert called(town, "coordinator", "POST", path, question) is HTTPStatus.FORBIDDEN
    assert (
        called(town, "lawyer", "PUT", f"{path}/{request_id}/answer", {"granted": True})
        is HTTPStatus.FORBIDDEN
    )
    assert called(town, "doctor", "POST", path, question) is HTTPStatus.NOT_FOUND


def test_nothing_more_is_asked_for_work_that_has_ended(town: Town) -> None:
    """The page offered it no more, a program could, and read the telephone of work long done."""
    referral_id = town.offered(uuid4().hex)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    does(town, "lawyer", Move.COMPLETE, referral_id, code="advised")
    does(town, "coordinator", Move.CONFIRM, referral_id)

    question = {"wanted": ["phone"], "reason": "想知道"}
    assert called(town, "lawyer", "POST", f"{referral_id}/field-requests", question) is HTTPStatus.CONFLICT


def test_the_requesters_list_says_that_a_question_waits(town: Town, asked: tuple[UUID, str]) -> None:
    assert "补充信息待答复" in town.browser("visitor").get("/department/inbox?view=sent").text


def test_a_draft_comes_back_into_the_form_and_is_its_writers_alone(town: Town) -> None:
    referral_id = town.offered(uuid4().hex)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    page = page_of(referral_id)
    town.browser("lawyer").post(
        f"{page}/draft", {"outcome": "advised", "text": "讲了遗嘱的五种形式"}, on=page
    )

    own, others = town.browser("lawyer").get(page).text, town.browser("second").get(page).text

    assert "讲了遗嘱的五种形式" in own
    assert '<option value="advised" selected>' in own
    assert "讲了遗嘱的五种形式" not in others


def test_a_draft_outlives_the_release_and_ends_with_the_outcome(town: Town) -> None:
    """Claims idle too long go back to the pool with the draft kept."""
    referral_id = town.offered(uuid4().hex)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    page, browser = page_of(referral_id), town.browser("lawyer")
    browser.post(f"{page}/draft", {"text": "写到一半"}, on=page)
    does(town, "lawyer", Move.RELEASE, referral_id)
    released = browser.get(page).text
    does(town, "lawyer", Move.ACCEPT, referral_id)
    browser.post(f"{page}/complete", {"outcome": "advised", "text": "写到一半，写完了"}, on=page)

    assert "您保存的草稿" in released
    assert "写到一半" in released
    assert "您保存的草稿" not in browser.get(page).text


def test_an_outcome_that_comes_too_late_is_refused_and_kept_as_a_draft(town: Town) -> None:
    """409 with the draft recoverable: the claim was released a moment before."""
    referral_id = town.offered(uuid4().hex)
    does(town, "lawyer", Move.ACCEPT, referral_id)
    does(town, "lawyer", Move.RELEASE, referral_id)
    does(town, "second", Move.ACCEPT, referral_id)
    body = {"outcome": "advised", "text": "已经讲清楚了"}

    refused = called(town, "lawyer", "POST", f"{referral_id}/complete", body)

    assert refused in {HTTPStatus.CONFLICT, HTTPStatus.FORBIDDEN}
    assert "已经讲清楚了" in town.browser("lawyer").get(page_of(referral_id)).text
