"""What the register's handlers work with besides the transaction: the vault and the policies."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.domain.periods import local_day
from shared.platform.privacy import Vault
from shared.policies.book import PolicyBook
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Made once per process; holds nothing about an elder."""

    vault: Vault
    book: PolicyBook

    def policy(self, jurisdiction_id: str, at: datetime) -> Policy:
        """The policy of the place in force on the business day of the instant."""
        zone = self.book.in_force(jurisdiction_id, at.date()).jurisdiction.zone
        return self.book.in_force(jurisdiction_id, local_day(at, zone))

    def today(self, jurisdiction_id: str, at: datetime) -> date:
        """The business day of the instant in the place."""
        return local_day(at, self.policy(jurisdiction_id, at).jurisdiction.zone)
