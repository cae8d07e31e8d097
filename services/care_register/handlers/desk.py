"""What the register's handlers work with besides the transaction: the vault and the policies."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.periods import local_day
from shared.platform.privacy import Vault
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.openings import policy_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Made once per process; holds nothing about an elder."""

    vault: Vault
    book: PolicyBook

    def policy(self, jurisdiction_id: str, at: datetime) -> Policy:
        """The policy of the place in force on the business day of the instant."""
        return policy_at(self.book, jurisdiction_id, at)

    def today(self, jurisdiction_id: str, at: datetime) -> date:
        """The business day of the instant in the place."""
        return local_day(at, self.policy(jurisdiction_id, at).jurisdiction.zone)
