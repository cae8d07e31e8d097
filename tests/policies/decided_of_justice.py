"""What a policy decides about the records of a judicial office: limits, an early start, the family ladder."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from uuid import UUID

from services.justice.handlers.limits import calendar_of, limits_of
from shared.domain.errors import Conflict
from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.domain.justice.course import after
from shared.domain.justice.courses import FORWARDING, LADDER
from shared.domain.justice.events import Event
from shared.domain.justice.family_duty import standing
from shared.policies.model import Policy
from tests.policies.elders import Elders
from tests.policies.plans import TODAY

TIMED = (
    *(Step.FORWARDED, Step.AID_GRANTED, Step.AID_REFUSED, Step.AID_APPOINTED, Step.OBJECTED),
    *(Step.OBJECTION_ANSWERED, Step.SETTLED, Step.CONFIRMATION_ASKED, Step.FILED, Step.FILED_URGENTLY),
    *(Step.ORDER_MADE, Step.ORDER_REFUSED, Step.REVIEW_ASKED),
)
"""Steps that start a limit or meet one."""

LIMITED = (RecordKind.FORWARDING, RecordKind.MEDIATION, RecordKind.PROTECTION)
"""Kinds of records in which a limit runs."""
COURSES = [
    [Event(step=start, on=TODAY), Event(step=end, on=TODAY + timedelta(days=1))]
    for start, end in product(TIMED, TIMED)
]
SON = UUID(int=7)


def kept(policy: Policy, _: str, __: Elders) -> Iterator[object]:
    """What the section [justice] decides."""
    calendar = calendar_of(policy, TODAY)
    named = Event(step=Step.MEMBER_NAMED, on=TODAY, member_id=SON)
    for step in (None, *LADDER):
        taken = [Event(step=step, on=TODAY, member_id=SON)] if step else []
        yield standing([named, *taken], SON, policy.justice, calendar)
    for left in range(40):
        yield _early(policy, left)
    yield from timed(policy)


def timed(policy: Policy) -> Iterator[object]:
    """Every limit, from each step until each other."""
    calendar = calendar_of(policy, TODAY)
    for kind, events in product(LIMITED, COURSES):
        yield limits_of(kind, events, policy, calendar)


def _early(policy: Policy, left: int) -> Stage | str:
    known = Event(step=Step.LIMITATION_KNOWN, on=TODAY + timedelta(days=left))
    try:
        return after(FORWARDING, [known], Event(step=Step.STARTED_EARLY, on=TODAY), policy.justice)
    except Conflict as refusal:
        return refusal.code
