"""Who it is: what names a person is corrected, and told of somebody whom the register knows already."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from services.care_register.codes import ElderField, Sex
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, history_of, open_enrolment
from services.care_register.handlers.people import (
    Person,
    columns_of,
    identity_of,
    index_person,
    open_person,
    person_of,
    texts_of,
)
from services.care_register.repository import elders, enrolments
from services.care_register.repository.enrolments import EnrolmentRow
from shared.contracts.wire import encode
from shared.domain.errors import Conflict
from shared.domain.id_numbers import read_id_number
from shared.persistence.search_tokens import find_elders
from shared.persistence.unit_of_work import UnitOfWork

MOST_NAMESAKES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPerson:
    """Other values of what names a person; fields left out stay. Days are written YYYY-MM-DD."""

    enrolment_id: UUID
    changes: Mapping[ElderField, str]


def correct_person(command: CorrectPerson, work: UnitOfWork, desk: Desk) -> None:
    """Store what names the person; a number says birth and sex, whatever else is told of them.

    Raises as `store_person`, and NotFound.
    """
    row = open_enrolment(work, command.enrolment_id)
    elder = elder_of(work, row)
    before = open_person(elder, desk)
    after = person_of({**texts_of(before), **command.changes})
    if after.id_number and (after.id_number, after.birth_on) != (before.id_number, before.birth_on):
        after = _as_numbered(after, work, desk)
    store_person(after, work, row, desk)
    work.record(
        stream=history_of(row.elder_id),
        action="person_corrected",
        detail={"fields": sorted(command.changes)},
        sealed=desk.vault.open(elder.key).seal(encode(asdict(before)), history_of(row.elder_id)),
        jurisdiction_id=row.jurisdiction_id,
    )
    propose_classification(work, row, desk)
    renew_plan(work, row, desk)


def store_person(person: Person, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> None:
    """Seal the person and let it be found. Raises Conflict `already_enrolled`, `known_elsewhere`."""
    columns = columns_of(person, row.elder_id, desk.vault.open(elder_of(work, row).key), desk)
    other = elders.elder_of_identity(work.session, identity_of(person, desk))
    if other is not None and other != row.elder_id:
        raise Conflict("already_enrolled", elder_id=other)
    if not elders.change_elder(work.session, row.elder_id, columns):
        raise Conflict("known_elsewhere")
    index_person(
        work,
        person,
        elder_id=row.elder_id,
        area_code=row.area_code,
        jurisdiction_id=row.jurisdiction_id,
        desk=desk,
    )


def enrolled_as(person: Person, work: UnitOfWork, desk: Desk) -> EnrolmentRow | None:
    """The open enrolment of this person: of the same identity, or at the same door where a number lacks."""
    identities = _identities(person, desk)
    known = elders.elders_of_identities(work.session, identities)
    found = [known[each] for each in identities if each in known]
    if not person.id_number:
        found += _numbered_namesakes(person, work, desk)
    standing = (enrolments.open_enrolment_of(work.session, each) for each in found)
    return next(filter(None, standing), None)


def _identities(person: Person, desk: Desk) -> list[bytes]:
    """The own identity, and those under which somebody stands whose number has only now come."""
    if not person.id_number:
        return [identity_of(person, desk)]
    without = [replace(person, id_number="", sex=sex) for sex in (person.sex, Sex.UNKNOWN)]
    return [identity_of(each, desk) for each in (person, *without)]


def _numbered_namesakes(person: Person, work: UnitOfWork, desk: Desk) -> list[UUID]:
    """Who has the same name, sex and address, and a number: the list has lost it."""
    namesakes = find_elders(work, desk.vault, person.name, limit=MOST_NAMESAKES)
    others = {each: open_person(row, desk) for each, row in elders.elders(work.session, namesakes).items()}
    return [
        elder_id
        for elder_id, other in others.items()
        if other.id_number
        and (other.name, other.address) == (person.name, person.address)
        and (other.sex is person.sex or person.sex is Sex.UNKNOWN)
    ]


def _as_numbered(person: Person, work: UnitOfWork, desk: Desk) -> Person:
    number = read_id_number(person.id_number, desk.today(work.principal.jurisdiction_id, work.now))
    if number.fault or number.sex is None:
        return person
    return replace(person, birth_on=number.birth_on, sex=Sex(number.sex))
