"""Which unit does it: sent back and on to the next, to the coordinator who names one, or to nobody at all."""

from dataclasses import replace
from datetime import datetime

from shared.domain.codes import Urgency
from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.referral import clocks, referral, running
from shared.domain.referral.commands import Appoint, Decline, FollowFact, Onward
from shared.domain.referral.moves import TABLE, Move, Party, Status, after
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

PROCESS = frozenset({Party.PROCESS})
MAY_DECLINE_HELD = frozenset({Party.HOLDER, Party.LEADER})
"""Who sends back what somebody is working on: that person, or who leads the unit."""


def decline(state: ReferralState, command: Decline, now: datetime) -> ReferralDecision:
    """Send the referral back with a reason: to the next unit of the policy, or to the coordinator.

    Raises Invalid without a reason, Conflict to who would send back what a colleague has.
    """
    if not command.reason:
        raise Invalid("reason_needed", move=Move.DECLINE)
    current, rows = passed(state, command.acted_at)
    parties = command.actor.parties(current, command.acted_at)
    status = after(current.status, Move.DECLINE, parties)
    if current.holder_id is not None and not parties & MAY_DECLINE_HELD:
        raise referral.taken(current, parties)
    if current.is_appointed:
        raise Conflict("appointed_cannot_decline", unit_id=current.unit_id)
    rows += one_line(replace(ledger_line(current, Move.DECLINE, command, now), detail=command.reason))
    freed = running.let_go(running.met(current, command.acted_at, ClockName.ACCEPT), command.acted_at)
    counted = replace(freed, status=status, declines=current.declines + 1)
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
    freed = running.let_go(running.met(current, command.acted_at, ClockName.RULING), command.acted_at)
    appointed = replace(freed, status=status, unit_id=command.unit_id, kind=command.kind, is_appointed=True)
    return _offered_anew(appointed, rows, command.acted_at, now)


def follow(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """Follow a fact: a move takes the work along (移交), who has left, one or everybody, gives it back."""
    if command.move is Move.UNMAN:
        return (_left_by_all if command.fact_id is None else _left_by_holder)(state, command, now)
    if command.onward is None or not state.status.is_open:
        return referral.follow(state, command, now)
    return _moved(state, command, command.onward, now)


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


def _left_by_all(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """The last member has left the unit, or it was closed, since it got the work; who held it is gone too."""
    if state.status is Status.COMPLETED and state.requesting_unit_id == command.reason:
        return _nobody_to_confirm(state, command, now)
    if (state.status, command.move) not in TABLE or state.unit_id != command.reason:
        return advance(state, ReferralRows(), now)
    current, rows = passed(state, command.at)
    freed = replace(running.let_go(current, command.at), status=after(current.status, command.move, PROCESS))
    if current.holder_id is not None:
        freed = running.started(freed, ClockName.ACCEPT, command.at)
    decision = unmanned(freed, now)
    return replace(decision, rows=rows + decision.rows)


def _nobody_to_confirm(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """It is done, and nobody is left in the unit that asked to agree: the coordinator may, and is told."""
    row = LedgerRow(at=command.at, code=LedgerCode.NOBODY_TO_CONFIRM, unit_id=state.requesting_unit_id)
    told = clocks.tell(
        state,
        key=f"confirm_instead/{state.seq + 1}",
        code="confirm_instead",
        recipient=clocks.members(state.kind.coordinator_unit_id),
        at=command.at,
    )
    return advance(state, ReferralRows(ledger=(row,), tells=(told,)), now)


def _left_by_holder(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """Whoever held it is of the unit no more (离岗); the others have it back at once."""
    current, rows = passed(state, command.at)
    held = (current.unit_id, current.holder_id, current.status)
    if held != (command.reason, command.fact_id, Status.ACCEPTED):
        return advance(current, rows, now)
    key = f"holder_left/{current.seq + 1}"
    freed, more = clocks.given_back(current, key=key, code=LedgerCode.HOLDER_LEFT, at=command.at)
    return advance(freed, rows + more, now)


def _moved(state: ReferralState, command: FollowFact, onward: Onward, now: datetime) -> ReferralDecision:
    """The elder lives elsewhere now: the area follows, and the work goes to the unit that policy names there.

    Both units learn of it. What was asked of one unit by name stays with it, and so does urgent work that
    somebody has in hand; the coordinator learns of that.
    """
    current, rows = passed(state, command.at)
    status = after(current.status, Move.HAND_OVER, PROCESS)
    there = replace(current, area_code=onward.area_code)
    if onward.unit_id == current.unit_id:
        return advance(there, rows, now)
    if current.has_slept_since_start:
        return advance(replace(there, unit_id=onward.unit_id, kind=onward.kind), rows, now)
    goes = _goes_along(current, status)
    row = LedgerRow(at=command.at, code=Move.HAND_OVER, unit_id=current.unit_id)
    to = current.unit_id if goes else current.kind.coordinator_unit_id
    code = "told_hand_over" if goes else "elder_moved"
    told = clocks.tell(
        current, key=f"{code}/{current.seq + 1}", code=code, recipient=clocks.members(to), at=command.at
    )
    rows += ReferralRows(ledger=(row,), tells=(told,))
    if not goes:
        return advance(there, rows, now)
    freed = running.let_go(running.stopped(there, *ClockName), command.at)
    anew = replace(freed, status=status, unit_id=onward.unit_id, kind=onward.kind)
    return _offered_anew(anew, rows, command.at, now)


def _goes_along(state: ReferralState, status: Status) -> bool:
    by_name = state.is_appointed or state.lead_id is not None
    in_hand = state.holder_id is not None and state.kind.urgency is Urgency.URGENT
    return status is Status.OFFERED and not by_name and not in_hand


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
