"""The demonstration's staff: units, areas and accounts, through identity's handlers."""

from datetime import datetime
from typing import Any

from deploy.cli.demo.files import DemoPlace, account_id, principal_of
from services.identity.codes import Position
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.policies.directory import committee_entry
from shared.policies.model import Policy

AREA_DIGITS = 12


def installer(policy: Policy) -> Principal:
    """Who loads the demonstration: an administrator of the whole place."""
    place = policy.jurisdiction
    return Principal(
        account_id=account_id(f"installer/{place.id}"),
        jurisdiction_id=place.id,
        roles=tuple(Role),
        areas=(place.area_code,),
        name="tanfang",
    )


def put_people(place: DemoPlace, policy: Policy, database: Database, now: datetime) -> None:
    """Units of the plan, areas and committees of the file, and an account for everybody."""
    with database.begin(installer(policy), now) as work:
        for area in _areas(place, policy):
            put_area(area, work)
        for unit in _units(place, policy):
            put_unit(unit, work)
    with database.begin(installer(policy), now) as work:
        for account in place.accounts:
            put_account(_account(account, place), work)


def _areas(place: DemoPlace, policy: Policy) -> list[PutArea]:
    root = policy.jurisdiction
    whole = PutArea(area_code=root.area_code.ljust(AREA_DIGITS, "0"), name=root.name, kind="place")
    towns = [
        PutArea(
            area_code=unit.area_code.ljust(AREA_DIGITS, "0"),
            name=unit.name,
            kind="town",
            parent_area_code=whole.area_code,
        )
        for unit in policy.units
        if unit.area_code and unit.area_code != root.area_code
    ]
    committees = [
        PutArea(
            area_code=area["code"],
            name=area["name"],
            kind="committee",
            parent_area_code=f"{area['code'][:9]}000",
        )
        for area in place.areas
    ]
    return [whole, *towns, *committees]


def _units(place: DemoPlace, policy: Policy) -> list[PutUnit]:
    own = [
        PutUnit(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            service=unit.service,
            parent_unit_id=f"{policy.jurisdiction.id}:{unit.parent}" if unit.parent else None,
            area_code=unit.area_code or None,
        )
        for unit in sorted(policy.units, key=lambda unit: _depth(unit.code, policy))
    ]
    entries = [
        committee_entry(policy, area["code"], f"{area['name']}{policy.jurisdiction.committee_name}")
        for area in place.areas
    ]
    committees = [
        PutUnit(
            code=entry.code,
            name=entry.name,
            kind=entry.kind,
            parent_unit_id=entry.parent_id or None,
            area_code=entry.area_code,
        )
        for entry in entries
    ]
    return [*own, *committees]


def _account(account: dict[str, Any], place: DemoPlace) -> PutAccount:
    principal = principal_of(account, place)
    positions = dict(account.get("units", {}))
    return PutAccount(
        account_id=principal.account_id,
        login=str(account["login"]),
        name=principal.name,
        password=DEMONSTRATION_PASSWORD,
        rights=Rights(
            roles=principal.roles,
            units={f"{place.jurisdiction_id}:{code}": Position(held) for code, held in positions.items()},
            areas=principal.areas,
        ),
        is_demo=True,
    )


def _depth(code: str, policy: Policy) -> int:
    """How many units stand above; a parent is put before its children."""
    parent = policy.unit(code).parent
    return 1 + _depth(parent, policy) if parent else 0
