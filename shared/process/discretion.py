"""Who may read that an elder is of a 计划生育特殊家庭 (style §4.2): one place decides, for every page.

The units that look after these families (宣文办, 卫健局) and the elder's own two contacts (双岗联系人): the
visitor assigned today and the cadre of the elder's own committee or village. Nobody else, coordinators and
who keeps the register included; what they type in is kept all the same.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contracts.access import Principal, Role
from shared.domain.codes import Circumstance
from shared.domain.facts import ElderFacts
from shared.policies.model import Policy

FAMILY_PLANNING = "family_planning"
"""The role of the units that look after these families, in every policy."""

RESTRICTED = frozenset({Circumstance.SPECIAL_FAMILY_PLANNING})
OWN_ELDERS = text("SELECT enrolment_id FROM visits.assignee WHERE account_id = :account_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discretion:
    """What one reader may know.

    areas: the committees, whole, of which the reader is a cadre. telling_kinds: kinds of work that only the
    units of these families may hand on, so that their very name would tell.
    """

    reads_all: bool
    elders: frozenset[UUID]
    areas: frozenset[str]
    telling_kinds: frozenset[str]

    def hidden(self, enrolment_id: UUID, area_code: str) -> frozenset[Circumstance]:
        """The circumstances that the reader is not shown of this elder."""
        is_contact = enrolment_id in self.elders or area_code in self.areas
        return frozenset() if self.reads_all or is_contact else RESTRICTED

    def hides_kind(self, kind: str, enrolment_id: UUID, area_code: str) -> bool:
        """Whether work of that kind about this elder would give away what is hidden."""
        return kind in self.telling_kinds and bool(self.hidden(enrolment_id, area_code))

    def shown(self, facts: ElderFacts, enrolment_id: UUID) -> ElderFacts:
        """The facts for the reader's eyes; the rules go on with the whole ones."""
        hidden = self.hidden(enrolment_id, facts.area_code)
        return replace(facts, circumstances=tuple(each for each in facts.circumstances if each not in hidden))


def discretion_of(session: Session, person: Principal, policy: Policy) -> Discretion:
    """What the person may know at their place, by live membership and assignment."""
    own_units = {unit.partition(":")[2] for unit in person.units}
    own = session.execute(OWN_ELDERS, {"account_id": person.account_id})
    return Discretion(
        reads_all=any(FAMILY_PLANNING in unit.roles for unit in policy.units if unit.code in own_units),
        elders=frozenset(own.scalars()),
        areas=frozenset(person.areas) if person.plays(Role.CADRE) else frozenset(),
        telling_kinds=frozenset(kind.code for kind in policy.kinds if FAMILY_PLANNING in kind.restricted_to),
    )
