"""What the handlers of visits work with besides the transaction; made once per process."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.domain.periods import local_day
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook, own_book
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.process.recorded_policies import RecordedPolicies


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The policies of every place, and the vault for what is personal."""

    book: PolicyBook
    vault: Vault
    recorded: RecordedPolicies = field(default_factory=RecordedPolicies)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Desk":
        """The desk that the settings describe. Raises PolicyFaults if a policy file cannot be used."""
        return cls(book=own_book(), vault=Vault.from_settings(settings))

    def policy_at(self, jurisdiction_id: str, at: datetime) -> Policy:
        """The policy in force in the place on the business day of the instant (J-06)."""
        return policy_at(self.book, jurisdiction_id, at)

    def as_of(self, jurisdiction_id: str, at: datetime, uow: UnitOfWork) -> "Desk":
        """The desk for what happened at that instant: of a day gone by, with the policies on record.

        What happened today is judged by the file of today, and costs no look at the record.
        """
        zone = self.policy_at(jurisdiction_id, uow.now).jurisdiction.zone
        if local_day(at, zone) >= local_day(uow.now, zone):
            return self
        return replace(self, book=self.recorded.added_to(self.book, uow.session))

    def fingerprint(self, content: str) -> bytes:
        """What tells two requests apart without keeping what they said."""
        return self.vault.blind_index("visits.contact", content)
