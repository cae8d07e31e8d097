"""What a home bed means outside the centre: told to register and visits as dates and codes, no more."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.health.commands import ApplyForBed, MoveBed, RecordKind, VoidRecord
from services.health.handlers.home_beds import apply_for_bed, move_bed
from services.health.handlers.person import person
from services.health.handlers.voiding import void_record
from shared.contracts import names
from shared.domain.health.codes import BedMove
from shared.persistence.base import table_of
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from tests.builders import at, on_the_wire
from tests.inbox.town import HEALTH, NOW, RELAY
from tests.services.health.conftest import TODAY, HealthTown, OpenCentre, bed_up_to

Told = Callable[[UUID], list[dict[str, Any]]]
SECRET = "伤口愈合好"


@pytest.fixture
def told(town: HealthTown) -> Iterator[Told]:
    """What others were asked to follow about an elder, oldest first, as the relay reads it."""
    table = table_of(Outbox)

    def effects(enrolment_id: UUID) -> list[dict[str, Any]]:
        with town.database(Login.RELAY).begin(RELAY, NOW) as work:
            rows = work.session.execute(
                select(table.c.payload).where(table.c.name == names.AFTERMATH).order_by(table.c.id)
            ).scalars()
            return [row for row in rows if row["enrolment_id"] == str(enrolment_id)]

    return effects


def strike_last(elder: UUID, centre: OpenCentre) -> None:
    with centre() as opened:
        [bed] = person(elder, opened).beds
        last = next(step.step_id for step in bed.steps if step.is_last)
        void_record(VoidRecord(kind=RecordKind.BED_STEP, record_id=last, reason="记错了"), opened)


def moves(bed_id: UUID, move: BedMove, centre: OpenCentre, *, days: int = 0, note: str = SECRET) -> None:
    with centre(days=days) as opened:
        on = TODAY + timedelta(days=days)
        move_bed(MoveBed(bed_id=bed_id, move=move, done_on=on, note=note), opened)


def spells(effects: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    beds = [each["bed"]["spell"] for each in effects if each["effect"] == "follow_home_bed"]
    return [(spell["from_on"], spell["to_on"]) for spell in beds]


def test_an_application_alone_tells_nobody_anything(town: HealthTown, centre: OpenCentre, told: Told) -> None:
    """J-76: nothing is owed, and nobody was seen, before somebody has been there."""
    elder = town.somebody()
    bed_up_to(BedMove.APPLY, elder, centre)

    assert told(elder) == []


def test_the_register_is_told_of_the_bed_from_the_agreement_to_the_discharge(
    town: HealthTown, centre: OpenCentre, told: Told
) -> None:
    """J-76, issue 4: a home bed adds an obligation; a discharge ends it. No word, no value (X-06)."""
    elder = town.somebody()
    bed_id = bed_up_to(BedMove.AGREE, elder, centre)
    moves(bed_id, BedMove.AGREE, centre, note="")
    assert spells(told(elder)) == [("2026-11-18", None)]
    moves(bed_id, BedMove.DISCHARGE, centre, days=9)

    assert spells(told(elder)) == [("2026-11-18", None), ("2026-11-18", "2026-11-27")]
    assert SECRET not in str(told(elder))


def test_each_time_the_doctor_is_there_it_is_a_contact_of_the_family_doctor(
    town: HealthTown, centre: OpenCentre, told: Told
) -> None:
    """Z-24: what the centre records once need not be typed into the visit book as well."""
    elder = town.somebody()
    bed_id = bed_up_to(BedMove.AGREE, elder, centre)
    moves(bed_id, BedMove.ROUND, centre, days=7)

    seen = [each for each in told(elder) if each["effect"] == "record_contact"]
    met = {"mode": "at_home", "reach": "spoken_with", "force": "family_doctor"}
    assert [each["seen"] for each in seen] == [met, met]
    assert {each["unit_id"] for each in seen} == {HEALTH}
    assert [each["account_id"] for each in seen] == [str(town.people["doctor"].account_id)] * 2


def test_a_round_typed_in_later_happened_when_the_centre_opened_on_its_day(
    town: HealthTown, centre: OpenCentre, told: Told
) -> None:
    """J-05: the record names the day alone; it falls into the window of that day."""
    elder = town.somebody()
    with centre() as opened:
        bed_id = apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=TODAY), opened).bed_id
    with centre(days=3) as opened:
        move_bed(MoveBed(bed_id=bed_id, move=BedMove.FIRST_VISIT, done_on=TODAY), opened)

    [seen] = told(elder)
    assert seen["at"] == on_the_wire(at("2026-11-18 08:30"))


def test_what_is_struck_out_is_taken_back(town: HealthTown, centre: OpenCentre, told: Told) -> None:
    """A round that was not made is no visit; a discharge that was none leaves the bed in use."""
    elder = town.somebody()
    bed_id = bed_up_to(BedMove.AGREE, elder, centre)
    moves(bed_id, BedMove.ROUND, centre)
    strike_last(elder, centre)
    last = told(elder)[-1]
    recorded = [each["effect_id"] for each in told(elder) if each["effect"] == "record_contact"]
    assert (last["effect"], last["voids"]) == ("void_contact", recorded[-1])
    moves(bed_id, BedMove.DISCHARGE, centre, days=9)
    strike_last(elder, centre)
    strike_last(elder, centre)

    assert spells(told(elder)) == [
        ("2026-11-18", None),
        ("2026-11-18", "2026-11-27"),
        ("2026-11-18", None),
        ("2026-11-18", "2026-11-18"),
    ]
    versions = [each["bed"]["version"] for each in told(elder) if each["bed"]]
    assert versions == sorted(set(versions))
