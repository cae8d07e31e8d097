"""A record is its journal: what happened, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.domain.justice.codes import Step

REFUSALS = (Step.ELDER_REFUSED, Step.OTHER_REFUSED)
"""A clear refusal of mediation by either side."""

TAKEN_BACK = (*REFUSALS, Step.NO_LONGER_WISHED)
"""A no that somebody may have put down by mistake, or that was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step and the day on which it was taken.

    `detail` is its code: channel, matter, outcome, relation. `member_id` is whose it is, among a family.
    """

    step: Step
    on: date
    detail: str = ""
    member_id: UUID | None = None


def standing_of(events: Sequence[Event]) -> tuple[Event, ...]:
    """The journal as it counts: a no that was taken back stays to be read, and bars and ends nothing.

    So does what concerns a member of the family who was named by mistake.
    """
    counted: list[Event] = []
    for event in events:
        if event.step is Step.MEMBER_STRUCK:
            counted = [each for each in counted if each.member_id != event.member_id]
        elif event.step is not Step.REFUSAL_TAKEN_BACK:
            counted.append(event)
        elif (said := last(counted, *TAKEN_BACK)) is not None:
            counted.remove(said)
    return tuple(counted)


def happened(events: Sequence[Event], *steps: Step) -> bool:
    """Whether any of the steps is on record."""
    return any(event.step in steps for event in events)


def last(events: Sequence[Event], *steps: Step) -> Event | None:
    """The latest of these steps."""
    return next((event for event in reversed(events) if event.step in steps), None)
