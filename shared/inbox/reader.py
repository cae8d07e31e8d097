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

    def may_name(self, row: Referral) -> bool:
        """Whether the reader may know what kind of work it is.

        Some names tell what few may know of an elder (计生特殊家庭, style §4.2): whoever neither asked for it
        nor does it, but rules on it or looks on, reads its public name.
        """
        is_restricted = bool(self.words_for(row).policy.kind(row.kind).restricted_to)
        return not is_restricted or bool({row.unit_id, row.requesting_unit_id} & set(self.person.units))

    def kind_words(self, row: Referral) -> str:
        """What the work is called for this reader."""
        policy = self.words_for(row).policy
        return policy.label("kinds", row.kind) if self.may_name(row) else policy.public_kind(row.kind)
