"""Who reads: the person, the instant of their request, and the words of the policies."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from shared.contracts.access import Principal, Role
from shared.domain.periods import local_day
from shared.domain.referral.shielding import Eyes, knows_reporter, reads_report
from shared.inbox.acting import holds_it
from shared.inbox.words import Words
from shared.policies.book import PolicyBook
from shared.policies.directory import id_of
from shared.policies.model import Policy
from shared.policies.referring import ReferralKind
from shared.process.openings import policy_at
from shared.process.tables import Referral

POLICE = "public_security"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindName:
    """What somebody may call a kind of work: without a code where its very name would tell too much."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the policy of a referral says of it: its words, its kind, and which day it is there."""

    words: Words
    kind: ReferralKind
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom, and as of when (UTC), something is read; a list has few kinds, each looked up once."""

    person: Principal
    now: datetime
    book: PolicyBook
    found: dict[tuple[str, str, str], Rules] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def policy(self) -> Policy:
        """The policy in force at the reader's own place."""
        return policy_at(self.book, self.person.jurisdiction_id, self.now)

    def holds(self, row: Referral) -> bool:
        """Whether the work is the reader's today: claimed, or stood in for (委托)."""
        return holds_it(row, self.person.account_id, self.rules_for(row).today)

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
        return self.rules_for(row).words

    def rules_for(self, row: Referral) -> Rules:
        """What the policy under which it was offered says of it, else the one in force."""
        key = (row.policy_hash, row.jurisdiction_id, row.kind)
        if key not in self.found:
            self.found[key] = self._rules_of(row)
        return self.found[key]

    def may_name(self, row: Referral) -> bool:
        """Whether the reader may know what kind of work it is.

        Some names tell what few may know of an elder (计生特殊家庭, style §4.2): whoever neither asked for it
        nor does it, but rules on it or looks on, reads its public name.
        """
        return bool(self.name_of(row).code)

    def kind_words(self, row: Referral) -> str:
        """What the work is called for this reader."""
        return self.name_of(row).words

    def name_of(self, row: Referral) -> KindName:
        """What kind of work it is, as far as the reader may know."""
        rules = self.rules_for(row)
        policy = rules.words.policy
        if self._is_named(row, rules.kind):
            return KindName(code=row.kind, words=policy.label("kinds", row.kind))
        return KindName(code="", words=policy.public_kind(row.kind))

    def _is_named(self, row: Referral, kind: ReferralKind) -> bool:
        if kind.shields_reporter:
            return row.lead_id is None and self.reads(row)
        is_restricted = bool(kind.restricted_to)
        return not is_restricted or bool({row.unit_id, row.requesting_unit_id} & set(self.person.units))

    def reads(self, row: Referral) -> bool:
        """Whether the reader may see what it is about; others see that there is something (X-11)."""
        is_shielded = self.rules_for(row).kind.shields_reporter
        return not is_shielded or reads_report(self._eyes(row, reporter=None))

    def offered_on(self, row: Referral) -> date | None:
        """The day alone, for whoever may not read it: the minute would tell whose visit it was (X-11)."""
        return None if self.reads(row) else local_day(row.offered_at, self.policy.jurisdiction.zone)

    def knows(self, row: Referral, reporter: UUID | None) -> bool:
        """Whether the reader may know who asked for it."""
        is_shielded = self.rules_for(row).kind.shields_reporter
        return not is_shielded or knows_reporter(self._eyes(row, reporter=reporter))

    def _rules_of(self, row: Referral) -> Rules:
        in_force = policy_at(self.book, row.jurisdiction_id, self.now)
        policy = self.book.with_hash(row.policy_hash) or in_force
        today = local_day(self.now, in_force.jurisdiction.zone)
        return Rules(words=Words(policy=policy), kind=policy.kind(row.kind), today=today)

    def _eyes(self, row: Referral, *, reporter: UUID | None) -> Eyes:
        person = self.person
        return Eyes(
            is_reporter=person.account_id == reporter,
            receives=row.unit_id in person.units,
            is_asking=row.requesting_unit_id in person.units,
            leads=self.leads,
            is_at_doors=self.is_at_doors,
            is_police=self._is_police(row),
            is_above=self.unit_above(row) in person.units,
        )

    def unit_above(self, row: Referral) -> str:
        """The unit above the one that both asks and acts; empty where two do, or where there is none."""
        if row.unit_id != row.requesting_unit_id:
            return ""
        place, _, code = row.unit_id.partition(":")
        parents = (unit.parent for unit in self.words_for(row).policy.units if unit.code == code)
        parent = next(parents, "")
        return id_of(place, parent) if parent else ""

    def _is_police(self, row: Referral) -> bool:
        code = row.unit_id.partition(":")[2]
        return any(unit.code == code and POLICE in unit.roles for unit in self.words_for(row).policy.units)
