"""Which unit does it: sent back and on to the next, to the coordinator who names one, or to nobody at all."""

from dataclasses import replace
from datetime import datetime

from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.referral import clocks, running
from shared.domain.referral.commands import Appoint, Decline
from shared.domain.referral.moves import Move, Status, after
from shared.domain.referral.referral import (
    ReferralDecision,
    advance,
    ledger_line,
    one_line,
    passed,
    set_going,
)
from shared.domain.referral.rows import LedgerCode, LedgerRow, ReferralRows
from shared.domain.referral.state import ClockName, ReferralState


def decline(state: ReferralState, command: Decline, now: datetime) -> ReferralDecision:
    """Send the referral back with a reason: to the next unit of the policy, or to the coordinator."""
    if not command.reason:
        raise Invalid("reason_needed", move=Move.DECLINE)
    current, rows = passed(state, command.acted_at)
    status = after(current.status, Move.DECLINE, command.actor.parties(current, command.acted_at))
    if current.is_appointed:
        raise Conflict("appointed_cannot_decline", unit_id=current.unit_id)
    rows += one_line(replace(ledger_line(current, Move.DECLINE, command, now), detail=command.reason))
    counted = replace(running.let_go(current, command.acted_at), status=status, declines=current.declines + 1)
    is_last = counted.declines >= counted.kind.declines_before_ruling
    if is_last or command.next_kind is None:
        counted = replace(counted, rule_within=command.rule_within)
        return _needs_ruling(counted, rows, command.acted_at, now)
    rerouted = replace(counted, unit_id=command.next_unit_id, kind=command.next_kind)
    return _offered_anew(rerouted, rows, command.acted_at, now)


def appoint(state: ReferralState, command: Appoint, now: datetime) -> ReferralDecision:
    """The coordinator's ruling: that unit does it, with fresh clocks; old breaches stay with the old unit."""
    current, rows = passed(state, command.acted_at)
    status = after(current.status, Move.APPOINT, command.actor.parties(current, command.acted_at))
    rows += one_line(replace(ledger_line(current, Move.APPOINT, command, now), detail=command.unit_id))
    freed = running.let_go(running.stopped(current, ClockName.RULING), command.acted_at)
    appointed = replace(freed, status=status, unit_id=command.unit_id, kind=command.kind, is_appointed=True)
    return _offered_anew(appointed, rows, command.acted_at, now)


def unmanned(state: ReferralState, now: datetime) -> ReferralDecision:
    """It was offered to a unit in which nobody is: an alarm, and the coordinator names another unit.

    The search for an elder stays where it is: its ladder reaches those above without anybody's ruling.
    """
    if state.status is not Status.OFFERED:
        return advance(state, ReferralRows(), now)
    row = LedgerRow(at=now, code=LedgerCode.UNMANNED, unit_id=state.unit_id)
    if state.kind.ends_by is EndsBy.OUTCOME:
        return _needs_ruling(state, one_line(row), now, now)
    alarm = clocks.tell(
        state,
        key=f"unmanned/{state.turns}",
        code="vacancy",
        recipient=clocks.members(state.kind.coordinator_unit_id),
        at=now,
    )
    return advance(state, ReferralRows(ledger=(row,), tells=(alarm,)), now)


def _needs_ruling(
    state: ReferralState, rows: ReferralRows, acted_at: datetime, now: datetime
) -> ReferralDecision:
    """Nobody is left to ask: the coordinator names the unit (指定承办单位), within a clock of its own."""
    ruling = running.stopped(replace(state, status=Status.TO_RULE), ClockName.ACCEPT)
    ruling = running.started(ruling, ClockName.RULING, acted_at)
    row = LedgerRow(at=acted_at, code=LedgerCode.NEEDS_RULING, unit_id=state.kind.coordinator_unit_id)
    told = clocks.tell(
        ruling,
        key=f"ruling/{state.declines}",
        code="needs_ruling",
        recipient=clocks.members(state.kind.coordinator_unit_id),
        at=acted_at,
    )
    return advance(ruling, rows + ReferralRows(ledger=(row,), tells=(told,)), now)


def _offered_anew(
    state: ReferralState, rows: ReferralRows, acted_at: datetime, now: datetime
) -> ReferralDecision:
    """Another unit gets it, with clocks of its own."""
    row = LedgerRow(at=acted_at, code=LedgerCode.OFFERED, unit_id=state.unit_id)
    anew, told = set_going(state, acted_at)
    return advance(anew, rows + one_line(row) + told, now)
