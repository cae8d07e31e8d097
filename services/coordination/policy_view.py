"""The policy as a page: each number with where it comes from, and whether it is law, policy or a proposal."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.coordination.messages import LIMIT_UNITS
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
    return (
        Section(title="探访频次", lines=tuple(_obligations(policy))),
        Section(title="时间与提示", lines=tuple(_timing(policy))),
        Section(title="状态", lines=tuple(_states(policy))),
        Section(title="追访与提级", lines=tuple(_ladders(policy))),
        Section(title="转介时限", lines=tuple(_kinds(policy))),
        Section(title="成员单位", lines=tuple(_units(policy))),
    )


def limit_words(limit: Limit | None) -> str:
    """「4个工作小时」; no limit is said as such."""
    return f"{limit.amount}{LIMIT_UNITS[limit.unit]}" if limit else "不设时限"


def _line(policy: Policy, path: str, words: str) -> PolicyLine:
    why = policy.why(path)
    return PolicyLine(
        path=path,
        words=words,
        clause=policy.clause(why.source) if why and why.source else "",
        standing=policy.label("standings", why.standing) if why else "",
        because=why.because if why else "",
    )


def _obligations(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.obligations:
        path, name = f"obligations.{rule.code}", policy.label("obligations", rule.code)
        period = policy.label("periods", rule.period)
        principle = "（原则上）" if rule.in_principle else ""
        yield _line(policy, f"{path}.times", f"{name}：{period}不少于{rule.times}次{principle}")
        if rule.distinct_days:
            yield _line(policy, f"{path}.distinct.days", f"{name}：须在不同的日子")
        for number, warning in enumerate(rule.warnings):
            words = f"{name}：本期第{warning.day}天 {warning.time} 提醒"
            yield _line(policy, f"{path}.warnings[{number}]", words)


def _timing(policy: Policy) -> Iterator[PolicyLine]:
    timing = policy.timing
    yield _line(policy, "timing.first_visit.days", f"首次探访：纳入后{timing.first_visit_days}天内")
    yield _line(policy, "timing.return_check.hours", f"返回回访：状态结束后{timing.return_check_hours}小时内")
    yield _line(
        policy, "timing.acknowledge.within", f"通知未确认满{limit_words(timing.acknowledge_within)}，改打电话"
    )
    for number, limit in enumerate(policy.unseen):
        yield _line(policy, f"unseen[{number}].days", f"超过{limit.days}天未见到本人，提示“久未见到”")


def _states(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.states:
        name = policy.label("states", rule.kind)
        words = f"{name}：一般{rule.usual_days}天，第二人须在{limit_words(rule.second_person)}内核实"
        yield _line(policy, f"states.{rule.kind}.usual_days", words)


def _ladders(policy: Policy) -> Iterator[PolicyLine]:
    for code, rungs in policy.ladders.items():
        for number, rung in enumerate(rungs, start=1):
            words = f"{policy.label('ladders', code)} 第{number}级：{limit_words(rung.after)}后，"
            words += policy.label("actions", rung.action)
            yield _line(policy, f"ladders.{code}.rungs[{number - 1}]", words)


def _kinds(policy: Policy) -> Iterator[PolicyLine]:
    for kind in policy.kinds:
        name = policy.label("kinds", kind.code)
        accept, complete = limit_words(kind.accept.limit), limit_words(kind.complete.limit)
        yield _line(policy, f"kinds.{kind.code}", f"{name}：认领 {accept}，办结 {complete}")
        for outside in kind.external:
            what = policy.label("external", outside.code)
            words = f"{name}：{what} {limit_words(outside.limit)}（外部法定时限）"
            yield _line(policy, f"kinds.{kind.code}.external.{outside.code}", words)


def _units(policy: Policy) -> Iterator[PolicyLine]:
    for unit in policy.units:
        duties = "；".join(duty.text for duty in unit.duties) or "方案未载职责"
        yield _line(policy, f"units.{unit.code}", f"{unit.name}：{duties}")
