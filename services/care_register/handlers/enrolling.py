"""Enrolling (纳入): an elder enters the register with facts and their sources, perhaps as of weeks ago."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from services.care_register.codes import EnrolmentStatus
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import history_of, locked_enrolment
from services.care_register.handlers.hardship import hardship_until
from services.care_register.handlers.people import Person, columns_of, identity_of, index_person
from services.care_register.handlers.personal import enrolled_as
from services.care_register.handlers.returning import Known, come_along
from services.care_register.repository import elders, enrolments
from services.care_register.repository.elders import Tag
from shared.domain.codes import Circumstance
from shared.domain.errors import Conflict, Invalid
from shared.domain.facts import ElderFacts, Hardship
from shared.domain.visit_cycle.facts import ContactFact
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import WrappedKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Enrol one elder.

    facts: circumstances come from `tags`, birth and area from `person` and `area_code`.
    is_placed: whether `area_code` is the committee's; if not, it is the office's (待划片).
    enrolled_at: may lie in the past. contacts: what happened since then, for the start of the cycle.
    elder_id, enrolment_id: given by who must find them again; otherwise new.
    """

    person: Person
    facts: ElderFacts
    tags: tuple[Tag, ...]
    area_code: str
    enrolled_at: datetime
    is_placed: bool = True
    status: EnrolmentStatus = EnrolmentStatus.AWAITING_CONSENT
    agreed_weekdays: tuple[int, ...] = ()
    hardship_until: date | None = None
    contacts: tuple[ContactFact, ...] = ()
    starts_process: bool = True
    elder_id: UUID = field(default_factory=uuid4)
    enrolment_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """Who was enrolled."""

    elder_id: UUID
    enrolment_id: UUID


def enrol(command: Enrol, work: UnitOfWork, desk: Desk) -> Enrolled:
    """Store the elder and the enrolment, propose a class, and start the visit cycle if visits are owed.

    Raises Conflict: `already_enrolled` (in the own territory), `known_elsewhere` (outside of it); Invalid:
    `enrolled_in_future`, `born_in_future`.
    """
    if command.enrolled_at > work.now:
        raise Invalid("enrolled_in_future", enrolled_at=command.enrolled_at)
    born = command.person.birth_on
    if born is not None and born > desk.today(work.principal.jurisdiction_id, work.now):
        raise Invalid("born_in_future")
    known = _known(command, work, desk)
    command = _returning(command, known) if known else command
    _store_elder(command, work, desk, known=known)
    _store_facts(command, work, desk)
    _store_enrolment(command, work)
    # What follows reads the enrolment back under its row policies.
    work.session.flush()
    row = locked_enrolment(work, command.enrolment_id)
    propose_classification(work, row, desk)
    if command.starts_process and command.status.is_visited:
        start_cycle(StartCycle(enrolment_id=row.enrolment_id, contacts=command.contacts), work, desk)
    detail = {"enrolment_id": row.enrolment_id, "status": command.status, "area_code": command.area_code}
    before = known.sealed(desk) if known else None
    work.record(stream=history_of(command.elder_id), action="enrolled", detail=detail, sealed=before)
    return Enrolled(elder_id=command.elder_id, enrolment_id=row.enrolment_id)


def _known(command: Enrol, work: UnitOfWork, desk: Desk) -> Known | None:
    """What the register has of somebody who returns to it."""
    standing = enrolled_as(command.person, work, desk)
    if standing is not None:
        raise Conflict("already_enrolled", enrolment_id=standing.enrolment_id)
    elder_id = elders.elder_of_identity(work.session, identity_of(command.person, desk))
    return come_along(elder_id, work, desk, area_code=command.area_code) if elder_id else None


def _returning(command: Enrol, known: Known) -> Enrol:
    said = (*command.facts.hardships, *(tag.circumstance for tag in command.tags))
    is_said = bool({*Hardship, Circumstance.TEMPORARY_HARDSHIP} & {*said})
    return replace(
        command,
        elder_id=known.elder_id,
        person=known.person_with(command.person),
        facts=known.facts_with(command.facts),
        hardship_until=command.hardship_until if is_said else known.hardship_until,
    )


def _store_elder(command: Enrol, work: UnitOfWork, desk: Desk, *, known: Known | None) -> None:
    wrapped = known.key if known else desk.vault.new_key()
    columns = columns_of(command.person, command.elder_id, desk.vault.open(wrapped), desk)
    if known:
        elders.change_elder(work.session, command.elder_id, columns)
    elif not elders.add_elder(work.session, {**_new_elder(command, work, wrapped), **columns}):
        raise Conflict("known_elsewhere")
    index_person(
        work,
        command.person,
        elder_id=command.elder_id,
        area_code=command.area_code,
        jurisdiction_id=work.principal.jurisdiction_id,
        desk=desk,
    )


def _new_elder(command: Enrol, work: UnitOfWork, wrapped: WrappedKey) -> dict[str, object]:
    return {
        "elder_id": command.elder_id,
        "jurisdiction_id": work.principal.jurisdiction_id,
        "area_code": command.area_code,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "created_at": work.now,
    }


def _store_facts(command: Enrol, work: UnitOfWork, desk: Desk) -> None:
    jurisdiction_id = work.principal.jurisdiction_id
    until = hardship_until(
        command.facts,
        (*command.facts.circumstances, *(tag.circumstance for tag in command.tags)),
        command.hardship_until,
        passing=desk.policy(jurisdiction_id, command.enrolled_at).passing,
        on=desk.today(jurisdiction_id, command.enrolled_at),
    )
    place = {"jurisdiction_id": work.principal.jurisdiction_id, "area_code": command.area_code}
    values = {
        **place,
        **elders.fact_values(command.facts),
        "hardship_until": until,
        "updated_at": work.now,
    }
    elders.put_facts(work.session, command.elder_id, values)
    elders.put_tags(work.session, command.elder_id, command.tags, common={**place, "recorded_at": work.now})


def _store_enrolment(command: Enrol, work: UnitOfWork) -> None:
    enrolments.add_enrolment(
        work.session,
        {
            "enrolment_id": command.enrolment_id,
            "elder_id": command.elder_id,
            "jurisdiction_id": work.principal.jurisdiction_id,
            "area_code": command.area_code,
            "status": command.status,
            "enrolled_at": command.enrolled_at,
            "enrolled_by": work.principal.account_id,
            "is_placed": command.is_placed,
            "agreed_weekdays": sorted(set(command.agreed_weekdays)),
            "plan_hash": "",
        },
    )
