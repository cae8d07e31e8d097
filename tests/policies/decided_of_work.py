"""What a policy decides about work handed to units: ladders, kinds, handling, handing over."""

from collections.abc import Iterator
from itertools import product

from shared.domain.calendars import deadline
from shared.policies.attaching import MEGA, FileKind, SentFile, attachment_refused
from shared.policies.hand_over import assistance_spec, fields_for, hand_over
from shared.policies.handling import effect_rule, grounds_of, join_of, pause_terms
from shared.policies.model import Policy
from shared.policies.resolve import (
    Setting,
    kind_spec,
    route,
)
from tests.policies.decided_of_justice import timed
from tests.policies.elders import NOON, Elders
from tests.policies.plans import directory


def climbed(policy: Policy, ladder: str, elders: Elders) -> Iterator[object]:
    """The ladder as a clock climbs it that names it; an alarm's and a report's as they are looked up."""
    units = directory(policy)
    setting = Setting(policy=policy, subject=elders[0], directory=units, receiving_unit_id="any")
    calendar = kind_spec("chase", setting).calendar
    for rung in policy.ladders[ladder]:
        yield deadline(rung.after, NOON, calendar), setting.recipient(rung.whom), rung.action


def worked(policy: Policy, kind: str, elders: Elders) -> Iterator[object]:
    units, rule = directory(policy), policy.kind(kind)
    yield [effect_rule(rule.effects, outcome) for outcome in (*rule.outcomes, "")], fields_for(policy, kind)
    yield from _paused(policy, rule.handling)
    for elder in elders:
        unit_id = route(policy, kind, elder, units)
        setting = Setting(policy=policy, subject=elder, directory=units, receiving_unit_id=unit_id)
        yield unit_id, kind_spec(kind, setting)
    if rule.external:
        yield from timed(policy)


def paused(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    for each in policy.handling.handlings:
        yield from _paused(policy, each.code)


def seen(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    return (fields_for(policy, kind.code) for kind in policy.kinds)


def handed(policy: Policy, _: str, elders: Elders) -> Iterator[object]:
    here = Setting(policy=policy, subject=elders[0], directory=directory(policy))
    units = [here.unit_id("committee"), *(here.own(each.code) for each in policy.units)]
    return (hand_over(here, one, other) for one, other in product(units, units) if one != other)


def assisted(policy: Policy, code: str, elders: Elders) -> Iterator[object]:
    setting = Setting(policy=policy, subject=elders[0], directory=directory(policy))
    spec = assistance_spec(code, setting)
    matter = next(each for each in policy.handling.assistance if each.code == code)
    yield spec.accept.limit, spec.complete.limit, setting.unit_id(matter.unit)


def attached(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    sent = product(
        FileKind, (1, 7 * MEGA, 9 * MEGA, 17 * MEGA), (0, 49 * MEGA, 51 * MEGA, 101 * MEGA), range(42)
    )
    for kind, size, pixels, so_far in sent:
        file = SentFile(kind=kind, size=size, pixels=pixels, so_far=so_far)
        yield attachment_refused(policy.handling.attachments, file)


def _paused(policy: Policy, handling: str) -> Iterator[object]:
    rules = policy.handling
    yield [pause_terms(rules, handling, ground) for ground in GROUNDS]
    yield grounds_of(rules, handling)
    rule = next(each for each in rules.handlings if each.code == handling)
    yield rule.extension, rule.extensions_at_most, rule.extended_by, join_of(rules, handling)


GROUNDS = ("awaiting_papers", "awaiting_elder", "awaiting_third_party")
