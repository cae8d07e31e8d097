"""The policy as a page: each number with where it comes from, and whether it is law, policy or a proposal."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.coordination.messages import LIMIT_UNITS, PERIODS, POLICY, POLICY_SECTIONS
from shared.domain.calendars import Limit
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One value: what it says, its clause or standing, and why where there is no clause."""

    path: str
    words: str
    clause: str
    standing: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the policy under one heading."""

    title: str
    lines: tuple[PolicyLine, ...]


def sections_of(policy: Policy) -> tuple[Section, ...]:
    """The numbers of the policy in the order in which people ask about them."""
    parts = (_obligations, _timing, _states, _ladders, _kinds, _units)
    return tuple(
        Section(title=title, lines=tuple(lines(policy)))
        for title, lines in zip(POLICY_SECTIONS, parts, strict=True)
    )


def limit_words(limit: Limit | None) -> str:
    """An amount with its unit; no limit is said as such."""
    return f"{limit.amount}{LIMIT_UNITS[limit.unit]}" if limit else POLICY["no_limit"]


def _line(policy: Policy, path: str, code: str, **said: object) -> PolicyLine:
    why = policy.why(path)
    return PolicyLine(
        path=path,
        words=POLICY[code].format(**said),
        clause=policy.clause(why.source) if why and why.source else "",
        standing=policy.label("standings", why.standing) if why else "",
        because=why.because if why else "",
    )


def _obligations(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.obligations:
        path, name = f"obligations.{rule.code}", policy.label("obligations", rule.code)
        code = "owed_in_principle" if rule.in_principle else "owed"
        period = PERIODS[rule.period]
        yield _line(policy, f"{path}.times", code, name=name, period=period, times=rule.times)
        if rule.distinct_days:
            yield _line(policy, f"{path}.distinct.days", "distinct_days", name=name)
        for number, warning in enumerate(rule.warnings):
            at = f"{path}.warnings[{number}]"
            yield _line(policy, at, "warning", name=name, day=warning.day, time=warning.time)


def _timing(policy: Policy) -> Iterator[PolicyLine]:
    timing = policy.timing
    yield _line(policy, "timing.first_visit.days", "first_visit", days=timing.first_visit_days)
    yield _line(policy, "timing.return_check.hours", "return_check", hours=timing.return_check_hours)
    within = limit_words(timing.acknowledge_within)
    yield _line(policy, "timing.acknowledge.within", "acknowledge", within=within)
    for number, limit in enumerate(policy.unseen):
        yield _line(policy, f"unseen[{number}].days", "unseen", days=limit.days)


def _states(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.states:
        yield _line(
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
            yield _line(
                policy,
                f"ladders.{code}.rungs[{number - 1}]",
                "rung",
                name=policy.label("ladders", code),
                number=number,
                after=limit_words(rung.after),
                action=policy.label("actions", rung.action),
            )


def _kinds(policy: Policy) -> Iterator[PolicyLine]:
    for kind in policy.kinds:
        path, name = f"kinds.{kind.code}", policy.label("kinds", kind.code)
        accept, complete = limit_words(kind.accept.limit), limit_words(kind.complete.limit)
        yield _line(policy, path, "kind", name=name, accept=accept, complete=complete)
        for outside in kind.external:
            what, limit = policy.label("external", outside.code), limit_words(outside.limit)
            at = f"{path}.external.{outside.code}"
            yield _line(policy, at, "external", name=name, what=what, limit=limit)


def _units(policy: Policy) -> Iterator[PolicyLine]:
    for unit in policy.units:
        duties = POLICY["and"].join(duty.text for duty in unit.duties) or POLICY["no_duty"]
        yield _line(policy, f"units.{unit.code}", "unit", name=unit.name, duties=duties)
