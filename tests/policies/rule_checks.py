"""How a rule of a plan is shown to hold: small questions put to a policy, each answered by a decision."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.classification import classify
from shared.domain.codes import Ability, Force, Mobility, Reach, VisitMode
from shared.domain.facts import AssessedAbility
from shared.domain.overlays import Occasion, Trigger, WarningColour, extra_owed, overlay_for, required
from shared.domain.visit_modes import Attempt, judge
from shared.policies.hand_over import assistance_spec, hand_over
from shared.policies.handling import Effect, effect_rule
from shared.policies.model import Policy
from shared.policies.resolve import Setting, obligations_of, route
from tests.policies.plans import TODAY, directory, elder, subject

Check = Callable[[Policy], object]
FRAIL = {"mobility": Mobility.BEDRIDDEN}
HEALTHY = {"surveyed_healthy": True, "mobility": Mobility.SELF_CARING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One requirement that a policy decides: its paths in the place's file, and what must be true."""

    id: str
    place: str
    paths: tuple[str, ...]
    holds: Check


def goes_to(kind: str, unit: str, **known: object) -> Check:
    return lambda policy: (
        route(policy, kind, subject(policy, **known), directory(policy)).partition(":")[2] == unit
    )


def every(*checks: Check) -> Check:
    return lambda policy: all(check(policy) for check in checks)


def asked_of(code: str, unit: str) -> Check:
    def check(policy: Policy) -> bool:
        matter = next(each for each in policy.handling.assistance if each.code == code)
        at = Setting(policy=policy, subject=subject(policy), directory=directory(policy))
        return matter.unit == unit and assistance_spec(code, at).complete.limit == matter.complete

    return check


def owed(times: dict[str, int], **known: object) -> Check:
    return lambda policy: (
        {rule.code: rule.times for rule in obligations_of(policy, subject(policy, **known))} == times
    )


def counts(mode: VisitMode, codes: set[str], force: Force = Force.VISITOR, **known: object) -> Check:
    tried = Attempt(mode=mode, reach=Reach.SPOKEN_WITH, force=force)
    return lambda policy: set(judge(tried, subject(policy, **known), policy.contacts).counts_for) == codes


def visits(code: str, force: Force, mode: VisitMode, codes: set[str], **known: object) -> Check:
    """A force of the plan is recorded as this one, and what it does in that way counts for the duties."""

    def check(policy: Policy) -> bool:
        named = next(each for each in policy.forces.forces if each.code == code)
        return named.counts_as is force and bool(counts(mode, codes, named.counts_as, **known)(policy))

    return check


def classed(tier: str, code: str, **known: object) -> Check:
    def check(policy: Policy) -> bool:
        found = classify(elder(policy.jurisdiction.id, **known), policy.classification, TODAY)
        return (found.tier, found.reasons[0].code) == (tier, code)

    return check


def grouped(code: str, **known: object) -> Check:
    def check(policy: Policy) -> bool:
        found = classify(elder(policy.jurisdiction.id, **known), policy.classification, TODAY)
        return found.groups == ("focus_care",) and code in [reason.code for reason in found.reasons]

    return check


def does(kind: str, outcome: str, effect: Effect) -> Check:
    return lambda policy: effect in effect_rule(policy.kind(kind).effects, outcome).does


def has_duty(unit: str) -> Check:
    return lambda policy: all(duty.source for duty in policy.unit(unit).duties) and policy.unit(unit).duties


def through(unit: str) -> Check:
    def check(policy: Policy) -> bool:
        at = Setting(policy=policy, subject=subject(policy), directory=directory(policy))
        handed = hand_over(at, at.own(policy.jurisdiction.coordinator_unit), at.unit_id("committee"))
        return handed.unit_id == at.own(unit) and not handed.is_direct

    return check


def offers(finding: str, option: str, kind: str) -> Check:
    return lambda policy: (
        kind in [each.offers_kinds.get(option) for each in policy.recording.findings if each.code == finding]
    )


def contacts_in(policy: Policy, colour: str, *, routine: int, days: int) -> int:
    """How many contacts a frail elder is owed in so many days of a warning of that colour."""
    trigger = Trigger(occasion=Occasion.WEATHER, name="typhoon", colour=WarningColour(colour))
    rule = overlay_for(policy.overlays, trigger)
    extra = extra_owed(rule, subject(policy, **FRAIL)) if rule else None
    return required(routine, extra, days=days, rules=policy.overlays)


def printed(code: str, columns: str, foot: str = "") -> Check:
    """The columns of an annex and the lines at its foot, as issued and in their order."""

    def check(policy: Policy) -> bool:
        sheet = policy.forms.sheet(code)
        return sheet is not None and (" ".join(sheet.columns), " ".join(sheet.foot)) == (columns, foot)

    return check


def rules_of(place: str, *rules: tuple[str, str, Check]) -> tuple[Rule, ...]:
    return tuple(
        Rule(id=code, place=place, paths=tuple(paths.split()), holds=check) for code, paths, check in rules
    )


def ability(level: Ability) -> AssessedAbility:
    return AssessedAbility(level=level)
