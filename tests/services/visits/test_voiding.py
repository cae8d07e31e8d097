"""Striking a contact from the book (作废): who may, what stays, and what it undoes (domain §2.7-10, -11)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from services.visits.handlers.aftermath import aftermath
from services.visits.handlers.book import visit_book
from services.visits.handlers.desk import Desk
from services.visits.handlers.voiding import ContactVoided, VoidContact, void_contact
from services.visits.repository.rounds import last_seen, open_alarms
from shared.contracts.access import Principal, Role
from shared.domain.codes import Reach, VisitMode
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.persistence.engine import Database
from tests.builders import on_the_wire
from tests.services.visits.conftest import (
    NOW,
    SECOND_VISITOR,
    STRANGER,
    VISITOR,
    ZICHUAN,
    Begin,
    MakeElder,
    Record,
    somebody,
)

Outbox = Callable[[str], list[Any]]
History = Callable[[str], list[Any]]
Void = Callable[..., ContactVoided]

COORDINATOR = somebody(51, ZICHUAN, "370302", role=Role.COORDINATOR)
NOBODY_OPENS: dict[str, Any] = {"mode": VisitMode.AT_HOME, "reach": Reach.NO_ANSWER_DOOR}
AN_HOUR = timedelta(hours=1)
A_SECOND = timedelta(seconds=1)
OWN, LAST = timedelta(hours=24), timedelta(hours=48)


@pytest.fixture
def void(begin: Begin, desk: Desk) -> Void:
    """The visitor takes a slip back an hour later, unless said otherwise."""

    def struck(
        contact_id: UUID, who: Principal = VISITOR, *, after: timedelta = AN_HOUR, why: str = "wrong_elder"
    ) -> ContactVoided:
        with begin(who, NOW + after) as work:
            return void_contact(VoidContact(contact_id=contact_id, reason=why), work, desk)

    return struck


def test_the_book_keeps_the_original_with_who_struck_it_out_when_and_why(
    make_elder: MakeElder, record: Record, void: Void, begin: Begin, desk: Desk, history: History
) -> None:
    elder = make_elder()
    contact = record(elder, note="门口聊了几句")
    void(contact.contact_id)

    with begin() as work:
        (line,) = visit_book(elder, work, desk, before=None, limit=10).lines
        assert last_seen(work.session, [elder]) == {}
    assert (line.note, line.contact.counts_for) == ("门口聊了几句", list(contact.counts_for))
    assert (line.contact.voided_at, line.contact.voided_by) == (NOW + AN_HOUR, VISITOR.account_id)
    assert line.contact.void_reason == "wrong_elder"
    details = [each.detail["contact_id"] for each in history("contact_voided")]
    assert str(contact.contact_id) in details


def test_its_cycle_learns_of_it_with_the_fact(
    make_elder: MakeElder, record: Record, void: Void, outbox: Outbox
) -> None:
    elder = make_elder()
    earlier = record(elder, now=NOW - AN_HOUR)
    contact = record(elder)
    void(contact.contact_id)

    told = outbox(f"visit-cycle/{elder}")[-1]
    (fact,) = told.payload["facts"]["voided"]
    assert (told.name, told.message_id) == ("take_in", uuid5(contact.contact_id, "void"))
    assert (fact["contact_id"], fact["known_at"]) == (str(contact.contact_id), on_the_wire(NOW + AN_HOUR))
    assert fact["last_seen_at"] == on_the_wire(earlier.occurred_at)


def test_the_same_again_changes_nothing_and_anybody_else_learns_who_has_done_it(
    make_elder: MakeElder, record: Record, void: Void, outbox: Outbox, staff: Database
) -> None:
    elder = make_elder()
    contact = record(elder)
    first = void(contact.contact_id)

    assert void(contact.contact_id, after=2 * AN_HOUR) == first
    assert len(outbox(f"visit-cycle/{elder}")) == 2
    with pytest.raises(Conflict) as refused:
        void(contact.contact_id, COORDINATOR)
    assert refused.value.code == "already_voided"
    facts = refused.value.params
    assert (facts["by"], facts["at"], bool(facts["who"])) == (VISITOR.account_id, NOW + AN_HOUR, True)


@pytest.mark.parametrize("who", [VISITOR, SECOND_VISITOR])
def test_who_was_there_and_who_typed_it_in_may_take_back_a_slip(
    make_elder: MakeElder, record: Record, void: Void, staff: Database, who: Principal
) -> None:
    """代录: both names stand in the book, and neither has to live with a record that is wrong."""
    contact = record(make_elder(), SECOND_VISITOR, visited_by=VISITOR.account_id)

    assert void(contact.contact_id, who, after=OWN).voided_by == who.account_id


def test_after_a_day_it_takes_somebody_who_had_no_part_in_it(
    make_elder: MakeElder, record: Record, void: Void
) -> None:
    """Four eyes: a coordinator who recorded it is no second person either."""
    contact = record(make_elder())
    mine = record(make_elder(), COORDINATOR)

    for contact_id, who in ((contact.contact_id, VISITOR), (mine.contact_id, COORDINATOR)):
        with pytest.raises(Forbidden, match="void_needs_another"):
            void(contact_id, who, after=OWN + A_SECOND)
    assert void(contact.contact_id, COORDINATOR, after=LAST).voided_by == COORDINATOR.account_id


def test_once_no_window_can_turn_any_more_the_book_stands(
    make_elder: MakeElder, record: Record, void: Void
) -> None:
    contact = record(make_elder())
    with pytest.raises(Conflict) as refused:
        void(contact.contact_id, COORDINATOR, after=LAST + A_SECOND)
    assert (refused.value.code, refused.value.params) == ("void_too_late", {"hours": 48})


def test_a_record_that_came_too_late_to_count_is_taken_back_within_a_day(
    make_elder: MakeElder, record: Record, void: Void
) -> None:
    """逾期补录 of the wrong elder ended a search, and nobody could strike it out a minute later."""
    late = record(make_elder(), occurred_at=NOW - LAST - AN_HOUR, late_reason="停电")

    assert void(late.contact_id).voided_by == VISITOR.account_id
    other = record(make_elder(), occurred_at=NOW - LAST - AN_HOUR, late_reason="停电")
    with pytest.raises(Conflict, match="void_too_late"):
        void(other.contact_id, COORDINATOR, after=OWN + A_SECOND)


def test_nobody_strikes_out_what_is_not_theirs_or_without_a_reason_of_the_plan(
    make_elder: MakeElder, record: Record, void: Void
) -> None:
    contact = record(make_elder())
    with pytest.raises(Forbidden, match="void_not_yours"):
        void(contact.contact_id, SECOND_VISITOR)
    with pytest.raises(NotFound, match="contact_not_found"):
        void(contact.contact_id, STRANGER)
    with pytest.raises(Invalid, match="unknown_void_reason"):
        void(contact.contact_id, why="because")


def test_the_page_offers_it_only_to_who_may(
    make_elder: MakeElder, record: Record, begin: Begin, desk: Desk
) -> None:
    contact = record(make_elder())

    def offered(who: Principal, after: timedelta) -> bool:
        with begin(who, NOW + after) as work:
            return aftermath(contact.contact_id, work, desk).may_void

    assert offered(VISITOR, OWN)
    assert not offered(VISITOR, OWN + A_SECOND)
    assert not offered(SECOND_VISITOR, AN_HOUR)
    assert offered(COORDINATOR, LAST)


def test_the_search_that_it_ended_begins_again(
    make_elder: MakeElder, record: Record, void: Void, outbox: Outbox, begin: Begin
) -> None:
    """§0.2-1: only a contact ends it, and this one never was."""
    elder = make_elder()
    tried = record(elder, **NOBODY_OPENS)
    seen = record(elder, now=NOW + AN_HOUR)
    assert seen.ended_not_seen_id == tried.not_seen_id
    voided = void(seen.contact_id, after=2 * AN_HOUR)

    assert voided.not_seen_id not in {None, tried.not_seen_id}
    (start,) = outbox(f"referral/{voided.not_seen_id}")
    assert start.payload["state"]["offered_at"] == on_the_wire(NOW + 2 * AN_HOUR)
    assert start.payload["state"]["origin_id"] == str(tried.contact_id)
    with begin() as work:
        assert open_alarms(work.session, [elder])[elder].opened_at == NOW
    assert void(seen.contact_id, after=3 * AN_HOUR) == voided


def test_it_does_not_begin_again_for_an_elder_who_was_seen_otherwise(
    make_elder: MakeElder, record: Record, void: Void
) -> None:
    elder = make_elder()
    record(elder, **NOBODY_OPENS)
    seen = record(elder, now=NOW + AN_HOUR)
    record(elder, now=NOW + 2 * AN_HOUR)

    assert void(seen.contact_id, after=3 * AN_HOUR).not_seen_id is None


def test_no_search_is_called_off_by_striking_out_the_try_that_began_it(
    make_elder: MakeElder, record: Record, void: Void, begin: Begin, outbox: Outbox
) -> None:
    elder = make_elder()
    tried = record(elder, **NOBODY_OPENS)
    void(tried.contact_id)

    with begin() as work:
        assert elder in open_alarms(work.session, [elder])
    assert len(outbox(f"referral/{tried.not_seen_id}")) == 1
