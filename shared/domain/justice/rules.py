"""The numbers and lists of a policy that the rules of this package use."""

from dataclasses import dataclass

from shared.domain.calendars import Limit
from shared.domain.justice.codes import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalLimit:
    """A limit that binds a body we don't command (外部法定时限): shown and reminded, never our breach.

    It runs from the day of `starts` until one of `met_by` is on record; no step means that it is only shown.
    """

    code: str
    body: str
    limit: Limit
    source: str
    starts: Step | None = None
    met_by: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AidMatter:
    """A matter for which legal aid may be asked. `no_means_test`: nobody asks what the applicant owns."""

    code: str
    no_means_test: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyStage:
    """One stage of the family-duty ladder and how long it may take; the last has no limit of ours."""

    step: Step
    within: Limit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JusticeRules:
    """What the judicial office works by.

    early_start_days: aid may begin before the papers if fewer days are left of the limitation (先行提供).
    order_months: how long a protection order is valid at most. order_limits: the court's steps.
    assess_months: how often it is asked of each member of a family whether they fulfil their duty.
    """

    aid_matters: tuple[AidMatter, ...]
    papers: tuple[str, ...]
    early_start_days: int
    order_months: int
    order_limits: tuple[ExternalLimit, ...]
    duty_stages: tuple[DutyStage, ...]
    assess_months: int
