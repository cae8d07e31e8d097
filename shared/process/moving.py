"""An elder has moved within the place: open work goes to the unit that policy names there (移交)."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contracts.announcing import fact_message
from shared.contracts.outbox import OutboxMessage
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.periods import local_day
from shared.domain.referral.commands import FollowFact, Onward
from shared.domain.referral.moves import Move
from shared.domain.visit_cycle.state import WindowOutcome
from shared.policies.book import PolicyBook
from shared.policies.resolve import Setting, kind_spec, route
from shared.process.chases import CHASE
from shared.process.directory import load_directory
from shared.process.openings import policy_at
from shared.process.subjects import enrolled_elders
from shared.process.tables import Referral, VisitWindow

ELDER_MOVED = "elder_moved"
"""The fact behind a hand-over."""


def moving_messages(
    session: Session, projection: CycleProjection, book: PolicyBook
) -> Iterable[OutboxMessage]:
    """A message for each open referral about an elder who has just moved; nothing otherwise."""
    moves = [batch.rows.moved_at for batch in projection.batches if batch.rows.moved_at]
    if not moves:
        return
    at, known = moves[-1], enrolled_elders(session, [projection.enrolment_id])
    policy = policy_at(book, projection.jurisdiction_id, at)
    subject = known[projection.enrolment_id].on(local_day(at, policy.jurisdiction.zone))
    setting = Setting(
        policy=policy, subject=subject, directory=load_directory(session, projection.jurisdiction_id)
    )
    about = select(Referral).where(
        Referral.subject_id == projection.enrolment_id, Referral.closed_at.is_(None)
    )
    for row in session.scalars(about.order_by(Referral.referral_id)):
        fact = FollowFact(
            request_id=str(uuid5(row.referral_id, f"moved/{at.isoformat()}")),
            move=Move.HAND_OVER,
            at=at,
            reason=ELDER_MOVED,
            onward=_onward(row.kind, setting, obligation_of(session, row)),
        )
        yield fact_message(row.referral_id, fact)


def _onward(kind: str, setting: Setting, obligation: str) -> Onward:
    unit_id = route(setting.policy, kind, setting.subject, setting.directory, obligation)
    here = replace(setting, receiving_unit_id=unit_id, obligation=obligation)
    return Onward(area_code=setting.subject.facts.area_code, unit_id=unit_id, kind=kind_spec(kind, here))


def obligation_of(session: Session, row: Referral) -> str:
    """What a chase is about: the window that was missed last; other work is about none."""
    if row.kind != CHASE:
        return ""
    missed = (
        VisitWindow.enrolment_id == row.subject_id,
        VisitWindow.outcome == WindowOutcome.MISSED,
        VisitWindow.closes_at <= row.offered_at,
    )
    last = select(VisitWindow.obligation).where(*missed).order_by(VisitWindow.closes_at.desc()).limit(1)
    return session.scalar(last) or ""
