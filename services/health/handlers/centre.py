"""Who acts, for which centre, about whom, on which day: what every handler of the centre begins with."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.health.repository import elders
from services.health.repository.elders import KeptElder
from shared.contracts.access import Principal
from shared.contracts.wire import encode
from shared.domain.calendars import WorkCalendar
from shared.domain.errors import Forbidden, Invalid, NotFound
from shared.domain.health.rules import HealthRules
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.inbox.handlers import visible_referral
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey, place_of
from shared.policies.model import Policy
from shared.policies.places import Hours
from shared.process.openings import policy_at

SERVICE = "health"


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The centre of who asks, in one transaction."""

    work: UnitOfWork
    desk: Desk
    policy: Policy
    unit_id: str

    @property
    def rules(self) -> HealthRules:
        """What the plan in force says of the centre's work."""
        return self.policy.health_care

    @property
    def today(self) -> date:
        """The business day."""
        return local_day(self.work.now, self.policy.jurisdiction.zone)

    @property
    def hours(self) -> Hours:
        """When the centre is open on a working day."""
        unit = self.policy.unit(self.unit_id.partition(":")[2])
        return unit.hours or self.policy.jurisdiction.hours

    @property
    def calendar(self) -> WorkCalendar:
        """When the centre works."""
        return self.policy.work_days.calendar(self.policy.jurisdiction.zone, self.hours, self.today)

    def elder(self, enrolment_id: UUID) -> KeptElder:
        """The elder. Raises NotFound outside the territory and without open work about them."""
        found = elders.kept_elders(self.work.session, [enrolment_id]).get(enrolment_id)
        if found is None:
            raise NotFound("elder_unknown")
        return found

    def key_of(self, elder: KeptElder) -> ElderKey:
        """The elder's key, opened. Raises NotFound where the person has been erased."""
        if elder.key is None:
            raise NotFound("elder_unknown")
        return self.desk.vault.open(elder.key)

    def about(self, elder: KeptElder) -> dict[str, Any]:
        """The columns that every record has."""
        return {
            "enrolment_id": elder.enrolment_id,
            "elder_id": elder.elder_id,
            "jurisdiction_id": elder.jurisdiction_id,
            "area_code": elder.area_code,
            "unit_id": self.unit_id,
            "recorded_by": self.work.principal.account_id,
            "recorded_at": self.work.now,
        }

    def id_of(self, enrolment_id: UUID, what: str) -> UUID:
        """The id of a record of this centre about this elder: the same thing always has the same one."""
        return uuid5(enrolment_id, f"{self.unit_id}/{what}")

    def fingerprint(self, *said: object) -> bytes:
        """What tells two requests apart without keeping what they said."""
        return self.desk.vault.blind_index("health.record", "\n".join(encode(each) for each in said))

    def check_referral(self, referral_id: UUID | None, elder: KeptElder) -> None:
        """Raises NotFound for a referral out of sight, or about somebody else."""
        if referral_id is None:
            return
        if visible_referral(self.work.session, referral_id).subject_id != elder.enrolment_id:
            raise NotFound("referral_not_found")

    def not_in_future(self, on: date, *, field: str) -> None:
        """Raises Invalid `day_in_future` for a day that has not come."""
        if on > self.today:
            raise Invalid("day_in_future", field=field)


def own_centre(work: UnitOfWork, desk: Desk) -> Centre:
    """The centre of who asks. Raises Forbidden to members of no unit that works with this service."""
    policy = policy_at(desk.book, work.principal.jurisdiction_id, work.now)
    unit_id = unit_of(work.principal, policy)
    if not unit_id:
        raise Forbidden("not_this_unit")
    return Centre(work=work, desk=desk, policy=policy, unit_id=unit_id)


def unit_of(person: Principal, policy: Policy) -> str:
    """The person's unit that keeps health records; empty if there is none."""
    centres = {unit.code for unit in policy.units if unit.service == SERVICE}
    return next((unit for unit in person.units if unit.partition(":")[2] in centres), "")


def sealed(key: ElderKey, text: str, *, column: str, row_id: UUID) -> bytes | None:
    """One text under the elder's key, for its own place; nothing for no text."""
    return key.seal(text, place_of(column, row_id)) if text else None


def revealed(key: ElderKey, found: bytes | None, *, column: str, row_id: UUID) -> str:
    """The text again."""
    return key.reveal(found, place_of(column, row_id)) if found else ""
