"""How a kind of work is handled once a unit has it: pauses, extensions, what it may see, what ending it does.

Limits of pauses are days on the wall calendar: who waits for papers waits over holidays too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.domain.calendars import Limit
from shared.domain.codes import StateKind
from shared.domain.kinds import Effect, HowSeen, Join
from shared.domain.referral.commands import PauseTerms
from shared.policies.attaching import AttachmentRules
from shared.policies.provenance import Provenance


class Field(StrEnum):
    """What may be shown of an elder to a receiving unit (domain §3.5)."""

    NAME = "name"
    COURTESY_NAME = "courtesy_name"
    ADDRESS = "address"
    PHONE = "phone"
    DOOR_NOTE = "door_note"
    CONTACTS = "contacts"
    AGE = "age"
    MOBILITY = "mobility"
    CIRCUMSTANCES = "circumstances"
    TIER = "tier"
    ABILITY = "ability"
    HEALTH = "health"
    LAST_SEEN = "last_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A ground for stopping the clock (暂缓理由), and for how long at most."""

    code: str
    max_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What may be done to the clocks of a kind. `extended_by` is the selector of who grants more time.

    `join` says when the lead unit may end what others support.
    """

    code: str
    pauses: tuple[str, ...]
    pauses_at_most: int
    paused_days_at_most: int
    extensions_at_most: int
    extension: Limit | None
    extended_by: str
    join: Join


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a receiving unit may see of the elder (可见内容)."""

    code: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRule:
    """What completing with one outcome does; an empty outcome stands for every outcome without a row.

    `state` is what RECORD_STATE records; `next_kind` is the work that OPEN_NEXT opens; `seen` is the contact
    that RECORD_CONTACT puts on record; `scale` is that of the level which RECORD_ABILITY records.
    """

    outcome: str
    does: tuple[Effect, ...]
    state: StateKind | None
    next_kind: str
    seen: HowSeen | None = None
    scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Who may hand work to whom (交办): from and to units that play a role; the first row that fits decides.

    An empty role fits any. `through` is the selector of the unit in between; empty means directly.
    needs_list_item: the work must be on the list of what may be asked (协助事项清单).
    """

    from_role: str
    to_role: str
    through: str
    needs_list_item: bool
    refusable: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """One matter of 「其他协助事项」: work that a unit takes without a kind of its own yet (domain §6)."""

    code: str
    unit: str
    text: str
    accept: Limit
    complete: Limit
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingRules:
    """All of the above, as one policy says it."""

    pauses: tuple[Pause, ...]
    handlings: tuple[Handling, ...]
    views: tuple[View, ...]
    handing: tuple[Handing, ...]
    assistance: tuple[Assistance, ...]
    attachments: AttachmentRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One scale of ability (评估量表): its version and its levels. Levels of two are never compared."""

    code: str
    version: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstanceRule:
    """What a circumstance means in this plan, and what shows it (困难类别的定义与佐证)."""

    code: str
    text: str
    evidence: tuple[str, ...]
    origin: Provenance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """Hardship that passes (阶段性临时困难, J-09): reviewed in between, and over by its last day."""

    review_days: int
    max_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """When a person decides otherwise than the rules (人工调整): a reason, a second person, and an end."""

    valid_days: int
    second_person: Limit


def pause_terms(rules: HandlingRules, handling: str, ground: str) -> PauseTerms | None:
    """What is allowed of a pause on that ground; None where the kind knows no such ground."""
    rule = next(each for each in rules.handlings if each.code == handling)
    if ground not in rule.pauses:
        return None
    return PauseTerms(
        max_days=next(pause.max_days for pause in rules.pauses if pause.code == ground),
        times_at_most=rule.pauses_at_most,
        days_at_most=rule.paused_days_at_most,
    )


def grounds_of(rules: HandlingRules, handling: str) -> tuple[str, ...]:
    """The grounds on which the clocks of such work may stand still."""
    return next(each.pauses for each in rules.handlings if each.code == handling)


def last_day(passing: Passing, since: date) -> date:
    """The latest day to which a hardship that began on that day may be said to last."""
    return since + timedelta(days=passing.max_days)


def next_review(passing: Passing, since: date, today: date) -> date:
    """When somebody looks again whether a hardship that began on that day is over: today at the earliest."""
    reviews = max(1, -(-(today - since).days // passing.review_days))
    return since + timedelta(days=reviews * passing.review_days)


def overridden_until(override: Override, since: date) -> date:
    """The last day of a class by hand that somebody asked for on that day."""
    return since + timedelta(days=override.valid_days)


def scale_of(scales: tuple[Scale, ...], level: str) -> Scale | None:
    """The scale in which this place words that level: the first that knows it; levels are never converted."""
    return next((scale for scale in scales if level in scale.levels), None)


def join_of(rules: HandlingRules, handling: str) -> Join:
    """When the lead unit may end such work while others support it (主办、协办)."""
    return next(each.join for each in rules.handlings if each.code == handling)


def effect_rule(effects: tuple[EffectRule, ...], outcome: str) -> EffectRule:
    """What completing with that outcome does: its own row, else the row for every outcome."""
    nothing = EffectRule(outcome=outcome, does=(), state=None, next_kind="")
    return next((rule for rule in effects if rule.outcome in {outcome, ""}), nothing)


def handing_between(rules: HandlingRules, from_roles: tuple[str, ...], to_roles: tuple[str, ...]) -> Handing:
    """How work goes from one unit to another, by the roles they play; the last row takes every pair."""
    return next(
        row for row in rules.handing if row.from_role in {*from_roles, ""} and row.to_role in {*to_roles, ""}
    )
