"""What the sections of a policy say of each other: nothing dangles, nothing is unreachable, all have a name."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

from shared.domain.calendars import WorkCalendar, deadline
from shared.domain.codes import (
    Ability,
    Circumstance,
    Force,
    Health,
    Mobility,
    Reach,
    StateKind,
    StateStatus,
    Tier,
    Urgency,
    VisitMode,
)
from shared.domain.conditions import Condition
from shared.domain.facts import Hardship
from shared.domain.plan import Period
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.places import LEAD, Route, Selector, split_selector
from shared.policies.provenance import Standing
from shared.policies.referring import ElderWord

EVERYBODY = Condition()
PERSONS = frozenset({Selector.ASSIGNEE, Selector.HOLDER})
ENUMS: dict[str, type[StrEnum]] = {
    "abilities": Ability,
    "circumstances": Circumstance,
    "elders_word": ElderWord,
    "forces": Force,
    "hardships": Hardship,
    "health": Health,
    "mobility": Mobility,
    "modes": VisitMode,
    "periods": Period,
    "reaches": Reach,
    "standings": Standing,
    "state_statuses": StateStatus,
    "states": StateKind,
    "tiers": Tier,
    "urgencies": Urgency,
}
"""Code lists of the program that people read, and the label section that words them."""


def check_policy(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every fault between sections."""
    check = _Check(policy, layered, faults)
    check.labels()
    check.selectors()
    check.ladders()
    check.routes("responsible", policy.responsible)
    check.visiting()
    for kind in policy.kinds:
        check.routes(f"kinds.{kind.code}.routes", kind.routes)


class _Check:
    def __init__(self, policy: Policy, layered: Layered, faults: Faults) -> None:
        self.policy = policy
        self.layered = layered
        self.faults = faults

    def report(self, path: str, code: str, /, **params: str) -> None:
        self.faults.found.append(self.layered.fault(path, code, **params))

    def labels(self) -> None:
        """Everything that people read has a name."""
        for section, codes in _labelled(self.policy):
            for code in codes:
                if code not in self.policy.labels.get(section, {}):
                    self.report(f"labels.{section}", "no_label", value=code, kind=section)

    def selectors(self) -> None:
        """Every rung, warning and route names a body that can be found."""
        for path, selector, may_be_person in _selectors(self.policy):
            name, argument, suffix = split_selector(selector)
            if name == "unit" and not any(unit.code == argument for unit in self.policy.units):
                self.report(path, "unknown_unit", key=path, value=argument)
            is_person = name in PERSONS and may_be_person and not suffix
            is_unit = name in {"unit", "district"} or name in set(Selector) - PERSONS
            if not is_person and not (is_unit and suffix in {"", LEAD}):
                self.report(path, "unknown_selector", key=path, value=selector, known="、".join(Selector))
        known = {unit.code for unit in self.policy.units}
        place = self.policy.jurisdiction
        for code in (place.coordinator_unit, place.working_group_unit):
            if code not in known:
                self.report("jurisdiction", "unknown_unit", key="jurisdiction", value=code)
        for unit in self.policy.units:
            if unit.parent and unit.parent not in known:
                self.report(f"units.{unit.code}", "unknown_unit", key="parent", value=unit.parent)

    def ladders(self) -> None:
        """Every ladder that a clock names exists, and each rung comes after the one before."""
        place = self.policy.jurisdiction
        calendar = WorkCalendar(zone=place.zone, hours=place.hours, known_until=MONDAY.date())
        for code, rungs in self.policy.ladders.items():
            if not rungs:
                self.report(f"ladders.{code}", "no_rungs")
            moments = [deadline(rung.after, MONDAY, calendar) for rung in rungs]
            for number, (before, after) in enumerate(pairwise(moments), start=2):
                if after <= before:
                    path = f"ladders.{code}.rungs[{number - 1}]"
                    self.report(path, "falling_ladder", number=str(number))
        for kind in self.policy.kinds:
            specs = [kind.accept, kind.complete, *(v.accept or v.complete for v in kind.variants)]
            for spec in specs:
                if spec and spec.ladder and spec.ladder not in self.policy.ladders:
                    self.report(f"kinds.{kind.code}", "unknown_ladder", key=kind.code, value=spec.ladder)

    def routes(self, path: str, routes: tuple[Route, ...]) -> None:
        """The last route takes everybody, and no other does."""
        if not routes or routes[-1].when != EVERYBODY:
            self.report(path, "no_route")
        open_to_all = [number for number, route in enumerate(routes, start=1) if route.when == EVERYBODY]
        for number in range((open_to_all or [len(routes)])[0] + 1, len(routes) + 1):
            self.report(f"{path}[{number - 1}]", "dead_route", number=str(number))

    def visiting(self) -> None:
        """Classes are total, obligations say what counts, states are all ruled, checks have a time limit."""
        policy = self.policy
        if policy.classification.tiers and policy.classification.tiers[-1].when != EVERYBODY:
            self.report("classification.tiers", "not_total")
        counted = {rule.obligation for rule in policy.contacts.counting}
        for rule in policy.obligations:
            if rule.code not in counted:
                path = f"obligations.{rule.code}"
                self.report(path, "unknown_counting", key=path, value=rule.counting)
        for kind in set(StateKind) - {rule.kind for rule in policy.states}:
            self.report("states", "missing", key=kind)
        for code in _to_verify(policy):
            if code not in policy.verification:
                self.report("verification", "missing", key=code)
        kinds = {kind.code for kind in policy.kinds}
        for finding in policy.recording.findings:
            for code in set(finding.offers_kinds.values()) - kinds:
                path = f"recording.findings.{finding.code}"
                self.report(path, "unknown_code", key="kind", value=code, known="、".join(sorted(kinds)))


MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
"""Any Monday will do to see that one rung comes after another."""


def _selectors(policy: Policy) -> Iterator[tuple[str, str, bool]]:
    """Path, selector, and whether it may mean a person."""
    yield "jurisdiction.duty_room", policy.jurisdiction.duty_room, False
    for index, route in enumerate(policy.responsible):
        yield f"responsible[{index}].to", route.to, False
    for rule in policy.obligations:
        if rule.responsible:
            yield f"obligations.{rule.code}.responsible", rule.responsible, False
        for index, warning in enumerate(rule.warnings):
            yield f"obligations.{rule.code}.warnings[{index}].whom", warning.whom, True
    for code, rungs in policy.ladders.items():
        for index, rung in enumerate(rungs):
            yield f"ladders.{code}.rungs[{index}].whom", rung.whom, True
    for kind in policy.kinds:
        for index, route in enumerate(kind.routes):
            yield f"kinds.{kind.code}.routes[{index}].to", route.to, False


def _to_verify(policy: Policy) -> Iterator[str]:
    rules = policy.classification
    for rule in (*rules.eligible, *rules.tiers, *rules.checks):
        yield from rule.to_verify
    for counting in policy.contacts.counting:
        for mode in counting.modes:
            yield from mode.to_verify


def _labelled(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    """Label section and the codes that it must word."""
    yield from ENUMS.items()
    yield "kinds", [kind.code for kind in policy.kinds]
    yield "obligations", [rule.code for rule in policy.obligations]
    yield "groups", [rule.group for rule in policy.classification.groups]
    yield "rules", [rule.code for rule in _rules(policy)]
    yield "to_verify", [*policy.verification, *_to_verify(policy)]
    yield "actions", [rung.action for rungs in policy.ladders.values() for rung in rungs]
    yield "outcomes", [code for kind in policy.kinds for code in kind.outcomes]
    yield "decline_reasons", [code for kind in policy.kinds for code in kind.decline_reasons]
    yield "external", [limit.code for kind in policy.kinds for limit in kind.external]
    yield "bodies", [limit.body for kind in policy.kinds for limit in kind.external]
    yield "unit_kinds", [unit.kind for unit in policy.units]
    yield "unit_roles", [role for unit in policy.units for role in unit.roles]
    recording = policy.recording
    yield "findings", [finding.code for finding in recording.findings]
    yield "options", [option for finding in recording.findings for option in finding.options]
    yield "service_items", recording.service_items
    yield "contents", recording.contents
    yield "red_flags", recording.red_flags


def _rules(policy: Policy) -> Iterator[object]:
    rules = policy.classification
    yield from (*rules.eligible, *rules.tiers, *rules.groups, *rules.checks)
    for counting in policy.contacts.counting:
        yield from counting.modes
