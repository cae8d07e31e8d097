"""What the register's list shows: names masked, own territory only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.codes import Sex
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.people import Person, open_person
from services.care_register.repository import elders, listing
from services.care_register.repository.listing import Area, EntryFilter, ListedEntry
from shared.contracts.access import Principal, Role
from shared.domain.codes import Circumstance
from shared.domain.facts import age_on
from shared.persistence.search_tokens import find_elders
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_address, mask_name
from shared.policies.model import Policy

MOST_FOUND = 200
FAMILY_PLANNING = "family_planning"
RESTRICTED = frozenset({Circumstance.SPECIAL_FAMILY_PLANNING})
"""Shown only to who keeps the register and to the units that look after these families (style §4.2)."""


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
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    today = desk.today(work.principal.jurisdiction_id, work.now)
    hidden = hidden_from(work.principal, policy)
    return [_line(row, people[row.elder_id], today=today, hidden=hidden) for row in rows]


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


def hidden_from(principal: Principal, policy: Policy) -> frozenset[Circumstance]:
    """The circumstances that this person is not shown."""
    own = {unit.partition(":")[2] for unit in principal.units}
    cares = any(FAMILY_PLANNING in unit.roles for unit in policy.units if unit.code in own)
    return frozenset() if cares or principal.plays(Role.CLERK, Role.COORDINATOR) else RESTRICTED


def _line(row: ListedEntry, person: Person, *, today: date, hidden: frozenset[Circumstance]) -> EntryLine:
    return EntryLine(
        entry=row,
        name=mask_name(person.name),
        address=mask_address(person.address),
        sex=person.sex,
        age=age_on(person.birth_on, today) if person.birth_on else None,
        circumstances=tuple(each for each in row.circumstances if each not in hidden),
    )
