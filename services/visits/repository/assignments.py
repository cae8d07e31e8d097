"""Who visits whom: assignments, and the elders of one visitor on one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, insert, or_, text, update
from sqlalchemy.orm import Session

from services.visits.codes import AssignmentKind
from services.visits.models import Assignment
from services.visits.repository.contacts import Place
from shared.persistence.base import table_of

ASSIGNMENT = table_of(Assignment)
ONE_DAY = timedelta(days=1)

_STANDING = text(
    "SELECT a.account_id, coalesce(n.name, '') AS name, a.kind, a.from_on, a.to_on, EXISTS (SELECT"
    " FROM identity.visitor_area AS v WHERE v.account_id = a.account_id AND a.area_code ^@ v.area_prefix"
    " AND (v.to_on IS NULL OR v.to_on >= :day)) AS can_go"
    " FROM visits.assignment AS a LEFT JOIN identity.account_name AS n USING (account_id)"
    " WHERE a.enrolment_id = :enrolment_id AND (a.to_on IS NULL OR a.to_on >= greatest(a.from_on, :day))"
    " ORDER BY a.from_on, a.kind DESC"
)
_CANDIDATES = text(
    "WITH standing AS (SELECT DISTINCT ON (enrolment_id) enrolment_id, account_id AS visits_today"
    " FROM visits.assignment WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day)"
    " ORDER BY enrolment_id, kind DESC, assigned_at DESC, from_on DESC)"
    " SELECT m.account_id, n.name, e.elders, e.own > 0 AND e.own = e.covered AS is_away"
    " FROM (SELECT DISTINCT account_id FROM identity.unit_members WHERE roles && ARRAY['visitor', 'cadre']"
    " AND NOT EXISTS (SELECT FROM unnest(CAST(:area_codes AS text [])) AS place (code)"
    " WHERE NOT code ^@ ANY (areas)) AND from_on <= :day AND (to_on IS NULL OR to_on >= :day)) AS m"
    " JOIN identity.account_name AS n USING (account_id), LATERAL (SELECT"
    " count(DISTINCT a.enrolment_id) AS elders, count(*) FILTER (WHERE a.kind = 'regular') AS own,"
    " count(*) FILTER (WHERE a.kind = 'regular' AND visits_today <> a.account_id) AS covered"
    " FROM visits.assignment AS a JOIN care_register.subject AS s USING (enrolment_id)"
    " JOIN standing USING (enrolment_id)"
    " WHERE a.account_id = m.account_id AND a.from_on <= :day AND s.left_at IS NULL"
    " AND (a.to_on IS NULL OR a.to_on >= :day)) AS e ORDER BY is_away, e.elders, n.name"
)
_ELDERS_OF = text(
    "SELECT enrolment_id FROM (SELECT DISTINCT ON (enrolment_id) enrolment_id, account_id"
    " FROM visits.assignment AS a WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day)"
    " AND enrolment_id IN (SELECT enrolment_id FROM visits.assignment WHERE account_id = :account_id)"
    " AND (account_id = :account_id OR EXISTS (SELECT FROM identity.visitor_area AS v"
    " WHERE v.account_id = a.account_id AND a.area_code ^@ v.area_prefix"
    " AND v.from_on <= :day AND (v.to_on IS NULL OR v.to_on >= :day)))"
    " ORDER BY enrolment_id, kind DESC, assigned_at DESC, from_on DESC) AS standing"
    " WHERE account_id = :account_id ORDER BY enrolment_id"
)
"""As in the view `visits.assignee`: a substitute goes before the regular visitor by the kind, and who cannot
go any more is nobody. Whose round is asked for always stands: a round is handed over from who has left."""

_HELD_BY = text(
    "SELECT enrolment_id, CASE WHEN bool_and(kind = 'substitute') THEN max(to_on) END AS until"
    " FROM visits.assignment AS a WHERE account_id = :account_id"
    " AND from_on <= :day AND (to_on IS NULL OR to_on >= :day)"
    " AND (kind = 'regular' OR NOT EXISTS (SELECT FROM visits.assignment AS later"
    " WHERE later.enrolment_id = a.enrolment_id AND later.kind = 'substitute'"
    " AND later.assigned_at > a.assigned_at AND later.from_on <= :day AND later.to_on >= :day))"
    " GROUP BY enrolment_id ORDER BY enrolment_id"
)
_VISITORS = text(
    "SELECT DISTINCT n.account_id, n.name FROM visits.assignment AS a"
    " JOIN identity.account_name AS n USING (account_id) WHERE n.active"
    " AND a.from_on <= :day AND (a.to_on IS NULL OR a.to_on >= :day) ORDER BY n.name"
)
_ROLES = text("SELECT roles FROM identity.unit_members WHERE account_id = :account_id LIMIT 1")
_CAN_GO = text(
    "SELECT EXISTS (SELECT FROM identity.unit_members WHERE account_id = :account_id"
    " AND roles && ARRAY['visitor', 'cadre'] AND (to_on IS NULL OR to_on >= :day)"
    " AND NOT EXISTS (SELECT FROM unnest(CAST(:area_codes AS text [])) AS place (code)"
    " WHERE NOT code ^@ ANY (areas)))"
)
_KNOWN = text("SELECT active FROM identity.account_name WHERE account_id = :account_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssignment:
    """One elder given to one visitor."""

    assignment_id: UUID
    enrolment_id: UUID
    account_id: UUID
    kind: AssignmentKind
    from_on: date
    to_on: date | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who visits an elder, from when, until when, and whether they still can: else it is nobody."""

    account_id: UUID
    name: str
    kind: AssignmentKind
    from_on: date
    to_on: date | None
    can_go: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member of staff who could visit the elder, and how many they visit already.

    is_away: somebody stands in for them with everybody whom they visit for good, as during a leave.
    """

    account_id: UUID
    name: str
    elders: int
    is_away: bool


def standing_for(session: Session, enrolment_id: UUID, *, on: date) -> list[Standing]:
    """The assignments of the elder that hold on the day or begin later."""
    rows = session.execute(_STANDING, {"enrolment_id": enrolment_id, "day": on}).mappings()
    return [Standing(**{**row, "kind": AssignmentKind(row["kind"])}) for row in rows]


def candidates_for(session: Session, area_codes: Iterable[str], *, on: date) -> list[Candidate]:
    """Visitors and cadres whose territory holds all the areas; who visits the fewest comes first.

    Whoever is away themselves comes last: nobody stands in from a leave by mistake.
    """
    rows = session.execute(_CANDIDATES, {"area_codes": sorted(set(area_codes)), "day": on}).mappings()
    return [Candidate(**row) for row in rows]


def visitors_here(session: Session, *, on: date) -> dict[UUID, str]:
    """Who had somebody to visit on the day in the territory of who asks, on leave or not, by name."""
    return {row.account_id: row.name for row in session.execute(_VISITORS, {"day": on})}


def is_active_account(session: Session, account_id: UUID) -> bool:
    """Whether the account exists here and may work."""
    return bool(session.execute(_KNOWN, {"account_id": account_id}).scalar_one_or_none())


def can_go(session: Session, account_id: UUID, area_codes: Iterable[str], *, on: date) -> bool:
    """Whether somebody is a visitor or cadre whose territory holds all the areas, or will be later."""
    places = {"account_id": account_id, "area_codes": sorted(set(area_codes)), "day": on}
    return bool(session.execute(_CAN_GO, places).scalar_one())


def roles_of(session: Session, account_id: UUID) -> list[str]:
    """What somebody of the place is; nothing for who belongs to no unit."""
    return session.execute(_ROLES, {"account_id": account_id}).scalar_one_or_none() or []


def end_all(session: Session, enrolment_ids: Iterable[UUID], *, before: date) -> None:
    """Whoever visits the elders, or would later, does so until the day before: the later decision counts."""
    _end(session, ASSIGNMENT.c.enrolment_id.in_(list(enrolment_ids)), before=before)


def end_all_but(session: Session, enrolment_id: UUID, able: Sequence[UUID], *, before: date) -> None:
    """Whoever else visits the elder does so until the day before."""
    others = ASSIGNMENT.c.account_id.not_in(able)
    _end(session, and_(ASSIGNMENT.c.enrolment_id == enrolment_id, others), before=before)


def add_assignments(
    session: Session, assignments: Sequence[NewAssignment], *, by: UUID, now: datetime
) -> None:
    """Store them."""
    rows = [
        {
            "assignment_id": each.assignment_id,
            "enrolment_id": each.enrolment_id,
            "account_id": each.account_id,
            "kind": each.kind,
            "from_on": each.from_on,
            "to_on": each.to_on,
            "assigned_by": by,
            "assigned_at": now,
            "jurisdiction_id": each.place.jurisdiction_id,
            "area_code": each.place.area_code,
        }
        for each in assignments
    ]
    if rows:
        session.execute(insert(ASSIGNMENT), rows)


def elders_of(session: Session, account_id: UUID, *, on: date) -> list[UUID]:
    """The enrolments that the visitor looks after on the day: own ones not given away, and stand-ins."""
    rows = session.execute(_ELDERS_OF, {"account_id": account_id, "day": on})
    return list(rows.scalars())


def held_by(session: Session, account_id: UUID, *, on: date) -> dict[UUID, date | None]:
    """Who is somebody's to hand over: their own, though a colleague stands in, and whom they stand in for.

    With the last day of standing in; None for their own.
    """
    rows = session.execute(_HELD_BY, {"account_id": account_id, "day": on})
    return {row.enrolment_id: row.until for row in rows}


def _end(session: Session, which: ColumnElement[bool], *, before: date) -> None:
    still = or_(ASSIGNMENT.c.to_on.is_(None), ASSIGNMENT.c.to_on >= before)
    session.execute(update(ASSIGNMENT).where(which, still).values(to_on=before - ONE_DAY))
