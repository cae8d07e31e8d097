"""What becomes of what waited for somebody's word when the elder leaves the register."""

from datetime import timedelta

from services.care_register.codes import ElderField, RemovalReason, SaidBy
from services.care_register.handlers.correcting import OtherValue, propose_change
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.finding import locked_enrolment
from services.care_register.handlers.queue import queue
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.care_register.handlers.review import due_items
from services.care_register.handlers.states import ReportState, report_state
from shared.domain.codes import StateKind
from tests.services.care_register.conftest import CADRE, CLERK, NOW, Begin


def test_nothing_about_who_has_left_waits_for_anybody(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    """Every verb on it would be refused, to a person and to the daily review, for ever."""
    left = enrolled.enrolment_id
    with begin(CLERK) as work:
        away = ReportState(enrolment_id=left, kind=StateKind.AWAY, said_by=SaidBy.FAMILY, starts_at=NOW)
        state = report_state(away, work, desk)
        said = OtherValue(
            proposal_id=state.state_id,
            field=ElderField.CARE_LEVEL,
            value="3",
            source="另一份名单",
            dated_on=NOW.date(),
        )
        propose_change(said, work, locked_enrolment(work, left), desk)
        asked = RequestRemoval(enrolment_id=left, reason=RemovalReason.DIED, note="家属告知")
        request_removal(asked, work, desk)
    with begin(CADRE) as work:
        waited = queue(work, desk)
        decide_removal(DecideRemoval(enrolment_id=left, is_confirmed=True), work)

    assert all(
        left in {each.subject.enrolment_id for each in some}
        for some in (waited.states, waited.classes, waited.changes, waited.removals)
    )
    with begin(CADRE) as work:
        found = queue(work, desk)
    some = (*found.states, *found.classes, *found.changes, *found.removals)
    assert left not in {each.subject.enrolment_id for each in some}
    with begin(CADRE, NOW + timedelta(days=400)) as work:
        assert {left, state.state_id}.isdisjoint(item.subject_id for item in due_items(work, desk))
