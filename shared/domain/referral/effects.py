"""What each move does to a referral besides its status."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.referral import clocks
from shared.domain.referral.commands import FollowFact, MakeMove
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import EndingRow, ReferralRows
from shared.domain.referral.state import ClockName, ReferralState

BOTH = (ClockName.ACCEPT, ClockName.COMPLETE)
"""What stops when a referral ends."""


def applied(state: ReferralState, command: MakeMove) -> ReferralState:
    """The state after a simple move; the status has been set already."""
    effect = _BY_MOVE.get(command.move)
    return effect(state, command) if effect else state


def followed(state: ReferralState, command: FollowFact) -> ReferralState:
    """The state after a fact; the status has been set already."""
    if command.move is Move.SUSPEND:
        return replace(state, suspended_at=state.suspended_at or command.at)
    if command.move is Move.RESUME:
        return clocks.resumed(state, command.at)
    return replace(clocks.stopped(state, *BOTH), outcome=command.reason, suspended_at=None)


def let_go(state: ReferralState) -> ReferralState:
    """Nobody holds it any more."""
    return replace(state, holder_id=None, held_since=None, acknowledged_at=None)


def told(state: ReferralState, move: Move, at: datetime) -> ReferralRows:
    """Whom a move concerns learns of it; the key makes it once per move, the ledger tells the rest."""
    to = {
        Move.COMPLETE: state.requesting_unit_id,
        Move.DECLINE: state.requesting_unit_id,
        Move.SEND_BACK: state.unit_id,
        Move.URGE: state.unit_id,
        Move.INSTRUCT: state.unit_id,
        Move.WITHDRAW: state.unit_id,
    }.get(move)
    if to is None:
        return ReferralRows()
    row = clocks.tell(
        state, key=f"{move}/{state.seq + 1}", code=f"told_{move}", recipient=clocks.members(to), at=at
    )
    return ReferralRows(tells=(row,))


def ended(state: ReferralState, at: datetime) -> ReferralRows:
    """What follows from a stated outcome once nobody has anything to do any more; nothing before that."""
    if state.status is not Status.CLOSED or state.holder_id is None:
        return ReferralRows()
    row = EndingRow(outcome=state.outcome, account_id=state.holder_id, unit_id=state.unit_id, at=at)
    return ReferralRows(endings=(row,))


def _acknowledge(state: ReferralState, command: MakeMove) -> ReferralState:
    return replace(state, acknowledged_at=state.acknowledged_at or command.acted_at)


def _accept(state: ReferralState, command: MakeMove) -> ReferralState:
    """Claiming stops the accept clock and nothing else (domain §0.2-2)."""
    in_time = clocks.accepted_in_time(state, command.acted_at)
    held = replace(in_time, holder_id=command.actor.account_id, held_since=command.acted_at)
    return clocks.stopped(_acknowledge(held, command), ClockName.ACCEPT)


def _release(state: ReferralState, command: MakeMove) -> ReferralState:
    return clocks.started(let_go(state), ClockName.ACCEPT, command.acted_at)


def _confirm(state: ReferralState, _command: MakeMove) -> ReferralState:
    return clocks.stopped(state, *BOTH)


def _send_back(state: ReferralState, command: MakeMove) -> ReferralState:
    """Not solved: the work goes on with a new clock, the old breach stays on record."""
    if not command.reason:
        raise Invalid("reason_needed", move=command.move)
    return clocks.started(replace(state, outcome=""), ClockName.COMPLETE, command.acted_at)


def _withdraw(state: ReferralState, command: MakeMove) -> ReferralState:
    """Who asked needs it no more. Nobody calls off the search for an elder (§0.2-1)."""
    if state.kind.ends_by is EndsBy.FACT:
        raise Conflict("ends_by_fact_only", kind=state.kind.code)
    if not command.reason:
        raise Invalid("reason_needed", move=command.move)
    return clocks.stopped(state, *BOTH)


def _urge(state: ReferralState, _command: MakeMove) -> ReferralState:
    return replace(state, urged=state.urged + 1)


_BY_MOVE: dict[Move, Callable[[ReferralState, MakeMove], ReferralState]] = {
    Move.ACKNOWLEDGE: _acknowledge,
    Move.ACCEPT: _accept,
    Move.RELEASE: _release,
    Move.CONFIRM: _confirm,
    Move.SEND_BACK: _send_back,
    Move.WITHDRAW: _withdraw,
    Move.URGE: _urge,
}
