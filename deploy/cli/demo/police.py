"""The demonstration's records of the police station, by the station's own handlers."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid5

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.files import NAMESPACE, account_id, enrolment_id, staff
from services.public_security.codes import BeatKind
from services.public_security.handlers.beats import PutBeat, put_beat
from services.public_security.handlers.fraud import PutTalk, put_talk
from services.public_security.handlers.office import About, place_area, station_of
from services.public_security.handlers.welfare import (
    FinishCheck,
    StartCheck,
    arrive,
    finish_check,
    start_check,
)
from shared.domain.errors import Conflict
from shared.domain.welfare_check import Entry
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork


def put_police(record: dict[str, Any], loading: Loading, desk: Desk) -> None:
    """One record, some days ago; what is there already stays as it is."""
    by = staff(loading.place)[record["by"]]
    at = loading.now - timedelta(days=record.get("days_ago", 0))
    try:
        with desk.database.begin(by, at) as work:
            _PUT[record["record"]](record, work, desk)
    except Conflict:
        return


def _beat(record: dict[str, Any], work: UnitOfWork, desk: Desk) -> None:
    lane_from, lane_to = record.get("lanes", (0, 0))
    command = PutBeat(
        kind=BeatKind(record["kind"]),
        name=record["name"],
        lane_from=lane_from,
        lane_to=lane_to,
        officer_id=account_id(record["officer"]) if "officer" in record else None,
    )
    put_beat(command, work, desk)


def _talk(record: dict[str, Any], work: UnitOfWork, desk: Desk) -> None:
    command = PutTalk(
        about=About(unit_id=station_of(work, desk), area_code=place_area(work, desk)),
        topic=record["topic"],
        way=record["way"],
        held_at=work.now,
        people=record["people"],
        note=record["note"],
        talk_id=_id_of(record),
    )
    put_talk(command, work, desk)


def _check(record: dict[str, Any], work: UnitOfWork, desk: Desk) -> None:
    """A check that ran its whole way within the quarter of an hour before."""
    enrolment, check_id = enrolment_id(record["elder"]), _id_of(record)
    card = desk.cards.for_enrolments(work.session, [enrolment])[enrolment]
    about = About(unit_id=station_of(work, desk), area_code=card.area_code, enrolment_id=enrolment)
    called_at = work.now - timedelta(minutes=15)
    start_check(StartCheck(about=about, called_at=called_at, caller="110", check_id=check_id), work, desk)
    arrive(check_id, called_at + timedelta(minutes=record["minutes"]), work, desk)
    entry = Entry(way=record["entry"], entered_at=work.now)
    finish_check(
        FinishCheck(check_id=check_id, entry=entry, found=record["found"], note=record["note"]), work, desk
    )


def _id_of(record: dict[str, Any]) -> UUID:
    return uuid5(NAMESPACE, f"police/{record['note']}")


_PUT: Mapping[str, Callable[[dict[str, Any], UnitOfWork, Desk], None]] = MappingProxyType(
    {"beat": _beat, "talk": _talk, "check": _check}
)
