"""A contact on record: stored whatever it lacks, judged with a reason, announced once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.care_register.codes import SaidBy
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.states import ReportState, report_state
from services.visits.codes import Gap
from services.visits.handlers.commands import RecordContact
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.domain.codes import Reach, StateKind, VisitMode
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.late_entry import Lateness
from shared.persistence.engine import Database
from shared.persistence.idempotency import IdempotencyMismatchError
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.builders import at
from tests.services.visits.conftest import (
    CLERKS,
    JIANGPU,
    LANE_CADRE,
    LANE_VISITOR,
    NOW,
    SECOND_VISITOR,
    STRANGER,
    ZICHUAN,
    Begin,
    MakeElder,
    Record,
    a_contact,
)

Outbox = Callable[[str], list[Any]]


def test_a_call_to_a_bedridden_elder_of_zichuan_is_a_contact_and_no_visit(
    make_elder: MakeElder, record: Record
) -> None:
    """S2:L114, Z-66: 「已联系，不计入探访」."""
    answer = record(make_elder(bedridden=True), mode=VisitMode.PHONE)
    assert answer.counts_for == ()
    assert answer.reason.code == "contact_only"
    assert dict(answer.reason.params)["rule"] == "M2"
    assert answer.reason.source == "S2:L114"


def test_a_call_to_who_declines_visits_is_shown_as_the_agreed_way(
    make_elder: MakeElder, record: Record, settings: Settings, desk: Desk
) -> None:
    """Domain §0.2-7: meanwhile the telephone is agreed upon; it counts for no visit, and is shown apart."""
    elder = make_elder(bedridden=True)
    register = Database(settings, Login.CARE_REGISTER)
    with register.begin(CLERKS[ZICHUAN], NOW) as work:
        declined = ReportState(
            enrolment_id=elder, kind=StateKind.DECLINES_VISITS, said_by=SaidBy.ELDER, starts_at=NOW
        )
        report_state(declined, work, RegisterDesk(vault=desk.vault, book=desk.book))
    register.close()
    answer = record(elder, now=NOW + timedelta(hours=1), mode=VisitMode.PHONE)
    assert (answer.counts_for, answer.reason.code) == ((), "agreed_alternative")


def test_the_same_call_in_jiangpu_counts_for_daily_care_alone(make_elder: MakeElder, record: Record) -> None:
    """S1:L46 and L48: two duties, judged one by one."""
    elder = make_elder(JIANGPU, bedridden=True)
    answer = record(elder, LANE_VISITOR, mode=VisitMode.PHONE)
    assert answer.counts_for == ("daily_care",)
    assert "committee_monthly" in [each.obligation for each in answer.withheld]


def test_a_cadre_meets_what_only_cadres_can(make_elder: MakeElder, record: Record) -> None:
    """S1:L80: the residents' committee's own monthly visit."""
    answer = record(make_elder(JIANGPU), LANE_CADRE)
    assert {"daily_care", "committee_monthly"} <= set(answer.counts_for)


def test_a_contact_is_announced_to_its_cycle_in_the_same_transaction(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder()
    answer = record(elder)
    (message,) = outbox(f"visit-cycle/{elder}")
    (fact,) = message.payload["facts"]["contacts"]
    assert (message.verb, message.name) == ("update", "take_in")
    assert fact["contact_id"] == str(answer.contact_id)
    assert fact["counts_for"] == list(answer.counts_for) != []


def test_the_same_contact_sent_again_changes_nothing_and_answers_the_same(
    make_elder: MakeElder, begin: Begin, desk: Desk, outbox: Outbox, history: Outbox
) -> None:
    elder = make_elder()
    command = a_contact(elder, note="腿脚有力", findings={"needs": "no_change"})
    with begin() as work:
        first = record_contact(command, work, desk)
    with begin(now=NOW + timedelta(minutes=3)) as work:
        assert record_contact(command, work, desk) == first
    assert len(outbox(f"visit-cycle/{elder}")) == 1
    recorded = [
        each for each in history("contact_recorded") if each.detail["contact_id"] == str(first.contact_id)
    ]
    assert len(recorded) == 1


def test_another_contact_under_the_same_id_is_refused(
    make_elder: MakeElder, begin: Begin, desk: Desk
) -> None:
    command = a_contact(make_elder())
    with begin() as work:
        record_contact(command, work, desk)
    other = a_contact(command.enrolment_id, contact_id=command.contact_id, mode=VisitMode.PHONE)
    with pytest.raises(IdempotencyMismatchError), begin() as work:
        record_contact(other, work, desk)


def test_the_same_words_of_another_visitor_under_the_same_id_are_refused(
    make_elder: MakeElder, begin: Begin, desk: Desk
) -> None:
    """Who went is part of what was said: the second one would have believed their own visit to be stored."""
    command = a_contact(make_elder())
    with begin() as work:
        record_contact(command, work, desk)
    with pytest.raises(IdempotencyMismatchError), begin(SECOND_VISITOR) as work:
        record_contact(command, work, desk)


def test_an_id_used_in_another_town_is_taken_and_tells_nothing(make_elder: MakeElder, record: Record) -> None:
    contact_id = uuid4()
    record(make_elder(), contact_id=contact_id)
    with pytest.raises(Conflict, match="contact_id_taken"):
        record(make_elder(area_code="370302116201"), STRANGER, contact_id=contact_id)


def test_an_elder_of_another_town_does_not_exist(make_elder: MakeElder, record: Record) -> None:
    with pytest.raises(NotFound, match="enrolment_not_found"):
        record(make_elder(), STRANGER)


def test_what_a_record_lacks_is_shown_and_refuses_nothing(make_elder: MakeElder, record: Record) -> None:
    """J-22, domain §0.2-7: stored as 缺同意, counted all the same."""
    answer = record(make_elder())
    assert answer.counts_for
    assert answer.gaps == (Gap.FINDINGS, Gap.CONSENT)


def test_a_code_that_the_plan_does_not_know_is_refused(make_elder: MakeElder, record: Record) -> None:
    elder = make_elder()
    with pytest.raises(Invalid, match="unknown_finding"):
        record(elder, findings={"needs": "everything"})
    with pytest.raises(Invalid, match="unknown_code"):
        record(elder, service_items=("ironing",))


def test_yesterdays_contact_is_a_late_entry_and_counts(make_elder: MakeElder, record: Record) -> None:
    """Domain §2.7-1: up to 48 h 补录 with a reason."""
    answer = record(make_elder(), occurred_at=at("2026-11-17 15:00"))
    assert answer.lateness is Lateness.LATE
    assert Gap.LATE_REASON in answer.gaps
    assert answer.counts_for


def test_a_contact_recorded_after_the_last_limit_is_kept_and_counts_for_nothing(
    make_elder: MakeElder, record: Record
) -> None:
    answer = record(make_elder(), occurred_at=at("2026-11-10 15:00"), late_reason="忘记登记")
    assert answer.lateness is Lateness.TOO_LATE
    assert answer.reason.code == "too_late"
    assert answer.counts_for == ()


def test_a_contact_after_the_elder_has_left_is_kept_and_counts_for_nothing(
    make_elder: MakeElder, record: Record, settings: Settings
) -> None:
    """What was done before counts as ever, though it is put on record afterwards."""
    elder = make_elder()
    leaving = "UPDATE care_register.enrolment SET status = 'left', left_at = %s WHERE enrolment_id = %s"
    with psycopg.connect(settings.database_url(Login.OWNER), autocommit=True) as owner:
        owner.execute(leaving, (NOW - timedelta(hours=1), elder))

    after, before = record(elder), record(elder, occurred_at=NOW - timedelta(hours=2))

    assert (after.counts_for, after.withheld, after.reason.code) == ((), (), "has_left")
    assert before.counts_for


def test_a_phone_forty_days_off_is_taken_as_received_now_and_flagged(
    make_elder: MakeElder, record: Record
) -> None:
    """Acceptance: never back-dated into a closed period."""
    elder = make_elder()
    behind = NOW - timedelta(days=40)
    answer = record(elder, occurred_at=behind, sender_now=behind + timedelta(minutes=1))
    assert (answer.occurred_at, answer.is_clock_off) == (NOW, True)
    ahead = record(elder, occurred_at=NOW + timedelta(days=40))
    assert (ahead.occurred_at, ahead.is_clock_off) == (NOW, True)


def test_a_note_is_stored_sealed(make_elder: MakeElder, begin: Begin, desk: Desk) -> None:
    command: RecordContact = a_contact(make_elder(), note="老人说女儿周末来")
    with begin() as work:
        record_contact(command, work, desk)
    with begin() as work:
        stored = work.session.connection().exec_driver_sql(
            "SELECT c::text FROM visits.contact AS c WHERE contact_id = %s", (command.contact_id,)
        )
        assert "女儿" not in stored.scalar_one()


def test_a_contact_before_the_cycle_has_started_waits_for_its_start(
    make_elder: MakeElder, record: Record, outbox: Outbox
) -> None:
    elder = make_elder(starts_process=False)
    record(elder)
    assert outbox(f"visit-cycle/{elder}") == []


def test_a_try_of_a_device_reaches_nobody(make_elder: MakeElder, record: Record) -> None:
    """S1:L48: 技术关爱 stands beside visits and is none."""
    answer = record(make_elder(), mode=VisitMode.REMOTE_MONITORING, reach=Reach.SEEN)
    assert answer.reason.code == "device_only"
    assert answer.counts_for == ()


@pytest.mark.parametrize(
    ("mode", "reach"),
    [
        (VisitMode.PHONE, Reach.NO_ANSWER_DOOR),
        (VisitMode.AT_HOME, Reach.NO_ANSWER_PHONE),
        (VisitMode.CHANCE_MEETING, Reach.NO_ANSWER_DOOR),
    ],
)
def test_nobody_leaves_a_door_unanswered_by_telephone(
    mode: VisitMode, reach: Reach, make_elder: MakeElder, record: Record
) -> None:
    """By the API alone: the page offers only what can be."""
    with pytest.raises(Invalid, match="reach_does_not_fit") as refused:
        record(make_elder(), mode=mode, reach=reach)

    assert refused.value.params["field"] == "reach"
