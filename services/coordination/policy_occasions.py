"""The policy page about work and what is out of the usual: overlays, handling, alarms, holidays."""

from collections.abc import Iterator

from services.coordination.messages import POLICY
from services.coordination.policy_lines import PolicyLine, joined, limit_words, line, whom_words
from shared.domain.conditions import Condition, CriterionName
from shared.domain.overlays import ExtraContacts
from shared.policies.handling import Handing
from shared.policies.model import Policy


def overlays(policy: Policy) -> Iterator[PolicyLine]:
    """What weather, festivals and special days add, and which days the festivals are."""
    for rule in policy.overlays.overlays:
        path, name = f"overlays.{rule.code}", policy.label("overlays", rule.code)
        if not rule.extra:
            yield line(policy, path, "nothing_extra", name=name)
        for number, extra in enumerate(rule.extra):
            code = "extra_daily" if extra.each_day else "extra_once"
            yield line(policy, f"{path}.extra[{number}]", code, name=name, **_extra(policy, extra))
    code = "adds"
    if policy.overlays.may_share:
        code = "shares" if policy.overlays.shares else "may_share"
    yield line(policy, "overlay_sharing", code)
    for festival in policy.festivals:
        name, path = policy.label("festivals", festival.code), f"festivals.{festival.code}"
        days = {"before": festival.days_before, "after": festival.days_after}
        yield line(policy, path, "festival", name=name, **days)


def handling(policy: Policy) -> Iterator[PolicyLine]:
    """Grounds and caps of pauses, extensions, and what a receiver may see."""
    rules = policy.handling
    for pause in rules.pauses:
        name = policy.label("pauses", pause.code)
        yield line(policy, f"pauses.{pause.code}", "pause", name=name, days=pause.max_days)
    for each in rules.handlings:
        is_free = each.pauses or each.extensions_at_most
        yield line(
            policy,
            f"handlings.{each.code}",
            "handling" if is_free else "handling_none",
            name=policy.label("handlings", each.code),
            times=each.pauses_at_most,
            days=each.paused_days_at_most,
            extensions=each.extensions_at_most,
            by=limit_words(each.extension),
        )
    for view in rules.views:
        if view.fields:
            name, fields = policy.label("views", view.code), joined(policy, "fields", view.fields)
            yield line(policy, f"views.{view.code}", "view", name=name, fields=fields)


def handing(policy: Policy) -> Iterator[PolicyLine]:
    """Who may hand work to whom, and what may be asked of each unit."""
    for number, row in enumerate(policy.handling.handing):
        origin, to = _role(policy, row.from_role), _role(policy, row.to_role)
        how, terms = _how(policy, row), _terms(row)
        yield line(policy, f"handing[{number}]", "handing", origin=origin, to=to, how=how, terms=terms)
    for matter in policy.handling.assistance:
        yield line(
            policy,
            f"assistance.{matter.code}",
            "assistance",
            unit=whom_words(policy, matter.unit),
            text=matter.text,
            accept=limit_words(matter.accept),
            complete=limit_words(matter.complete),
        )


def alarms(policy: Policy) -> Iterator[PolicyLine]:
    """How grave each signal is and by when it is answered, and what the duty room reports."""
    rules = policy.alarms
    for level in rules.severities:
        yield line(
            policy,
            f"alarms.severities.{level.code}",
            "severity",
            name=policy.label("severities", level.code),
            answer=limit_words(level.answer_within),
            phone=limit_words(level.phone_within),
            day=limit_words(level.on_site_by_day),
            night=limit_words(level.on_site_by_night),
        )
    for number, row in enumerate(rules.signals):
        name, level_name = policy.label("signals", row.signal), policy.label("severities", row.severity)
        yield line(policy, f"alarms.signals[{number}]", "signal", name=name, severity=level_name)
    yield line(policy, "alarms.merging", "merging", minutes=rules.merge_minutes)
    storm = {"minutes": rules.storm_minutes, "percent": rules.storm_percent}
    yield line(policy, "alarms.storm", "storm", **storm)
    yield from _reports(policy)


def calendar(policy: Policy) -> Iterator[PolicyLine]:
    """How far holidays are published, and what is forecast beyond."""
    days = policy.work_days
    yield line(policy, "", "known_until", until=days.known_until.isoformat())
    forecast = POLICY["comma"].join(day.isoformat() for day in days.forecast)
    yield line(policy, "", "forecast", days=forecast)


def _reports(policy: Policy) -> Iterator[PolicyLine]:
    for rule in policy.reports:
        path, name = f"reports.{rule.code}", policy.label("reports", rule.code)
        yield line(
            policy,
            path,
            "report",
            name=name,
            phone=limit_words(rule.phone),
            latest=limit_words(rule.phone_at_latest),
            written=limit_words(rule.written),
            again=limit_words(rule.again_every),
            final=limit_words(rule.final),
        )
        triggers = joined(policy, "triggers", rule.triggers)
        yield line(policy, f"{path}.triggers", "report_for", name=name, triggers=triggers)


def _extra(policy: Policy, extra: ExtraContacts) -> dict[str, object]:
    first = ""
    if extra.first_within:
        first += POLICY["first_within"].format(within=limit_words(extra.first_within))
    if extra.first_modes:
        first += POLICY["first_modes"].format(modes=joined(policy, "modes", extra.first_modes))
    return {
        "who": _who(policy, extra.when),
        "times": extra.times,
        "modes": joined(policy, "modes", extra.modes),
        "first": first,
    }


def _role(policy: Policy, role: str) -> str:
    return policy.label("unit_roles", role) if role else POLICY["anybody"]


def _who(policy: Policy, when: Condition) -> str:
    """The classes and groups that a condition names; the page does not spell out anything finer."""
    if when == Condition():
        return POLICY["who_rest"]
    tests = [test for part in (when, *when.some) for test in part.tests]
    sections = {CriterionName.TIER_IN: "tiers", CriterionName.GROUP_IN: "groups"}
    named = [
        policy.label(sections[test.name], str(code))
        for test in tests
        if test.name in sections
        for code in test.values
    ]
    return POLICY["comma"].join(named) or POLICY["who_first"]


def _how(policy: Policy, row: Handing) -> str:
    if not row.through:
        return POLICY["directly"]
    return POLICY["through"].format(whom=whom_words(policy, row.through))


def _terms(row: Handing) -> str:
    return (POLICY["list_item"] if row.needs_list_item else "") + (
        POLICY["refusable"] if row.refusable else ""
    )
