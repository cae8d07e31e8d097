"""Completing a record later (补充): what was left out is added, what is there stays (J-22, Z-68, §2.7-10)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.visits.codes import EntryConsent, Gap
from services.visits.handlers.aftermath import aftermath
from services.visits.handlers.book import BookLine, visit_book
from services.visits.handlers.commands import CompleteRecord, ContactRecorded, RecordCompleted
from services.visits.handlers.completing import complete_record, to_complete
from services.visits.handlers.desk import Desk
from services.visits.handlers.voiding import VoidContact, void_contact
from shared.contracts.access import Principal
from shared.domain.codes import Reach, VisitMode
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.persistence.engine import Database
from shared.persistence.idempotency import IdempotencyMismatchError
from tests.builders import at
from tests.services.visits.conftest import (
    NOW,
    SECOND_VISITOR,
    STRANGER,
    VISITOR,
    Begin,
    MakeElder,
    Record,
)

History = Callable[[str], list[Any]]
Add = Callable[..., RecordCompleted]
EVENING = timedelta(hours=9)
SEVEN = ("expression", "movement", "response", "illness", "mind", "needs", "hazards")


@pytest.fixture
def quick(make_elder: MakeElder, record: Record) -> ContactRecorded:
    """Saved at the door: one answer, one service, no word of consent."""
    return record(make_elder(), findings={"needs": "no_change"}, service_items=("comfort",))


@pytest.fixture
def add(begin: Begin, desk: Desk) -> Add:
    """The visitor adds something in the evening, unless said otherwise."""

    def added(
        contact_id: UUID, who: Principal = VISITOR, *, after: timedelta = EVENING, **said: Any
    ) -> RecordCompleted:
        command = CompleteRecord(**{"addition_id": uuid4(), "contact_id": contact_id, **said})
        with begin(who, NOW + after) as work:
            return complete_record(command, work, desk)

    return added


@pytest.fixture
def line(begin: Begin, desk: Desk, staff: Database) -> Callable[[ContactRecorded], BookLine]:
    """The contact's line in the book."""

    def found(contact: ContactRecorded) -> BookLine:
        with begin() as work:
            return visit_book(contact.enrolment_id, work, desk, before=None, limit=1).lines[0]

    return found


def test_what_was_left_out_is_added_with_who_and_when(
    quick: ContactRecorded, add: Add, line: Callable[[ContactRecorded], BookLine], history: History
) -> None:
    added = add(
        quick.contact_id,
        entry_consent=EntryConsent.ORAL,
        findings={"hazards": "hazard_found"},
        service_items=("health", "environment"),
        note="回来想起：楼道灯坏了",
    )
    assert (added.closes, added.gaps) == ((Gap.CONSENT,), (Gap.FINDINGS,))

    found = line(quick)
    (later,) = found.additions
    assert (later.by, later.at, later.note) == ("刘洋", NOW + EVENING, "回来想起：楼道灯坏了")
    assert (later.findings, later.service_items) == ({"hazards": "hazard_found"}, ("health", "environment"))
    assert str(added.addition_id) in [each.detail["addition_id"] for each in history("contact_completed")]


def test_what_was_recorded_at_the_door_stays_as_it_was(
    quick: ContactRecorded, add: Add, line: Callable[[ContactRecorded], BookLine], record: Record
) -> None:
    add(quick.contact_id, entry_consent=EntryConsent.SUPPORTER, rest_unchanged=True)

    found = line(quick)
    assert (found.findings, found.contact.service_items) == ({"needs": "no_change"}, ["comfort"])
    assert (found.contact.entry_consent, found.contact.gaps) == (EntryConsent.MISSING, list(quick.gaps))
    assert found.gaps == ()
    again = record(
        quick.enrolment_id,
        now=NOW + EVENING,
        contact_id=quick.contact_id,
        findings={"needs": "no_change"},
        service_items=("comfort",),
    )
    assert again == quick


def test_the_rest_in_one_tap_answers_what_nobody_has_answered_yet(
    quick: ContactRecorded, add: Add, line: Callable[[ContactRecorded], BookLine]
) -> None:
    """J-22: 其余均无变化."""
    add(quick.contact_id, findings={"illness": "worse"}, rest_unchanged=True)

    found = line(quick)
    assert set(found.every_finding) == set(SEVEN)
    assert found.every_finding["illness"] == "worse"
    assert "needs" not in found.additions[0].findings


def test_a_finding_that_came_later_offers_its_referral_too(
    quick: ContactRecorded, add: Add, begin: Begin, desk: Desk, staff: Database
) -> None:
    add(quick.contact_id, findings={"illness": "worse"})
    with begin() as work:
        assert aftermath(quick.contact_id, work, desk).offers == ("family_doctor_follow_up",)


@pytest.mark.parametrize(
    "said",
    [
        {"findings": {"needs": "new_need"}},
        {"service_items": ("comfort",)},
        {"late_reason": "忘了"},
        {"entry_consent": EntryConsent.MISSING},
    ],
)
def test_nothing_that_is_there_is_said_otherwise(
    quick: ContactRecorded, add: Add, said: dict[str, Any]
) -> None:
    with pytest.raises(Conflict, match="already_answered"):
        add(quick.contact_id, **said)


def test_two_additions_never_say_the_same_thing_twice(quick: ContactRecorded, add: Add) -> None:
    add(quick.contact_id, service_items=("health",), entry_consent=EntryConsent.ORAL)
    for said in ({"service_items": ("health",)}, {"entry_consent": EntryConsent.STANDING}):
        with pytest.raises(Conflict, match="already_answered"):
            add(quick.contact_id, **said)


def test_a_late_record_without_its_reason_gets_it_later(
    make_elder: MakeElder, record: Record, add: Add, line: Callable[[ContactRecorded], BookLine]
) -> None:
    late = record(make_elder(), occurred_at=at("2026-11-17 15:00"))
    add(late.contact_id, after=timedelta(hours=1), late_reason="手机没电")

    assert Gap.LATE_REASON not in line(late).gaps
    assert line(late).additions[0].late_reason == "手机没电"


def test_a_try_that_reached_nobody_has_nothing_to_be_asked_about(
    make_elder: MakeElder, record: Record, begin: Begin, desk: Desk, staff: Database
) -> None:
    tried = record(make_elder(), mode=VisitMode.PHONE, reach=Reach.NO_ANSWER_PHONE)
    with begin() as work:
        missing = to_complete(tried.contact_id, work, desk).missing
    assert (missing.questions, missing.service_items, missing.consent) == ((), (), False)


def test_the_same_addition_twice_is_stored_once_and_another_under_its_id_is_refused(
    quick: ContactRecorded, add: Add, line: Callable[[ContactRecorded], BookLine]
) -> None:
    said = {"addition_id": uuid4(), "rest_unchanged": True, "note": "补记"}
    first = add(quick.contact_id, **said)

    assert add(quick.contact_id, after=2 * EVENING, **said) == first
    assert len(line(quick).additions) == 1
    with pytest.raises(IdempotencyMismatchError):
        add(quick.contact_id, **{**said, "note": "别的"})


def test_only_who_was_there_or_typed_it_in_may_add_and_only_while_late_records_are_taken(
    quick: ContactRecorded, add: Add
) -> None:
    with pytest.raises(Forbidden, match="completing_not_yours"):
        add(quick.contact_id, SECOND_VISITOR, note="我也在")
    with pytest.raises(NotFound, match="contact_not_found"):
        add(quick.contact_id, STRANGER, note="我也在")
    with pytest.raises(Invalid, match="nothing_to_add"):
        add(quick.contact_id)
    with pytest.raises(Conflict, match="completing_too_late"):
        add(quick.contact_id, after=timedelta(hours=48, seconds=1), note="太晚")


def test_nothing_is_added_to_what_was_struck_out(
    quick: ContactRecorded, add: Add, begin: Begin, desk: Desk
) -> None:
    with begin() as work:
        void_contact(VoidContact(contact_id=quick.contact_id, reason="wrong_elder"), work, desk)
    with pytest.raises(Conflict, match="contact_voided"):
        add(quick.contact_id, note="补记")
