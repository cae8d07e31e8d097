"""One entry of the register, whole: who it is, what is known and from where, and everything decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, facts_of, history_of, locked_enrolment
from services.care_register.handlers.people import (
    CLASS_REASON,
    EXCEPTION_REASON,
    STATE_NOTE,
    Person,
    open_note,
    open_person,
)
from services.care_register.handlers.reading import discretion, without_hidden
from services.care_register.repository import classes, consents, elders, enrolments, listing, states
from services.care_register.repository.classes import ClassRow
from services.care_register.repository.consents import Consent
from services.care_register.repository.elders import SealedElder, Tag
from services.care_register.repository.enrolments import EnrolmentRow
from services.care_register.repository.states import ExceptionRow, StateRow
from shared.domain.errors import Invalid, NotFound
from shared.domain.facts import ElderFacts, age_on
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_id_number


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealIdNumber:
    """Somebody needs the whole ID number, and says why."""

    enrolment_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownState:
    """A state with its note opened."""

    row: StateRow
    note: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownException:
    """An exception with its reason opened."""

    row: ExceptionRow
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Everything about one enrolment that the reader may know; the ID number is masked.

    class_reasons: why somebody asked for a class by hand, by the class's id.
    """

    row: EnrolmentRow
    person: Person
    age: int | None
    facts: ElderFacts
    hardship_until: date | None
    tags: Sequence[Tag]
    classes: Sequence[ClassRow]
    in_force: ClassRow | None
    class_reasons: Mapping[UUID, str]
    states: Sequence[ShownState]
    exceptions: Sequence[ShownException]
    consents: Sequence[Consent]
    staff: Mapping[UUID, str]
    area_name: str
    is_id_pending: bool


def entry(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Entry:
    """The entry. Raises NotFound for one that is not there for who asks."""
    row = _seen(work, enrolment_id)
    elder = elder_of(work, row)
    person = open_person(elder, desk)
    today = desk.today(row.jurisdiction_id, work.now)
    reader = discretion(work, desk)
    hidden = reader.hidden(enrolment_id, row.area_code)
    decided = [without_hidden(each, hidden) for each in classes.classes_of(work.session, enrolment_id)]
    shown = _states(work, enrolment_id, elder, desk)
    excepted = _exceptions(work, enrolment_id, elder, desk)
    return Entry(
        row=row,
        person=replace(person, id_number=mask_id_number(person.id_number)),
        age=age_on(person.birth_on, today) if person.birth_on else None,
        facts=reader.shown(facts_of(work, row), enrolment_id),
        hardship_until=elders.hardship_until(work.session, row.elder_id),
        tags=[tag for tag in elders.tags(work.session, row.elder_id) if tag.circumstance not in hidden],
        classes=decided,
        in_force=classes.in_force(decided),
        class_reasons=_class_reasons(decided, elder, desk),
        states=shown,
        exceptions=excepted,
        consents=consents.consents(work.session, row.elder_id),
        staff=_staff(work, decided, shown, excepted),
        area_name=_area_name(work, row.area_code),
        is_id_pending=elder.is_id_pending,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Whose form this is, for who may only report."""

    enrolment_id: UUID
    name: str
    acting: Sequence[StateRow]


def brief(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Brief:
    """Name and acting states. Raises NotFound."""
    row = _seen(work, enrolment_id)
    return Brief(
        enrolment_id=enrolment_id,
        name=open_person(elder_of(work, row), desk).name,
        acting=states.acting_states(work.session, enrolment_id),
    )


def reveal_id_number(command: RevealIdNumber, work: UnitOfWork, desk: Desk) -> str:
    """The whole number; who saw it, when and why is recorded. Raises NotFound, Invalid `reason_missing`."""
    if not command.reason.strip():
        raise Invalid("reason_missing")
    row = locked_enrolment(work, command.enrolment_id)
    elder = elder_of(work, row)
    stream = history_of(row.elder_id)
    work.record(
        stream=stream,
        action="id_number_revealed",
        detail={"enrolment_id": row.enrolment_id},
        sealed=desk.vault.open(elder.key).seal(command.reason, stream),
        jurisdiction_id=row.jurisdiction_id,
    )
    return open_person(elder, desk).id_number


def _seen(work: UnitOfWork, enrolment_id: UUID) -> EnrolmentRow:
    row = enrolments.enrolment(work.session, enrolment_id)
    if row is None:
        raise NotFound("enrolment_not_found", enrolment_id=enrolment_id)
    return row


def _states(work: UnitOfWork, enrolment_id: UUID, elder: SealedElder, desk: Desk) -> list[ShownState]:
    return [
        ShownState(
            row=row,
            note=open_note(row.note_sealed, STATE_NOTE, row.state_id, elder=elder, desk=desk),
            is_mine=row.reported_by == work.principal.account_id,
        )
        for row in states.states(work.session, enrolment_id)
    ]


def _exceptions(work: UnitOfWork, enrolment_id: UUID, elder: SealedElder, desk: Desk) -> list[ShownException]:
    return [
        ShownException(
            row=row,
            reason=open_note(row.reason_sealed, EXCEPTION_REASON, row.exception_id, elder=elder, desk=desk),
        )
        for row in states.exceptions(work.session, enrolment_id)
    ]


def _class_reasons(decided: list[ClassRow], elder: SealedElder, desk: Desk) -> dict[UUID, str]:
    return {
        row.classification_id: open_note(
            row.reason_sealed, CLASS_REASON, row.classification_id, elder=elder, desk=desk
        )
        for row in decided
        if row.is_by_hand
    }


def _staff(
    work: UnitOfWork, decided: list[ClassRow], shown: list[ShownState], excepted: list[ShownException]
) -> dict[UUID, str]:
    """The names of everybody who decided something here."""
    named = [each.decided_by for each in decided]
    named += [each.proposed_by for each in decided if each.is_by_hand]
    named += [who for each in shown for who in (each.row.reported_by, each.row.decided_by)]
    named += [each.row.approved_by for each in excepted]
    return listing.staff_names(work.session, named)


def _area_name(work: UnitOfWork, area_code: str) -> str:
    named = {area.area_code: area.name for area in listing.areas(work.session)}
    return named.get(area_code, area_code)
