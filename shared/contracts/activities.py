"""Typed references to activities: a workflow calls them by name and never imports what they import."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

from shared.contracts import names
from shared.contracts.effects import CarriedOut, CarryOut, RefusedEffect
from shared.contracts.referral import Projected, ReferralProjection
from shared.contracts.review import ReviewAsOf, Reviewed, SealAsOf, WatchAsOf
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.kinds import Effect

Argument = TypeVar("Argument")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Activity(Generic[Argument, Result]):
    """An activity by its wire name, with the types of its one argument and its result."""

    name: str
    argument: type[Argument]
    result: type[Result]


PROJECT_CYCLE = Activity("project_cycle", CycleProjection, type(None))
"""Write a cycle's rows to `process` and `notices` and announce what it asks of its chase."""

PROJECT_REFERRAL = Activity("project_referral", ReferralProjection, Projected)
"""Write a referral's rows to `process` and `notices`; answers the rungs that found nobody."""

REVIEW = Activity("review", ReviewAsOf, Reviewed)
"""Let the care register end what has expired and propose what has changed; runs on its own facts queue."""

CHANGE_REGISTER = Activity("change_register", CarryOut, CarriedOut)
"""Let the care register carry out an effect by its own handlers, under its own rules; on its facts queue."""

CHANGE_VISITS = Activity("change_visits", CarryOut, CarriedOut)
"""Let visits carry out an effect by its own handlers, under its own rules; on its facts queue."""

NOTE_REFUSED = Activity("note_refused", RefusedEffect, type(None))
"""Put an effect that its owner has refused where somebody sees it."""


SEAL_HISTORY = Activity("seal_history", SealAsOf, type(None))
"""Fold the chains of the history that have grown into the day's root."""

WATCH_UNITS = Activity("watch_units", WatchAsOf, type(None))
"""Tell every referral whose unit has lost its last member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who owns the facts that an effect changes: what to ask of it, and on which queue."""

    activity: Activity[CarryOut, CarriedOut]
    queue: str


REGISTER = Owner(activity=CHANGE_REGISTER, queue=names.CARE_REGISTER_FACTS)
VISITS = Owner(activity=CHANGE_VISITS, queue=names.VISITS_FACTS)

OWNERS: Mapping[Effect, Owner] = MappingProxyType(
    {
        Effect.RECORD_STATE: REGISTER,
        Effect.REVIEW_CLASS: REGISTER,
        Effect.RECORD_ABILITY: REGISTER,
        Effect.FOLLOW_HOME_BED: REGISTER,
        Effect.RECORD_CONTACT: VISITS,
        Effect.VOID_CONTACT: VISITS,
        Effect.MEET_NEED: VISITS,
        Effect.CLOSE_HAZARD: VISITS,
        Effect.ASK_AGAIN_LATER: VISITS,
        Effect.FOLLOW_MOVE: VISITS,
    }
)
"""Whose facts each effect changes; the others open more work, or are told to people."""
