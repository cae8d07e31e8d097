"""Time limits that can be read and not be kept: no time at all, or a first step later than the next."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, pairwise

from shared.domain.calendars import Limit, WorkCalendar, deadline
from shared.domain.codes import Urgency
from shared.domain.kinds import EndsBy
from shared.policies.check_names import Found
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.places import Jurisdiction

MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
"""Any Monday will do to see that one moment comes after another."""

Steps = Iterator[tuple[str, tuple[tuple[str, Limit | None], ...]]]
"""A path, and its limits in the order in which they run out."""


def check_limits(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every such limit."""
    for part in (_without_time, _too_late, _falling, _asleep):
        for path, code, params in part(policy):
            faults.found.append(layered.fault(path, code, **params))


def _without_time(policy: Policy) -> Found:
    """Work whose time has run out before it begins; what only a fact ends may be told of at once."""
    limits = {f"{path}.{key}": limit for path, steps in _work(policy) for key, limit in steps}
    limits |= {f"verification.{code}.within": limit for code, limit in policy.verification.items()}
    limits |= {f"population.{rule.kind}.within": rule.within for rule in policy.population}
    limits |= {f"states.{rule.kind}.second_person": rule.second_person for rule in policy.states}
    limits |= {f"handlings.{each.code}.extension.by": each.extension for each in policy.handling.handlings}
    limits |= {f"reports.{each.code}.again_every": each.again_every for each in policy.reports}
    limits["classification.override.second_person"] = policy.override.second_person
    limits["timing.ruling.within"] = policy.timing.rule_within
    limits["timing.held.idle_after"] = policy.timing.idle_after
    limits["timing.acknowledge.within"] = policy.timing.acknowledge_within
    for path, limit in limits.items():
        if limit and not limit.amount and not limit.at:
            yield path, "no_time", {"key": path.rpartition(".")[2]}


def _too_late(policy: Policy) -> Found:
    for path, steps in (*_work(policy), *_alarms(policy), *_reports(policy)):
        ends = [(key, _end(limit, policy.jurisdiction)) for key, limit in steps if limit]
        for (key, first), (above, then) in pairwise(ends):
            if first > then:
                yield f"{path}.{key}", "too_late", {"key": key, "above": above}


def _falling(policy: Policy) -> Found:
    """Each rung comes after the one before."""
    for code, rungs in policy.ladders.items():
        moments = [_end(rung.after, policy.jurisdiction) for rung in rungs]
        for number, (before, after) in enumerate(pairwise(moments), start=2):
            if after <= before:
                yield f"ladders.{code}.rungs[{number - 1}]", "falling_ladder", {"number": str(number)}


def _asleep(policy: Policy) -> Found:
    """What is urgent at any hour has no limit and no rung that waits for the office to open."""
    for kind in policy.kinds:
        clocks = (kind.accept, kind.complete, *chain(*((row.accept, row.complete) for row in kind.variants)))
        for clock in clocks if kind.urgency is Urgency.URGENT else ():
            rungs = policy.ladders.get(clock.ladder, ()) if clock else ()
            limits = (*(rung.after for rung in rungs), *((clock.limit,) if clock and clock.limit else ()))
            if any(limit.unit.is_working for limit in limits):
                yield f"kinds.{kind.code}", "asleep", {"key": kind.code}


@lru_cache(maxsize=1024)
def _end(limit: Limit, place: Jurisdiction) -> datetime:
    """When a limit runs out that begins on that Monday; most limits of a plan are written many times."""
    calendar = WorkCalendar(zone=place.zone, hours=place.hours, known_until=MONDAY.date())
    return deadline(limit, MONDAY, calendar)


def _work(policy: Policy) -> Steps:
    """Both clocks run from the moment at which the work is offered."""
    for kind in policy.kinds:
        if kind.ends_by is not EndsBy.FACT:
            path = f"kinds.{kind.code}"
            yield path, (("accept", kind.accept.limit), ("complete", kind.complete.limit))
            for index, row in enumerate(kind.variants):
                accept, complete = row.accept or kind.accept, row.complete or kind.complete
                steps = (("accept", accept.limit), ("complete", complete.limit))
                yield f"{path}.variants[{index}]", steps
    for each in policy.handling.assistance:
        yield f"assistance.{each.code}", (("accept", each.accept), ("complete", each.complete))


def _alarms(policy: Policy) -> Steps:
    for each in policy.alarms.severities:
        path, answer = f"alarms.severities.{each.code}", ("answer_within", each.answer_within)
        phone = ("phone_within", each.phone_within)
        yield path, (answer, phone, ("on_site_by_day", each.on_site_by_day))
        yield path, (phone, ("on_site_by_night", each.on_site_by_night))


def _reports(policy: Policy) -> Steps:
    for each in policy.reports:
        path, phone = f"reports.{each.code}", ("phone", each.phone)
        yield path, (phone, ("phone_at_latest", each.phone_at_latest))
        yield path, (phone, ("written", each.written), ("final", each.final))
        yield path, (("again_every", each.again_every), ("final", each.final))
