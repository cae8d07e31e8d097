"""A place made ready from its policy file (一地一案): its bodies and towns, and the committees of a list.

Everything is renewed by its id, so that a changed file or a longer list is simply set up again. A body that
the plan no longer names is put out of use; committees stay, for a list may name some of them only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.repository import accounts
from shared.domain.errors import Invalid
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import TOWN_DIGITS, committee_entry, directory_of, full_code, id_of
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A village or a residents' committee: its 12-digit code and the name of the place, 「南村」."""

    area_code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """How many there are now."""

    units: int
    areas: int
    out_of_use: int


def set_up(policy: Policy, committees: Sequence[Committee], work: UnitOfWork) -> SetUp:
    """Make or renew the areas and units. Raises Invalid `area_code_not_12_digits`, `area_outside`."""
    for each in committees:
        if not each.area_code.startswith(policy.area_code):
            raise Invalid("area_outside", area_code=each.area_code, name=each.name)
    areas, units = _areas(policy, committees), _units(policy, committees)
    for area in areas:
        put_area(area, work)
    named = [put_unit(unit, work) for unit in units]
    gone = accounts.retire_units(work.session, named, kept_kind=COMMITTEE)
    return SetUp(units=len(units), areas=len(areas), out_of_use=gone)


def _areas(policy: Policy, committees: Sequence[Committee]) -> list[PutArea]:
    root = policy.jurisdiction
    whole = PutArea(area_code=full_code(root.area_code), name=root.name, kind="place")
    towns = [
        PutArea(
            area_code=full_code(unit.area_code),
            name=unit.name,
            kind="town",
            parent_area_code=whole.area_code,
        )
        for unit in policy.units
        if unit.area_code and unit.area_code != root.area_code
    ]
    below = [
        PutArea(
            area_code=each.area_code,
            name=each.name,
            kind=COMMITTEE,
            parent_area_code=full_code(each.area_code[:TOWN_DIGITS]),
        )
        for each in committees
    ]
    return [whole, *towns, *below]


def _units(policy: Policy, committees: Sequence[Committee]) -> list[PutUnit]:
    own = [
        PutUnit(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            service=unit.service,
            parent_unit_id=id_of(policy.jurisdiction.id, unit.parent) if unit.parent else None,
            area_code=unit.area_code or None,
        )
        for unit in sorted(policy.units, key=lambda unit: _depth(unit.code, policy))
    ]
    suffix, directory = policy.jurisdiction.committee_name, directory_of(policy)
    entries = [committee_entry(directory, each.area_code, f"{each.name}{suffix}") for each in committees]
    below = [
        PutUnit(
            code=entry.code,
            name=entry.name,
            kind=entry.kind,
            parent_unit_id=entry.parent_id or None,
            area_code=entry.area_code,
        )
        for entry in entries
    ]
    return [*own, *below]


def _depth(code: str, policy: Policy) -> int:
    """How many units stand above; a parent is put before its children."""
    parent = policy.unit(code).parent
    return 1 + _depth(parent, policy) if parent else 0


COMMITTEE = "committee"
"""The kind of a unit and of an area that comes with a list and stands in no plan."""
