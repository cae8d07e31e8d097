"""What the handlers of visits work with besides the transaction; made once per process."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.periods import local_day
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook, own_book
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The policies of every place, and the vault for what is personal."""

    book: PolicyBook
    vault: Vault

    @classmethod
    def from_settings(cls, settings: Settings) -> "Desk":
        """The desk that the settings describe. Raises PolicyFaults if a policy file cannot be used."""
        return cls(book=own_book(), vault=Vault.from_settings(settings))

    def policy_at(self, jurisdiction_id: str, at: datetime) -> Policy:
        """The policy in force in the place on the business day of the instant (J-06)."""
        newest = self.book.in_force(jurisdiction_id, at.date())
        return self.book.in_force(jurisdiction_id, local_day(at, newest.jurisdiction.zone))

    def fingerprint(self, content: str) -> bytes:
        """What tells two requests apart without keeping what they said."""
        return self.vault.blind_index("visits.contact", content)
