"""Who reads: the person, the instant of their request, and the words of the policies."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.access import Principal, Role
from shared.domain.referral.shielding import Eyes, knows_reporter, reads_report
from shared.inbox.words import Words
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.process.tables import Referral

POLICE = "public_security"


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

    @property
    def leads(self) -> bool:
        """Whether the reader heads a unit."""
        return self.person.plays(Role.UNIT_LEAD)

    @property
    def is_at_doors(self) -> bool:
        """Whether the reader goes to see elders and has no other duty."""
        return set(self.person.roles) <= {Role.VISITOR}

    def words_for(self, row: Referral) -> Words:
        """The words of the policy under which the referral was offered, else of the one in force."""
        offered_under = self.book.with_hash(row.policy_hash)
        return Words(policy=offered_under or policy_at(self.book, row.jurisdiction_id, self.now))

    def may_name(self, row: Referral) -> bool:
        """Whether the reader may know what kind of work it is.

        Some names tell what few may know of an elder (计生特殊家庭, style §4.2): whoever neither asked for it
        nor does it, but rules on it or looks on, reads its public name.
        """
        kind = self.words_for(row).policy.kind(row.kind)
        if kind.shields_reporter:
            return row.lead_id is None and self.reads(row)
        is_restricted = bool(kind.restricted_to)
        return not is_restricted or bool({row.unit_id, row.requesting_unit_id} & set(self.person.units))

    def kind_words(self, row: Referral) -> str:
        """What the work is called for this reader."""
        policy = self.words_for(row).policy
        return policy.label("kinds", row.kind) if self.may_name(row) else policy.public_kind(row.kind)

    def reads(self, row: Referral) -> bool:
        """Whether the reader may see what it is about; others see that there is something (X-11)."""
        is_shielded = self.words_for(row).policy.kind(row.kind).shields_reporter
        return not is_shielded or reads_report(self._eyes(row, reporter=None))

    def knows(self, row: Referral, reporter: UUID | None) -> bool:
        """Whether the reader may know who asked for it."""
        is_shielded = self.words_for(row).policy.kind(row.kind).shields_reporter
        return not is_shielded or knows_reporter(self._eyes(row, reporter=reporter))

    def _eyes(self, row: Referral, *, reporter: UUID | None) -> Eyes:
        person = self.person
        return Eyes(
            is_reporter=person.account_id == reporter,
            receives=row.unit_id in person.units,
            is_asking=row.requesting_unit_id in person.units,
            leads=self.leads,
            is_at_doors=self.is_at_doors,
            is_police=self._is_police(row),
        )

    def _is_police(self, row: Referral) -> bool:
        code = row.unit_id.partition(":")[2]
        return any(unit.code == code and POLICE in unit.roles for unit in self.words_for(row).policy.units)
