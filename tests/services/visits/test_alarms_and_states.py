"""未见到老人 and a state (domain §0.2-1, §0.2-3): asleep once reported, over once confirmed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.visits.handlers.assigning import assign
from services.visits.handlers.commands import Assign, ContactRecorded
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import at_door
from shared.domain.codes import StateKind, VisitMode
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.persistence.engine import Database
from shared.platform.settings import Settings
from tests.services.visits.conftest import NOW, VISITOR, Begin, MakeElder, Record
from tests.services.visits.office import NO_ANSWER, SOON, Office, still_open, the_round
from tests.web.browsing import Browser

Owe = Callable[..., None]
As = Callable[..., Browser]


@pytest.fixture(scope="module")
def office(settings: Settings, desk: Desk, outbox: Callable[[str], list[Any]]) -> Iterator[Office]:
    opened = Office(settings, desk, outbox)
    yield opened
    opened.close()


@pytest.fixture
def elder(make_elder: MakeElder, begin: Begin, staff: Database, desk: Desk) -> UUID:
    """On the visitor's round."""
    enrolment_id = make_elder()
    with begin() as work:
        today = local_day(NOW, "Asia/Shanghai")
        command = Assign(enrolment_ids=(enrolment_id,), account_id=VISITOR.account_id, from_on=today)
        assign(command, work, desk)
    return enrolment_id


@pytest.fixture
def unseen(elder: UUID, record: Record, office: Office) -> ContactRecorded:
    """Nobody opened the door; the alarm's process runs."""
    answer = record(elder, **NO_ANSWER)
    assert office.process(answer.not_seen_id).status is Status.OFFERED
    return answer


def test_a_reported_state_puts_the_alarm_to_sleep_and_the_round_shows_the_state_instead(
    unseen: ContactRecorded, elder: UUID, office: Office, begin: Begin, desk: Desk
) -> None:
    office.reports(elder)
    found = the_round(begin, desk)

    assert office.process(unseen.not_seen_id).suspended_at == SOON
    assert elder not in [each.elder.enrolment_id for each in found.due]
    resting = {each.elder.enrolment_id: each for each in found.resting}[elder]
    assert (resting.stop.state, resting.alarm) == (StateKind.IN_HOSPITAL, None)
    with begin() as work:
        assert at_door(elder, work, desk).alarm is None


def test_one_persons_word_ends_nothing(
    unseen: ContactRecorded, elder: UUID, office: Office, begin: Begin
) -> None:
    """Domain §0.2-1: by the elder seen, or by who vouches; a report is neither."""
    office.reports(elder)

    assert office.process(unseen.not_seen_id).status is Status.OFFERED
    assert still_open(elder, begin)


def test_a_second_person_who_confirms_the_state_ends_the_alarm(
    unseen: ContactRecorded, elder: UUID, office: Office, begin: Begin
) -> None:
    office.decides(office.reports(elder), is_confirmed=True)
    ended = office.process(unseen.not_seen_id)

    assert (ended.status, ended.outcome, ended.clocks) == (Status.CLOSED, "state_confirmed", ())
    assert not still_open(elder, begin)


def test_a_refused_state_wakes_the_alarm_and_the_visitor_is_sent_again(
    unseen: ContactRecorded, elder: UUID, office: Office, begin: Begin, desk: Desk
) -> None:
    office.decides(office.reports(elder), is_confirmed=False)
    awake = office.process(unseen.not_seen_id)

    assert (awake.status, awake.suspended_at) == (Status.OFFERED, None)
    assert [clock.name for clock in awake.clocks] == ["accept", "complete"]
    due = {each.elder.enrolment_id: each for each in the_round(begin, desk).due}
    assert due[elder].alarm is not None


def test_a_refused_state_does_not_wake_what_another_one_keeps_asleep(
    unseen: ContactRecorded, elder: UUID, office: Office
) -> None:
    office.reports(elder)
    office.decides(office.reports(elder, StateKind.AWAY), is_confirmed=False)

    assert office.process(unseen.not_seen_id).suspended_at == SOON


def test_one_persons_word_keeps_nobody_from_a_sign_of_danger_and_a_second_one_ends_it(
    elder: UUID, record: Record, office: Office
) -> None:
    """§2.4 step 3: gas is smelt, and then somebody says that the elder is in hospital."""
    alarm = record(elder, red_flags=("smell",), **NO_ANSWER)
    state = office.reports(elder)
    awake = office.process(alarm.not_seen_id)
    office.decides(state, is_confirmed=True)

    assert (awake.status, awake.suspended_at) == (Status.OFFERED, None)
    assert office.process(alarm.not_seen_id).status is Status.CLOSED


def test_declining_visits_does_not_say_where_the_elder_is(
    unseen: ContactRecorded, elder: UUID, office: Office
) -> None:
    """谢绝探访: somebody who wants no visit should still answer."""
    office.decides(office.reports(elder, StateKind.DECLINES_VISITS), is_confirmed=True)

    assert office.process(unseen.not_seen_id).status is Status.OFFERED


def test_after_a_confirmed_state_the_next_failed_try_opens_an_alarm_of_its_own(
    unseen: ContactRecorded, elder: UUID, office: Office, record: Record
) -> None:
    state_id = office.reports(elder)
    office.decides(state_id, is_confirmed=True)
    office.process(unseen.not_seen_id)
    office.ends(state_id)
    later = record(elder, now=NOW + timedelta(days=2), **NO_ANSWER)

    assert later.not_seen_id not in {None, unseen.not_seen_id}
    assert office.process(later.not_seen_id).status is Status.OFFERED


def test_a_contact_after_a_confirmed_state_ends_no_alarm_a_second_time(
    unseen: ContactRecorded, elder: UUID, office: Office, record: Record
) -> None:
    office.decides(office.reports(elder), is_confirmed=True)
    office.process(unseen.not_seen_id)
    seen = record(elder, now=NOW + timedelta(days=2))

    assert (seen.not_seen_id, seen.ended_not_seen_id) == (None, None)
    assert record(elder, contact_id=seen.contact_id, now=NOW + timedelta(days=2)) == seen


def test_who_declines_visits_is_on_the_round_until_somebody_has_rung_them_up(
    elder: UUID, owe: Owe, record: Record, office: Office, begin: Begin, desk: Desk
) -> None:
    """谢绝上门, domain §0.2-7: for thirty days nobody was told to ask after them in the agreed way."""
    owe(elder, "weekly_visit")
    office.reports(elder, StateKind.DECLINES_VISITS)

    assert elder in [each.elder.enrolment_id for each in the_round(begin, desk).due]
    record(elder, now=SOON, mode=VisitMode.PHONE)
    assert elder in [each.elder.enrolment_id for each in the_round(begin, desk).resting]


def test_the_round_says_how_to_ask_after_who_declines_visits(
    elder: UUID, owe: Owe, office: Office, as_: As
) -> None:
    owe(elder, "weekly_visit")
    office.reports(elder, StateKind.DECLINES_VISITS)

    assert "谢绝探访，这一期请用电话、门口问候一次" in as_().get("/visits/").text


def test_who_is_away_is_not_asked_after(
    elder: UUID, owe: Owe, office: Office, begin: Begin, desk: Desk
) -> None:
    owe(elder, "weekly_visit")
    office.reports(elder, StateKind.AWAY)

    assert elder in [each.elder.enrolment_id for each in the_round(begin, desk).resting]


def test_a_suspected_death_stops_every_call_whatever_else_has_been_said_and_confirmed(
    elder: UUID, owe: Owe, office: Office, begin: Begin, desk: Desk, as_: As
) -> None:
    """Domain §0.2-3: of who had declined visits, and may have died, the round still said to ring up."""
    owe(elder, "weekly_visit")
    office.decides(office.reports(elder, StateKind.DECLINES_VISITS), is_confirmed=True)
    assert "tel:13900001234" in as_().get(f"/visits/elders/{elder}/contact").text
    office.reports(elder, StateKind.PRESUMED_DEAD)

    assert elder in [each.elder.enrolment_id for each in the_round(begin, desk).resting]
    page = as_().get(f"/visits/elders/{elder}/contact").text
    assert ("疑似去世，待核实：期间请不要打电话、不要敲门" in page, "tel:139" in page) == (True, False)


def test_who_declines_visits_and_is_in_hospital_is_looked_for_by_nobody(
    unseen: ContactRecorded, elder: UUID, office: Office, begin: Begin, desk: Desk
) -> None:
    """A confirmed 谢绝探访 hid what was reported after it: the visitor was sent to the door all the same."""
    office.decides(office.reports(elder, StateKind.DECLINES_VISITS), is_confirmed=True)
    office.reports(elder)

    assert elder not in [each.elder.enrolment_id for each in the_round(begin, desk).due]
    assert office.process(unseen.not_seen_id).suspended_at == SOON
