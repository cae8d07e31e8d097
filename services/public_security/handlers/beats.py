"""The table of beats (社区民警责任区, J-72): whose an address is, or that nobody has it (空缺)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from services.public_security.codes import BeatKind
from services.public_security.handlers.office import place_area, station_of
from services.public_security.repository import beats as rows
from services.public_security.repository.beats import Beat
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.stretches import Stretch, belongs_to
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBeat:
    """A stretch of lanes or a village, and who has it; nobody is a vacancy."""

    kind: BeatKind
    name: str
    lane_from: int = 0
    lane_to: int = 0
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatLine:
    """A row of the table; `officer` is empty where nobody has it, or who had it has left the station."""

    beat: Beat
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatOf:
    """Whose an address is: no `beat_id` if the table does not know it, no `officer` if nobody has it."""

    beat_id: UUID | None
    name: str
    officer: str


def put_beat(command: PutBeat, work: UnitOfWork, desk: Desk) -> UUID:
    """Add a row. Raises Conflict `beat_known`, Invalid `lanes_fall`, `officer_elsewhere`."""
    is_road = command.kind is BeatKind.ROAD
    if is_road and not 0 < command.lane_from <= command.lane_to:
        raise Invalid("lanes_fall")
    _check_officer(command.officer_id, work)
    beat_id = uuid4()
    values = {
        "beat_id": beat_id,
        "jurisdiction_id": work.principal.jurisdiction_id,
        "area_code": place_area(work, desk),
        "unit_id": station_of(work, desk),
        "kind": command.kind,
        "name": command.name.strip(),
        "lane_from": command.lane_from if is_road else 0,
        "lane_to": command.lane_to if is_road else 0,
        "officer_id": command.officer_id,
        "changed_at": work.now,
        "changed_by": work.principal.account_id,
    }
    if not rows.put(work.session, values):
        raise Conflict("beat_known")
    _record(work, beat_id, action="beat_put")
    return beat_id


def give_beat(beat_id: UUID, officer_id: UUID | None, work: UnitOfWork) -> None:
    """Give a beat to somebody of the station, or leave it vacant. Raises NotFound, Invalid."""
    _found(work, beat_id)
    _check_officer(officer_id, work)
    values = {"officer_id": officer_id, "changed_at": work.now, "changed_by": work.principal.account_id}
    rows.give(work.session, beat_id, values)
    _record(work, beat_id, action="beat_given")


def drop_beat(beat_id: UUID, work: UnitOfWork) -> None:
    """Take a row out. Raises NotFound."""
    _found(work, beat_id)
    rows.drop(work.session, beat_id)
    _record(work, beat_id, action="beat_dropped")


def table(work: UnitOfWork) -> list[BeatLine]:
    """The whole table; vacancies first."""
    members = officers(work)
    lines = [
        BeatLine(beat=each, officer=members.get(each.officer_id, "") if each.officer_id else "")
        for each in rows.beats(work.session)
    ]
    return sorted(lines, key=lambda line: bool(line.officer))


def officers(work: UnitOfWork) -> dict[UUID, str]:
    """Who works at the station now."""
    return rows.members(work.session, work.principal.units)


def beat_of(address: str, lines: Sequence[BeatLine]) -> BeatOf:
    """Whose the address is."""
    stretches = [
        Stretch(
            name=line.beat.name,
            belongs_to=str(line.beat.beat_id),
            lanes=(line.beat.lane_from, line.beat.lane_to) if line.beat.kind is BeatKind.ROAD else None,
        )
        for line in lines
    ]
    beat_id = belongs_to(address, stretches)
    line = next((each for each in lines if str(each.beat.beat_id) == beat_id), None)
    if line is None:
        return BeatOf(beat_id=None, name="", officer="")
    return BeatOf(beat_id=line.beat.beat_id, name=line.beat.name, officer=line.officer)


def _found(work: UnitOfWork, beat_id: UUID) -> Beat:
    beat = rows.beat(work.session, beat_id)
    if beat is None:
        raise NotFound("beat_not_found", beat_id=beat_id)
    return beat


def _check_officer(officer_id: UUID | None, work: UnitOfWork) -> None:
    if officer_id is not None and officer_id not in officers(work):
        raise Invalid("officer_elsewhere")


def _record(work: UnitOfWork, beat_id: UUID, *, action: str) -> None:
    work.record(stream=f"police:{beat_id}", action=action, detail={"by": work.principal.account_id})
