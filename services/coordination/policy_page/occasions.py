"""The policy page about what is out of the usual: overlays, festivals, alarms, reports, holidays."""

from collections.abc import Iterator

from services.coordination.policy_page.conditions import who_words
from services.coordination.policy_page.lines import PolicyLine, joined, limit_words, line
from services.coordination.policy_page.messages import POLICY
from shared.domain.overlays import ExtraContacts
from shared.policies.model import Policy


def overlays(policy: Policy) -> Iterator[PolicyLine]:
    """What weather, festivals and special days add, and which days the festivals are."""
    for rule in policy.overlays.overlays:
        path, name = f"overlays.{rule.code}", policy.label("overlays", rule.code)
        if rule.names:
            name += POLICY["as"].format(what=joined(policy, "festivals", rule.names))
        if not rule.extra:
            yield line(policy, path, "nothing_extra", name=name)
        for number, extra in enumerate(rule.extra):
            code = "extra_daily" if extra.each_day else "extra_once"
            yield line(
                policy, f"{path}.extra[{number}]", code, name=name, **_extra(policy, extra, after=number)
            )
    code = "adds"
    if policy.overlays.may_share:
        code = "shares" if policy.overlays.shares else "may_share"
    yield line(policy, "overlay_sharing", code)
    for festival in policy.festivals:
        name, path = policy.label("festivals", festival.code), f"festivals.{festival.code}"
        on = POLICY[festival.reckoning].format(month=festival.month, day=festival.day, term=festival.term)
        days = {"before": festival.days_before, "after": festival.days_after}
        yield line(policy, path, "festival", name=name, on=on, **days)


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
        said = {"name": policy.label("signals", row.signal), "who": who_words(policy, row.when)}
        level_name = policy.label("severities", row.severity)
        yield line(policy, f"alarms.signals[{number}]", "signal", severity=level_name, **said)
    yield from _readings(policy)
    yield line(policy, "alarms.merging", "merging", minutes=rules.merge_minutes)
    storm = {"minutes": rules.storm_minutes, "percent": rules.storm_percent}
    yield line(policy, "alarms.storm", "storm", **storm)
    night = {"since": rules.night_from, "until": rules.night_until}
    yield line(policy, "alarms.night", "night", **night)
    yield from _reports(policy)


def calendar(policy: Policy) -> Iterator[PolicyLine]:
    """How far holidays are published, and what is forecast beyond."""
    days = policy.work_days
    yield line(policy, "", "known_until", until=days.known_until.isoformat())
    forecast = POLICY["comma"].join(day.isoformat() for day in days.forecast)
    yield line(policy, "", "forecast", days=forecast)


def _readings(policy: Policy) -> Iterator[PolicyLine]:
    rules = policy.alarms.readings
    for number, row in enumerate(rules.rows):
        bound = {"amount": row.below if row.below is not None else row.above}
        code = "too_little" if row.below is not None else "too_much"
        said = {"name": policy.label("devices", row.device), "signal": policy.label("signals", row.signal)}
        hours = POLICY["waking_hours" if row.is_waking else "hours_long"].format(hours=row.hours)
        who = who_words(policy, row.when)
        yield line(policy, f"alarms.readings[{number}]", code, who=who, hours=hours, **bound, **said)
    waking = {"since": rules.waking_from, "until": rules.waking_until}
    yield line(policy, "alarms.waking", "waking", **waking)


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


def _extra(policy: Policy, extra: ExtraContacts, *, after: int) -> dict[str, object]:
    first = ""
    if extra.first_within:
        first += POLICY["first_within"].format(within=limit_words(extra.first_within))
    if extra.first_modes:
        first += POLICY["first_modes"].format(modes=joined(policy, "modes", extra.first_modes))
    return {
        "who": who_words(policy, extra.when, after=after),
        "times": extra.times,
        "modes": joined(policy, "modes", extra.modes),
        "first": first,
    }
