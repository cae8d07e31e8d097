"""The demonstration's files as values: who works where, who is looked after, what has happened."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from shared.contracts.access import Principal, Role

FOLDER = Path(__file__).parents[2] / "local" / "data"

NAMESPACE = UUID("6f1d2f3a-0d6e-4d4e-9a5b-7c1f0a9e5b21")
"""Ids of the demonstration are computed, so that loading it again finds what is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    """One place's file."""

    jurisdiction_id: str
    areas: tuple[dict[str, Any], ...]
    accounts: tuple[dict[str, Any], ...]
    elders: tuple[dict[str, Any], ...]
    referrals: tuple[dict[str, Any], ...]
    health: tuple[dict[str, Any], ...]
    police: tuple[dict[str, Any], ...]


def places() -> tuple[DemoPlace, ...]:
    """All places, in the order of their names."""
    return tuple(_place(path) for path in sorted(FOLDER.glob("*.toml")))


def account_id(login: str) -> UUID:
    """The account of that login."""
    return uuid5(NAMESPACE, f"account/{login}")


def enrolment_id(id_number: str) -> UUID:
    """The enrolment of the elder with that number."""
    return uuid5(NAMESPACE, f"enrolment/{id_number}")


def elder_id(id_number: str) -> UUID:
    """The elder with that number."""
    return uuid5(NAMESPACE, f"elder/{id_number}")


def staff(place: DemoPlace) -> dict[str, Principal]:
    """Everybody by login, as a sign-in would know them."""
    return {account["login"]: principal_of(account, place) for account in place.accounts}


def principal_of(account: dict[str, Any], place: DemoPlace) -> Principal:
    """One of them, as a sign-in would know them."""
    units = dict(account.get("units", {}))
    return Principal(
        account_id=account_id(str(account["login"])),
        jurisdiction_id=place.jurisdiction_id,
        roles=tuple(Role(role) for role in account["roles"]),
        units=tuple(f"{place.jurisdiction_id}:{code}" for code in units),
        areas=tuple(account.get("areas", ())),
        name=str(account["name"]),
    )


def _place(path: Path) -> DemoPlace:
    with path.open("rb") as file:
        found = tomllib.load(file)
    return DemoPlace(
        jurisdiction_id=path.stem, **{key: tuple(found.get(key, ())) for key in DemoPlace.__slots__[1:]}
    )
