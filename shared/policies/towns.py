"""A town's own rules laid over its district's (一镇一案, Z-05): they add, and may only be stricter.

A town is no place of its own: its file names its area, and its obligations stand in the district's policy for
elders of that area. So nobody has to ask which of two policies applies, and an elder who moves changes by it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from shared.domain.conditions import Condition, Criterion, CriterionName
from shared.domain.visit_modes import ContactRules, CountingRule
from shared.policies.faults import Faults
from shared.policies.files import PolicyFile
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.provenance import Document, Provenance
from shared.policies.stricter import EVERYBODY, asks_as_much, counted_more
from shared.policies.visiting import ObligationRule

MAY_SAY = frozenset({"policy", "layer", "documents", "labels", "obligations", "counting"})
"""The sections of a town's file: everything else is the district's to say."""


def check_town(town: Policy, district: Policy, layered: Layered, faults: Faults) -> None:
    """Note what the town may not say, and each rule by which less would do than in the district."""
    own = layered.files[-1]
    for section in sorted(set(own.table) - MAY_SAY):
        at = next(path for path in own.lines if path.split(".")[0].split("[")[0] == section)
        faults.found.append(own.fault(at, "not_in_layer", key=section))
    if not town.area_code.startswith(district.jurisdiction.area_code):
        faults.found.append(
            layered.fault("layer.area_code", "not_inside", key="layer.area_code", value=town.area_code)
        )
    for rule in _own_rules(town, district):
        known = next((each for each in district.obligations if each.code == rule.code), None)
        if known:
            _compare(rule, known, town, district, layered=layered, faults=faults)


def check_towns(towns: Sequence[Policy], files: Mapping[str, PolicyFile], faults: Faults) -> None:
    """Note two towns for one elder: each is compared with the district alone. A later file takes over."""
    for town, other in combinations(sorted(towns, key=lambda town: town.area_code), 2):
        if town.area_code == other.area_code and town.in_force_from == other.in_force_from:
            on = town.in_force_from.isoformat()
            faults.found.append(files[other.id].fault("policy.in_force_from", "overlapping_versions", on=on))
        elif town.area_code != other.area_code and other.area_code.startswith(town.area_code):
            said = {"key": other.area_code, "other": town.id}
            faults.found.append(files[other.id].fault("layer.area_code", "overlapping_towns", **said))


def versions_with(district: Policy, towns: tuple[Policy, ...]) -> Iterator[Policy]:
    """The district's policy, once for each day from which another town's rules are in force.

    Of two files for one area the later is the next version: from its day on nothing of the earlier holds.
    """
    days = {district.in_force_from, *(max(town.in_force_from, district.in_force_from) for town in towns)}
    for day in sorted(days):
        in_order = sorted(towns, key=lambda town: (town.area_code, town.in_force_from))
        begun = {town.area_code: town for town in in_order if town.in_force_from <= day}
        yield _on(day, district, [*begun.values()])


def _on(day: date, district: Policy, towns: list[Policy]) -> Policy:
    laid = replace(district, in_force_from=day)
    for town in towns:
        laid = _laid_over(laid, town, district)
    return laid


def _laid_over(below: Policy, town: Policy, district: Policy) -> Policy:
    own = _own_rules(town, district)
    codes = {rule.code for rule in own}
    here = Condition(tests=(Criterion(name=CriterionName.AREA_IN, values=(town.area_code,)),))
    papers = _Papers(town, district)
    elsewhere = tuple(
        replace(rule, who=_without(rule.who, here)) if rule.code in codes else rule
        for rule in below.obligations
    )
    return replace(
        below,
        hash=hashlib.sha256(f"{below.hash}{town.hash}".encode()).hexdigest(),
        obligations=elsewhere + tuple(papers.obligation(rule, here) for rule in own),
        contacts=_contacts(below.contacts, town.contacts, codes, here, papers),
        labels={kind: {**words, **below.labels.get(kind, {})} for kind, words in town.labels.items()},
        documents={**below.documents, **papers.documents()},
        origins={**below.origins, **papers.origins(own)},
        towns=(*below.towns, town),
        texts=(*below.texts, town.texts[-1]),
    )


def _contacts(
    below: ContactRules, own: ContactRules, codes: set[str], here: Condition, papers: "_Papers"
) -> ContactRules:
    elsewhere = tuple(
        replace(rule, who=_without(rule.who, here)) if rule.obligation in codes else rule
        for rule in below.counting
    )
    inside = tuple(papers.counting(rule, here) for rule in own.counting if rule.obligation in codes)
    return replace(below, counting=elsewhere + inside)


@dataclass(frozen=True, slots=True)
class _Papers:
    """What a town cites, under its own name: the next town may call another paper by the same code."""

    town: Policy
    district: Policy

    @property
    def layer(self) -> str:
        return f"{self.town.id}/"

    def documents(self) -> dict[str, Document]:
        """The papers of the town alone."""
        known = self.district.documents
        own = {code: paper for code, paper in self.town.documents.items() if known.get(code) != paper}
        return {f"{self.layer}{code}": paper for code, paper in own.items()}

    def origins(self, own: Iterable[ObligationRule]) -> dict[str, Provenance]:
        """Where each value of these obligations, and of what counts for them, comes from."""
        sections = tuple(f"{part}." for rule in own for part in (rule.path, f"counting.{rule.counting}"))
        return {
            f"{self.layer}{path}": replace(origin, source=self.cited(origin.source))
            for path, origin in self.town.origins.items()
            if f"{path}.".startswith(sections)
        }

    def obligation(self, rule: ObligationRule, here: Condition) -> ObligationRule:
        return replace(rule, who=_both(here, rule.who), source=self.cited(rule.source), layer=self.layer)

    def counting(self, rule: CountingRule, here: Condition) -> CountingRule:
        modes = tuple(replace(row, source=self.cited(row.source)) for row in rule.modes)
        return replace(rule, who=_both(here, rule.who), source=self.cited(rule.source), modes=modes)

    def cited(self, source: str) -> str:
        code = f"{self.layer}{source.partition(':')[0]}"
        return f"{self.layer}{source}" if code in self.documents() else source


def _own_rules(town: Policy, district: Policy) -> tuple[ObligationRule, ...]:
    """The obligations that the town says otherwise or in addition, in what is owed or in what counts."""
    known = {rule.code: (rule, _counting(district, rule.code)) for rule in district.obligations}
    return tuple(
        rule for rule in town.obligations if known.get(rule.code) != (rule, _counting(town, rule.code))
    )


def _counting(policy: Policy, code: str) -> ContactRules:
    """What the policy says of contacts, for the one obligation."""
    own = tuple(rule for rule in policy.contacts.counting if rule.obligation == code)
    return replace(policy.contacts, counting=own)


def _both(here: Condition, who: Condition) -> Condition:
    return Condition(every=(here, who)) if who != EVERYBODY else here


def _without(who: Condition, here: Condition) -> Condition:
    return Condition(every=(who,) if who != EVERYBODY else (), never=(here,))


def _compare(
    rule: ObligationRule,
    known: ObligationRule,
    town: Policy,
    district: Policy,
    *,
    layered: Layered,
    faults: Faults,
) -> None:
    """Note where less would do here than in the district, with the clause of either."""
    name = town.label("obligations", rule.code)
    if not asks_as_much(rule, known):
        clauses = {"parent_clause": district.clause(known.source), "child_clause": town.clause(rule.source)}
        faults.found.append(layered.fault(f"obligations.{rule.code}", "weaker_terms", name=name, **clauses))
    own, other = (_counting(policy, rule.code).counting for policy in (town, district))
    more = counted_more(own[0], other[0]) if own and own != other else None
    if more:
        clauses = {"parent_clause": district.clause(more[1]), "child_clause": town.clause(more[0])}
        faults.found.append(layered.fault(f"counting.{rule.counting}", "counts_more", name=name, **clauses))
