"""A try under one person's word: nobody searches until a second person has refused it (§0.2-1, §0.2-3)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.visits.handlers.assigning import assign
from services.visits.handlers.commands import Assign, ContactRecorded
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import at_door
from services.visits.handlers.recording import record_contact
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.persistence.engine import Database
from shared.platform.settings import Settings
from tests.services.visits.conftest import (
    NOW,
    VISITOR,
    Begin,
    MakeElder,
    Record,
    a_contact,
    until_somebody_waits,
)
from tests.services.visits.office import NO_ANSWER, SOON, Office, still_open, the_round


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
def tried_meanwhile(elder: UUID, record: Record, office: Office) -> tuple[UUID, ContactRecorded]:
    """Somebody says hospital; before anybody has checked it the visitor knocks, and nobody opens."""
    state_id = office.reports(elder)
    return state_id, record(elder, now=SOON + timedelta(minutes=20), **NO_ANSWER)


def test_a_try_under_one_persons_word_sets_nobody_searching(
    tried_meanwhile: tuple[UUID, ContactRecorded],
    elder: UUID,
    office: Office,
    begin: Begin,
    desk: Desk,
) -> None:
    asleep = office.process(tried_meanwhile[1].not_seen_id)

    assert (asleep.status, asleep.clocks, asleep.seq) == (Status.OFFERED, (), 1)
    assert office.told(asleep.referral_id) == []
    assert elder not in [each.elder.enrolment_id for each in the_round(begin, desk).due]


def test_the_refusal_opens_the_search_with_its_whole_limits(
    tried_meanwhile: tuple[UUID, ContactRecorded], elder: UUID, office: Office, begin: Begin, desk: Desk
) -> None:
    """Domain §0.2-1, §0.2-3: what a second person does not confirm keeps nobody from looking."""
    state_id, tried = tried_meanwhile
    office.decides(state_id, is_confirmed=False)
    awake = office.process(tried.not_seen_id)

    assert [clock.started_at for clock in awake.clocks] == [SOON + timedelta(hours=1)] * 2
    assert office.told(awake.referral_id) != []
    due = {each.elder.enrolment_id: each for each in the_round(begin, desk).due}
    assert due[elder].alarm is not None


def test_a_message_that_comes_twice_opens_one_search(
    tried_meanwhile: tuple[UUID, ContactRecorded], office: Office, record: Record, elder: UUID
) -> None:
    """A relay that died after sending sends again; a phone without an answer too."""
    state_id, tried = tried_meanwhile
    office.decides(state_id, is_confirmed=False)
    once = office.process(tried.not_seen_id)
    told = office.told(once.referral_id)
    office.redelivers(tried.not_seen_id)

    assert office.process(tried.not_seen_id).clocks == once.clocks
    assert office.told(once.referral_id) == told
    same = record(elder, contact_id=tried.contact_id, now=SOON + timedelta(hours=3), **NO_ANSWER)
    assert same.not_seen_id == tried.not_seen_id


def test_the_confirmation_ends_what_nobody_was_told_of(
    tried_meanwhile: tuple[UUID, ContactRecorded], elder: UUID, office: Office, begin: Begin
) -> None:
    state_id, tried = tried_meanwhile
    office.decides(state_id, is_confirmed=True)
    ended = office.process(tried.not_seen_id)

    assert (ended.status, ended.outcome) == (Status.CLOSED, "state_confirmed")
    assert office.told(ended.referral_id) == []
    assert not still_open(elder, begin)


def test_a_try_under_a_confirmed_state_opens_nothing(elder: UUID, office: Office, record: Record) -> None:
    office.decides(office.reports(elder), is_confirmed=True)

    assert record(elder, now=SOON + timedelta(hours=2), **NO_ANSWER).not_seen_id is None


@pytest.mark.parametrize("said_by", [1, 2])
def test_a_sign_of_danger_sends_somebody_whatever_anybody_has_said(
    elder: UUID, office: Office, record: Record, begin: Begin, desk: Desk, said_by: int
) -> None:
    """Domain §2.4 step 3: smoke at the door of somebody said to be away."""
    state_id = office.reports(elder)
    if said_by > 1:
        office.decides(state_id, is_confirmed=True)
    tried = record(elder, now=SOON + timedelta(hours=2), red_flags=("smoke_or_gas",), **NO_ANSWER)

    assert office.process(tried.not_seen_id).suspended_at is None
    assert office.told(tried.not_seen_id) != []
    with begin() as work:
        assert at_door(elder, work, desk).alarm is not None


def test_a_refusal_beside_a_try_waits_for_it_and_wakes_its_alarm(
    elder: UUID, office: Office, begin: Begin, desk: Desk, settings: Settings
) -> None:
    """Without the line that they stand in, the alarm would sleep for ever."""
    state_id = office.reports(elder)
    with ThreadPoolExecutor(max_workers=1) as pool, begin() as work:
        tried = record_contact(a_contact(elder, **NO_ANSWER), work, desk)
        beside = pool.submit(office.decides, state_id, is_confirmed=False)
        until_somebody_waits(settings)
        work.write_pending()
        work.session.commit()
        beside.result()

    assert [clock.name for clock in office.process(tried.not_seen_id).clocks] == ["accept", "complete"]
