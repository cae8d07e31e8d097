"""The policy as a page: each number with where it comes from, and whether it is law, policy or a proposal."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.coordination import policy_occasions, policy_people
from services.coordination.messages import PERIODS, POLICY, POLICY_SECTIONS
from services.coordination.policy_lines import PolicyLine, limit_words, line, whom_words
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the policy under one heading."""

    title: str
    lines: tuple[PolicyLine, ...]


def sections_of(policy: Policy) -> tuple[Section, ...]:
    """The values of the policy in the order in which people ask about them."""
    return tuple(
        Section(title=title, lines=tuple(lines(policy)))
        for title, lines in zip(POLICY_SECTIONS, PARTS, strict=True)
    )


def _obligations(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.obligations:
        path, name = f"obligations.{rule.code}", policy.label("obligations", rule.code)
        code = "owed_in_principle" if rule.in_principle else "owed"
        period = PERIODS[rule.period]
        yield line(policy, f"{path}.times", code, name=name, period=period, times=rule.times)
        if rule.distinct_days:
            yield line(policy, f"{path}.distinct.days", "distinct_days", name=name)
        for number, warning in enumerate(rule.warnings):
            at = f"{path}.warnings[{number}]"
            yield line(policy, at, "warning", name=name, day=warning.day, time=warning.time)
    for town in policy.towns:
        for rule in town.obligations:
            said = {"name": town.label("obligations", rule.code), "times": rule.times}
            period = PERIODS[rule.period]
            at = f"obligations.{rule.code}.times"
            yield line(town, at, "town", area=town.area_code, period=period, **said)


def _timing(policy: Policy) -> Iterator[PolicyLine]:
    timing = policy.timing
    yield line(policy, "timing.first_visit.days", "first_visit", days=timing.first_visit_days)
    yield line(policy, "timing.return_check.hours", "return_check", hours=timing.return_check_hours)
    within = limit_words(timing.acknowledge_within)
    yield line(policy, "timing.acknowledge.within", "acknowledge", within=within)
    for number, limit in enumerate(policy.unseen):
        yield line(policy, f"unseen[{number}].days", "unseen", days=limit.days)


def _states(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.states:
        yield line(
            policy,
            f"states.{rule.kind}.usual_days",
            "state",
            name=policy.label("states", rule.kind),
            days=rule.usual_days,
            within=limit_words(rule.second_person),
        )


def _ladders(policy: Policy) -> Iterator[PolicyLine]:
    for code, rungs in policy.ladders.items():
        for number, rung in enumerate(rungs, start=1):
            yield line(
                policy,
                f"ladders.{code}.rungs[{number - 1}]",
                "rung",
                name=policy.label("ladders", code),
                number=number,
                after=limit_words(rung.after),
                whom=whom_words(policy, rung.whom),
                action=policy.label("actions", rung.action),
            )


def _kinds(policy: Policy) -> Iterator[PolicyLine]:
    for kind in policy.kinds:
        path, name = f"kinds.{kind.code}", policy.label("kinds", kind.code)
        word = policy.label("elders_word", kind.elders_word)
        basis = POLICY["basis"].format(clause=policy.clause(kind.word_basis)) if kind.word_basis else ""
        yield line(
            policy,
            path,
            "kind",
            name=name,
            accept=limit_words(kind.accept.limit),
            complete=limit_words(kind.complete.limit),
            handling=policy.label("handlings", kind.handling),
            word=word + basis,
        )
        for outside in kind.external:
            what, limit = policy.label("external", outside.code), limit_words(outside.limit)
            at = f"{path}.external.{outside.code}"
            yield line(policy, at, "external", name=name, what=what, limit=limit)


def _units(policy: Policy) -> Iterator[PolicyLine]:
    for unit in policy.units:
        duties = POLICY["and"].join(duty.text for duty in unit.duties) or POLICY["no_duty"]
        yield line(policy, f"units.{unit.code}", "unit", name=unit.name, duties=duties)


PARTS = (
    policy_people.circumstances,
    policy_people.classification,
    _obligations,
    policy_people.counting,
    policy_occasions.overlays,
    _timing,
    _states,
    _ladders,
    _kinds,
    policy_occasions.handling,
    policy_occasions.handing,
    policy_occasions.alarms,
    _units,
    policy_people.forces,
    policy_people.forms,
    policy_occasions.calendar,
)
