"""The limits of one record: those of other bodies, our month for a mediation, and an order's last day."""

from collections.abc import Sequence
from datetime import date

from shared.domain.calendars import WorkCalendar
from shared.domain.justice.codes import RecordKind, Step
from shared.domain.justice.dates import Due, dues
from shared.domain.justice.events import Event, last, standing_of
from shared.domain.justice.rules import ExternalLimit
from shared.domain.periods import months_after
from shared.policies.model import Policy

MONTH = "mediation_month"
ORDER_EXPIRES = "order_expires"
MEDIATED = (
    Step.SETTLED,
    Step.NOT_SETTLED,
    Step.ELDER_REFUSED,
    Step.OTHER_REFUSED,
    Step.VIOLENCE_SEEN,
    Step.NO_LONGER_WISHED,
)


def limits_of(
    kind: RecordKind, events: Sequence[Event], policy: Policy, calendar: WorkCalendar
) -> tuple[Due, ...]:
    """Every limit that has begun to run in the record, the earliest first."""
    found = dues(_rules(kind, policy), standing_of(events), calendar)
    order = _order_in_force(kind, events, policy)
    return tuple(sorted((*found, *order), key=lambda due: due.by))


def calendar_of(policy: Policy, on: date) -> WorkCalendar:
    """The working days of the place: bodies of the law count them as everybody does."""
    place = policy.jurisdiction
    return policy.work_days.calendar(place.zone, place.hours, on)


def _rules(kind: RecordKind, policy: Policy) -> tuple[ExternalLimit, ...]:
    if kind is RecordKind.FORWARDING:
        return policy.kind("legal_aid_forwarding").external
    if kind is RecordKind.MEDIATION:
        return (*_month(policy), *policy.kind("mediation").external)
    return policy.justice.order_limits if kind is RecordKind.PROTECTION else ()


def _month(policy: Policy) -> tuple[ExternalLimit, ...]:
    """一般在一个月内调结: the kind's own limit, counted from the day on which the office took it up."""
    clock = policy.kind("mediation").complete
    if clock.limit is None:
        return ()
    month = ExternalLimit(
        code=MONTH, body="", limit=clock.limit, source=clock.source, starts=Step.OPENED, met_by=MEDIATED
    )
    return (month,)


def _order_in_force(kind: RecordKind, events: Sequence[Event], policy: Policy) -> tuple[Due, ...]:
    made = last(events, Step.ORDER_MADE)
    if kind is not RecordKind.PROTECTION or made is None:
        return ()
    origin = policy.why("justice.protection_order.months")
    ended = last(events, Step.ENDED)
    return (
        Due(
            code=ORDER_EXPIRES,
            body="",
            source=origin.source if origin else "",
            starts_on=made.on,
            by=months_after(made.on, policy.justice.order_months),
            met_on=ended.on if ended else None,
        ),
    )
