"""Intent exactly once, sending at least once (architecture §6-1): when, how often, and together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from shared.domain.codes import Urgency
from shared.inbox.notices import acknowledge
from shared.notices.sending import LONGEST_PAUSE, Sender
from shared.notices.waiting import LEASE, SETTLE
from shared.platform.logins import Login
from shared.policies.book import PolicyBook
from tests.builders import at
from tests.fakes import StandingClock
from tests.notices.conftest import MORNING, PLACE, TRIES, Senders, Town
from tests.notices.receiver import HANG_UP, Receiver
from tests.policies.plans import with_value

A_SECOND = timedelta(seconds=1)


def test_a_notice_is_delivered_once(town: Town, sender: Sender, receiver: Receiver) -> None:
    notice_id = town.tell(town.person())

    assert sender.send_next()
    assert not sender.send_next()

    assert receiver.keys == [str(notice_id)]
    assert town.attempts(notice_id) == [
        ("in_app", "delivered", "shown"),
        ("webhook", "delivered", "errcode_0"),
    ]


def test_after_an_error_or_no_answer_the_same_goes_out_under_the_same_key(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    notice_id = town.tell(town.person())
    receiver.answers.extend([(500, {}), HANG_UP])

    for _ in range(TRIES):
        assert sender.send_next()
        assert not sender.send_next()
        clock.at += timedelta(seconds=20)

    assert receiver.keys == [str(notice_id)] * 3
    assert len(set(receiver.texts)) == 1
    assert town.attempts(notice_id)[1:] == [
        ("webhook", "failed", "http_500"),
        ("webhook", "failed", "unreachable"),
        ("webhook", "delivered", "errcode_0"),
    ]
    row = town.row(notice_id)
    assert (row.tries, row.sent_at is not None, row.given_up_at) == (3, True, None)


def test_what_cannot_be_delivered_is_given_up_and_left_to_be_rung_up(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    notice_id = town.tell(town.person())
    receiver.answers.extend([(500, {})] * (TRIES + 1))

    for _ in range(TRIES + 1):
        sender.send_next()
        clock.at += LONGEST_PAUSE / 2

    assert len(receiver.received) == TRIES
    assert town.row(notice_id).given_up_at is not None
    assert notice_id in town.to_phone(clock.at)


def test_a_taken_notice_is_nobody_elses_until_the_lease_runs_out(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock, senders: Senders
) -> None:
    """A sender that dies after sending and before noting it: the message is sent again, recognisably."""
    notice_id = town.tell(town.person())
    dying = senders.on(webhook_url=receiver.webhook_url)
    dying._waiting.take(clock.now())

    assert not sender.send_next()
    clock.at += LEASE
    assert sender.send_next()

    assert receiver.keys == [str(notice_id)]


def test_notices_with_the_same_words_go_out_together(town: Town, sender: Sender, receiver: Receiver) -> None:
    """「您有3位老人本周还差1次」, one message, and each notice has its own record of it."""
    person, other = town.person(), town.person()
    told = [town.tell(person) for _ in range(3)]
    town.tell(person, params={"obligation": "weekly_visit", "missing": 2, "count": 1})
    town.tell(other)

    while sender.send_next():
        pass

    assert sorted(receiver.texts) == [
        "您有1位老人本周还差1次，点开查看",
        "您有1位老人本周还差2次，点开查看",
        "您有3位老人本周还差1次，点开查看",
    ]
    assert [town.attempts(notice_id)[-1] for notice_id in told] == [("webhook", "delivered", "errcode_0")] * 3


def test_what_joins_later_does_not_change_what_was_tried(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    person = town.person()
    town.tell(person)
    town.tell(person)
    receiver.answers.append((500, {}))
    sender.send_next()
    late = town.tell(person)
    clock.at += timedelta(seconds=20)

    while sender.send_next():
        pass

    first, again = (call for call in receiver.received if call.key != str(late))
    assert (first.key, first.body) == (again.key, again.body)
    assert receiver.keys.count(str(late)) == 1


def test_routine_ones_wait_a_minute_for_the_others_of_their_moment(
    town: Town, sender: Sender, clock: StandingClock
) -> None:
    town.tell(town.person())

    clock.at = MORNING + SETTLE - A_SECOND
    assert not sender.send_next()
    clock.at = MORNING + SETTLE
    assert sender.send_next()


def test_urgent_ones_wait_for_nobody_and_go_first(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    clock.at = MORNING + SETTLE
    person = town.person()
    town.tell(person)
    urgent = town.tell(person, code="door_visit", urgency=Urgency.URGENT, not_before=clock.at)

    sender.send_next()

    assert receiver.keys == [str(urgent)]
    assert receiver.texts == ["有1位老人未见到，请上门查看，点开查看"]


def test_after_an_outage_a_late_routine_notice_waits_for_the_morning_and_an_urgent_one_does_not(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    """Routine notices go out 8:30–17:30 on working days, emergencies at any hour (domain §0.2-5)."""
    routine = town.tell(town.person())
    urgent = town.tell(town.person(), urgency=Urgency.URGENT)
    clock.at = at("2026-11-18 22:00")

    while sender.send_next():
        pass
    assert receiver.keys == [str(urgent)]
    assert town.attempts(routine) == []

    clock.at = at("2026-11-19 08:30")
    sender.send_next()
    assert receiver.keys == [str(urgent), str(routine)]


def test_how_late_is_too_late_for_the_evening_is_said_by_the_plan(
    town: Town, senders: Senders, receiver: Receiver, clock: StandingClock
) -> None:
    routine = town.tell(town.person())
    clock.at = at("2026-11-18 22:00")
    generous = PolicyBook((with_value(PLACE, "timing.late_notice.minutes", 24 * 60),))

    senders.on(webhook_url=receiver.webhook_url, book=generous).send_next()

    assert receiver.keys == [str(routine)]


def test_who_has_acknowledged_is_told_no_more_and_rung_by_nobody(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    person = town.person()
    notice_id = town.tell(person)
    assert notice_id in town.to_phone(clock.at)

    acknowledged(town, person, clock)

    assert not sender.send_next()
    assert receiver.received == []
    assert notice_id not in town.to_phone(clock.at)


def test_acknowledging_never_waits_for_a_provider(
    town: Town, sender: Sender, receiver: Receiver, clock: StandingClock
) -> None:
    """No row is locked while the robot is asked: its answer comes only after the person has acknowledged."""
    person = town.person()
    notice_id = town.tell(person)
    receiver.meanwhile = lambda: acknowledged(town, person, clock)

    sender.send_next()

    row = town.row(notice_id)
    assert (row.acknowledged_at, row.sent_at) == (clock.at, clock.at)
    assert town.to_phone(clock.at) == set()


def test_two_senders_share_the_work_and_send_nothing_twice(
    town: Town, senders: Senders, receiver: Receiver
) -> None:
    people = [town.person() for _ in range(4)]
    told = [town.tell(person, params={"kind": "drill", "n": n}) for person in people for n in range(5)]

    def work_off(sender: Sender) -> None:
        while sender.send_next():
            pass

    pair = [senders.on(webhook_url=receiver.webhook_url) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work_off, pair))

    assert sorted(receiver.keys) == sorted(map(str, told))


def acknowledged(town: Town, account_id: UUID, clock: StandingClock) -> None:
    """The person taps 确认 on their page."""
    with town.database(Login.VISITS).begin(town.staff(account_id), clock.at) as work:
        acknowledge(work)
