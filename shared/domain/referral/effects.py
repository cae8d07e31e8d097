"""What each move does to a referral besides its status."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.domain.codes import RecipientRole
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.plan import Recipient
from shared.domain.referral import clocks, running, supporting
from shared.domain.referral.commands import FollowFact, MakeMove
from shared.domain.referral.moves import Move, Party, Status
from shared.domain.referral.rows import EndingRow, ReferralRows
from shared.domain.referral.state import ClockName, ReferralState

EVERY = tuple(ClockName)
"""What stops when a referral ends."""


TELLS_HOLDER = frozenset({Move.GRANT_TIME, Move.REFUSE_TIME})
"""Moves of which the holder alone learns."""


def applied(state: ReferralState, command: MakeMove) -> ReferralState:
    """The state after a simple move; the status has been set already."""
    effect = _BY_MOVE.get(command.move)
    return effect(state, command) if effect else state


def followed(state: ReferralState, command: FollowFact) -> ReferralState:
    """The state after a fact; the status has been set already."""
    if command.move is Move.SUSPEND:
        return replace(running.stilled(state, command.at), is_quiet=True)
    if command.move is Move.JOIN:
        return supporting.joined(state, command.fact_id)
    if command.move is Move.RESUME:
        return running.resumed(replace(state, is_quiet=False), command.at)
    ended = running.met(state, command.at, *EVERY)
    return replace(ended, outcome=command.reason, suspended_at=None, is_quiet=False, paused=None)


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
    holder = Recipient(role=RecipientRole.HOLDER)
    recipient = clocks.members(to) if to else holder if move in TELLS_HOLDER else None
    if recipient is None:
        return ReferralRows()
    key = f"{move}/{state.seq + 1}"
    return ReferralRows(tells=(clocks.tell(state, key=key, code=f"told_{move}", recipient=recipient, at=at),))


def ended(state: ReferralState, at: datetime) -> ReferralRows:
    """What follows from a stated outcome once nobody has anything to do any more; nothing before that."""
    if state.status is not Status.CLOSED or state.holder_id is None or state.lead_id is not None:
        return ReferralRows()
    row = EndingRow(
        outcome=state.outcome,
        level=state.level,
        account_id=state.holder_id,
        unit_id=state.unit_id,
        at=at,
    )
    return ReferralRows(endings=(row,))


def _acknowledge(state: ReferralState, command: MakeMove) -> ReferralState:
    return replace(state, acknowledged_at=state.acknowledged_at or command.acted_at)


def _accept(state: ReferralState, command: MakeMove) -> ReferralState:
    """Claiming stops the accept clock and nothing else (domain §0.2-2)."""
    held = replace(
        running.met(state, command.acted_at, ClockName.ACCEPT),
        holder_id=command.actor.account_id,
        held_since=command.acted_at,
        acknowledged_at=state.acknowledged_at or command.acted_at,
        idle_after=command.idle_after,
    )
    return running.started(held, ClockName.IDLE, command.acted_at)


def _release(state: ReferralState, command: MakeMove) -> ReferralState:
    return running.started(running.let_go(state, command.acted_at), ClockName.ACCEPT, command.acted_at)


def _heard(state: ReferralState, command: MakeMove) -> ReferralState:
    """The holder has said something: the claim is not idle. What is done only waits for others."""
    if state.status is not Status.ACCEPTED:
        return state
    if Party.HOLDER not in command.actor.parties(state, command.acted_at):
        return state
    return running.started(state, ClockName.IDLE, command.acted_at)


def _confirm(state: ReferralState, _command: MakeMove) -> ReferralState:
    return running.stopped(state, *EVERY)


def _send_back(state: ReferralState, command: MakeMove) -> ReferralState:
    """Not solved: the work goes on with a new clock, the old breach stays on record."""
    if not command.reason:
        raise Invalid("reason_needed", move=command.move)
    anew = running.started(replace(state, outcome="", level=""), ClockName.COMPLETE, command.acted_at)
    return running.started(anew, ClockName.IDLE, command.acted_at)


def _withdraw(state: ReferralState, command: MakeMove) -> ReferralState:
    """Who asked needs it no more. Nobody calls off the search for an elder (§0.2-1)."""
    if state.kind.ends_by is EndsBy.FACT:
        raise Conflict("ends_by_fact_only", kind=state.kind.code)
    if not command.reason:
        raise Invalid("reason_needed", move=command.move)
    return running.met(state, command.acted_at, *EVERY)


def _urge(state: ReferralState, _command: MakeMove) -> ReferralState:
    return replace(state, urged=state.urged + 1)


def _go_on(state: ReferralState, command: MakeMove) -> ReferralState:
    """The unit ends its own pause before its date (恢复办理); a fact may still keep the clocks."""
    if state.paused is None:
        raise Conflict("not_paused", status=state.status)
    return running.started(running.unpaused(state, command.acted_at), ClockName.IDLE, command.acted_at)


def _grant_time(state: ReferralState, command: MakeMove) -> ReferralState:
    """More time (同意延期), by the unit that the policy names and never by who asked."""
    if state.asked_time is None:
        raise Conflict("nothing_asked", status=state.status)
    if command.actor.account_id == state.holder_id:
        raise Forbidden("second_person_needed")
    return running.extended(state, state.asked_time.by)


def _refuse_time(state: ReferralState, _command: MakeMove) -> ReferralState:
    if state.asked_time is None:
        raise Conflict("nothing_asked", status=state.status)
    return replace(state, asked_time=None)


def _name_cause(state: ReferralState, command: MakeMove) -> ReferralState:
    """Why a limit was passed (超期原因): of the oldest breach of one's own unit that has no cause yet."""
    if not command.reason:
        raise Invalid("reason_needed", move=command.move)
    own = [each for each in state.breaches if each.unit_id == command.actor.unit_id and not each.cause]
    if not own:
        raise Conflict("no_breach_to_explain")
    named = replace(own[0], cause=command.reason)
    return replace(state, breaches=tuple(named if each is own[0] else each for each in state.breaches))


_BY_MOVE: dict[Move, Callable[[ReferralState, MakeMove], ReferralState]] = {
    Move.ACKNOWLEDGE: _acknowledge,
    Move.ACCEPT: _accept,
    Move.RELEASE: _release,
    Move.NOTE: _heard,
    Move.TELL_ELDER: _heard,
    Move.CONFIRM: _confirm,
    Move.SEND_BACK: _send_back,
    Move.WITHDRAW: _withdraw,
    Move.URGE: _urge,
    Move.GO_ON: _go_on,
    Move.GRANT_TIME: _grant_time,
    Move.REFUSE_TIME: _refuse_time,
    Move.NAME_CAUSE: _name_cause,
    Move.ASK_SUPPORT: supporting.ask_support,
}
