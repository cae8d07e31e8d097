"""What an operator (运维) follows of an elder: each process by kind, status and time; no name, no words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from services.coordination.messages import SOME_REFERRAL
from shared.contracts.names import referral_id
from shared.policies.model import Policy
from shared.process.discretion import Discretion
from shared.web.processes import process_link

TRACES = text(
    "SELECT referral_id, area_code, kind, status, offered_at FROM process.referral_trace"
    " WHERE subject_id = :enrolment_id ORDER BY offered_at DESC"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One referral of the elder as an operator may see it, with its address in Temporal's pages."""

    words: str
    status: str
    offered_at: datetime
    link: str


def read_traces(
    session: Session, enrolment_id: UUID, *, policy: Policy, reader: Discretion
) -> tuple[Trace, ...]:
    """The referrals about one elder of the territory, the newest first; none to anybody but an operator."""
    return tuple(
        Trace(
            words=SOME_REFERRAL
            if reader.hides_kind(row.kind, enrolment_id, row.area_code)
            else policy.label("kinds", row.kind),
            status=policy.label("referral_states", row.status),
            offered_at=row.offered_at,
            link=process_link(referral_id(row.referral_id)),
        )
        for row in session.execute(TRACES, {"enrolment_id": enrolment_id})
    )
