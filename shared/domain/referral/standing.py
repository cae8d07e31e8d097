"""Where a referral stands, as everybody reads it: the columns that its process keeps up to date, and no more.

The state carries the kind's calendar and ladders too; on the way of each claim they would cost as much as the
decision.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.domain.codes import Urgency
from shared.domain.referral.moves import Status
from shared.domain.referral.state import Breach, Clock, ClockName, ReferralState


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One referral after a decision. Its fields are columns of `process.referral` by the same names.

    accept_by, complete_by: the limits of the clocks that run. rung: how far those have climbed.
    paused_for, paused_until: the unit's own pause. grantor_unit_id: who decides on more time, if asked.
    delegate: who stands in for the holder on which days.
    """

    referral_id: UUID
    jurisdiction_id: str
    area_code: str
    kind: str
    policy_id: str
    policy_hash: str
    is_drill: bool
    urgency: Urgency
    status: Status
    unit_id: str
    requesting_unit_id: str
    coordinator_unit_id: str
    subject_id: UUID | None
    origin_id: UUID | None
    offered_at: datetime
    acknowledged_at: datetime | None
    holder_id: UUID | None
    held_since: datetime | None
    accept_by: datetime | None
    complete_by: datetime | None
    clocks: tuple[Clock, ...]
    breaches: tuple[Breach, ...]
    rung: int
    declines: int
    is_appointed: bool
    urged: int
    outcome: str
    suspended_at: datetime | None
    paused_for: str
    paused_until: datetime | None
    grantor_unit_id: str
    delegate_id: UUID | None
    delegate_from_on: date | None
    delegate_to_on: date | None
    lead_id: UUID | None


def standing_of(state: ReferralState) -> Standing:
    """Where the referral stands."""
    accept, complete = state.clock(ClockName.ACCEPT), state.clock(ClockName.COMPLETE)
    kind, stand_in = state.kind, state.delegation
    return Standing(
        referral_id=state.referral_id,
        jurisdiction_id=state.jurisdiction_id,
        area_code=state.area_code,
        kind=kind.code,
        policy_id=kind.policy_id,
        policy_hash=kind.policy_hash,
        is_drill=kind.is_drill,
        urgency=kind.urgency,
        status=state.status,
        unit_id=state.unit_id,
        requesting_unit_id=state.requesting_unit_id,
        coordinator_unit_id=kind.coordinator_unit_id,
        subject_id=state.subject_id,
        origin_id=state.origin_id,
        offered_at=state.offered_at,
        acknowledged_at=state.acknowledged_at,
        holder_id=state.holder_id,
        held_since=state.held_since,
        accept_by=accept.limit_at if accept else None,
        complete_by=complete.limit_at if complete else None,
        clocks=state.clocks,
        breaches=state.breaches,
        rung=_highest_rung(state),
        declines=state.declines,
        is_appointed=state.is_appointed,
        urged=state.urged,
        outcome=state.outcome,
        suspended_at=state.suspended_at,
        paused_for=state.paused.ground if state.paused else "",
        paused_until=state.paused.until if state.paused else None,
        grantor_unit_id=state.asked_time.grantor_unit_id if state.asked_time else "",
        delegate_id=stand_in.to_id if stand_in else None,
        delegate_from_on=stand_in.from_on if stand_in else None,
        delegate_to_on=stand_in.to_on if stand_in else None,
        lead_id=state.lead_id,
    )


def _highest_rung(state: ReferralState) -> int:
    """How far the running clocks have climbed; a clock that stopped has climbed down."""
    return max((0, *(clock.passed - clock.limit_index - 1 for clock in state.clocks)))
