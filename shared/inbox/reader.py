"""Who reads: the person, the instant of their request, and the words of the policies."""

from dataclasses import dataclass
from datetime import datetime

from shared.contracts.access import Principal
from shared.inbox.words import Words
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom, and as of when (UTC), something is read."""

    person: Principal
    now: datetime
    book: PolicyBook

    @property
    def policy(self) -> Policy:
        """The policy in force at the reader's own place."""
        return policy_at(self.book, self.person.jurisdiction_id, self.now)

    def words_for(self, row: Referral) -> Words:
        """The words of the policy under which the referral was offered, else of the one in force."""
        offered_under = self.book.with_hash(row.policy_hash)
        return Words(policy=offered_under or policy_at(self.book, row.jurisdiction_id, self.now))
