"""The reading of a roster's row, sealed under its batch's key; what was taken in leaves no name."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.care_register.handlers.desk import Desk
from services.care_register.repository.rosters import BatchRow, RosterRow
from shared.contracts.wire import encode
from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.id_numbers import Sex
from shared.domain.roster.findings import Finding, FindingCode
from shared.domain.roster.reading import RowReading
from shared.domain.roster.words import Column
from shared.platform.masking import mask_name
from shared.platform.privacy import ElderKey, place_of

READING = "care_register.import_row.reading"


def seal_reading(reading: RowReading, batch_id: UUID, key: ElderKey) -> bytes:
    """The reading, encrypted for its row."""
    return key.seal(encode(asdict(reading)), _place(batch_id, reading.row))


def open_reading(row: RosterRow, batch: BatchRow, desk: Desk) -> RowReading:
    """The reading again."""
    text = desk.vault.open(batch.key).reveal(row.reading_sealed, _place(batch.batch_id, row.position))
    return _reading(json.loads(text))


def spent(reading: RowReading) -> RowReading:
    """What stays of a row that was taken in: its place, what was found, and the surname."""
    return replace(
        reading,
        name=mask_name(reading.name),
        id_number="",
        birth_on=None,
        address="",
        phones=(),
        contacts="",
        notes=(),
        facts=ElderFacts(),
        circumstances=(),
    )


def _place(batch_id: UUID, position: int) -> str:
    return place_of(f"{READING}/{position}", batch_id)


def _reading(values: Mapping[str, Any]) -> RowReading:
    plain = ("row", "name", "id_number", "address", "contacts", "declines_visits", "number_cell", "name_cell")
    return RowReading(
        birth_on=_day(values["birth_on"]),
        sex=Sex(values["sex"]) if values["sex"] else None,
        circumstances=_circumstances(values),
        facts=_facts(values["facts"]),
        findings=tuple(_finding(each) for each in values["findings"]),
        **{name: values[name] for name in plain},
        phones=tuple(values["phones"]),
        notes=tuple(values["notes"]),
        agreed_weekdays=tuple(values["agreed_weekdays"]),
    )


def _facts(values: Mapping[str, Any]) -> ElderFacts:
    plain = ("disability_level", "has_disability_card", "care_level", "surveyed_healthy")
    return ElderFacts(
        birth_on=_day(values["birth_on"]),
        circumstances=_circumstances(values),
        ability=AssessedAbility(level=Ability(values["ability"]["level"])) if values["ability"] else None,
        mobility=Mobility(values["mobility"]) if values["mobility"] else None,
        health=Health(values["health"]) if values["health"] else None,
        **{name: values[name] for name in plain},
    )


def _finding(values: Mapping[str, Any]) -> Finding:
    return Finding(
        code=FindingCode(values["code"]),
        cell=values["cell"],
        column=Column(values["column"]),
        params=tuple((name, value) for name, value in values["params"]),
    )


def _circumstances(values: Mapping[str, Any]) -> tuple[Circumstance, ...]:
    return tuple(Circumstance(code) for code in values["circumstances"])


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
