"""The plan that a visit cycle carries: one elder's obligations, sized and worded by the policy in force.

A plan is resolved by the service from facts and policy (`shared.policies`), travels with the process
(<= 4 kB) and is replaced at the next window when facts or policy change (J-06).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.calendars import WorkCalendar
from shared.domain.codes import RecipientRole

FIRST_VISIT = "first_visit"
"""The window that stands in for first partial windows that do not bind (domain §0.2-5)."""

RETURN_CHECK = "return_check"
"""The window in which somebody looks after an elder whose state has just ended (domain §0.2-3)."""

EXTRA_VISIT = "extra_visit"
"""A visit that a coordinator adds for one elder (加访)."""


class Period(StrEnum):
    """The natural period that an obligation's windows follow, in the jurisdiction's zone."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom to tell: a role inside a unit. An assignee needs no unit: it is the elder's own visitor."""

    role: RecipientRole
    unit_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowWarning:
    """A warning before a window closes: on day `day` of the period (1 = Monday or the 1st), at "HH:MM"."""

    day: int
    time: str
    recipient: Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What is owed to one elder in each period: `times` contacts that count for `code`.

    Which contact counts is judged when it is recorded, by mode, force and health (`visit_modes.judge`);
    the cycle only reads the codes that a contact counts for.
    binds_from_days: a first partial window binds only if at least so many days of it remain.
    active_days: in the adjusted figure an elder counts only if active on at least so many days of the window.
    from_on: the first day of the fact that it rests on (家庭病床), if that has one: it begins with the next
    whole period and ends with the fact.
    """

    code: str
    period: Period
    times: int
    length_days: int = 0
    distinct_days: bool = False
    min_gap_hours: int = 0
    binds_from_days: int = 0
    active_days: int = 0
    warnings: tuple[WindowWarning, ...] = ()
    from_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything a visit cycle must know; nothing in it names a person.

    late_entry_hours: how long after a contact its record may still change a closed window's outcome.
    first_visit_days: the deadline of a first visit where no first partial window binds.
    return_check_hours: the deadline of the visit after a state has ended.
    overtaken_minutes: a warning this late is recorded as not sent instead of being sent.
    """

    policy_id: str
    policy_hash: str
    zone: str
    obligations: tuple[Obligation, ...]
    calendar: WorkCalendar
    late_entry_hours: int
    first_visit_days: int
    return_check_hours: int
    overtaken_minutes: int

    def obligation(self, code: str) -> Obligation | None:
        """The obligation of that code, or None if this plan has none."""
        return next((each for each in self.obligations if each.code == code), None)
