"""The daily review (动态调整): states, hardships and classes by hand over, refusals to ask again, classes.

Each thing is its own transaction: one broken elder must not stop the others. Running twice on a day finds
nothing left to do the second time.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import structlog

from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import history_of, open_enrolment
from services.care_register.handlers.overriding import end_override
from services.care_register.handlers.states import EndState, ask_again, end_state
from services.care_register.repository import classes, elders, enrolments, states
from services.care_register.repository.states import StateRow
from shared.contracts.review import Reviewed
from shared.domain.codes import StateStatus
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy

Begin = Callable[[], AbstractContextManager[UnitOfWork]]
_log = structlog.get_logger("tanfang.register.review")


class Due(StrEnum):
    """What the review has to do."""

    END_STATE = "end_state"
    ASK_AGAIN = "ask_again"
    END_HARDSHIP = "end_hardship"
    END_OVERRIDE = "end_override"
    CLASSIFY = "classify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do; `subject_id` is a state, an elder, a class or an enrolment."""

    due: Due
    subject_id: UUID


def review(begin: Begin, desk: Desk) -> Reviewed:
    """Review the territory of the principal behind `begin`, as of the instant at which its work begins."""
    with begin() as work:
        items = list(due_items(work, desk))
    changed = dict.fromkeys(Due, 0)
    failed = 0
    for item in items:
        try:
            with begin() as work:
                changed[item.due] += SETTLING[item.due](item.subject_id, work, desk)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one elder, the others are reviewed
            name = type(error).__name__
            _log.warning("review_item_failed", due=item.due, subject_id=str(item.subject_id), error=name)
            failed += 1
    return Reviewed(
        states_ended=changed[Due.END_STATE],
        asked_again=changed[Due.ASK_AGAIN],
        hardships_ended=changed[Due.END_HARDSHIP],
        overrides_ended=changed[Due.END_OVERRIDE],
        classes_proposed=changed[Due.CLASSIFY],
        failed=failed,
    )


def due_items(work: UnitOfWork, desk: Desk) -> Iterator[Item]:
    """Everything to be looked at, states first: a class may follow from what they leave."""
    today = desk.today(work.principal.jurisdiction_id, work.now)
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    for state in states.overdue_states(work.session, today):
        if not _waits_for_removal(state, policy):
            yield Item(due=Due.END_STATE, subject_id=state.state_id)
    for state in states.to_ask_again(work.session, today):
        yield Item(due=Due.ASK_AGAIN, subject_id=state.state_id)
    for elder_id in elders.hardship_ended(work.session, today):
        yield Item(due=Due.END_HARDSHIP, subject_id=elder_id)
    for classification_id in classes.over_by_hand(work.session, today):
        yield Item(due=Due.END_OVERRIDE, subject_id=classification_id)
    for enrolment_id in enrolments.visited(work.session):
        yield Item(due=Due.CLASSIFY, subject_id=enrolment_id)


def _end_state(state_id: UUID, work: UnitOfWork, _desk: Desk) -> bool:
    end_state(EndState(state_id=state_id), work)
    return True


def _ask_again(state_id: UUID, work: UnitOfWork, desk: Desk) -> bool:
    """Somebody asks whether visits are welcome again (每 30 天再次征询, domain §2.6)."""
    state = states.lock_state(work.session, state_id)
    if state is None or state.ask_again_on is None or state.status not in states.ACTING:
        return False
    ask_again(state_id, work, desk)
    return True


def _end_hardship(elder_id: UUID, work: UnitOfWork, desk: Desk) -> bool:
    today: date = desk.today(work.principal.jurisdiction_id, work.now)
    standing = enrolments.open_enrolment_of(work.session, elder_id)
    row = open_enrolment(work, standing.enrolment_id) if standing else None
    elders.end_hardship(work.session, elder_id, today)
    work.record(stream=history_of(elder_id), action="hardship_ended")
    if row is not None:
        propose_classification(work, row, desk)
        renew_plan(work, row, desk)
    return True


def _end_override(classification_id: UUID, work: UnitOfWork, desk: Desk) -> bool:
    end_override(classification_id, work, desk)
    return True


def _classify(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> bool:
    """An eightieth birthday, an old assessment, another policy: the rules may say something else."""
    row = open_enrolment(work, enrolment_id)
    proposed = propose_classification(work, row, desk)
    renew_plan(work, row, desk)
    return proposed is not None


def _waits_for_removal(state: StateRow, policy: Policy) -> bool:
    """A confirmed death ends by a removal, never by a return check."""
    return state.status is StateStatus.CONFIRMED and policy.state(state.kind).stops_contact


SETTLING: dict[Due, Callable[[UUID, UnitOfWork, Desk], bool]] = {
    Due.END_STATE: _end_state,
    Due.ASK_AGAIN: _ask_again,
    Due.END_HARDSHIP: _end_hardship,
    Due.END_OVERRIDE: _end_override,
    Due.CLASSIFY: _classify,
}
