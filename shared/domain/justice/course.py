"""The course of a record as a table: which step leads from which stage to which, and what bars it.

A step that is not in the table is refused with what is possible instead, as a referral's moves are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.domain.errors import Conflict, Invalid
from shared.domain.justice.codes import Stage, Step
from shared.domain.justice.events import TAKEN_BACK, Event, happened, standing_of
from shared.domain.justice.rules import JusticeRules

Bar = Callable[[Sequence[Event], Event, JusticeRules], str]
"""Why a step may not be taken yet, as a code; empty if nothing bars it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The life of one kind of record; `bars` are asked before the table."""

    table: Mapping[tuple[Stage, Step], Stage]
    bars: Mapping[Step, Bar] = field(default_factory=dict)


def stage_of(course: Course, events: Sequence[Event]) -> Stage:
    """Where the record stands after all that happened."""
    stage = Stage.OPEN
    for event in standing_of(events):
        stage = course.table.get((stage, event.step), stage)
    return stage


def offered(course: Course, events: Sequence[Event]) -> tuple[Step, ...]:
    """The steps of the present stage, in the order of the table; a bar may still stand before one."""
    stage = stage_of(course, events)
    steps = tuple(step for at, step in course.table if at is stage)
    may_take_back = happened(standing_of(events), *TAKEN_BACK)
    return steps if may_take_back else tuple(step for step in steps if step is not Step.REFUSAL_TAKEN_BACK)


def after(course: Course, events: Sequence[Event], event: Event, rules: JusticeRules) -> Stage:
    """The stage after the step; a refusal taken back leads to where the record stood before it.

    Raises Conflict with the code of what bars it, or `step_not_possible`; Invalid `before_what_led_here`
    for a day before that of the step that it follows.
    """
    bar = course.bars.get(event.step)
    if bar and (code := bar(standing_of(events), event, rules)):
        raise Conflict(code, step=event.step)
    stage = stage_of(course, events)
    following = course.table.get((stage, event.step))
    if following is None:
        raise Conflict(
            "step_not_possible", step=event.step, stage=stage, possible_steps=offered(course, events)
        )
    if following is not stage and event.on < (since := _since(course, events)):
        raise Invalid("before_what_led_here", field="on", step=event.step, since=since)
    return stage_of(course, (*events, event))


def _since(course: Course, events: Sequence[Event]) -> date:
    """The day of the step that led to where the record stands; steps that lead nowhere come in any order."""
    stage, since = Stage.OPEN, date.min
    for event in standing_of(events):
        following = course.table.get((stage, event.step), stage)
        stage, since = following, since if following is stage else event.on
    return since
