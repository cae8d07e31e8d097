"""A policy as the program reads it: one place's plan with all that it inherits, checked and frozen.

Everything here is a value of a file. Rules that use the values stand in `shared.domain` and `resolve.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from shared.domain.alarms import AlarmRules
from shared.domain.calendars import Limit
from shared.domain.classification import ClassificationRules
from shared.domain.codes import Circumstance, StateKind
from shared.domain.health.rules import HealthRules
from shared.domain.justice.rules import JusticeRules
from shared.domain.overlays import OverlayRules
from shared.domain.population import PopulationChange, PopulationRule
from shared.domain.reports import ReportRule
from shared.domain.visit_modes import ContactRules
from shared.policies.festivals import Festival
from shared.policies.forces import Forces
from shared.policies.forms import Forms
from shared.policies.handling import CircumstanceRule, HandlingRules, Override, Passing, Scale
from shared.policies.places import Jurisdiction, Route, Unit
from shared.policies.policing import Policing
from shared.policies.provenance import Document, Provenance, cite
from shared.policies.referring import ReferralKind, RungRule
from shared.policies.visiting import Floor, ObligationRule, Recording, StateRule, Timing, UnseenLimit
from shared.policies.work_days import WorkDays

Rule = TypeVar("Rule", ReferralKind, ObligationRule, Unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything that one place's plan says, in force from a day. `hash` is the SHA-256 of its files.

    `area_code` is the prefix for which it speaks: the whole place, or one town of it. `towns` are the towns
    whose own rules have been laid over the place's. `texts` are its files as written, name and text.
    """

    id: str
    hash: str
    in_force_from: date
    jurisdiction: Jurisdiction
    units: tuple[Unit, ...]
    circumstances: tuple[Circumstance, ...]
    responsible: tuple[Route, ...]
    classification: ClassificationRules
    verification: Mapping[str, Limit]
    floors: tuple[Floor, ...]
    obligations: tuple[ObligationRule, ...]
    contacts: ContactRules
    states: tuple[StateRule, ...]
    ladders: Mapping[str, tuple[RungRule, ...]]
    kinds: tuple[ReferralKind, ...]
    recording: Recording
    timing: Timing
    unseen: tuple[UnseenLimit, ...]
    work_days: WorkDays
    labels: Mapping[str, Mapping[str, str]]
    documents: Mapping[str, Document]
    origins: Mapping[str, Provenance]
    definitions: tuple[CircumstanceRule, ...]
    passing: Passing
    override: Override
    scales: tuple[Scale, ...]
    forces: Forces
    overlays: OverlayRules
    festivals: tuple[Festival, ...]
    alarms: AlarmRules
    reports: tuple[ReportRule, ...]
    handling: HandlingRules
    forms: Forms
    health_care: HealthRules
    justice: JusticeRules
    population: tuple[PopulationRule, ...]
    policing: Policing
    area_code: str
    inherits: str
    texts: tuple[tuple[str, str], ...]
    towns: "tuple[Policy, ...]" = ()

    def kind(self, code: str) -> ReferralKind:
        """The kind of that code. Raises LookupError if this policy has none."""
        return _named(self.kinds, code)

    def obligation(self, code: str) -> ObligationRule:
        """The obligation of that code. Raises LookupError if this policy has none."""
        return _named(self.obligations, code)

    def unit(self, code: str) -> Unit:
        """The unit of that code. Raises LookupError if this policy has none."""
        return _named(self.units, code)

    def playing(self, role: str, area_code: str) -> str:
        """The code of the nearest unit around the area that plays the role; the role itself if none does."""
        around = [unit for unit in self.units if role in unit.roles and area_code.startswith(unit.area_code)]
        return max(around, key=lambda unit: len(unit.area_code)).code if around else role

    def levels_of(self, scale: str) -> tuple[str, ...]:
        """The levels of that scale of ability; none where no scale of this policy is meant."""
        return next((each.levels for each in self.scales if each.code == scale), ())

    def state(self, kind: StateKind) -> StateRule:
        """The rule for that state. Raises LookupError if this policy has none."""
        return next(rule for rule in self.states if rule.kind is kind)

    def news(self, kind: PopulationChange) -> PopulationRule:
        """The rule for that news of a resident; the loader refuses a policy without one."""
        return next(rule for rule in self.population if rule.kind is kind)

    def label(self, kind: str, code: str) -> str:
        """What people read for a code; a code of an old record that is no longer known is shown as it is."""
        return self.labels.get(kind, {}).get(code, code)

    def public_kind(self, code: str) -> str:
        """What work is called to those whom it does not concern: some names would tell (style §4.2)."""
        return self.labels.get("kinds_public", {}).get(code) or self.label("kinds", code)

    def why(self, path: str) -> Provenance | None:
        """Where the value at a path of the file comes from, e.g. `obligations.weekly_visit.times`."""
        while path and path not in self.origins:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.origins.get(path)

    def clause(self, source: str) -> str:
        """A source in words; a standing that stands for a missing source gets its label."""
        is_cited = source.partition(":")[0] in self.documents
        return cite(source, self.documents) if is_cited else self.label("standings", source)


def _named(rules: tuple[Rule, ...], code: str) -> Rule:
    found = next((rule for rule in rules if rule.code == code), None)
    if found is None:
        raise LookupError(f"this policy knows no {code}")
    return found
