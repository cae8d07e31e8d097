"""What a form or a body says, as the command that a handler takes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.care_register.codes import ElderField, EnrolmentStatus, Sex
from services.care_register.handlers.correcting import CorrectFacts
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrol
from services.care_register.handlers.exceptions import ApproveException
from services.care_register.handlers.overriding import OverrideClass
from services.care_register.handlers.people import Person
from services.care_register.handlers.personal import CorrectPerson
from services.care_register.handlers.placing import check_area
from services.care_register.handlers.states import ReportState
from services.care_register.repository.elders import Tag
from services.care_register.rosters.messages import FINDINGS
from services.care_register.rosters.words import elder_from
from shared.domain.codes import Ability
from shared.domain.errors import Invalid
from shared.domain.facts import AssessedAbility, ElderFacts, age_on
from shared.domain.id_numbers import IdNumber, read_id_number
from shared.domain.periods import day_start
from shared.domain.phones import read_phone
from shared.domain.roster.findings import FindingCode
from shared.domain.roster.identity import ID_FAULTS
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.handling import scale_of
from shared.policies.model import Policy

BY_HAND = "hand"


def reported(enrolment_id: UUID, data: dict[str, Any], work: UnitOfWork, desk: Desk) -> ReportState:
    """A state from the short form, which knows days: one that begins today begins now."""
    return ReportState(
        enrolment_id=enrolment_id,
        kind=data["kind"],
        said_by=data["said_by"],
        starts_at=_beginning(data["starts_on"], work, desk),
        expected_end_on=data["expected_end_on"],
        note=data["note"],
        contact_id=data["contact_id"],
    )


def approved(enrolment_id: UUID, data: dict[str, Any], work: UnitOfWork) -> ApproveException:
    """An exception from now on."""
    return ApproveException(enrolment_id=enrolment_id, starts_at=work.now, **data)


def overridden(enrolment_id: UUID, data: dict[str, Any]) -> OverrideClass:
    """Another class than the rules say."""
    return OverrideClass(enrolment_id=enrolment_id, **{**data, "groups": tuple(data["groups"])})


def corrected_facts(enrolment_id: UUID, data: dict[str, Any], work: UnitOfWork, desk: Desk) -> CorrectFacts:
    """All facts as typed; an ability carries the scale that the place uses."""
    today = desk.today(work.principal.jurisdiction_id, work.now)
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    return CorrectFacts(
        enrolment_id=enrolment_id,
        facts=ElderFacts(
            circumstances=tuple(data["circumstances"]),
            disability_level=data["disability_level"],
            has_disability_card=data["has_disability_card"] or data["disability_level"] is not None,
            ability=_ability(data["ability"], data["assessed_on"], policy),
            care_level=data["care_level"],
            mobility=data["mobility"],
            health=data["health"],
            surveyed_healthy=data["surveyed_healthy"],
            hardships=tuple(data["hardships"]),
            household_size=data["household_size"],
            youngest_birth_on=data["youngest_birth_on"],
        ),
        source=BY_HAND,
        dated_on=today,
        hardship_until=data["hardship_until"],
    )


def _ability(level: Ability | None, assessed_on: date | None, policy: Policy) -> AssessedAbility | None:
    """The level as typed, in the scale in which the place words it."""
    if level is None:
        return None
    scale = scale_of(policy.scales, level)
    return AssessedAbility(
        level=level,
        scale=scale.code if scale else "",
        version=scale.version if scale else "",
        assessed_on=assessed_on,
    )


def enrolled_by_hand(enrolment_id: UUID, data: dict[str, Any], work: UnitOfWork, desk: Desk) -> Enrol:
    """One elder as typed. Raises Invalid, e.g. `id_number_wrong`, `too_young`, `area_not_yours`."""
    jurisdiction_id = work.principal.jurisdiction_id
    today = desk.today(jurisdiction_id, work.now)
    if not data["area_code"].startswith(work.principal.areas):
        raise Invalid("area_not_yours")
    check_area(data["area_code"], work)
    number = _number(data["id_number"], work, desk)
    birth_on = number.birth_on or data["birth_on"]
    if birth_on is not None:
        _check_age(birth_on, today, desk.policy(jurisdiction_id, work.now))
    return Enrol(
        person=Person(
            name=_name(data["name"]),
            id_number="" if number.fault else number.text,
            birth_on=birth_on,
            sex=Sex(number.sex) if number.sex else data["sex"],
            phones=_phones(data["phone"], work, desk),
            address=data["address"],
        ),
        facts=ElderFacts(birth_on=birth_on),
        tags=tuple(Tag(circumstance=each, source=BY_HAND, dated_on=today) for each in data["circumstances"]),
        area_code=data["area_code"],
        enrolled_at=work.now,
        status=EnrolmentStatus.ACTIVE if data["has_agreed"] else EnrolmentStatus.AWAITING_CONSENT,
        enrolment_id=enrolment_id,
    )


def corrected_person(enrolment_id: UUID, data: dict[str, Any], work: UnitOfWork, desk: Desk) -> CorrectPerson:
    """The fields of the form; one left empty is emptied, except name, number and birth.

    Raises Invalid `phone_wrong`, `id_number_wrong`, `too_young`, `born_in_future`.
    """
    fields = (
        ElderField.ADDRESS,
        ElderField.CONTACTS,
        ElderField.DOOR_NOTE,
        ElderField.NOTES,
    )
    changes = {field: data.get(field.value, "") for field in fields}
    changes[ElderField.PHONE] = "\n".join(_phones(data.get(ElderField.PHONE, ""), work, desk))
    if data["id_number"]:
        changes[ElderField.ID_NUMBER] = _number(data["id_number"], work, desk).text
    if data["birth_on"]:
        changes[ElderField.BIRTH_ON] = _birth(data["birth_on"], work, desk).isoformat()
    return CorrectPerson(enrolment_id=enrolment_id, changes={**changes, ElderField.NAME: _name(data["name"])})


def _number(typed: str, work: UnitOfWork, desk: Desk) -> IdNumber:
    """The number of an elder, or none. Raises Invalid `id_number_wrong`, `too_young`."""
    today = desk.today(work.principal.jurisdiction_id, work.now)
    number = read_id_number(typed, today)
    if typed and number.fault:
        raise Invalid(
            "id_number_wrong", why=FINDINGS[ID_FAULTS[number.fault]].format(length=len(number.text))
        )
    if number.birth_on is not None:
        _check_age(number.birth_on, today, desk.policy(work.principal.jurisdiction_id, work.now))
    return number


def _birth(told: date, work: UnitOfWork, desk: Desk) -> date:
    today = desk.today(work.principal.jurisdiction_id, work.now)
    if told > today:
        raise Invalid("born_in_future")
    _check_age(told, today, desk.policy(work.principal.jurisdiction_id, work.now))
    return told


def _check_age(birth_on: date, today: date, policy: Policy) -> None:
    """Refuse whom a list is refused too. A birth to come is refused as what it is, where it is stored."""
    age, needed = age_on(birth_on, today), elder_from(policy)
    if birth_on <= today and age < needed:
        why = FINDINGS[FindingCode.UNDER_SIXTY].format(age=age, needed=needed)
        raise Invalid("too_young", why=why)


def _name(typed: str) -> str:
    """Without spaces, as from a list (王 五): else nobody finds it, and the next list calls it another's."""
    return "".join(typed.split())


def _phones(typed: str, work: UnitOfWork, desk: Desk) -> tuple[str, ...]:
    """The numbers, one a line, as they are dialled. Raises Invalid `phone_wrong`."""
    area = desk.policy(work.principal.jurisdiction_id, work.now).jurisdiction.phone_area
    read = [read_phone(line, area) for line in typed.splitlines() if line.strip()]
    if any(each.fault for each in read):
        raise Invalid("phone_wrong")
    return tuple(dict.fromkeys(each.text for each in read))


def _beginning(day: date, work: UnitOfWork, desk: Desk) -> datetime:
    jurisdiction_id = work.principal.jurisdiction_id
    zone = desk.policy(jurisdiction_id, work.now).jurisdiction.zone
    return work.now if day == desk.today(jurisdiction_id, work.now) else day_start(day, zone)
