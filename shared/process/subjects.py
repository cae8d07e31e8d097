"""Elders as the rules see them: facts, class, state, area; no name (view `care_register.subject`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from shared.domain.codes import Ability, Circumstance, Health, Mobility, StateKind, StateStatus, Tier
from shared.domain.conditions import Subject
from shared.domain.errors import NotFound
from shared.domain.facts import AssessedAbility, ElderFacts, Hardship, Spell
from shared.policies.model import Policy

COLUMNS = (
    "SELECT enrolment_id, elder_id, jurisdiction_id, area_code, status, enrolled_at, left_at,"
    " left_because, cycle_started_at, tier, groups, class_until_on, facts, agreed_weekdays, state_kind,"
    " state_status, state_expected_end_on"
    " FROM care_register.subject"
)
SOME = text(f"{COLUMNS} WHERE enrolment_id = ANY(:enrolments)")
"""One text for any number of elders: PostgreSQL keeps its plan, and a recorded contact pays for no other."""
HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended('contact/' || :enrolment_id, 0))")
"""The lock that visits take for each record (`services/visits/repository/contacts.py`)."""

VISITED = text(f"{COLUMNS} WHERE status IN ('awaiting_consent', 'active') ORDER BY enrolment_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledElder:
    """One enrolment as other services know it; `status` is a code of the register.

    class_until_on: the last day of a class that a person has set against the rules (人工调整).
    left_because: the reason with which the elder left, where one was written down (退出原因).
    """

    enrolment_id: UUID
    elder_id: UUID
    jurisdiction_id: str
    area_code: str
    status: str
    enrolled_at: datetime
    left_at: datetime | None
    left_because: str | None
    cycle_started_at: datetime | None
    facts: ElderFacts
    tier: Tier | None
    groups: tuple[str, ...]
    class_until_on: date | None
    agreed_weekdays: tuple[int, ...]
    state_kind: StateKind | None
    state_status: StateStatus | None
    state_expected_end_on: date | None

    def on(self, day: date) -> Subject:
        """The elder as conditions of a policy see them on the day."""
        return Subject(facts=self.facts, on=day, tier=self.tier, groups=self.groups)


def enrolled_elder(session: Session, enrolment_id: UUID) -> EnrolledElder:
    """The one elder. Raises NotFound `enrolment_not_found` outside the territory of who asks."""
    found = enrolled_elders(session, [enrolment_id]).get(enrolment_id)
    if found is None:
        raise NotFound("enrolment_not_found")
    return found


def enrolled_elders(session: Session, enrolment_ids: Iterable[UUID]) -> dict[UUID, EnrolledElder]:
    """Those of the enrolments that who asks may see."""
    wanted = list(set(enrolment_ids))
    if not wanted:
        return {}
    rows = session.execute(SOME, {"enrolments": wanted})
    return {row.enrolment_id: _elder(row) for row in rows}


def subject_of(session: Session, enrolment_id: UUID | None, *, area_code: str, on: date) -> Subject:
    """The elder as the rules see them on the day; of one who is gone or out of sight, the area alone."""
    known = enrolled_elders(session, [enrolment_id] if enrolment_id else [])
    elder = next(iter(known.values()), None)
    return elder.on(on) if elder else Subject(facts=ElderFacts(area_code=area_code), on=on)


def hold_contacts(session: Session, enrolment_id: UUID) -> None:
    """From here to the commit no contact of this elder is stored: nothing that is decided now misses one."""
    session.execute(HOLD, {"enrolment_id": str(enrolment_id)})


def visited_elders(session: Session) -> list[EnrolledElder]:
    """Everybody in the territory of who asks to whom visits are owed."""
    return [_elder(row) for row in session.execute(VISITED)]


def leaving_in_words(elder: EnrolledElder, policy: Policy) -> dict[str, object]:
    """When and why an elder left the register, as the facts of a refusal."""
    because = elder.left_because
    why = {"why": policy.label("removal_reasons", because)} if because else {}
    return {"left_at": elder.left_at, **why}


def facts_of(values: Mapping[str, Any]) -> ElderFacts:
    """Facts from the view's JSON."""
    ability = values["ability"]
    return ElderFacts(
        birth_on=_day(values["birth_on"]),
        circumstances=tuple(Circumstance(code) for code in values["circumstances"]),
        disability_level=values["disability_level"],
        has_disability_card=values["has_disability_card"],
        ability=_ability(ability) if ability else None,
        care_level=values["care_level"],
        mobility=Mobility(values["mobility"]) if values["mobility"] else None,
        health=Health(values["health"]) if values["health"] else None,
        surveyed_healthy=values["surveyed_healthy"],
        hardships=tuple(Hardship(code) for code in values["hardships"]),
        household_size=values["household_size"],
        youngest_birth_on=_day(values["youngest_birth_on"]),
        area_code=values["area_code"],
        home_bed=_spell(values["home_bed"]),
    )


def _elder(row: Row[Any]) -> EnrolledElder:
    return EnrolledElder(
        enrolment_id=row.enrolment_id,
        elder_id=row.elder_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        status=row.status,
        enrolled_at=row.enrolled_at,
        left_at=row.left_at,
        left_because=row.left_because,
        cycle_started_at=row.cycle_started_at,
        facts=facts_of(row.facts),
        tier=Tier(row.tier) if row.tier else None,
        groups=tuple(row.groups),
        class_until_on=row.class_until_on,
        agreed_weekdays=tuple(row.agreed_weekdays),
        state_kind=StateKind(row.state_kind) if row.state_kind else None,
        state_status=StateStatus(row.state_status) if row.state_status else None,
        state_expected_end_on=row.state_expected_end_on,
    )


def _ability(values: Mapping[str, Any]) -> AssessedAbility:
    return AssessedAbility(
        level=Ability(values["level"]),
        scale=values["scale"],
        version=values["version"],
        assessed_on=_day(values["assessed_on"]),
    )


def _spell(values: Mapping[str, str | None] | None) -> Spell | None:
    from_on = _day(values["from_on"]) if values else None
    return Spell(from_on=from_on, to_on=_day(values["to_on"])) if values and from_on else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
