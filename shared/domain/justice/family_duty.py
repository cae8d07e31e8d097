"""The family-duty ladder 提醒 -> 规劝 -> 调解 -> 法律, one climb for each member of the family (Z-50 … Z-52).

Decisions: a stage may be repeated and none is skipped, save 调解, which is never held against a refusal: then
the law comes next. 调解 needs the consent of the elder and of that member. Whoever fulfils the duty is done
until a stage is taken again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.domain.calendars import WorkCalendar
from shared.domain.justice.codes import DutyOutcome, Step
from shared.domain.justice.dates import last_day
from shared.domain.justice.events import Event, happened, last
from shared.domain.justice.rules import DutyStage, JusticeRules

CONSENTS = (Step.ELDER_AGREED, Step.ELDER_REFUSED)
MEMBERS_WORD = (Step.OTHER_AGREED, Step.OTHER_REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one member has come: the stage that is next, and by which day it should have been taken."""

    member_id: UUID
    last_step: Step | None
    outcome: str
    next_step: Step | None
    due_on: date | None


def standing(
    events: Sequence[Event], member_id: UUID, stages: Sequence[DutyStage], calendar: WorkCalendar
) -> Standing:
    """Where this member stands on the ladder."""
    taken = last(_of(events, member_id), *(stage.step for stage in stages))
    following = next_stage(events, member_id, stages)
    since = taken or last(_of(events, member_id), Step.MEMBER_NAMED)
    due = last_day(following.within, since.on, calendar) if following and following.within and since else None
    return Standing(
        member_id=member_id,
        last_step=taken.step if taken else None,
        outcome=taken.detail if taken else "",
        next_step=following.step if following else None,
        due_on=due,
    )


def next_stage(events: Sequence[Event], member_id: UUID, stages: Sequence[DutyStage]) -> DutyStage | None:
    """The stage that comes next for the member; None once the duty is fulfilled or the ladder has ended."""
    taken = last(_of(events, member_id), *(stage.step for stage in stages))
    if taken is None:
        return stages[0]
    if taken.detail == DutyOutcome.FULFILS:
        return None
    at = next(number for number, stage in enumerate(stages) if stage.step is taken.step)
    if taken.detail == DutyOutcome.UNREACHED:
        return stages[at]
    later = stages[at + 1 :]
    if later and later[0].step is Step.MEDIATED and mediation_is_refused(events, member_id):
        later = later[1:]
    return next(iter(later), None)


def bar_on_stage(events: Sequence[Event], event: Event, rules: JusticeRules) -> str:
    """Why this stage may not be taken with this member yet."""
    if event.member_id is None or not happened(_of(events, event.member_id), Step.MEMBER_NAMED):
        return "member_unknown"
    if event.step is Step.MEDIATED and (bar := bar_on_mediation(events, event.member_id)):
        return bar
    steps = [stage.step for stage in rules.duty_stages]
    following = next_stage(events, event.member_id, rules.duty_stages)
    taken = last(_of(events, event.member_id), *steps)
    furthest = following.step if following else taken.step if taken else steps[0]
    return "stage_skipped" if steps.index(event.step) > steps.index(furthest) else ""


def bar_on_member(events: Sequence[Event], event: Event, _rules: JusticeRules) -> str:
    """A word is the word of a member who is on record."""
    known = event.member_id and happened(_of(events, event.member_id), Step.MEMBER_NAMED)
    return "" if known else "member_unknown"


def bar_on_mediation(events: Sequence[Event], member_id: UUID) -> str:
    """Why nobody may mediate between the elder and this member: a refusal, or a word still to be asked."""
    if mediation_is_refused(events, member_id):
        return "one_side_refused"
    words = (last(events, *CONSENTS), last(_of(events, member_id), *MEMBERS_WORD))
    return "" if all(words) else "both_sides_must_agree"


def mediation_is_refused(events: Sequence[Event], member_id: UUID) -> bool:
    """Whether the elder's or the member's latest word is a refusal."""
    elder, member = last(events, *CONSENTS), last(_of(events, member_id), *MEMBERS_WORD)
    return any(
        word is not None and word.step in {Step.ELDER_REFUSED, Step.OTHER_REFUSED} for word in (elder, member)
    )


def _of(events: Sequence[Event], member_id: UUID) -> list[Event]:
    return [event for event in events if event.member_id == member_id]
