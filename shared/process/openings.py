"""Opening a referral: where it goes and with which clocks, by the policy in force that day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.referral import StartReferral
from shared.domain.conditions import Subject
from shared.domain.periods import local_day
from shared.domain.referral.state import ReferralState
from shared.policies.book import PolicyBook
from shared.policies.directory import UnitDirectory
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec, route


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A piece of work to be handed on.

    `subject` is the elder as the rules see them that day; `obligation` what the work is about, if anything.
    `unit_id` names the receiving unit where a person has chosen it; empty leaves it to the policy's routes.
    `requesting_unit_id` empty means the coordinating unit: nobody in particular asked. `is_asleep`: nobody is
    told and no clock runs until a fact wakes it.
    """

    referral_id: UUID
    kind: str
    jurisdiction_id: str
    subject: Subject
    offered_at: datetime
    subject_id: UUID | None = None
    origin_id: UUID | None = None
    unit_id: str = ""
    requesting_unit_id: str = ""
    obligation: str = ""
    is_asleep: bool = False


def start_referral(book: PolicyBook, directory: UnitDirectory, opening: Opening) -> StartReferral:
    """The start of the referral. Raises LookupError for a kind or place that no policy knows."""
    policy = policy_at(book, opening.jurisdiction_id, opening.offered_at)
    subject, obligation = opening.subject, opening.obligation
    unit_id = opening.unit_id or route(policy, opening.kind, subject, directory, obligation)
    setting = Setting(
        policy=policy,
        subject=subject,
        directory=directory,
        receiving_unit_id=unit_id,
        obligation=obligation,
    )
    kind = kind_spec(opening.kind, setting)
    return StartReferral(
        state=ReferralState(
            referral_id=opening.referral_id,
            jurisdiction_id=opening.jurisdiction_id,
            area_code=subject.facts.area_code,
            kind=kind,
            unit_id=unit_id,
            requesting_unit_id=opening.requesting_unit_id or kind.coordinator_unit_id,
            offered_at=opening.offered_at,
            subject_id=opening.subject_id,
            origin_id=opening.origin_id,
            suspended_at=opening.offered_at if opening.is_asleep else None,
            rule_within=policy.timing.rule_within,
        )
    )


def policy_at(book: PolicyBook, jurisdiction_id: str, at: datetime) -> Policy:
    """The place's policy in force on the business day of the instant (J-06)."""
    newest = book.in_force(jurisdiction_id, at.date())
    return book.in_force(jurisdiction_id, local_day(at, newest.jurisdiction.zone))
