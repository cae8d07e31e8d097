"""From one person of a unit to another: reassigned by who leads it (转办、指派), or stood in for (委托)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.domain.codes import RecipientRole
from shared.domain.errors import Conflict, Invalid
from shared.domain.periods import local_day
from shared.domain.plan import Recipient
from shared.domain.referral import clocks, running
from shared.domain.referral.commands import Delegate, Reassign
from shared.domain.referral.moves import Move, after
from shared.domain.referral.referral import (
    ReferralDecision,
    advance,
    ledger_line,
    one_line,
    passed,
    taken,
)
from shared.domain.referral.rows import ReferralRows, TellRow
from shared.domain.referral.state import ClockName, Delegation, ReferralState

HOLDER = Recipient(role=RecipientRole.HOLDER)


def reassign(state: ReferralState, command: Reassign, now: datetime) -> ReferralDecision:
    """Give the work to one person of the unit; who had it and who has it now both learn.

    Raises Conflict naming the holder if somebody else has moved it since the decision was taken.
    """
    current, rows = passed(state, command.acted_at)
    parties = command.actor.parties(current, command.acted_at)
    status = after(current.status, Move.REASSIGN, parties)
    if command.held_by != current.holder_id:
        raise taken(current, parties)
    if command.to_id == current.holder_id:
        raise Conflict("holds_it_already", holder_id=command.to_id)
    moved = replace(
        running.met(current, command.acted_at, ClockName.ACCEPT),
        status=status,
        holder_id=command.to_id,
        held_since=command.acted_at,
        acknowledged_at=current.acknowledged_at or command.acted_at,
        delegation=None,
        idle_after=command.idle_after,
    )
    moved = running.started(moved, ClockName.IDLE, command.acted_at)
    row = replace(ledger_line(current, Move.REASSIGN, command, now), other_id=command.to_id)
    told = _both(moved, current.holder_id, command)
    return advance(moved, rows + one_line(row) + ReferralRows(tells=told), now)


def refuse_gap(state: ReferralState, command: Delegate) -> None:
    """Refuse days that begin later than those whose place they would take: until then nobody stood in.

    Raises Invalid `delegation_gap` with the last day on which they may begin.
    """
    lent, today = state.delegation, local_day(command.acted_at, state.kind.calendar.zone)
    if lent is not None and today <= lent.to_on and command.from_on > (begins := max(lent.from_on, today)):
        raise Invalid("delegation_gap", begins_on=begins.isoformat())


def delegate(state: ReferralState, command: Delegate, now: datetime) -> ReferralDecision:
    """Let somebody stand in for the holder on those days; a second delegation takes the place of the first.

    Raises Invalid for days that are over or the wrong way round, and for the holder themselves.
    """
    current, rows = passed(state, command.acted_at)
    status = after(current.status, Move.DELEGATE, command.actor.parties(current, command.acted_at))
    today = local_day(command.acted_at, current.kind.calendar.zone)
    if not today <= command.from_on <= command.to_on:
        raise Invalid("delegation_days")
    if command.to_id == current.holder_id:
        raise Invalid("delegate_to_another")
    delegation = Delegation(to_id=command.to_id, from_on=command.from_on, to_on=command.to_on)
    moved = replace(current, status=status, delegation=delegation)
    row = replace(
        ledger_line(current, Move.DELEGATE, command, now),
        detail=f"{command.from_on.isoformat()}/{command.to_on.isoformat()}",
        other_id=command.to_id,
    )
    told = (_to(moved, command.to_id, "told_delegate", command.acted_at), *_replaced(current, command))
    return advance(moved, rows + one_line(row) + ReferralRows(tells=told), now)


def _replaced(state: ReferralState, command: Delegate) -> tuple[TellRow, ...]:
    """Who was to stand in and no longer is learns of it, unless they asked for it."""
    lent, today = state.delegation, local_day(command.acted_at, state.kind.calendar.zone)
    if lent is None or lent.to_on < today or lent.to_id in {command.to_id, command.actor.account_id}:
        return ()
    return (_to(state, lent.to_id, "told_reassigned_away", command.acted_at),)


def _both(moved: ReferralState, was: UUID | None, command: Reassign) -> tuple[TellRow, ...]:
    to = _to(moved, command.to_id, "told_reassign", command.acted_at)
    if was is None:
        return (to,)
    return (to, _to(moved, was, "told_reassigned_away", command.acted_at))


def _to(state: ReferralState, account_id: UUID, code: str, at: datetime) -> TellRow:
    return clocks.tell(
        state, key=f"{code}/{state.seq + 1}", code=code, recipient=HOLDER, at=at, account_id=account_id
    )
