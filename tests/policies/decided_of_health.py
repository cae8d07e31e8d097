"""What a policy decides about the health centre's work: contracts, follow-ups, home beds, readings."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from shared.domain.health.closing import lacking
from shared.domain.health.codes import BedMove, Vital
from shared.domain.health.contracts import last_day, standing
from shared.domain.health.follow_ups import due_on, owing
from shared.domain.health.home_beds import Step, owed, seen_at
from shared.domain.health.vitals import impossible, signs_of
from shared.policies.model import Policy
from tests.policies.elders import Elders
from tests.policies.plans import JIANGPU, TODAY, ZICHUAN, plan

BEGUN = date(2026, 11, 12)
WAY = (BedMove.APPLY, BedMove.FIRST_VISIT, BedMove.AGREE)
TENTH = Decimal("0.1")


def cared_for(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    yield from _contracted(policy)
    yield from _followed_up(policy)
    yield from _in_bed(policy)
    for kind in policy.kinds:
        yield [lacking(outcome, set(), policy.health_care) for outcome in kind.outcomes]
    yield policy.health_care.contact_posts
    yield from _measured(policy)


def _contracted(policy: Policy) -> Iterator[object]:
    rules = policy.health_care.contract
    ends_on = last_day(BEGUN, rules)
    yield ends_on, [standing(ends_on, ends_on - timedelta(days=days), rules) for days in range(80)]


def _followed_up(policy: Policy) -> Iterator[object]:
    rules = policy.health_care
    for programme in rules.programmes:
        due = due_on(programme, since_on=BEGUN, last_on=None)
        days = [due - timedelta(days=days) for days in range(60)]
        yield programme.code, due, [owing(due, day, remind_days=rules.remind_days) for day in days]


def _in_bed(policy: Policy) -> Iterator[object]:
    place = policy.jurisdiction
    calendar = policy.work_days.calendar(place.zone, place.hours, TODAY)
    steps = [Step(move=move, done_on=BEGUN) for move in WAY]
    yield [owed(steps[:count], policy.health_care.home_bed, calendar) for count in (1, 2, 3)]
    yield [seen_at(move, policy.health_care.home_bed) for move in BedMove]


def _measured(policy: Policy) -> Iterator[object]:
    """Each reading alone, on both sides of every bound that a plan sets."""
    rules = policy.health_care
    for vital, value in MEASURED:
        yield signs_of({vital: value}, rules.thresholds), impossible({vital: value}, rules.vitals)


def _bounds() -> Iterator[tuple[Vital, Decimal]]:
    for rules in (plan(place).health_care for place in (ZICHUAN, JIANGPU)):
        for vital in rules.vitals:
            yield from ((vital.vital, bound) for bound in (vital.least, vital.most))
        for each in rules.thresholds:
            yield from ((each.vital, bound) for bound in (each.at_least, each.at_most) if bound is not None)


MEASURED = tuple(
    (vital, bound + step) for vital, bound in dict.fromkeys(_bounds()) for step in (-TENTH, 0, TENTH)
)
