"""Classes (分类分级): proposed by the rules with their reasons, confirmed by a person (Z-12)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from services.care_register.codes import ProposalStatus
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import came_first, facts_of, history_of, open_enrolment
from services.care_register.repository import classes
from services.care_register.repository.classes import ClassRow
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.classification import Classification, classify
from shared.domain.errors import Conflict, Forbidden, NotFound
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideClassification:
    """A person confirms or refuses a proposed class."""

    classification_id: UUID
    is_confirmed: bool


def propose_classification(work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> UUID | None:
    """Ask the rules anew; the id of the new proposal, or None if they still say what is in force.

    Until somebody has confirmed a first class, the newest proposal is in force: an elder must not be visited
    less while the paper waits. A class by hand stays in force whatever the rules propose: a person decides.
    """
    policy = desk.policy(row.jurisdiction_id, work.now)
    on = desk.today(row.jurisdiction_id, work.now)
    fresh = classify(facts_of(work, row), policy.classification, on)
    known = classes.classes_of(work.session, row.enrolment_id)
    waiting = [each for each in known if each.status is ProposalStatus.PROPOSED and not each.is_by_hand]
    if waiting and _says(waiting[0], fresh):
        return None
    supersede(work, waiting)
    answered = classes.held_against([each for each in known if each not in waiting])
    if answered and _says(answered, fresh):
        return None
    return _store(work, row, fresh, policy)


def decide_classification(command: DecideClassification, work: UnitOfWork, desk: Desk) -> None:
    """Put the proposed class in force, or refuse it.

    Raises NotFound; Conflict `already_decided`, `no_class_to_keep`; Forbidden `second_person_needed` to who
    asked for a class by hand.
    """
    proposed = classes.lock_class(work.session, command.classification_id)
    if proposed is None:
        raise NotFound("classification_not_found", classification_id=command.classification_id)
    if proposed.status is not ProposalStatus.PROPOSED:
        raise came_first(work, "already_decided", by=proposed.decided_by, at=proposed.decided_at)
    if proposed.is_by_hand and proposed.proposed_by == work.principal.account_id:
        raise Forbidden("second_person_needed", classification_id=proposed.classification_id)
    row = open_enrolment(work, proposed.enrolment_id)
    _settle_others(work, proposed, is_confirmed=command.is_confirmed)
    status = ProposalStatus.CONFIRMED if command.is_confirmed else ProposalStatus.REFUSED
    decided = {"status": status, "decided_at": work.now, "decided_by": work.principal.account_id}
    classes.decide_class(work.session, [proposed.classification_id], decided)
    work.record(
        stream=history_of(row.elder_id),
        action=f"classification_{status}",
        detail={"classification_id": proposed.classification_id, "tier": proposed.tier},
        jurisdiction_id=row.jurisdiction_id,
    )
    renew_plan(work, row, desk)


def confirm_if_waiting(command: DecideClassification, work: UnitOfWork, desk: Desk) -> bool:
    """The same for one of many: what another person has decided in the meantime stays as decided.

    A class by hand is never one of many: who confirms it has read its reason.
    """
    proposed = classes.lock_class(work.session, command.classification_id)
    if proposed is None or proposed.status is not ProposalStatus.PROPOSED or proposed.is_by_hand:
        return False
    decide_classification(command, work, desk)
    return True


def _says(row: ClassRow, fresh: Classification) -> bool:
    """Whether a stored class says what the rules say now; other words for the same class change nothing."""
    return (row.tier, row.groups, row.presumptive, row.to_verify) == (
        fresh.tier,
        fresh.groups,
        fresh.presumptive,
        fresh.to_verify,
    )


def _settle_others(work: UnitOfWork, proposed: ClassRow, *, is_confirmed: bool) -> None:
    """What the decision means for the other classes of the elder: two that wait cannot both be confirmed."""
    known = classes.classes_of(work.session, proposed.enrolment_id)
    if is_confirmed:
        waiting = [each for each in known if each.status is ProposalStatus.PROPOSED]
        supersede(work, [each for each in waiting if _is_overtaken(each, by=proposed)])
        return
    if proposed.is_by_hand:
        return
    standing = classes.in_force(known)
    if standing is None or standing.status is not ProposalStatus.CONFIRMED:
        raise Conflict("no_class_to_keep", classification_id=proposed.classification_id)
    if standing.is_by_hand:
        classes.hold_against(work.session, standing.classification_id, proposed.classification_id)


def _is_overtaken(waiting: ClassRow, *, by: ClassRow) -> bool:
    return waiting.is_by_hand if not by.is_by_hand else waiting.classification_id == by.instead_of


def supersede(work: UnitOfWork, waiting: list[ClassRow]) -> None:
    """Something newer stands in their place."""
    decided = {
        "status": ProposalStatus.SUPERSEDED,
        "decided_at": work.now,
        "decided_by": work.principal.account_id,
    }
    classes.decide_class(work.session, [each.classification_id for each in waiting], decided)


def _store(work: UnitOfWork, row: EnrolmentRow, fresh: Classification, policy: Policy) -> UUID:
    classification_id = uuid4()
    said = {
        "tier": fresh.tier,
        "groups": list(fresh.groups),
        "reasons": [asdict(reason) for reason in fresh.reasons],
        "to_verify": list(fresh.to_verify),
        "presumptive": fresh.presumptive,
    }
    add_proposed(work, row, policy, said | {"classification_id": classification_id})
    # The plan is resolved from the class in force, which is read from the table.
    work.session.flush()
    return classification_id


def add_proposed(work: UnitOfWork, row: EnrolmentRow, policy: Policy, said: Mapping[str, object]) -> None:
    """Store what the rules, or somebody against them, propose for the enrolment under the policy."""
    proposed = {
        "enrolment_id": row.enrolment_id,
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "policy_id": policy.id,
        "policy_hash": policy.hash,
        "proposed_at": work.now,
        "proposed_by": work.principal.account_id,
        "status": ProposalStatus.PROPOSED,
    }
    classes.add_class(work.session, {**proposed, **said})
