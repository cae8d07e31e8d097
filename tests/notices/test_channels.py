"""What providers get: the JSON of robot and text-message port, and the intent's id as key."""

from uuid import UUID

import pytest

from shared.domain.codes import Urgency
from shared.notices.sending import Sender
from tests.builders import at
from tests.fakes import StandingClock
from tests.notices.conftest import PHONE, Senders, Town
from tests.notices.receiver import Receiver

WARNING = "您有1位老人本周还差1次，点开查看"


def test_the_robot_gets_the_words_the_number_and_the_key(
    town: Town, sender: Sender, receiver: Receiver
) -> None:
    """Domain §0.2-6: 「您有1位老人本周还差1次，点开查看」."""
    notice_id = town.tell(town.person())

    assert sender.send_next()

    [call] = receiver.received
    assert call.path == "/cgi-bin/webhook/send?key=robot"
    assert call.key == str(notice_id)
    assert call.body == {
        "msgtype": "text",
        "text": {"content": f"{WARNING} https://tanfang.example/", "mentioned_mobile_list": [PHONE]},
        "id": str(notice_id),
    }


def test_the_text_message_port_gets_number_text_key_and_token(
    town: Town, senders: Senders, receiver: Receiver
) -> None:
    notice_id = town.tell(town.person())

    senders.on(sms_url=receiver.sms_url).send_next()

    [call] = receiver.received
    assert (call.path, call.key, call.authorization) == ("/sms", str(notice_id), "Bearer secret")
    assert call.body == {
        "phone": PHONE,
        "text": f"{WARNING} https://tanfang.example/",
        "id": str(notice_id),
    }


def test_one_channel_that_delivers_is_enough(town: Town, senders: Senders, receiver: Receiver) -> None:
    notice_id = town.tell(town.person())
    receiver.answers.append((503, {}))

    senders.on(webhook_url=receiver.webhook_url, sms_url=receiver.sms_url).send_next()

    assert town.row(notice_id).sent_at is not None
    assert town.attempts(notice_id) == [
        ("in_app", "delivered", "shown"),
        ("webhook", "failed", "http_503"),
        ("sms", "delivered", "http_200"),
    ]


def test_without_a_way_out_a_notice_is_delivered_by_being_on_the_page(
    town: Town, senders: Senders, clock: StandingClock
) -> None:
    """At any hour: nobody is disturbed by it."""
    notice_id = town.tell(town.person(phone=None))
    clock.at = at("2026-11-18 22:00")

    senders.on().send_next()

    assert town.row(notice_id).sent_at is not None
    assert town.attempts(notice_id) == [("in_app", "delivered", "shown")]


@pytest.mark.parametrize(
    ("status", "answer", "detail", "is_final"),
    [
        (200, {"errcode": 45009}, "errcode_45009", False),
        (200, {"errcode": -1}, "errcode_-1", False),
        (200, {"errcode": 93000}, "errcode_93000", True),
        (200, {"sign": "in"}, "not_understood", False),
        (401, {}, "http_401", False),
        (429, {}, "http_429", False),
        (400, {}, "http_400", True),
    ],
)
def test_an_answer_says_whether_another_try_may_help(
    town: Town,
    sender: Sender,
    receiver: Receiver,
    status: int,
    answer: dict[str, object],
    detail: str,
    *,
    is_final: bool,
) -> None:
    notice_id = town.tell(town.person(), urgency=Urgency.URGENT)
    receiver.answers.append((status, answer))

    sender.send_next()

    row = town.row(notice_id)
    assert (row.sent_at, row.given_up_at is not None, row.try_at is None) == (None, is_final, is_final)
    assert town.attempts(notice_id)[-1] == ("webhook", "failed", detail)


def test_who_has_no_number_is_left_to_be_rung_up(town: Town, sender: Sender, receiver: Receiver) -> None:
    notice_id = town.tell(town.person(phone=None))

    sender.send_next()

    assert receiver.received == []
    assert town.row(notice_id).given_up_at is not None
    assert town.attempts(notice_id)[-1] == ("webhook", "failed", "no_phone")


def test_every_key_is_an_intent_on_record(town: Town, sender: Sender, receiver: Receiver) -> None:
    told = {town.tell(town.person()) for _ in range(3)}

    while sender.send_next():
        pass

    assert {UUID(key) for key in receiver.keys} == told
