"""The unit tree of a place, from `identity.unit_directory`."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.policies.directory import UnitDirectory, UnitEntry
from shared.policies.places import TOWN, TOWN_KINDS

UNITS = text(
    "SELECT unit_id, code, name, kind, parent_unit_id, area_code FROM identity.unit_directory"
    " WHERE jurisdiction_id = :jurisdiction_id AND active"
)
ROLES = {"committee": ("committee",), **dict.fromkeys(TOWN_KINDS, (TOWN,))}


def load_directory(session: Session, jurisdiction_id: str) -> UnitDirectory:
    """The units of the place that are active."""
    rows = session.execute(UNITS, {"jurisdiction_id": jurisdiction_id}).all()
    committees = [row.code.partition("-")[0] for row in rows if row.kind == "committee"]
    return UnitDirectory(
        jurisdiction_id=jurisdiction_id,
        committee_prefix=committees[0] if committees else "committee",
        units=tuple(
            UnitEntry(
                unit_id=row.unit_id,
                code=row.code,
                name=row.name,
                kind=row.kind,
                parent_id=row.parent_unit_id or "",
                area_code=row.area_code or "",
                roles=ROLES.get(row.kind, ()),
            )
            for row in rows
        ),
    )
