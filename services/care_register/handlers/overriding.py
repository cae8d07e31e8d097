"""Another class than the rules say (人工调整, X-15): with a reason, a second person, and a last day.

The class by hand stands whatever facts change; what the rules say then is proposed beside it, and a person
decides. After its last day the rules speak anew, and what they say is in force at once.
"""

from dataclasses import asdict, dataclass, field
from uuid import UUID, uuid4

from services.care_register.codes import ProposalStatus
from services.care_register.handlers.classifying import add_proposed, propose_classification, supersede
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, facts_of, history_of, open_enrolment
from services.care_register.handlers.people import CLASS_REASON, seal_note
from services.care_register.repository import classes
from services.care_register.repository.classes import ClassRow
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.classification import Reason
from shared.domain.codes import Tier
from shared.domain.conditions import Subject
from shared.domain.errors import Invalid
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.floors import fallen_below
from shared.policies.handling import overridden_until
from shared.policies.model import Policy
from shared.policies.resolve import groups_of, tiers_of

BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideClass:
    """Somebody asks that another class stand; a place without tiers has none to choose (so with groups)."""

    enrolment_id: UUID
    tier: Tier | None
    groups: tuple[str, ...]
    reason: str
    classification_id: UUID = field(default_factory=uuid4)


def override_class(command: OverrideClass, work: UnitOfWork, desk: Desk) -> UUID:
    """Ask for the class; it stands once a second person has confirmed it. The same again asks once.

    Raises NotFound; Conflict `has_left`; Invalid `reason_missing`, `class_not_in_plan`, `rules_say_so`,
    `below_floor`.
    """
    row = open_enrolment(work, command.enrolment_id)
    policy = desk.policy(row.jurisdiction_id, work.now)
    # What the class stands against is what the rules say today, not what they said last.
    propose_classification(work, row, desk)
    known = classes.classes_of(work.session, row.enrolment_id)
    said = _said(known)
    _check(command, said, policy, _subject(command, work, row, desk))
    waiting = [each for each in known if each.status is ProposalStatus.PROPOSED and each.is_by_hand]
    asked = next((each for each in waiting if _is_same(command, each)), None)
    if asked:
        return asked.classification_id
    supersede(work, waiting)
    _store(command, work, row, said=said, desk=desk)
    work.record(
        stream=history_of(row.elder_id),
        action="class_override_asked",
        detail={"classification_id": command.classification_id, "tier": command.tier},
        jurisdiction_id=row.jurisdiction_id,
    )
    return command.classification_id


def end_override(classification_id: UUID, work: UnitOfWork, desk: Desk) -> None:
    """Its last day is over. One that nobody has confirmed by then is gone without ever having stood."""
    row = classes.lock_class(work.session, classification_id)
    if row is None:
        return
    enrolment = open_enrolment(work, row.enrolment_id)
    if row.status is ProposalStatus.PROPOSED:
        supersede(work, [row])
    else:
        classes.end_by_hand(work.session, row)
    work.record(
        stream=history_of(enrolment.elder_id),
        action="class_override_ended",
        detail={"classification_id": classification_id},
        jurisdiction_id=enrolment.jurisdiction_id,
    )
    propose_classification(work, enrolment, desk)
    renew_plan(work, enrolment, desk)


def _said(known: list[ClassRow]) -> ClassRow:
    """The stored row of what the rules say now; every enrolment has one from its first day on."""
    proposed = (row for row in known if row.status is ProposalStatus.PROPOSED and not row.is_by_hand)
    found = next(proposed, None) or classes.held_against(known)
    assert found is not None  # noqa: S101 - propose_classification has just stored one if there was none
    return found


def _subject(command: OverrideClass, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> Subject:
    on = desk.today(row.jurisdiction_id, work.now)
    return Subject(facts=facts_of(work, row), on=on, tier=command.tier, groups=command.groups)


def _check(command: OverrideClass, said: ClassRow, policy: Policy, subject: Subject) -> None:
    if not command.reason.strip():
        raise Invalid("reason_missing")
    is_tier_known = command.tier in (tiers_of(policy) or (None,))
    if not is_tier_known or not set(command.groups) <= set(groups_of(policy)):
        raise Invalid("class_not_in_plan")
    if _is_same(command, said):
        raise Invalid("rules_say_so")
    floor = fallen_below(policy, subject)
    if floor:
        raise Invalid("below_floor", clause=policy.clause(floor.source))


def _is_same(command: OverrideClass, row: ClassRow) -> bool:
    return command.tier is row.tier and set(command.groups) == set(row.groups)


def _store(
    command: OverrideClass, work: UnitOfWork, row: EnrolmentRow, *, said: ClassRow, desk: Desk
) -> None:
    policy = desk.policy(row.jurisdiction_id, work.now)
    origin = policy.why("classification.override")
    source = (origin.source or origin.standing) if origin else ""
    until_on = overridden_until(policy.override, desk.today(row.jurisdiction_id, work.now))
    sealed = seal_note(
        command.reason, CLASS_REASON, command.classification_id, elder=elder_of(work, row), desk=desk
    )
    by_hand = {
        "classification_id": command.classification_id,
        "tier": command.tier,
        "groups": list(command.groups),
        "reasons": [asdict(Reason(code=BY_HAND, source=source))],
        "to_verify": list(said.to_verify),
        "presumptive": False,
        "reason_sealed": sealed,
        "until_on": until_on,
        "instead_of": said.classification_id,
    }
    add_proposed(work, row, policy, by_hand)
