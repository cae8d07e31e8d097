"""What a step asks of whoever takes it, besides being possible: a choice of a list, words, a day."""

from collections.abc import Mapping
from datetime import date, timedelta

from services.justice.commands import TakeStep
from shared.domain.errors import Invalid
from shared.domain.justice.codes import DutyFound, DutyOutcome, RecordKind, Relation, Step
from shared.domain.justice.courses import AHEAD, LADDER
from shared.domain.phones import read_phone
from shared.policies.model import Policy

CONSULTATION = "legal_consultation"

NEEDS_TEXT = frozenset(
    {
        Step.NOTED,
        Step.VIOLENCE_SEEN,
        Step.ADVISED,
        Step.STARTED_EARLY,
        Step.AID_REFUSED,
        Step.SESSION_HELD,
        Step.SETTLED,
        Step.NOT_SETTLED,
        Step.REFUSAL_TAKEN_BACK,
        Step.EVIDENCE_KEPT,
        Step.PACK_EXPORTED,
        Step.MEMBER_STRUCK,
        *LADDER,
    }
)
"""Steps that are nothing without words."""

SEVERAL = frozenset({Step.PAPERS_ASKED})
"""Steps with which more than one code may be chosen."""

OF_A_MEMBER = frozenset({*LADDER, Step.ASSESSED, Step.OTHER_AGREED, Step.OTHER_REFUSED, Step.MEMBER_STRUCK})
"""Steps that are taken with one member of a family, in that family's record."""


def choices_of(step: Step, policy: Policy) -> tuple[str, ...]:
    """The codes of which the step wants one; none where it wants none."""
    lists: Mapping[Step, tuple[str, ...]] = {
        Step.ADVISED: policy.kind(CONSULTATION).outcomes,
        Step.PAPERS_ASKED: policy.justice.papers,
        Step.MEMBER_NAMED: tuple(Relation),
        Step.ASSESSED: tuple(DutyFound),
        **dict.fromkeys(LADDER, tuple(DutyOutcome)),
    }
    return lists.get(step, ())


def is_of_a_member(kind: RecordKind, step: Step) -> bool:
    """Whether the step is taken with one member of the family."""
    return kind is RecordKind.FAMILY_DUTY and step in OF_A_MEMBER


def check_said(kind: RecordKind, command: TakeStep, policy: Policy, today: date) -> None:
    """Raise Invalid, with the field that is missing or wrong."""
    choices = choices_of(command.step, policy)
    if bool(command.detail) != bool(choices) or not set(command.detail) <= set(choices):
        raise Invalid("choice_needed", field="detail", step=command.step)
    if len(command.detail) > 1 and command.step not in SEVERAL:
        raise Invalid("choice_needed", field="detail", step=command.step)
    if command.step in NEEDS_TEXT and not command.text.strip():
        raise Invalid("text_needed", field="text", step=command.step)
    _check_day(command, policy, today)
    _check_person(kind, command, policy)


def _check_day(command: TakeStep, policy: Policy, today: date) -> None:
    within = policy.timing.written_later_days
    # A limitation may run for twenty years, a visit is agreed for one of the next days.
    if command.step is Step.VISIT_AGREED and command.on > today + timedelta(days=within):
        raise Invalid("too_far_ahead", field="on", step=command.step, days=within)
    if command.on > today and command.step not in AHEAD:
        raise Invalid("in_the_future", field="on", step=command.step)
    if command.on < today - timedelta(days=within):
        raise Invalid("too_long_ago", field="on", step=command.step, days=within)


def _check_person(kind: RecordKind, command: TakeStep, policy: Policy) -> None:
    if command.step is Step.MEMBER_NAMED and not command.name.strip():
        raise Invalid("name_needed", field="name", step=command.step)
    if command.phone.strip() and read_phone(command.phone, policy.jurisdiction.phone_area).fault:
        raise Invalid("phone_wrong", field="phone", step=command.step)
    if is_of_a_member(kind, command.step) and command.member_id is None:
        raise Invalid("member_needed", field="member_id", step=command.step)
