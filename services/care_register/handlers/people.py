"""What names a person, sealed and opened: one key per elder, one place per value (个人信息保护法 art. 51)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.care_register.codes import ElderField, Sex
from services.care_register.handlers.desk import Desk
from services.care_register.repository.elders import SealedElder
from shared.persistence.name_index import name_terms
from shared.persistence.search_tokens import number_terms, save_terms
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey, place_of
from shared.process import elders

PLACES: Mapping[ElderField, str] = {
    ElderField.NAME: elders.NAME,
    ElderField.ID_NUMBER: "care_register.elder.id_number",
    ElderField.PHONE: elders.PHONE,
    ElderField.ADDRESS: elders.ADDRESS,
    ElderField.CONTACTS: elders.CONTACTS,
    ElderField.DOOR_NOTE: elders.DOOR_NOTE,
    ElderField.NOTES: "care_register.elder.notes",
}
"""Where each sealed field lives; birth and sex are read by the rules and stay open."""

STATE_NOTE = "care_register.state.note"
EXCEPTION_REASON = "care_register.exception.reason"
CLASS_REASON = "care_register.classification.reason"
REMOVAL_NOTE = "care_register.enrolment.removal_note"
CONSENT_SAID_BY = "care_register.consent.said_by"
CHANGE_VALUE = "care_register.change_proposal.value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything that names an elder, readable. `phones` in order of use; no number is an empty text."""

    name: str
    id_number: str = ""
    birth_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    phones: tuple[str, ...] = ()
    address: str = ""
    contacts: str = ""
    door_note: str = ""
    notes: str = ""


def texts_of(person: Person) -> dict[ElderField, str]:
    """Every field as a text: a day is YYYY-MM-DD, phones one a line."""
    return {
        ElderField.NAME: person.name,
        ElderField.ID_NUMBER: person.id_number,
        ElderField.PHONE: "\n".join(person.phones),
        ElderField.ADDRESS: person.address,
        ElderField.CONTACTS: person.contacts,
        ElderField.DOOR_NOTE: person.door_note,
        ElderField.NOTES: person.notes,
        ElderField.SEX: person.sex,
        ElderField.BIRTH_ON: person.birth_on.isoformat() if person.birth_on else "",
    }


def person_of(texts: Mapping[ElderField, str]) -> Person:
    """The person that these texts describe; the opposite of `texts_of`."""
    birth = texts[ElderField.BIRTH_ON]
    return Person(
        name=texts[ElderField.NAME],
        id_number=texts[ElderField.ID_NUMBER],
        birth_on=date.fromisoformat(birth) if birth else None,
        sex=Sex(texts[ElderField.SEX]),
        phones=tuple(texts[ElderField.PHONE].splitlines()),
        address=texts[ElderField.ADDRESS],
        contacts=texts[ElderField.CONTACTS],
        door_note=texts[ElderField.DOOR_NOTE],
        notes=texts[ElderField.NOTES],
    )


def columns_of(person: Person, elder_id: UUID, key: ElderKey, desk: Desk) -> dict[str, object]:
    """The columns of an elder that follow from the person."""
    texts = texts_of(person)
    sealed = {
        f"{field}_sealed": key.seal(texts[field], place_of(place, elder_id)) if texts[field] else None
        for field, place in PLACES.items()
    }
    return {
        **sealed,
        "birth_on": person.birth_on,
        "sex": person.sex,
        "identity_index": identity_of(person, desk),
        "is_id_pending": not person.id_number,
    }


def identity_of(person: Person, desk: Desk) -> bytes:
    """What makes two entries one elder: the ID number, or name, sex and address as a temporary key."""
    if person.id_number:
        return desk.vault.blind_index("elder-id-number", person.id_number)
    return desk.vault.blind_index("elder-without-number", f"{person.name}|{person.sex}|{person.address}")


def open_person(elder: SealedElder, desk: Desk) -> Person:
    """The person behind a stored elder."""
    reveal = elders.revealer(desk.vault.open(elder.key), elder.elder_id)
    texts = {field: reveal(elder.sealed[field.value], place) for field, place in PLACES.items()}
    birth = elder.birth_on.isoformat() if elder.birth_on else ""
    return person_of({**texts, ElderField.SEX: elder.sex, ElderField.BIRTH_ON: birth})


def seal_note(text: str, column: str, row_id: UUID, *, elder: SealedElder, desk: Desk) -> bytes | None:
    """A note about the elder, sealed for one row; nothing written is nothing stored."""
    return desk.vault.open(elder.key).seal(text, place_of(column, row_id)) if text else None


def open_note(sealed: bytes | None, column: str, row_id: UUID, *, elder: SealedElder, desk: Desk) -> str:
    """The note again."""
    return desk.vault.open(elder.key).reveal(sealed, place_of(column, row_id)) if sealed else ""


def index_person(
    work: UnitOfWork, person: Person, *, elder_id: UUID, area_code: str, jurisdiction_id: str, desk: Desk
) -> None:
    """Let the elder be found by name, pinyin and last four digits, in the area given."""
    save_terms(
        work,
        desk.vault,
        elder_id=elder_id,
        jurisdiction_id=jurisdiction_id,
        area_code=area_code,
        terms=name_terms(person.name) | number_terms(id_number=person.id_number, phones=person.phones),
    )
