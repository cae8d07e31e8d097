"""The unit tree of one place: the bodies of its plan, and the committees that came with its areas."""

from dataclasses import dataclass, field

from shared.policies.model import Policy
from shared.policies.places import TOWN

DISTRICT_DIGITS, TOWN_DIGITS = 6, 9
"""How many digits of an area code name the district and the town (GB/T 2260 and the codes below it)."""

AREA_DIGITS = 12
"""How many digits name one committee; what lies above it ends in zeros."""


def full_code(area_code: str) -> str:
    """The code of a place, a town or a committee in all its digits: 「370302」 is 「370302000000」."""
    return area_code.ljust(AREA_DIGITS, "0")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """One unit: `unit_id` is "{jurisdiction_id}:{code}", `area_code` its territory, a prefix."""

    unit_id: str
    code: str
    name: str
    kind: str
    parent_id: str = ""
    area_code: str = ""
    roles: tuple[str, ...] = ()


NOBODY = UnitEntry(unit_id="", code="", name="", kind="")


def area_prefix(area_code: str) -> str:
    """What every code inside the place begins with; a zero at the end of its own digits belongs to it."""
    levels = (DISTRICT_DIGITS, TOWN_DIGITS)
    return next((area_code[:digits] for digits in levels if not area_code[digits:].strip("0")), area_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDirectory:
    """Finds units by id, area and role. Pure: built from policy and from the areas that services know."""

    jurisdiction_id: str
    committee_prefix: str
    units: tuple[UnitEntry, ...]
    _by_id: dict[str, UnitEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {unit.unit_id: unit for unit in self.units})

    def unit(self, unit_id: str) -> UnitEntry | None:
        """The unit of that id, or None: a place may name a unit that nobody has set up yet."""
        return self._by_id.get(unit_id)

    def id_of(self, code: str) -> str:
        """The id of the unit with that code, whether it exists or not."""
        return id_of(self.jurisdiction_id, code)

    def committee_of(self, area_code: str) -> str:
        """The id of the area's committee, whether it exists or not.

        Above the committees, of somebody whom nobody has placed (待划片), that of the town, if there is one.
        """
        if area_prefix(area_code) != area_code:
            return self.with_role(TOWN, area_code)
        return self.id_of(f"{self.committee_prefix}-{area_code}")

    def town_of(self, area_code: str) -> str:
        """The id of the town or street around the area, whether it exists or not."""
        return self.with_role(TOWN, area_code) or self.id_of(f"{TOWN}-{area_code[:TOWN_DIGITS]}")

    def with_role(self, role: str, area_code: str) -> str:
        """The id of the nearest unit around the area that plays the role; empty if there is none."""
        around = [unit for unit in self.units if role in unit.roles and area_code.startswith(unit.area_code)]
        return max(around, key=lambda unit: len(unit.area_code), default=NOBODY).unit_id

    def parent_of(self, unit_id: str) -> str:
        """The id of the unit above; empty at the top or for an unknown unit."""
        unit = self.unit(unit_id)
        return unit.parent_id if unit else ""


def id_of(jurisdiction_id: str, code: str) -> str:
    """The id of a unit of that place."""
    return f"{jurisdiction_id}:{code}"


def directory_of(policy: Policy, committees: tuple[UnitEntry, ...] = ()) -> UnitDirectory:
    """The directory of a policy's own units and of the committees given."""
    place = policy.jurisdiction
    own = tuple(
        UnitEntry(
            unit_id=id_of(place.id, unit.code),
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            parent_id=id_of(place.id, unit.parent) if unit.parent else "",
            area_code=unit.area_code,
            roles=unit.roles,
        )
        for unit in policy.units
    )
    return UnitDirectory(
        jurisdiction_id=place.id, committee_prefix=place.committee_prefix, units=own + committees
    )


def committee_entry(own: UnitDirectory, area_code: str, name: str) -> UnitEntry:
    """The committee of an area that came with a roster; its parent is the town around it, if there is one.

    `own` is the directory of the policy's own units, the same for every committee.
    """
    code = f"{own.committee_prefix}-{area_code}"
    return UnitEntry(
        unit_id=own.id_of(code),
        code=code,
        name=name,
        kind="committee",
        parent_id=own.with_role(TOWN, area_code),
        area_code=area_code,
        roles=("committee",),
    )
