"""集中登记 (X-31): a day's paper typed in at once, each line a contact like any other."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.visits.codes import AssignmentKind
from services.visits.handlers.assigning import assign, hand_over
from services.visits.handlers.batches import BatchLine, Sheet, Wanted, batch, record_batch, sheet
from services.visits.handlers.book import visit_book
from services.visits.handlers.commands import Assign, HandOver, RecordContact
from services.visits.handlers.desk import Desk
from shared.contracts.access import Principal
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.errors import NotFound
from shared.persistence.engine import Database
from tests.services.visits.conftest import (
    JIANGPU,
    LANE_CADRE,
    LANE_VISITOR,
    NOW,
    SECOND_VISITOR,
    STRANGER,
    VISITOR,
    Begin,
    MakeElder,
    Record,
    a_contact,
)

Outbox = Callable[[str], list[Any]]
Lines = tuple[BatchLine, ...]
TypeIn = Callable[..., Lines]
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def type_in(begin: Begin, desk: Desk, staff: Database) -> TypeIn:
    """The lane's cadre types in what its visitor did, unless somebody else does."""

    def typed(
        *rows: RecordContact, who: Principal = LANE_CADRE, now: datetime = NOW
    ) -> tuple[BatchLine, ...]:
        return record_batch(rows, partial(begin, who, now), desk)

    return typed


def a_line(elder: UUID, batch_id: UUID, **changes: Any) -> RecordContact:
    by_visitor = {"visited_by": LANE_VISITOR.account_id, "force": Force.VISITOR}
    return a_contact(elder, **{"batch_id": batch_id, **by_visitor, **changes})


def see_sheet(begin: Begin, desk: Desk, who: Principal = LANE_CADRE, **wanted: Any) -> Sheet:
    with begin(who) as work:
        return sheet(Wanted(**wanted), work, desk)


def test_who_went_and_who_typed_it_in_both_stand_in_the_book_with_the_batch(
    make_elder: MakeElder, type_in: TypeIn, begin: Begin, desk: Desk
) -> None:
    elder, batch_id = make_elder(JIANGPU), uuid4()
    type_in(a_line(elder, batch_id))

    with begin(LANE_CADRE) as work:
        (line,) = visit_book(elder, work, desk, before=None, limit=5).lines
    assert (line.visitor, line.recorder, line.contact.force) == ("张红", "周敏", Force.VISITOR)
    assert line.contact.batch_id == batch_id


def test_each_line_is_judged_and_told_like_a_contact_recorded_alone(
    make_elder: MakeElder, type_in: TypeIn, outbox: Outbox, begin: Begin, desk: Desk
) -> None:
    """The same handler: verdict, alarm and announcement."""
    seen, unseen, batch_id = make_elder(JIANGPU), make_elder(JIANGPU), uuid4()
    first, second = type_in(
        a_line(seen, batch_id),
        a_line(unseen, batch_id, mode=VisitMode.AT_HOME, reach=Reach.NO_ANSWER_DOOR),
    )

    assert first.recorded is not None
    assert second.recorded is not None
    assert "daily_care" in first.recorded.counts_for
    assert second.recorded.not_seen_id is not None
    assert len(outbox(f"visit-cycle/{seen}")) == len(outbox(f"visit-cycle/{unseen}")) == 1
    assert len(outbox(f"referral/{second.recorded.not_seen_id}")) == 1
    with begin(LANE_CADRE) as work:
        shown = {line.contact.enrolment_id: line.is_searched for line in batch(batch_id, work, desk).lines}
    assert shown == {seen: False, unseen: True}


def test_a_line_that_is_refused_says_why_and_holds_none_of_the_others_back(
    make_elder: MakeElder, type_in: TypeIn, begin: Begin, desk: Desk
) -> None:
    """Nothing half-written: of the refused line nothing is stored, of the others everything."""
    fine, elsewhere, wrong, batch_id = make_elder(JIANGPU), make_elder(), make_elder(JIANGPU), uuid4()
    lines = type_in(
        a_line(elsewhere, batch_id),
        a_line(wrong, batch_id, findings={"needs": "everything"}),
        a_line(fine, batch_id),
        a_line(fine, batch_id, visited_by=UUID(int=404)),
    )

    codes = [getattr(line.refused, "code", None) for line in lines]
    assert codes == ["enrolment_not_found", "unknown_finding", None, "unknown_visitor"]
    with begin(LANE_CADRE) as work:
        assert [each.contact.enrolment_id for each in batch(batch_id, work, desk).lines] == [fine]


def test_the_sheet_sent_again_stores_nothing_twice(
    make_elder: MakeElder, type_in: TypeIn, begin: Begin, desk: Desk
) -> None:
    batch_id = uuid4()
    rows = [a_line(make_elder(JIANGPU), batch_id) for _ in range(3)]
    first = type_in(*rows)

    assert type_in(*rows, now=NOW + timedelta(minutes=5)) == first
    with begin(LANE_CADRE) as work:
        assert len(batch(batch_id, work, desk).lines) == 3


def test_what_broke_off_half_way_goes_on_where_it_was(
    make_elder: MakeElder, type_in: TypeIn, begin: Begin, desk: Desk
) -> None:
    """Killed between two lines: what was stored stays, the rest comes with the next try."""
    batch_id = uuid4()
    rows = [a_line(make_elder(JIANGPU), batch_id) for _ in range(3)]
    type_in(rows[0])
    again = type_in(*rows, now=NOW + timedelta(minutes=5))

    assert all(line.recorded for line in again)
    with begin(LANE_CADRE) as work:
        assert len(batch(batch_id, work, desk).lines) == 3


def test_a_batch_of_another_town_does_not_exist(
    make_elder: MakeElder, type_in: TypeIn, begin: Begin, desk: Desk
) -> None:
    batch_id = uuid4()
    type_in(a_contact(make_elder(), batch_id=batch_id), who=VISITOR)
    with pytest.raises(NotFound, match="batch_not_found"), begin(STRANGER) as work:
        batch(batch_id, work, desk)


def test_the_sheet_lists_whom_the_visitor_sees_that_day_and_says_what_is_on_record(
    make_elder: MakeElder, begin: Begin, desk: Desk, record: Record, staff: Database
) -> None:
    elder, other = make_elder(JIANGPU), make_elder(JIANGPU)
    with begin(LANE_CADRE) as work:
        given = Assign(enrolment_ids=(elder,), account_id=LANE_VISITOR.account_id, from_on=date(2026, 11, 2))
        assign(given, work, desk)
    record(elder, LANE_VISITOR, YESTERDAY)

    today = see_sheet(begin, desk, visitor_id=LANE_VISITOR.account_id)
    before = see_sheet(begin, desk, visitor_id=LANE_VISITOR.account_id, on=YESTERDAY.date())
    everybody = {line.elder.enrolment_id for line in see_sheet(begin, desk, everybody=True).lines}

    assert [(line.elder.enrolment_id, line.times) for line in today.lines] == [(elder, 0)]
    assert [(line.elder.enrolment_id, line.times) for line in before.lines] == [(elder, 1)]
    assert today.visitors[LANE_VISITOR.account_id] == "张红"
    assert {elder, other} <= everybody


def test_the_sheet_of_a_day_offers_who_went_then_though_they_are_on_leave_today(
    make_elder: MakeElder, begin: Begin, desk: Desk, staff: Database
) -> None:
    """Their paper of yesterday could be typed in as anybody's but theirs."""
    yesterday, today, away = YESTERDAY.date(), NOW.date(), SECOND_VISITOR.account_id
    with begin() as work:
        assign(Assign(enrolment_ids=(make_elder(),), account_id=away, from_on=yesterday), work, desk)
    leave = HandOver(
        leaving_id=away,
        account_id=VISITOR.account_id,
        kind=AssignmentKind.SUBSTITUTE,
        from_on=today,
        to_on=today + timedelta(days=300),
    )
    with begin(now=NOW + timedelta(minutes=2)) as work:
        hand_over(leave, work, desk)

    assert away in see_sheet(begin, desk, VISITOR, on=yesterday).visitors
