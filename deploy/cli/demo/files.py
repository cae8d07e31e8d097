"""The demonstration's files as values: who works where, who is looked after, what has happened."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

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


def _place(path: Path) -> DemoPlace:
    with path.open("rb") as file:
        found = tomllib.load(file)
    return DemoPlace(
        jurisdiction_id=path.stem, **{key: tuple(found.get(key, ())) for key in DemoPlace.__slots__[1:]}
    )
