"""Readings (健康监测) as they are stored: one sealed text, exact numbers inside."""

import json
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from services.health.handlers.centre import Centre, revealed, sealed
from services.health.repository.follow_ups import StoredFollowUp
from shared.domain.errors import Invalid
from shared.domain.health.codes import Vital
from shared.domain.health.vitals import impossible, is_swapped
from shared.platform.privacy import ElderKey

READINGS = "health.follow_up.readings"
NOTE = "health.follow_up.note"


def check_readings(readings: Mapping[Vital, Decimal], centre: Centre) -> None:
    """Raises Invalid `impossible_reading`, naming the field and the bounds, or `pressure_swapped`."""
    for vital, rule in impossible(readings, centre.rules.vitals).items():
        raise Invalid("impossible_reading", field=vital.value, least=rule.least, most=rule.most)
    if is_swapped(readings):
        raise Invalid("pressure_swapped", field=Vital.SYSTOLIC.value)


def sealed_readings(readings: Mapping[Vital, Decimal], key: ElderKey, row_id: UUID) -> bytes | None:
    """The values, sealed; nothing if nothing was measured."""
    text = json.dumps(written(readings)) if readings else ""
    return sealed(key, text, column=READINGS, row_id=row_id)


def written(readings: Mapping[Vital, Decimal]) -> dict[str, str]:
    """Readings as texts that keep them exact; 162 and 162.0 are the same."""
    return {vital.value: f"{readings[vital].normalize():f}" for vital in Vital if vital in readings}


def readings_of(stored: StoredFollowUp, key: ElderKey) -> dict[Vital, Decimal]:
    """The values again."""
    text = revealed(key, stored.readings_sealed, column=READINGS, row_id=stored.follow_up_id)
    return {Vital(name): Decimal(value) for name, value in json.loads(text or "{}").items()}


def note_of(stored: StoredFollowUp, key: ElderKey) -> str:
    """What was written beside them."""
    return revealed(key, stored.note_sealed, column=NOTE, row_id=stored.follow_up_id)
