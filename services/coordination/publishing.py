"""Putting policies on record, and reading those of earlier days (发布方案, J-06)."""

from dataclasses import dataclass
from datetime import date, datetime

from services.coordination.commands import PublishPolicy
from services.coordination.repository import policies
from shared.domain.errors import NotFound
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.book import PolicyBook
from shared.policies.bundle import bundle
from shared.policies.model import Policy
from shared.process.recorded_policies import RecordedPolicies


def publish_policy(policy: Policy, work: UnitOfWork) -> bool:
    """Store the policy with its files and hash; false if it stands on record already."""
    command = PublishPolicy(
        policy_hash=policy.hash,
        policy_id=policy.id,
        in_force_from=policy.in_force_from,
        content=bundle(policy),
    )
    is_new = policies.publish(work.session, command, by=work.principal.account_id, at=work.now)
    if is_new:
        work.record(
            stream=f"policy:{policy.jurisdiction.id}",
            action="policy_published",
            detail={"hash": policy.hash, "in_force_from": policy.in_force_from.isoformat()},
        )
    return is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a policy on record, as the page lists it."""

    policy_hash: str
    in_force_from: date
    published_at: datetime


def versions(policy_id: str, work: UnitOfWork) -> tuple[Version, ...]:
    """What is on record of the policy, the newest first."""
    return tuple(
        Version(policy_hash=row.policy_hash, in_force_from=row.in_force_from, published_at=row.published_at)
        for row in policies.published(work.session, policy_id)
    )


def version(book: PolicyBook, policy: Policy, policy_hash: str, work: UnitOfWork) -> Policy:
    """The policy of that hash; the one at hand for an empty hash. Raises NotFound for an unknown one."""
    if not policy_hash:
        return policy
    found = RecordedPolicies().added_to(book, work.session).with_hash(policy_hash)
    if found is None or found.jurisdiction.id != policy.jurisdiction.id:
        raise NotFound("policy_not_found")
    return found
