"""What the register's list shows: names masked, own territory only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.codes import Sex
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.people import Person, open_person
from services.care_register.repository import elders, listing
from services.care_register.repository.classes import ClassRow
from services.care_register.repository.listing import Area, EntryFilter, ListedEntry
from shared.domain.codes import Circumstance
from shared.domain.facts import age_on
from shared.persistence.search_tokens import find_elders
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_address, mask_name
from shared.process.discretion import Discretion, discretion_of

MOST_FOUND = 200
SEPARATOR = "\u3001"
"""Between the codes of one parameter of a reason, as `classification.classify` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line of the list: masked, with what the reader may know."""

    entry: ListedEntry
    name: str
    address: str
    sex: Sex
    age: int | None
    circumstances: tuple[Circumstance, ...]


def list_entries(
    wanted: EntryFilter,
    work: UnitOfWork,
    desk: Desk,
    *,
    after: tuple[str, UUID] | None = None,
    limit: int = 50,
) -> list[EntryLine]:
    """At most `limit + 1` lines, by area: one more than a page, so that it knows of the next."""
    rows = listing.entries(work.session, wanted, after=after, limit=limit + 1)
    people = open_people(work, [row.elder_id for row in rows], desk)
    today = desk.today(work.principal.jurisdiction_id, work.now)
    reader = discretion(work, desk)
    return [_line(row, people[row.elder_id], today=today, reader=reader) for row in rows]


def found(typed: str, wanted: EntryFilter, work: UnitOfWork, desk: Desk) -> EntryFilter:
    """The filter, narrowed to what was typed: a name, pinyin, or last four digits."""
    return replace(wanted, elder_ids=tuple(find_elders(work, desk.vault, typed, limit=MOST_FOUND)))


def areas(work: UnitOfWork) -> list[Area]:
    """The places inside the reader's territory, to choose from."""
    return [
        area
        for area in listing.areas(work.session)
        if any(area.area_code.startswith(prefix) for prefix in work.principal.areas)
    ]


def open_people(work: UnitOfWork, elder_ids: Iterable[UUID], desk: Desk) -> dict[UUID, Person]:
    """The persons behind several elders."""
    stored = elders.elders(work.session, set(elder_ids))
    return {elder_id: open_person(elder, desk) for elder_id, elder in stored.items()}


def discretion(work: UnitOfWork, desk: Desk) -> Discretion:
    """Which circumstances who asks is shown of whom."""
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    return discretion_of(work.session, work.principal, policy)


def without_hidden(row: ClassRow, hidden: frozenset[Circumstance]) -> ClassRow:
    """The class without the reasons that would tell a hidden circumstance."""
    shown = [
        reason
        for reason in row.reasons
        if hidden.isdisjoint(code for _, value in reason["params"] for code in value.split(SEPARATOR))
    ]
    return replace(row, reasons=tuple(shown))


def _line(row: ListedEntry, person: Person, *, today: date, reader: Discretion) -> EntryLine:
    hidden = reader.hidden(row.enrolment_id, row.area_code)
    return EntryLine(
        entry=row,
        name=mask_name(person.name),
        address=mask_address(person.address),
        sex=person.sex,
        age=age_on(person.birth_on, today) if person.birth_on else None,
        circumstances=tuple(each for each in row.circumstances if each not in hidden),
    )
