"""Placing (划片): whose area an elder lives in, by a table of lanes and villages; the rest waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from services.care_register.codes import PlaceKind
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, history_of, open_enrolment
from services.care_register.handlers.people import index_person, open_person
from services.care_register.repository import enrolments, listing, rosters
from services.care_register.repository.enrolments import EnrolmentRow
from shared.contracts.effects import CarryOut
from shared.contracts.outbox import OutboxMessage
from shared.domain.errors import Forbidden, Invalid
from shared.domain.kinds import Effect
from shared.domain.stretches import Stretch, belongs_to
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import area_prefix
from shared.process.aftermath import carry_out


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule:
    """One row of the placing table: a stretch of lanes of a road, or a village by its name in the address."""

    kind: PlaceKind
    name: str
    area_code: str
    lane_from: int = 0
    lane_to: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignArea:
    """Say in whose area an elder lives, or that the elder has moved within the territory."""

    enrolment_id: UUID
    area_code: str


def store_places(rules: Sequence[PlaceRule], work: UnitOfWork) -> None:
    """Replace the placing table of the jurisdiction."""
    rosters.replace_places(
        work.session,
        [
            {
                "place_id": uuid4(),
                "jurisdiction_id": work.principal.jurisdiction_id,
                "kind": rule.kind,
                "name": rule.name,
                "lane_from": rule.lane_from,
                "lane_to": rule.lane_to,
                "area_code": rule.area_code,
            }
            for rule in rules
        ],
    )


def area_of(address: str, rules: Sequence[PlaceRule]) -> str:
    """The area in which the address lies, or nothing: then a person places the elder (待划片)."""
    table = [
        Stretch(
            name=rule.name,
            belongs_to=rule.area_code,
            lanes=(rule.lane_from, rule.lane_to) if rule.kind is PlaceKind.ROAD else None,
        )
        for rule in rules
    ]
    return belongs_to(address, table)


def place_rules(work: UnitOfWork) -> list[PlaceRule]:
    """The placing table of the jurisdiction; before there is one, the committees by their names."""
    rows = rosters.places(work.session)
    if not rows:
        below = (
            area for area in listing.areas(work.session) if area_prefix(area.area_code) == area.area_code
        )
        return [PlaceRule(kind=PlaceKind.VILLAGE, name=each.name, area_code=each.area_code) for each in below]
    return [
        PlaceRule(
            kind=row.kind,
            name=row.name,
            area_code=row.area_code,
            lane_from=row.lane_from,
            lane_to=row.lane_to,
        )
        for row in rows
    ]


def check_area(area_code: str, work: UnitOfWork) -> None:
    """Raises Invalid for an area that nobody has set up: no committee would ever see the elder."""
    if area_code not in {area.area_code for area in listing.areas(work.session)}:
        raise Invalid("area_unknown")


def assign_area(command: AssignArea, work: UnitOfWork, desk: Desk) -> None:
    """Put everything about the elder into the area; the plan follows, for its recipients live there too.

    Raises NotFound, Conflict `has_left`, Forbidden `area_not_yours` for an area outside the own territory.
    """
    if not command.area_code.startswith(work.principal.areas):
        raise Forbidden("area_not_yours")
    row = open_enrolment(work, command.enrolment_id)
    elder = elder_of(work, row)
    # The work so far must be in the tables before every row about the elder changes its area.
    work.session.flush()
    enrolments.move(work.session, row, command.area_code)
    enrolments.change_enrolment(work.session, row.enrolment_id, {"is_placed": True})
    index_person(
        work,
        open_person(elder, desk),
        elder_id=row.elder_id,
        area_code=command.area_code,
        jurisdiction_id=row.jurisdiction_id,
        desk=desk,
    )
    work.record(
        stream=history_of(row.elder_id),
        action="placed",
        detail={"from": row.area_code, "to": command.area_code},
        jurisdiction_id=row.jurisdiction_id,
    )
    work.announce(_visits_follow(command, row, work))
    renew_plan(work, open_enrolment(work, row.enrolment_id), desk)


def _visits_follow(command: AssignArea, row: EnrolmentRow, work: UnitOfWork) -> OutboxMessage:
    """The visit book goes along, and who visits the elder, if that person works there too."""
    who = work.principal
    return carry_out(
        CarryOut(
            effect_id=uuid5(row.enrolment_id, f"moved/{command.area_code}/{work.now.isoformat()}"),
            effect=Effect.FOLLOW_MOVE,
            jurisdiction_id=row.jurisdiction_id,
            enrolment_id=row.enrolment_id,
            at=work.now,
            account_id=who.account_id,
            unit_id=next(iter(who.units), ""),
            moved_to=command.area_code,
        )
    )
