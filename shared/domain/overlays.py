"""What bad weather, festivals and special days add to the usual visits (叠加探访, J-19, J-20, Z-57).

An overlay adds and never replaces (domain §0.2-10): required is routine plus extra, and each contact counts
once in the sum. Only where a plan writes 适当 and the place has switched it on may one contact serve both.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.calendars import Limit, WorkCalendar, deadline
from shared.domain.codes import VisitMode
from shared.domain.conditions import Condition, Subject, holds


class Occasion(StrEnum):
    """What calls for more visits."""

    WEATHER = "weather"
    FESTIVAL = "festival"
    SPECIAL_DAY = "special_day"


class WarningColour(StrEnum):
    """The four colours of official warnings, the lowest first (突发事件应对法 第六十三条)."""

    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class Measure(StrEnum):
    """What an overlay asks for besides more contacts (domain §1.4)."""

    TELL_CARE_TEAM = "tell_care_team"
    PREPARE_TRANSFER = "prepare_transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What has come: `name` is the type of weather as received, or the code of a festival or special day."""

    occasion: Occasion
    name: str
    colour: WarningColour | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraContacts:
    """What is owed on top to elders whom `when` describes. `first_within` and `first_modes` bind the first.

    each_day: so many times on every day of the occasion, not once in all of it.
    """

    when: Condition
    times: int
    each_day: bool
    modes: tuple[VisitMode, ...]
    first_within: Limit | None = None
    first_modes: tuple[VisitMode, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRule:
    """One overlay. Empty `names` fit any: weather types are added without notice (domain §1.4)."""

    code: str
    occasion: Occasion
    names: tuple[str, ...]
    colours: tuple[WarningColour, ...]
    extra: tuple[ExtraContacts, ...]
    tells_care_team: bool
    prepares_transfer: bool
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRules:
    """All overlays of a plan. `may_share` is the plan's own 适当; `shares` is the place's switch."""

    overlays: tuple[OverlayRule, ...]
    may_share: bool
    shares: bool


def overlay_for(rules: OverlayRules, trigger: Trigger) -> OverlayRule | None:
    """The overlay that the trigger fits, one that names it before one for any; None: nothing is asked."""
    fitting = [rule for rule in rules.overlays if _fits(rule, trigger)]
    return max(fitting, key=lambda rule: bool(rule.names), default=None)


def measures(rule: OverlayRule) -> tuple[Measure, ...]:
    """What is done as soon as the overlay begins."""
    asked = {Measure.TELL_CARE_TEAM: rule.tells_care_team, Measure.PREPARE_TRANSFER: rule.prepares_transfer}
    return tuple(measure for measure, is_asked in asked.items() if is_asked)


def extra_owed(rule: OverlayRule, subject: Subject) -> ExtraContacts | None:
    """What the overlay adds for the elder; the first row that describes the elder decides."""
    return next((row for row in rule.extra if holds(row.when, subject)), None)


def required(routine: int, extra: ExtraContacts | None, *, days: int, rules: OverlayRules) -> int:
    """How many contacts are owed in all while the overlay lasts `days` days."""
    added = extra.times * (days if extra.each_day else 1) if extra else 0
    return max(routine, added) if rules.may_share and rules.shares else routine + added


def first_due_by(extra: ExtraContacts, begun_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """The last instant for the first extra contact, or None: any time while the occasion lasts."""
    return deadline(extra.first_within, begun_at, calendar) if extra.first_within else None


def counts_for_overlay(extra: ExtraContacts, mode: VisitMode, *, is_first: bool) -> bool:
    """Whether a contact of that mode serves the overlay."""
    return mode in (extra.first_modes if is_first and extra.first_modes else extra.modes)


def _fits(rule: OverlayRule, trigger: Trigger) -> bool:
    is_named = not rule.names or trigger.name in rule.names
    is_coloured = not rule.colours or trigger.colour in rule.colours
    return rule.occasion is trigger.occasion and is_named and is_coloured
