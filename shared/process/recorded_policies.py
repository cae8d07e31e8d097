"""Policies on record (view `coordination.policy_on_record`): what the plan said on an earlier day (J-06).

A file that was rewritten since says nothing of the days before; what was published of it does.
"""

from dataclasses import dataclass, field

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.policies.book import PolicyBook
from shared.policies.bundle import NotABundleError, unbundle
from shared.policies.faults import PolicyFaults
from shared.policies.model import Policy

HASHES = text("SELECT policy_hash FROM coordination.policy_on_record ORDER BY published_at, policy_hash")
CONTENT = text("SELECT content FROM coordination.policy_on_record WHERE policy_hash = :policy_hash")

_log = structlog.get_logger("tanfang.policies")


@dataclass(frozen=True, slots=True)
class RecordedPolicies:
    """What one process has read of them: each hash is read once, and asking again costs one short query."""

    _read: dict[str, Policy | None] = field(default_factory=dict)

    def added_to(self, book: PolicyBook, session: Session) -> PolicyBook:
        """The book with the policies on record that no file says any more; files win where both speak.

        One that today's program cannot read any more is left out and logged: the files of today then decide.
        """
        known = {policy.hash for policy in book.policies}
        missing = [each for each in session.scalars(HASHES) if each not in known]
        for policy_hash in missing:
            if policy_hash not in self._read:
                self._read[policy_hash] = _policy(policy_hash, book, session)
        found = (self._read[policy_hash] for policy_hash in missing)
        return book.including(policy for policy in found if policy) if missing else book


def _policy(policy_hash: str, book: PolicyBook, session: Session) -> Policy | None:
    content = session.execute(CONTENT, {"policy_hash": policy_hash}).scalar_one()
    try:
        return unbundle(content, book.policies[0].work_days)
    except (PolicyFaults, NotABundleError) as error:
        _log.warning("policy_on_record_unreadable", policy_hash=policy_hash, error_type=type(error).__name__)
        return None
