"""What the sections of a policy say of each other: nothing dangles, and nothing is unreachable."""

from collections.abc import Iterator

from shared.domain.codes import StateKind
from shared.domain.conditions import Condition
from shared.policies.check_handling import check_handling, selectors_of
from shared.policies.check_health import check_health
from shared.policies.check_limits import check_limits
from shared.policies.check_names import check_names
from shared.policies.check_values import check_values
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy
from shared.policies.naming import to_verify
from shared.policies.places import LEAD, TOWN, Route, Selector, split_selector
from shared.policies.stricter import EVERYBODY, covers

PERSONS = frozenset({Selector.ASSIGNEE, Selector.HOLDER})
ARGUED = frozenset({"unit", "district"})
UNITS = frozenset({*ARGUED, *Selector}) - PERSONS


def check_policy(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every fault between sections."""
    check = _Check(policy, layered, faults)
    check.selectors()
    check.place()
    check.parents()
    check.ladders()
    check.routes("responsible", policy.responsible)
    check.visiting()
    for kind in policy.kinds:
        check.routes(f"kinds.{kind.code}.routes", kind.routes)
    check_names(policy, layered, faults)
    check_handling(policy, layered, faults)
    check_health(policy, layered, faults)
    check_limits(policy, layered, faults)
    check_values(policy, layered, faults)


class _Check:
    def __init__(self, policy: Policy, layered: Layered, faults: Faults) -> None:
        self.policy = policy
        self.layered = layered
        self.faults = faults

    def report(self, path: str, code: str, /, **params: str) -> None:
        self.faults.found.append(self.layered.fault(path, code, **params))

    def selectors(self) -> None:
        """Every rung, warning and route names a body that can be found."""
        known = {unit.code for unit in self.policy.units}
        roles = self.policy.labels.get("unit_roles", {})
        played = {role for unit in self.policy.units for role in unit.roles}
        for path, selector, may_be_person in _selectors(self.policy):
            name, argument, suffix = split_selector(selector)
            if name == "unit" and argument not in known:
                self.report(path, "unknown_unit", key=path, value=argument)
            if name == "district" and argument not in roles:
                self.report(path, "unknown_code", key=path, value=argument, known=LIST_MARK.join(roles))
            elif (role := _role_of(name, argument)) and role not in played:
                self.report(path, "no_such_role", value=selector)
            is_person = name in PERSONS and may_be_person and not suffix
            is_unit = name in UNITS and suffix in {"", LEAD} and (not argument or name in ARGUED)
            if not is_person and not is_unit:
                self.report(
                    path, "unknown_selector", key=path, value=selector, known=LIST_MARK.join(Selector)
                )

    def place(self) -> None:
        """The bodies with a part of their own are there, and none is found through itself."""
        known = {unit.code for unit in self.policy.units}
        place = self.policy.jurisdiction
        if place.duty_room == Selector.DUTY_ROOM:
            self.report("jurisdiction.duty_room", "unknown_unit", key="jurisdiction", value=place.duty_room)
        for code in (place.coordinator_unit, place.working_group_unit):
            if code not in known:
                self.report("jurisdiction", "unknown_unit", key="jurisdiction", value=code)

    def parents(self) -> None:
        """Who stands above a unit is a unit, and is not below it as well."""
        above = {unit.code: unit.parent for unit in self.policy.units}
        for code, parent in above.items():
            if parent and parent not in above:
                self.report(f"units.{code}", "unknown_unit", key="parent", value=parent)
            chain = [code]
            while (higher := above.get(chain[-1], "")) and higher not in chain:
                chain.append(higher)
            if higher == code:
                self.report(f"units.{code}.parent", "circle_of_units", chain=" → ".join([*chain, code]))

    def ladders(self) -> None:
        """Every ladder that a clock names exists and has a rung."""
        for code, rungs in self.policy.ladders.items():
            if not rungs:
                self.report(f"ladders.{code}", "no_rungs")
        for kind in self.policy.kinds:
            specs = [kind.accept, kind.complete, *(v.accept or v.complete for v in kind.variants)]
            for spec in specs:
                if spec and spec.ladder and spec.ladder not in self.policy.ladders:
                    self.report(f"kinds.{kind.code}", "unknown_ladder", key=kind.code, value=spec.ladder)

    def routes(self, path: str, routes: tuple[Route, ...]) -> None:
        """The last route takes everybody, and no other does."""
        if not routes or routes[-1].when != EVERYBODY:
            self.report(path, "no_route")
        self.unreachable(path, [route.when for route in routes], "dead_route")

    def unreachable(self, path: str, conditions: list[Condition], code: str) -> None:
        """What stands after a row that takes the same people, or more, is never asked."""
        for index, narrow in enumerate(conditions):
            if any(covers(wide, narrow) for wide in conditions[:index]):
                self.report(f"{path}[{index}]", code, number=str(index + 1))

    def visiting(self) -> None:
        """Classes are total, obligations say what counts, states are all ruled, checks have a time limit."""
        policy = self.policy
        if policy.classification.tiers and policy.classification.tiers[-1].when != EVERYBODY:
            self.report("classification.tiers", "not_total")
        tiers = [rule.when for rule in policy.classification.tiers]
        self.unreachable("classification.tiers", tiers, "dead_rule")
        named = {rule.code: rule.counting for rule in policy.obligations}
        for counting in policy.contacts.counting:
            path = f"counting.{named[counting.obligation]}.modes"
            self.unreachable(path, [mode.when for mode in counting.modes], "dead_rule")
        self.unreachable("unseen", [limit.when for limit in policy.unseen], "dead_rule")
        for kind in policy.kinds:
            path = f"kinds.{kind.code}.variants"
            self.unreachable(path, [variant.when for variant in kind.variants], "dead_rule")
        counted = {rule.obligation for rule in policy.contacts.counting}
        for rule in policy.obligations:
            if rule.code not in counted:
                path = f"obligations.{rule.code}"
                self.report(path, "unknown_counting", key=path, value=rule.counting)
        for state in set(StateKind) - {rule.kind for rule in policy.states}:
            self.report("states", "missing", key=state)
        for code in set(to_verify(policy)) - set(policy.verification):
            self.report("verification", "missing", key=code)


def _selectors(policy: Policy) -> Iterator[tuple[str, str, bool]]:
    """Path, selector, and whether it may mean a person."""
    yield "jurisdiction.duty_room", policy.jurisdiction.duty_room, False
    yield from _routed("responsible", policy.responsible)
    for kind in policy.kinds:
        yield from _routed(f"kinds.{kind.code}.routes", kind.routes)
    for rule in policy.obligations:
        if rule.responsible:
            yield f"obligations.{rule.code}.responsible", rule.responsible, False
        for index, warning in enumerate(rule.warnings):
            yield f"obligations.{rule.code}.warnings[{index}].whom", warning.whom, True
    for code, rungs in policy.ladders.items():
        for index, rung in enumerate(rungs):
            yield f"ladders.{code}.rungs[{index}].whom", rung.whom, True
    yield from selectors_of(policy)


def _role_of(name: str, argument: str) -> str:
    """The role by which the unit is found; empty where it is found otherwise."""
    return {"district": argument, Selector.TOWN: TOWN}.get(name, "")


def _routed(path: str, routes: tuple[Route, ...]) -> Iterator[tuple[str, str, bool]]:
    return ((f"{path}[{index}].to", route.to, False) for index, route in enumerate(routes))
