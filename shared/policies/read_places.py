"""Reading the sections about the place: jurisdiction, units, responsibility, classes and groups."""

from shared.domain.calendars import Limit
from shared.domain.classification import CheckRule, ClassificationRules, GroupRule, TierRule
from shared.domain.codes import Circumstance, Tier
from shared.domain.phones import PhoneArea
from shared.domain.zones import is_zone
from shared.policies.places import Duty, Jurisdiction, Route, Unit
from shared.policies.read_conditions import read_condition
from shared.policies.reader import Reader
from shared.policies.spelling import AREA


def read_jurisdiction(root: Reader) -> Jurisdiction:
    """The section [jurisdiction]."""
    reader = root.child("jurisdiction")
    return Jurisdiction(
        id=reader.text("id"),
        name=reader.text("name"),
        zone=_zone(reader),
        area_code=_area(reader),
        hours=reader.hours("hours"),
        notice_hours=reader.hours("notice_hours"),
        coordinator_unit=reader.text("coordinator_unit"),
        working_group_unit=reader.text("working_group_unit"),
        duty_room=reader.text("duty_room"),
        committee_prefix=reader.text("committee_prefix"),
        committee_name=reader.text("committee_name"),
        phone_area=PhoneArea(code=reader.text("phone_code"), digits=reader.integer("phone_digits")),
    )


def _area(reader: Reader, default: str | None = None) -> str:
    """The prefix of a territory."""
    area = reader.text("area_code", default)
    if reader.table.get("area_code") == area and not AREA.fullmatch(area):
        reader.report("area_code", "bad_area", key="area_code", value=area)
    return area


def _zone(reader: Reader) -> str:
    zone = reader.text("zone")
    if is_zone(zone):
        return zone
    if reader.table.get("zone") == zone:
        reader.report("zone", "unknown_zone", key="zone", value=zone)
    return "UTC"


def read_units(root: Reader, jurisdiction: Jurisdiction) -> tuple[Unit, ...]:
    """The section [units]: what a unit leaves out, it has from the jurisdiction."""
    return tuple(
        Unit(
            code=reader.code,
            name=reader.text("name"),
            kind=reader.text("kind"),
            roles=reader.texts("roles", ()),
            parent=reader.text("parent", ""),
            area_code=_area(reader, jurisdiction.area_code),
            service=reader.text("service", "department"),
            hours=reader.hours("hours", jurisdiction.hours),
            duties=tuple(Duty(text=row.text("text"), source=row.source) for row in reader.rows("duties")),
        )
        for reader in root.entries("units")
    )


def read_routes(root: Reader, key: str) -> tuple[Route, ...]:
    """A list of routes: who is meant, and where it goes."""
    return tuple(Route(when=read_condition(row, "when"), to=row.text("to")) for row in root.rows(key))


def read_circumstances(root: Reader) -> tuple[Circumstance, ...]:
    """The circumstances that this place's plan names."""
    return root.child("circumstances").some_of("active", Circumstance)


def read_classification(root: Reader) -> ClassificationRules:
    """The section [classification]: who is eligible, tiers, groups, and what must be verified."""
    reader = root.child("classification")
    return ClassificationRules(
        eligible=_checks(reader, "not_eligible"),
        tiers=tuple(
            TierRule(
                code=row.text("code"),
                when=read_condition(row, "when"),
                tier=row.one_of("tier", Tier),
                presumptive=row.flag("presumptive", default=False),
                to_verify=row.texts("to_verify", ()),
                source=row.source,
            )
            for row in reader.rows("tiers")
        ),
        groups=tuple(
            GroupRule(
                code=row.text("code"),
                group=row.text("group"),
                when=read_condition(row, "when"),
                source=row.source,
            )
            for row in reader.rows("groups")
        ),
        checks=_checks(reader, "checks"),
    )


def read_verification(root: Reader) -> dict[str, Limit]:
    """By when each thing that must be verified (待核实) is found out."""
    return {reader.code: reader.limit("within") for reader in root.entries("verification")}


def _checks(reader: Reader, key: str) -> tuple[CheckRule, ...]:
    return tuple(
        CheckRule(
            code=row.text("code"),
            when=read_condition(row, "when"),
            to_verify=row.texts("to_verify"),
            source=row.source,
        )
        for row in reader.rows(key)
    )
