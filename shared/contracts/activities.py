"""Typed references to activities: a workflow calls them by name and never imports what they import."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.contracts.effects import CarriedOut, CarryOut
from shared.contracts.referral import Projected, ReferralProjection
from shared.contracts.review import ReviewAsOf, Reviewed
from shared.contracts.visit_cycle import CycleProjection

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
