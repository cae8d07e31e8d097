"""One elder in several lists: what is new is added, what differs waits for a person (J-02)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from services.care_register.codes import ElderField, RowOutcome, Sex
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.correcting import OtherValue, propose_change
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.fields import FACT_FIELDS, value_of
from services.care_register.handlers.finding import elder_of, facts_of, history_of
from services.care_register.handlers.hardship import hardship_until
from services.care_register.handlers.people import Person, open_person
from services.care_register.handlers.personal import store_person
from services.care_register.repository import elders, enrolments
from services.care_register.repository.elders import Tag
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.roster.reading import RowReading
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FromList:
    """A row of a list about an elder in the register; `list_id` makes its proposals the same each time."""

    reading: RowReading
    source: str
    dated_on: date
    list_id: UUID

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What the list says the elder's circumstances are, each with source and date."""
        return tuple(
            Tag(circumstance=each, source=self.source, dated_on=self.dated_on)
            for each in self.reading.circumstances
        )


def merge(listed: FromList, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> RowOutcome:
    """Add what the list knows and the register does not; queue what they say differently."""
    is_new = _add_tags(listed, work, row)
    is_new |= _fill_person(listed, work, row, desk)
    is_new |= _fill_facts(listed, work, row)
    is_new |= _fill_days(listed, work, row)
    _end_hardship_some_day(listed, work, row, desk)
    differing = _differing(listed, work, row, desk)
    for change in differing:
        propose_change(change, work, row, desk)
    if is_new:
        _record(listed, work, row)
        propose_classification(work, row, desk)
        renew_plan(work, row, desk)
    if differing:
        return RowOutcome.CONFLICT
    return RowOutcome.MERGED if is_new else RowOutcome.UNCHANGED


def _add_tags(listed: FromList, work: UnitOfWork, row: EnrolmentRow) -> bool:
    known = set(elders.tags(work.session, row.elder_id))
    new = [tag for tag in listed.tags if tag not in known]
    elders.put_tags(
        work.session,
        row.elder_id,
        new,
        common={
            "jurisdiction_id": row.jurisdiction_id,
            "area_code": row.area_code,
            "recorded_at": work.now,
        },
    )
    return bool(new)


def _fill_person(listed: FromList, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> bool:
    """More telephones and remarks do no harm; a number or an address only where there is none."""
    before = open_person(elder_of(work, row), desk)
    after = _filled(before, listed.reading)
    if after == before:
        return False
    store_person(after, work, row, desk)
    return True


def _filled(before: Person, reading: RowReading) -> Person:
    comes = reading.id_number and not before.id_number
    return replace(
        before,
        id_number=reading.id_number if comes else before.id_number,
        birth_on=reading.birth_on if comes else before.birth_on,
        sex=Sex(reading.sex) if comes and reading.sex else before.sex,
        phones=tuple(dict.fromkeys((*before.phones, *reading.phones))),
        notes="\n".join(dict.fromkeys((*before.notes.splitlines(), *reading.notes))),
        contacts=before.contacts or reading.contacts,
        # Without a number the address is part of who it is, and stays.
        address=before.address or (reading.address if before.id_number else ""),
    )


def _fill_facts(listed: FromList, work: UnitOfWork, row: EnrolmentRow) -> bool:
    known, said = facts_of(work, row), listed.reading.facts
    filled = replace(
        known,
        disability_level=known.disability_level or said.disability_level,
        has_disability_card=known.has_disability_card or said.has_disability_card,
        ability=known.ability or said.ability,
        care_level=known.care_level or said.care_level,
        mobility=known.mobility or said.mobility,
        health=known.health or said.health,
        surveyed_healthy=known.surveyed_healthy or (known.health is None and said.surveyed_healthy),
    )
    if filled == known:
        return False
    elders.change_facts(work.session, row.elder_id, {**elders.fact_values(filled), "updated_at": work.now})
    return True


def _end_hardship_some_day(listed: FromList, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> None:
    """A hardship that a list names has a last day too (J-09); one that stands keeps its own."""
    known = elders.hardship_until(work.session, row.elder_id)
    until = known or hardship_until(
        listed.reading.facts,
        listed.reading.circumstances,
        None,
        passing=desk.policy(row.jurisdiction_id, work.now).passing,
        on=desk.today(row.jurisdiction_id, work.now),
    )
    if until != known:
        elders.change_facts(work.session, row.elder_id, {"hardship_until": until})


def _fill_days(listed: FromList, work: UnitOfWork, row: EnrolmentRow) -> bool:
    if row.agreed_weekdays or not listed.reading.agreed_weekdays:
        return False
    values = {"agreed_weekdays": list(listed.reading.agreed_weekdays)}
    enrolments.change_enrolment(work.session, row.enrolment_id, values)
    return True


def _differing(listed: FromList, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> list[OtherValue]:
    """The fields on which both say something, and not the same."""
    person, known = open_person(elder_of(work, row), desk), facts_of(work, row)
    reading = listed.reading
    both = {
        ElderField.NAME: (person.name, reading.name),
        ElderField.ADDRESS: (person.address, reading.address),
        **{field: (value_of(known, field), value_of(reading.facts, field)) for field in FACT_FIELDS},
    }
    return [
        OtherValue(
            proposal_id=uuid5(listed.list_id, f"{reading.row}/{field}"),
            field=field,
            value=said,
            source=listed.source,
            dated_on=listed.dated_on,
        )
        for field, (stands, said) in both.items()
        if stands and said and stands != said
    ]


def _record(listed: FromList, work: UnitOfWork, row: EnrolmentRow) -> None:
    detail: Mapping[str, object] = {"enrolment_id": row.enrolment_id, "batch_id": listed.list_id}
    work.record(
        stream=history_of(row.elder_id), action="merged", detail=detail, jurisdiction_id=row.jurisdiction_id
    )
