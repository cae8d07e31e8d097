"""Every code that a policy makes up has a label in it; a test sees to it for the codes of the program."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from shared.policies.faults import Faults
from shared.policies.files import PolicyFile
from shared.policies.layers import Layered
from shared.policies.model import Policy


def check_labels(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every code without a label, every label without words, and every one that nothing asks for."""
    needed: dict[str, set[str]] = defaultdict(set)
    for section, codes in chain(*(part(policy) for part in PARTS)):
        needed[section].update(codes)
    for section, words in policy.labels.items():
        for code in [code for code, word in words.items() if not word.strip()]:
            path = f"labels.{section}.{code}"
            faults.found.append(layered.fault(path, "empty_text", key=path))
    for section, codes in needed.items():
        # An empty code could not be read: that is told already.
        for code in sorted(codes - {*policy.labels.get(section, {}), ""}):
            faults.found.append(layered.fault(f"labels.{section}", "no_label", value=code, kind=section))
    *above, own = layered.files
    for section, words in _labels(own).items():
        known = needed[section].union(*(_labels(file).get(section, {}) for file in above))
        for code in sorted({*words} - known):
            path = f"labels.{section}.{code}"
            faults.found.append(layered.fault(path, "unused_label", value=code, kind=section))


def _labels(file: PolicyFile) -> dict[str, dict[str, str]]:
    """The words of one file; what is no table could not be read, which is told already."""
    found = file.table.get("labels")
    sections = found.items() if isinstance(found, dict) else ()
    return {section: words for section, words in sections if isinstance(words, dict)}


def to_verify(policy: Policy) -> Iterator[str]:
    """Everything that the rules may ask to be verified (待核实)."""
    rules = policy.classification
    for check in (*rules.eligible, *rules.checks):
        yield from check.to_verify
    for tier in rules.tiers:
        yield from tier.to_verify
    for counting in policy.contacts.counting:
        for mode in counting.modes:
            yield from mode.to_verify


def _places(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    rules = policy.classification
    modes = (mode for counting in policy.contacts.counting for mode in counting.modes)
    yield "unit_kinds", (unit.kind for unit in policy.units)
    yield "unit_roles", (role for unit in policy.units for role in unit.roles)
    yield "groups", (rule.group for rule in rules.groups)
    yield "rules", (rule.code for rule in (*rules.eligible, *rules.checks))
    yield "rules", (rule.code for rule in rules.tiers)
    yield "rules", (rule.code for rule in rules.groups)
    yield "rules", (mode.code for mode in modes)


def _visiting(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    recording = policy.recording
    yield "to_verify", (*policy.verification, *to_verify(policy))
    yield "obligations", (rule.code for rule in policy.obligations)
    yield "obligations", (floor.code for floor in policy.floors)
    yield "findings", (finding.code for finding in recording.findings)
    yield "options", (option for finding in recording.findings for option in finding.options)
    yield "service_items", recording.service_items
    yield "contents", recording.contents
    yield "red_flags", recording.red_flags
    yield "void_reasons", (*recording.void_reasons, recording.void_at_source)


def _referring(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    yield "kinds", (kind.code for kind in policy.kinds)
    yield "kinds_public", (kind.code for kind in policy.kinds if kind.restricted_to)
    yield "ladders", policy.ladders
    yield "actions", (rung.action for rungs in policy.ladders.values() for rung in rungs)
    yield "notices", (rung.action for rungs in policy.ladders.values() for rung in rungs)
    yield "feedbacks", (code for kind in policy.kinds for code in kind.feedback)
    yield "outcomes", (code for kind in policy.kinds for code in (*kind.outcomes, *kind.support_outcomes))
    yield "decline_reasons", (code for kind in policy.kinds for code in kind.decline_reasons)
    yield "external", (limit.code for kind in policy.kinds for limit in kind.external)
    yield "bodies", (limit.body for kind in policy.kinds for limit in kind.external)


def _justice(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    rules = policy.justice
    yield "aid_matters", (matter.code for matter in rules.aid_matters)
    yield "aid_papers", rules.papers
    yield "external", (limit.code for limit in rules.order_limits)
    yield "bodies", (limit.body for limit in rules.order_limits)


def _handling(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    rules = policy.handling
    yield "pauses", (pause.code for pause in rules.pauses)
    yield "breach_causes", policy.timing.breach_causes
    yield "handlings", (each.code for each in rules.handlings)
    yield "views", (view.code for view in rules.views)
    yield "evidence", (code for rule in policy.definitions for code in rule.evidence)
    yield "scales", (scale.code for scale in policy.scales)
    yield "forces_of_plan", (force.code for force in policy.forces.forces)
    yield "participants", (each.code for each in policy.forces.participants)


def _occasions(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    yield "overlays", (rule.code for rule in policy.overlays.overlays)
    yield "festivals", (festival.code for festival in policy.festivals)
    yield "severities", (level.code for level in policy.alarms.severities)
    yield "signals", (row.signal for row in policy.alarms.signals)
    yield "devices", (row.device for row in policy.alarms.readings.rows)
    yield "reports", (report.code for report in policy.reports)
    yield "triggers", (code for report in policy.reports for code in report.triggers)
    yield "report_contents", (code for report in policy.reports for code in report.contents)


def _police(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    yield "entries", policy.policing.entries
    yield "fraud_topics", policy.policing.topics
    yield "fraud_ways", policy.policing.ways


def _health(policy: Policy) -> Iterator[tuple[str, Iterable[str]]]:
    rules = policy.health_care
    yield "programmes", (each.code for each in rules.programmes)
    yield "signs", (each.sign for each in rules.thresholds)


PARTS = (_places, _visiting, _referring, _justice, _handling, _occasions, _police, _health)
