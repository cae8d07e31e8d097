"""Follow-up (随访): when the next one is due, and whether it is too late (J-75)."""

from datetime import date, timedelta

from shared.domain.health.codes import Owing
from shared.domain.health.rules import Programme
from shared.domain.periods import months_after


def due_on(programme: Programme, *, since_on: date, last_on: date | None) -> date:
    """The last day for the next follow-up: so many months after the last one, or after the plan's start."""
    return months_after(last_on or since_on, programme.every_months)


def owing(due: date, on: date, *, remind_days: int) -> Owing:
    """How something due on a day stands today; the day itself is in time."""
    if on > due:
        return Owing.OVERDUE
    return Owing.DUE if on > due - timedelta(days=remind_days) else Owing.LATER
