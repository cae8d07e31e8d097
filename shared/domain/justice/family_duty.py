"""The family-duty ladder 提醒 -> 规劝 -> 调解 -> 法律, one climb for each member of the family (Z-50 … Z-52).

Decisions: a stage may be repeated and none is skipped, save 调解, which is never held against a refusal: then
the law comes next. 调解 needs the consent of the elder and of that member. Each member is assessed again and
again while the record is open; whoever fulfils the duty is done until an assessment or a stage says other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.domain.calendars import WorkCalendar
from shared.domain.justice.codes import DutyFound, DutyOutcome, Step
from shared.domain.justice.dates import last_day
from shared.domain.justice.events import Event, happened, last
from shared.domain.justice.rules import DutyStage, JusticeRules
from shared.domain.periods import months_after

CONSENTS = (Step.ELDER_AGREED, Step.ELDER_REFUSED)
MEMBERS_WORD = (Step.OTHER_AGREED, Step.OTHER_REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one member has come: the stage that is next, and by which day it should have been taken.

    `found` is what the latest assessment says, `assess_by` the last day of the next one (Z-50). `fulfils`:
    the duty is done; without that and without a next step, the ladder has come to its end.
    """

    member_id: UUID
    last_step: Step | None
    outcome: str
    next_step: Step | None
    due_on: date | None
    found: str
    fulfils: bool
    assess_by: date


def standing(
    events: Sequence[Event], member_id: UUID, rules: JusticeRules, calendar: WorkCalendar
) -> Standing:
    """Where this member stands on the ladder. Raises ValueError for who is not on record."""
    own = _of(events, member_id)
    taken, assessed, named = last(own, *_steps(rules)), last(own, Step.ASSESSED), last(own, Step.MEMBER_NAMED)
    if named is None:
        raise ValueError("nobody of that id is in the family")
    following = next_stage(events, member_id, rules.duty_stages)
    since = _since(taken, assessed) or named
    due = last_day(following.within, since.on, calendar) if following and following.within else None
    return Standing(
        member_id=member_id,
        last_step=taken.step if taken else None,
        outcome=taken.detail if taken else "",
        next_step=following.step if following else None,
        due_on=due,
        found=assessed.detail if assessed else "",
        fulfils=_fulfils(own, rules.duty_stages),
        assess_by=months_after((assessed or named).on, rules.assess_months),
    )


def next_stage(events: Sequence[Event], member_id: UUID, stages: Sequence[DutyStage]) -> DutyStage | None:
    """The stage that comes next for the member; None once the duty is fulfilled or the ladder has ended."""
    own = _of(events, member_id)
    taken = last(own, *(stage.step for stage in stages))
    if _fulfils(own, stages):
        return None
    if taken is None:
        return stages[0]
    at = next(number for number, stage in enumerate(stages) if stage.step is taken.step)
    if taken.detail == DutyOutcome.UNREACHED:
        return stages[at]
    later = stages[at + 1 :]
    if later and later[0].step is Step.MEDIATED and mediation_is_refused(events, member_id):
        later = later[1:]
    return next(iter(later), None)


def family_is_complete(events: Sequence[Event]) -> bool:
    """Whether somebody has said, since the last member was named, that there is no other one (Z-50)."""
    newest = last(events, Step.MEMBER_NAMED, Step.FAMILY_COMPLETE)
    return newest is not None and newest.step is Step.FAMILY_COMPLETE


def bar_on_stage(events: Sequence[Event], event: Event, rules: JusticeRules) -> str:
    """Why this stage may not be taken with this member yet."""
    if event.member_id is None or not happened(_of(events, event.member_id), Step.MEMBER_NAMED):
        return "member_unknown"
    if event.step is Step.MEDIATED and (bar := bar_on_mediation(events, event.member_id)):
        return bar
    steps = _steps(rules)
    following = next_stage(events, event.member_id, rules.duty_stages)
    taken = last(_of(events, event.member_id), *steps)
    furthest = following.step if following else taken.step if taken else steps[0]
    return "stage_skipped" if steps.index(event.step) > steps.index(furthest) else ""


def bar_on_member(events: Sequence[Event], event: Event, _rules: JusticeRules) -> str:
    """A word is the word of a member who is on record."""
    known = event.member_id and happened(_of(events, event.member_id), Step.MEMBER_NAMED)
    return "" if known else "member_unknown"


def bar_on_family(events: Sequence[Event], _event: Event, _rules: JusticeRules) -> str:
    """A family of nobody is not complete."""
    return "" if happened(events, Step.MEMBER_NAMED) else "member_unknown"


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


def _steps(rules: JusticeRules) -> list[Step]:
    return [stage.step for stage in rules.duty_stages]


def _fulfils(own: Sequence[Event], stages: Sequence[DutyStage]) -> bool:
    """What was said last counts, at a stage or at an assessment; one that found nothing out says nothing."""
    steps = {Step.ASSESSED, *(stage.step for stage in stages)}
    said = [event for event in own if event.step in steps and event.detail != DutyFound.UNKNOWN]
    return bool(said) and said[-1].detail == DutyOutcome.FULFILS


def _since(taken: Event | None, assessed: Event | None) -> Event | None:
    """Since when the next stage is awaited: the latest one, or what found that it has come to nothing."""
    if taken is not None and taken.detail == DutyOutcome.FULFILS and assessed is not None:
        return assessed
    return taken


def _of(events: Sequence[Event], member_id: UUID) -> list[Event]:
    return [event for event in events if event.member_id == member_id]
