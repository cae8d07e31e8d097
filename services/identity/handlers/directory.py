"""Units and areas (单位、区划): renewed by their own ids, so that a policy file can be applied again."""

from dataclasses import asdict, dataclass

from services.identity.repository import accounts
from services.identity.repository.accounts import NamedCode
from shared.domain.errors import Invalid
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUnit:
    """A unit of the own jurisdiction; `service` names the folder whose inbox it works in."""

    code: str
    name: str
    kind: str
    service: str = "department"
    parent_unit_id: str | None = None
    area_code: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PutArea:
    """An area of the own jurisdiction, by its 12-digit code."""

    area_code: str
    name: str
    kind: str
    parent_area_code: str | None = None


def put_unit(command: PutUnit, work: UnitOfWork) -> str:
    """Make or renew a unit; answers its id."""
    jurisdiction = work.principal.jurisdiction_id
    unit_id = f"{jurisdiction}:{command.code}"
    values = {**asdict(command), "unit_id": unit_id, "jurisdiction_id": jurisdiction}
    accounts.put_unit(work.session, values)
    return unit_id


def put_area(command: PutArea, work: UnitOfWork) -> None:
    """Make or renew an area. Raises Invalid for a code that has not 12 digits."""
    if len(command.area_code) != 12 or not command.area_code.isdigit():  # noqa: PLR2004 - 区划代码 has 12 digits
        raise Invalid("area_code_not_12_digits", area_code=command.area_code)
    accounts.put_area(work.session, {**asdict(command), "jurisdiction_id": work.principal.jurisdiction_id})


def units(work: UnitOfWork) -> list[NamedCode]:
    """The units to choose from."""
    return accounts.units(work.session)


def areas(work: UnitOfWork) -> list[NamedCode]:
    """The areas to choose from."""
    return accounts.areas(work.session)
