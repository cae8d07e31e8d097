"""What coordination reads: process state, and the register and the visits through their views."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from services.coordination.figures import ChaseLine, NotSeenLine, PhoneCall, RefusedLine
from shared.domain.indicators import WindowFacts
from shared.persistence.base import table_of
from shared.process.notices import RefusedEffect
from shared.process.tables import Referral, ReferralLedger, Rung, VisitCycle, VisitWarning, VisitWindow

CHASES = text(
    "SELECT enrolment_id, referral_id, rung, holder_id, unit_id, offered_at FROM process.open_chase"
    " ORDER BY rung DESC, offered_at"
)
VACANCIES = text("SELECT enrolment_id FROM process.vacancy")
UNANSWERED = text(
    "SELECT account_id, min(not_before) AS since, count(*) AS notices, min(phone) AS phone"
    " FROM notices.unanswered WHERE not_before <= :before GROUP BY account_id ORDER BY since, account_id"
)
ASSIGNEES = text("SELECT enrolment_id, account_id FROM visits.assignee")
NOT_SEEN = text(
    "SELECT enrolment_id, referral_id, opened_at, tries, has_red_flag FROM visits.open_not_seen"
    " ORDER BY has_red_flag DESC, opened_at"
)
CONTACTS = text(
    "SELECT contact_id, occurred_at, mode, reach, counts_for, is_reached, visited_by FROM"
    " visits.contact_fact WHERE enrolment_id = :enrolment_id ORDER BY occurred_at DESC LIMIT :limit"
)
VOIDED = text(
    "SELECT occurred_at, mode, reach, voided_at, voided_by, void_reason FROM visits.voided_contact"
    " WHERE enrolment_id = :enrolment_id ORDER BY voided_at DESC LIMIT :limit"
)
ASSIGNEE = text("SELECT account_id FROM visits.assignee WHERE enrolment_id = :enrolment_id")
AREAS = text("SELECT area_code, name FROM identity.area_directory")
AREA = text("SELECT name FROM identity.area_directory WHERE area_code = :area_code")


def cycles(session: Session) -> Sequence[VisitCycle]:
    """The open cycles of the territory."""
    return session.scalars(select(VisitCycle).where(VisitCycle.is_closed.is_(False))).all()


def cycle(session: Session, enrolment_id: UUID) -> VisitCycle | None:
    """One elder's cycle as it last stood."""
    return session.get(VisitCycle, enrolment_id)


def windows_since(session: Session, since: datetime) -> list[WindowFacts]:
    """The windows that close after `since`, with whether their first warning has come due."""
    warned = (
        select(VisitWarning.number)
        .where(
            VisitWarning.enrolment_id == VisitWindow.enrolment_id,
            VisitWarning.obligation == VisitWindow.obligation,
            VisitWarning.opens_at == VisitWindow.opens_at,
        )
        .exists()
    )
    rows = session.execute(select(VisitWindow, warned).where(VisitWindow.closes_at > since))
    return [_window(window, is_warned) for window, is_warned in rows]


def windows_of(session: Session, enrolment_id: UUID, *, limit: int) -> Sequence[VisitWindow]:
    """One elder's windows, the newest first."""
    of_elder = select(VisitWindow).where(VisitWindow.enrolment_id == enrolment_id)
    return session.scalars(of_elder.order_by(VisitWindow.closes_at.desc()).limit(limit)).all()


def assignees(session: Session) -> dict[UUID, UUID]:
    """Who visits whom today."""
    return {row.enrolment_id: row.account_id for row in session.execute(ASSIGNEES)}


def assignee_of(session: Session, enrolment_id: UUID) -> UUID | None:
    """Who visits the elder today, if anybody does."""
    found: UUID | None = session.execute(ASSIGNEE, {"enrolment_id": enrolment_id}).scalar_one_or_none()
    return found


def open_not_seen(session: Session) -> list[NotSeenLine]:
    """Elders whom a try did not reach and nobody has seen since."""
    return [
        NotSeenLine(
            enrolment_id=row.enrolment_id,
            referral_id=row.referral_id,
            opened_at=row.opened_at,
            tries=row.tries,
            has_red_flag=row.has_red_flag,
        )
        for row in session.execute(NOT_SEEN)
    ]


def open_chases(session: Session) -> list[ChaseLine]:
    """The open chases of the territory, the highest rung first. Drills are no chases."""
    return [ChaseLine(**row) for row in session.execute(CHASES).mappings()]


def open_drills(session: Session) -> Sequence[Referral]:
    """The drills that run now and that who asks may see, the newest first."""
    runs = (Referral.is_drill, Referral.closed_at.is_(None))
    return session.scalars(select(Referral).where(*runs).order_by(Referral.offered_at.desc())).all()


def vacancies(session: Session) -> set[UUID]:
    """Elders for whom a rung found nobody, while that referral is open."""
    return set(session.scalars(VACANCIES))


def unacknowledged(session: Session, before: datetime) -> list[PhoneCall]:
    """Whom notices due by then wait for that nobody acknowledged and nobody rang about; the oldest first."""
    return [PhoneCall(**row) for row in session.execute(UNANSWERED, {"before": before}).mappings()]


def refused_effects(session: Session) -> tuple[RefusedLine, ...]:
    """What rules refused after the end of some work, and nobody has seen to yet; the oldest first."""
    table = table_of(RefusedEffect)
    wanted = select(*(table.c[field.name] for field in fields(RefusedLine)))
    waiting = wanted.where(table.c.settled_at.is_(None)).order_by(table.c.refused_at)
    return tuple(RefusedLine(**row) for row in session.execute(waiting).mappings())


def area_names(session: Session) -> dict[str, str]:
    """What each area is called."""
    return {row.area_code: row.name for row in session.execute(AREAS)}


def area_name(session: Session, area_code: str) -> str:
    """The area's name; its code where nobody has named it."""
    found: str | None = session.execute(AREA, {"area_code": area_code}).scalar_one_or_none()
    return found or area_code


def contacts_of(session: Session, enrolment_id: UUID, *, limit: int) -> Sequence[Row[Any]]:
    """One elder's contacts, the newest first (view `visits.contact_fact`)."""
    return session.execute(CONTACTS, {"enrolment_id": enrolment_id, "limit": limit}).all()


def voided_of(session: Session, enrolment_id: UUID, *, limit: int) -> Sequence[Row[Any]]:
    """One elder's contacts that were struck from the book, the last struck first."""
    return session.execute(VOIDED, {"enrolment_id": enrolment_id, "limit": limit}).all()


def referrals_of(session: Session, enrolment_id: UUID) -> Sequence[Referral]:
    """Every referral about one elder that who asks may see, the newest first."""
    about = select(Referral).where(Referral.subject_id == enrolment_id)
    return session.scalars(about.order_by(Referral.offered_at.desc())).all()


def ledger_of(session: Session, referral_ids: Sequence[UUID], *, limit: int) -> Sequence[ReferralLedger]:
    """The ledgers of these referrals, the newest line first."""
    lines = select(ReferralLedger).where(ReferralLedger.referral_id.in_(referral_ids))
    return session.scalars(lines.order_by(ReferralLedger.at.desc()).limit(limit)).all()


def rung_actions(session: Session, referral_ids: Sequence[UUID]) -> dict[tuple[UUID, str], str]:
    """What each rung of these referrals does, by the words with which the ledger names it."""
    rungs = session.scalars(select(Rung).where(Rung.referral_id.in_(referral_ids)))
    return {(rung.referral_id, f"{rung.clock}/{rung.number}"): rung.action for rung in rungs}


def _window(row: VisitWindow, is_warned: bool) -> WindowFacts:  # noqa: FBT001 - straight from the query
    return WindowFacts(
        enrolment_id=row.enrolment_id,
        obligation=row.obligation,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        required=row.required,
        done=row.done,
        outcome=row.outcome,
        is_excused=row.is_excused,
        is_warned=is_warned,
    )
