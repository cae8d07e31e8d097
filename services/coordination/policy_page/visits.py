"""The policy page about visits: how often, who answers, which states, how late a record may come."""

from collections.abc import Iterator

from services.coordination.messages import PERIODS, STORY
from services.coordination.policy_page.conditions import who_words
from services.coordination.policy_page.lines import PolicyLine, joined, limit_words, line, whom_words, worded
from services.coordination.policy_page.messages import POLICY
from shared.domain.conditions import Subject
from shared.policies.model import Policy
from shared.policies.resolve import obligations_of
from shared.policies.visiting import Floor, ObligationRule


def obligations(policy: Policy) -> Iterator[PolicyLine]:
    """What is owed to whom, in a town with rules of its own too, and the floor beneath it."""
    for rule in policy.obligations:
        yield from _owed(policy, rule)
    for number, answers in enumerate(policy.responsible):
        said = {"who": who_words(policy, answers.when, after=number), "whom": whom_words(policy, answers.to)}
        yield line(policy, f"responsible[{number}]", "responsible", **said)
    for floor in policy.floors:
        if policy.why(f"floors.{floor.code}"):
            said = {"period": _every(floor), "who": who_words(policy, floor.who)}
            name = policy.label("obligations", floor.code)
            yield line(policy, f"floors.{floor.code}", "floor", name=name, times=floor.times, **said)


def _every(rule: ObligationRule | Floor) -> str:
    return PERIODS[rule.period].format(days=rule.length_days)


def _owed(policy: Policy, rule: ObligationRule) -> Iterator[PolicyLine]:
    path, name = rule.path, policy.label("obligations", rule.code)
    code = "owed_in_principle" if rule.in_principle else "owed"
    said = {"period": _every(rule), "who": who_words(policy, rule.who)}
    yield line(policy, f"{path}.times", code, name=name, times=rule.times, **said)
    yield from terms_of(policy, rule)


def terms_of(policy: Policy, rule: ObligationRule) -> Iterator[PolicyLine]:
    """On which terms a duty is owed, whoever it is owed to."""
    path, name = rule.path, policy.label("obligations", rule.code)
    if rule.distinct_days:
        yield line(policy, f"{path}.distinct.days", "distinct_days", name=name)
    if rule.min_gap_hours:
        yield line(policy, f"{path}.gap.hours", "gap", name=name, hours=rule.min_gap_hours)
    if rule.binds_from_days:
        yield line(policy, f"{path}.first_window", "first_window", name=name, days=rule.binds_from_days)
    if rule.active_days:
        yield line(policy, f"{path}.adjusted", "adjusted", name=name, days=rule.active_days)
    if rule.responsible:
        whom = whom_words(policy, rule.responsible)
        yield line(policy, f"{path}.responsible", "answers", name=name, whom=whom)
    for number, warning in enumerate(rule.warnings):
        when = {"day": warning.day, "time": warning.time, "whom": whom_words(policy, warning.whom)}
        yield line(policy, f"{path}.warnings[{number}]", "warning", name=name, **when)


def owed_to(policy: Policy, subject: Subject) -> Iterator[PolicyLine]:
    """What is owed to one elder now, each with its clause or standing.

    Who answers is named where the duty has a unit of its own; who answers for the elder follows from the
    circumstances, and not everybody may know those.
    """
    for rule in obligations_of(policy, subject):
        words = owed_words(policy, rule)
        if rule.responsible:
            words += STORY["answers"].format(whom=whom_words(policy, rule.responsible))
        yield worded(policy, f"{rule.path}.times", words)


def owed_words(policy: Policy, rule: ObligationRule) -> str:
    """How often, in a sentence."""
    code = "owed_in_principle" if rule.in_principle else "owed"
    what = policy.label("obligations", rule.code)
    return STORY[code].format(what=what, period=_every(rule), times=rule.times)


def timing(policy: Policy) -> Iterator[PolicyLine]:
    """The plan-wide limits."""
    rules = policy.timing
    yield line(policy, "timing.first_visit.days", "first_visit", days=rules.first_visit_days)
    yield line(policy, "timing.return_check.hours", "return_check", hours=rules.return_check_hours)
    for number, limit in enumerate(policy.unseen):
        who = who_words(policy, limit.when, after=number)
        yield line(policy, f"unseen[{number}].days", "unseen", days=limit.days, who=who)
    within = limit_words(rules.acknowledge_within)
    yield line(policy, "timing.acknowledge.within", "acknowledge", within=within)
    yield line(policy, "timing.late_notice.minutes", "late_notice", minutes=rules.late_notice_minutes)
    yield line(policy, "timing.overtaken.minutes", "overtaken", minutes=rules.overtaken_minutes)
    ruling = {"declines": rules.declines_before_ruling, "within": limit_words(rules.rule_within)}
    yield line(policy, "timing.ruling", "ruling", **ruling)
    held = {"most": rules.held_at_most, "idle": limit_words(rules.idle_after)}
    yield line(policy, "timing.held", "held", **held)
    yield line(policy, "timing.unwanted.ask_again_days", "unwanted", days=rules.ask_again_days)
    yield line(policy, "timing.urging.minutes", "urging", minutes=rules.urge_again_minutes)
    yield line(policy, "timing.substitution.max_days", "substitution", days=rules.substitution_days)
    yield line(policy, "timing.assignment.begins_within_days", "assignment", days=rules.assignment_days)
    yield line(policy, "timing.delegation.max_days", "delegation", days=rules.delegation_days)
    later = rules.written_later_days
    yield line(policy, "timing.written_later.within_days", "written_later", days=later)
    yield line(policy, "timing.extra_visit.within_days", "extra_visit", days=rules.extra_visit_days)
    exception = {"begins": rules.exception_begins_days, "days": rules.exception_days}
    yield line(policy, "timing.exception", "exception", **exception)
    causes = joined(policy, "breach_causes", rules.breach_causes)
    yield line(policy, "timing.breach.causes", "breach_causes", causes=causes)


def states(policy: Policy) -> Iterator[PolicyLine]:
    """How long each state usually lasts, who confirms it by when, and what goes on meanwhile."""
    for rule in policy.states:
        modes = joined(policy, "modes", rule.alternative_modes)
        yield line(
            policy,
            f"states.{rule.kind}.usual_days",
            "state",
            name=policy.label("states", rule.kind),
            days=rule.usual_days,
            most=rule.max_days,
            within=limit_words(rule.second_person),
            again=POLICY["asked_again"].format(days=rule.reask_days) if rule.reask_days else "",
            modes=POLICY["instead"].format(modes=modes) if modes else "",
            quiet=POLICY["no_contact"] if rule.stops_contact else "",
        )


def recording(policy: Policy) -> Iterator[PolicyLine]:
    """What is asked at each contact, how late it may be recorded, and who may strike it out."""
    rules = policy.recording
    for finding in rules.findings:
        name, options = policy.label("findings", finding.code), joined(policy, "options", finding.options)
        yield line(policy, f"recording.findings.{finding.code}", "finding", name=name, options=options)
    flags = joined(policy, "red_flags", rules.red_flags)
    yield line(policy, "recording.not_seen.red_flags", "red_flags", flags=flags)
    after = limit_words(rules.reason_after)
    yield line(policy, "recording.late_entry.reason_after", "late_reason", after=after)
    hours = rules.counts_until_hours
    yield line(policy, "recording.late_entry.counts_until_hours", "late_counts", hours=hours)
    minutes = rules.clock_off_minutes
    yield line(policy, "recording.late_entry.clock_off_minutes", "clock_off", minutes=minutes)
    reasons = joined(policy, "void_reasons", rules.void_reasons)
    source = policy.label("void_reasons", rules.void_at_source)
    said = {"hours": rules.void_own_hours, "reasons": reasons, "source": source}
    yield line(policy, "recording.voiding", "voiding", **said)
