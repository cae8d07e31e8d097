"""未见到老人 (domain §0.2-1): opened by a try, one per elder, ended only by seeing or by somebody's word."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from services.care_register.codes import SaidBy
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.states import ReportState, report_state
from services.visits.handlers.commands import Voucher
from services.visits.handlers.desk import Desk
from services.visits.handlers.importing import PastContact, import_past_contacts
from services.visits.handlers.recording import record_contact
from shared.domain.codes import Reach, StateKind, VisitMode
from shared.domain.errors import Invalid
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.builders import at, on_the_wire
from tests.services.visits.conftest import (
    CLERKS,
    NOW,
    ZICHUAN,
    Begin,
    MakeElder,
    Record,
    a_contact,
    until_somebody_waits,
)

Outbox = Callable[[str], list[Any]]
NO_ANSWER: dict[str, Any] = {"mode": VisitMode.PHONE, "reach": Reach.NO_ANSWER_PHONE}
NOBODY_OPENS: dict[str, Any] = {"mode": VisitMode.AT_HOME, "reach": Reach.NO_ANSWER_DOOR}
WORD: dict[str, Any] = {
    "mode": VisitMode.PHONE,
    "reach": Reach.OTHERS_ANSWERED,
    "voucher": Voucher(name="李芳", phone="13600002222"),
    "next_contact_on": date(2026, 11, 20),
}


def test_a_try_that_does_not_reach_the_elder_starts_the_alarm_with_the_fact(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    answer = record(elder, **NO_ANSWER)
    assert answer.not_seen_id == uuid5(elder, f"not_seen/{answer.contact_id}")
    (start,) = outbox(f"referral/{answer.not_seen_id}")
    state = start.payload["state"]
    assert (start.verb, start.name) == ("start", "Referral")
    assert (state["kind"]["code"], state["subject_id"]) == ("not_seen", str(elder))
    assert state["offered_at"] == on_the_wire(NOW)


def test_further_tries_add_to_the_one_alarm(make_elder: MakeElder, record: Record, outbox: Outbox) -> None:
    elder = make_elder()
    first = record(elder, **NO_ANSWER)
    second = record(elder, now=NOW + timedelta(hours=2), **NOBODY_OPENS)
    assert second.not_seen_id == first.not_seen_id
    assert len(outbox(f"referral/{first.not_seen_id}")) == 1


def test_seeing_the_elder_ends_it_in_the_same_transaction(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    opened = record(elder, **NOBODY_OPENS)
    seen = record(elder, now=NOW + timedelta(hours=1))
    assert (seen.ended_not_seen_id, seen.not_seen_id) == (opened.not_seen_id, None)
    _, end = outbox(f"referral/{opened.not_seen_id}")
    assert (end.name, end.payload["move"], end.payload["reason"]) == ("follow", "conclude", "seen_in_person")
    assert end.payload["fact_id"] == str(seen.contact_id)


def test_a_family_that_answers_ends_nothing_without_name_phone_and_a_day(
    make_elder: MakeElder, record: Record
) -> None:
    elder = make_elder()
    opened = record(elder, **NOBODY_OPENS)
    answer = record(elder, now=NOW + timedelta(hours=1), mode=VisitMode.PHONE, reach=Reach.OTHERS_ANSWERED)
    assert answer.not_seen_id == opened.not_seen_id


def test_somebodys_word_ends_it_and_the_promised_contact_becomes_due(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    opened = record(elder, **NOBODY_OPENS)
    vouched = record(elder, now=NOW + timedelta(hours=1), **WORD)
    assert vouched.ended_not_seen_id == opened.not_seen_id
    (promise,) = outbox(f"visit-cycle/{elder}")[-1].payload["facts"]["extras"]
    assert promise["due_by"] == on_the_wire(at("2026-11-21 00:00"))


def test_a_promise_beyond_being_long_unseen_is_refused(make_elder: MakeElder, record: Record) -> None:
    """Nobody puts an alarm to sleep for a year."""
    elder = make_elder()
    with pytest.raises(Invalid, match="next_contact_out_of_reach"):
        record(elder, **{**WORD, "next_contact_on": date(2027, 11, 20)})


def test_a_red_flag_opens_the_urgent_kind(make_elder: MakeElder, record: Record, outbox: Outbox) -> None:
    """Domain §2.4 step 3."""
    answer = record(make_elder(), red_flags=("smell",), **NOBODY_OPENS)
    (start,) = outbox(f"referral/{answer.not_seen_id}")
    assert start.payload["state"]["kind"]["code"] == "not_seen_red_flag"


def test_a_red_flag_on_a_later_try_replaces_the_ordinary_alarm(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    ordinary = record(elder, **NO_ANSWER)
    urgent = record(elder, now=NOW + timedelta(hours=1), red_flags=("smell",), **NOBODY_OPENS)
    assert urgent.not_seen_id != ordinary.not_seen_id
    _, end = outbox(f"referral/{ordinary.not_seen_id}")
    assert end.payload["reason"] == "raised_to_red_flag"
    assert len(outbox(f"referral/{urgent.not_seen_id}")) == 1


def test_a_contact_of_before_the_alarm_does_not_end_it(make_elder: MakeElder, record: Record) -> None:
    elder = make_elder()
    opened = record(elder, **NO_ANSWER)
    earlier = record(elder, now=NOW + timedelta(hours=1), occurred_at=NOW - timedelta(hours=1))
    assert earlier.ended_not_seen_id is None
    assert record(elder, now=NOW + timedelta(hours=2)).ended_not_seen_id == opened.not_seen_id


def test_a_late_record_of_a_try_raises_no_alarm_if_the_elder_was_seen_since(
    make_elder: MakeElder, record: Record
) -> None:
    elder = make_elder()
    record(elder)
    late = record(elder, now=NOW + timedelta(hours=1), occurred_at=NOW - timedelta(hours=1), **NO_ANSWER)
    assert late.not_seen_id is None


def test_a_state_that_says_where_the_elder_is_keeps_the_alarm_quiet(
    make_elder: MakeElder, record: Record, settings: Settings, desk: Desk, outbox: Outbox
) -> None:
    """Domain §0.2-3: states act at once."""
    elder = make_elder()
    register = Database(settings, Login.CARE_REGISTER)
    with register.begin(CLERKS[ZICHUAN], NOW) as work:
        state = ReportState(
            enrolment_id=elder, kind=StateKind.IN_HOSPITAL, said_by=SaidBy.FAMILY, starts_at=NOW
        )
        report_state(state, work, RegisterDesk(vault=desk.vault, book=desk.book))
    register.close()
    asleep = record(elder, now=NOW + timedelta(hours=1), **NO_ANSWER).not_seen_id
    (start,) = outbox(f"referral/{asleep}")
    assert start.payload["state"]["suspended_at"] == start.payload["state"]["offered_at"]


def test_sending_a_try_again_counts_it_once(
    make_elder: MakeElder, begin: Begin, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    contact_id = UUID(int=77)
    first = record(elder, contact_id=contact_id, **NO_ANSWER)
    assert record(elder, now=NOW + timedelta(hours=1), contact_id=contact_id, **NO_ANSWER) == first
    with begin() as work:
        tries = work.session.connection().exec_driver_sql(
            "SELECT tries FROM visits.open_not_seen WHERE enrolment_id = %s", (elder,)
        )
        assert tries.scalar_one() == 1


def test_past_contacts_are_told_to_nobody_but_an_alarm_still_open_gets_its_referral(
    make_elder: MakeElder, begin: Begin, desk: Desk, outbox: Outbox
) -> None:
    seen, unseen = make_elder(), make_elder()
    yesterday = NOW - timedelta(days=1)
    past = [
        PastContact(command=a_contact(elder, occurred_at=yesterday, **NO_ANSWER), recorded_at=yesterday)
        for elder in (seen, unseen)
    ]
    later = yesterday + timedelta(hours=1)
    past.append(PastContact(command=a_contact(seen, occurred_at=later), recorded_at=later))
    with begin() as work:
        assert import_past_contacts(past, work, desk) == 3
    assert outbox(f"visit-cycle/{seen}") == []
    (start,) = outbox(f"referral/{uuid5(unseen, f'not_seen/{past[1].command.contact_id}')}")
    assert start.payload["state"]["offered_at"] == on_the_wire(yesterday)


def test_a_contact_stored_beside_a_try_waits_for_it_and_ends_its_alarm(
    make_elder: MakeElder, begin: Begin, record: Record, desk: Desk, settings: Settings
) -> None:
    """Without the line that they stand in, the alarm would outlive the contact."""
    elder = make_elder()
    with ThreadPoolExecutor(max_workers=1) as pool, begin() as work:
        opened = record_contact(a_contact(elder, **NO_ANSWER), work, desk)
        beside = pool.submit(record, elder, now=NOW + timedelta(minutes=5))
        until_somebody_waits(settings)
        work.write_pending()
        work.session.commit()
        assert beside.result().ended_not_seen_id == opened.not_seen_id
