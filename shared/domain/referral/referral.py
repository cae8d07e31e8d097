"""Decisions of a referral (转介). Pure: state, command and now give the next state, its rows, an answer.

Commands apply in the order received; moments that fell before the person acted are passed first, so that the
ledger reads in the order in which things happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.referral import clocks, effects, reckoning, running, supporting
from shared.domain.referral.commands import Complete, FollowFact, MakeMove, TakeCalendar
from shared.domain.referral.moves import Move, Party, Status, after, possible
from shared.domain.referral.reckoning import MovedLimit
from shared.domain.referral.rows import LedgerCode, LedgerRow, ReferralRows
from shared.domain.referral.state import Actor, ClockName, ReferralState

COMMAND_CLOCK_OFF_AFTER = timedelta(seconds=30)
"""A command whose clock differs more than this from the process's own is flagged in the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswer:
    """What the caller of a move learns: where the referral stands now; `moved` by a year's work-day table."""

    status: Status
    unit_id: str
    holder_id: UUID | None
    held_since: datetime | None
    accept_by: datetime | None
    complete_by: datetime | None
    seq: int
    moved: tuple[MovedLimit, ...] = ()


class Acted(Protocol):
    """What every command by a person says."""

    @property
    def actor(self) -> Actor:
        """Who, for which unit."""
        ...

    @property
    def acted_at(self) -> datetime:
        """When."""
        ...

    @property
    def note_id(self) -> UUID | None:
        """The words that go with it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDecision:
    """What follows from a command."""

    state: ReferralState
    rows: ReferralRows
    due: datetime | None
    answer: ReferralAnswer


def begin(state: ReferralState, now: datetime) -> ReferralDecision:
    """Offer the referral at `offered_at`, perhaps in the past, and catch up with its clocks.

    One that begins asleep (suspended) tells nobody and has no clock until a fact wakes it.
    """
    row = LedgerRow(at=state.offered_at, code=LedgerCode.OFFERED, unit_id=state.unit_id)
    if state.suspended_at is not None:
        return advance(state, ReferralRows(ledger=(row,)), now)
    started, told = set_going(state, state.offered_at)
    return advance(started, ReferralRows(ledger=(row,)) + told, now)


def make(state: ReferralState, command: MakeMove, now: datetime) -> ReferralDecision:
    """Make a simple move.

    Raises Conflict naming the holder or the possible moves, Forbidden, or Invalid without a needed reason.
    """
    current, rows = passed(state, command.acted_at)
    _refuse_taken(current, command)
    status = after(current.status, command.move, command.actor.parties(current, command.acted_at))
    moved = effects.applied(replace(current, status=status), command)
    detail = command.support.unit_id if command.support else command.reason
    row = replace(ledger_line(current, command.move, command, now), detail=detail)
    told = effects.told(moved, command.move, command.acted_at)
    rows += one_line(row) + told + supporting.opened(command)
    return advance(moved, rows + _ended(moved, command.acted_at), now)


def complete(state: ReferralState, command: Complete, now: datetime) -> ReferralDecision:
    """State the outcome. A kind that only a fact may end refuses; one without confirmation closes at once."""
    current, rows = passed(state, command.acted_at)
    if current.kind.ends_by is EndsBy.FACT:
        raise Conflict("ends_by_fact_only", kind=current.kind.code)
    _refuse_moved(current, command)
    status = after(current.status, Move.COMPLETE, command.actor.parties(current, command.acted_at))
    if command.outcome not in current.kind.outcomes:
        raise Invalid("unknown_outcome", outcomes=current.kind.outcomes)
    supporting.check_join(current)
    status = status if current.kind.needs_confirmation else Status.CLOSED
    going = running.unpaused(current, command.acted_at)
    done = replace(going, status=status, outcome=command.outcome, level=command.level, asked_time=None)
    done = running.met(done, command.acted_at, ClockName.COMPLETE, ClockName.IDLE)
    row = replace(ledger_line(current, Move.COMPLETE, command, now), detail=command.stated)
    told = effects.told(done, Move.COMPLETE, command.acted_at)
    return advance(done, rows + one_line(row) + told + _ended(done, command.acted_at), now)


def follow(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """Follow a fact: suspend, resume, or end. A referral that has ended already stays as it is."""
    if not state.status.is_open:
        return advance(state, ReferralRows(), now)
    current, rows = passed(state, command.at)
    status = after(current.status, command.move, frozenset({Party.PROCESS}))
    moved = effects.followed(replace(current, status=status), command)
    row = LedgerRow(at=command.at, code=command.move, detail=command.reason, note_id=command.fact_id)
    rows += ReferralRows(ledger=(row,)) + supporting.parted(moved, command.at)
    if command.move is Move.RESUME and current.has_slept_since_start:
        moved, told = set_going(moved, command.at)
        rows += told
    return advance(moved, rows, now)


def take_calendar(state: ReferralState, command: TakeCalendar, now: datetime) -> ReferralDecision:
    """Reckon what was provisional anew, and answer which limits have moved (architecture §4)."""
    current, rows = passed(state, command.acted_at)
    again, more, moved = reckoning.reckoned(current, command)
    decision = advance(again, rows + more, now)
    return replace(decision, answer=replace(decision.answer, moved=moved))


def vacant(state: ReferralState, *, clock: ClockName, number: int, now: datetime) -> ReferralDecision:
    """A rung found nobody to tell: alarm, and the next rung at once."""
    state, rows = clocks.vacant(state, clock=clock, number=number, now=now)
    return advance(state, rows, now)


def tick(state: ReferralState, now: datetime) -> ReferralDecision:
    """Pass whatever has come due."""
    return advance(state, ReferralRows(), now)


def answer(state: ReferralState) -> ReferralAnswer:
    """Where the referral stands."""
    accept, done = state.clock(ClockName.ACCEPT), state.clock(ClockName.COMPLETE)
    return ReferralAnswer(
        status=state.status,
        unit_id=state.unit_id,
        holder_id=state.holder_id,
        held_since=state.held_since,
        accept_by=accept.limit_at if accept else None,
        complete_by=done.limit_at if done else None,
        seq=state.seq,
    )


def _ended(state: ReferralState, at: datetime) -> ReferralRows:
    return effects.ended(state, at) + supporting.parted(state, at)


def _refuse_moved(state: ReferralState, command: Complete) -> None:
    """Who completes what has just been given to somebody else learns to whom, and when."""
    parties = command.actor.parties(state, command.acted_at)
    if state.holder_id is not None and parties & {Party.RECEIVER, Party.HOLDER} == {Party.RECEIVER}:
        raise taken(state, parties)


def taken(state: ReferralState, parties: frozenset[Party]) -> Conflict:
    """Somebody has it already: who, since when, and what can be done now; it is theirs to send back."""
    left = (move for move in possible(state.status, parties) if move is not Move.DECLINE)
    return Conflict(
        "taken_already",
        holder_id=state.holder_id,
        held_since=state.held_since,
        status=state.status,
        possible=tuple(left),
    )


def refuse_lost_race(state: ReferralState, command: MakeMove) -> None:
    """Refuse a claim of what somebody holds, before it costs a line of history.

    Raises Conflict as `make` would. Where a moment has passed by then (who holds it may have lost it), `make`
    judges.
    """
    due = running.next_due(state)
    if due is None or due >= command.acted_at:
        _refuse_taken(state, command)


def _refuse_taken(state: ReferralState, command: MakeMove) -> None:
    """The one conflict that people race for gets its own answer: who has it, and since when."""
    if command.move is not Move.ACCEPT or state.holder_id is None:
        return
    raise taken(state, command.actor.parties(state, command.acted_at))


def set_going(state: ReferralState, at: datetime) -> tuple[ReferralState, ReferralRows]:
    """Its clocks start, and the unit learns of it; what somebody holds already needs nobody to claim it."""
    going = state if state.holder_id else running.started(state, ClockName.ACCEPT, at)
    going = running.started(going, ClockName.COMPLETE, at)
    key = f"offered/{going.turns if state.turns else 0}"
    told = clocks.tell(going, key=key, code="offered", recipient=clocks.members(going.unit_id), at=at)
    return going, ReferralRows(tells=(told,))


def ledger_line(state: ReferralState, move: Move, command: Acted, now: datetime) -> LedgerRow:
    """The move as the history keeps it; who stood in for the holder has their name beside it (委托)."""
    actor, acted_at = command.actor, command.acted_at
    return LedgerRow(
        at=acted_at,
        code=move,
        account_id=actor.account_id,
        unit_id=actor.unit_id,
        note_id=command.note_id,
        is_clock_off=abs(now - acted_at) > COMMAND_CLOCK_OFF_AFTER,
        other_id=state.holder_id if state.stands_in(actor.account_id, acted_at) else None,
    )


def one_line(row: LedgerRow) -> ReferralRows:
    """The rows of a decision that is one line of the history so far."""
    return ReferralRows(ledger=(row,))


def passed(state: ReferralState, until: datetime) -> tuple[ReferralState, ReferralRows]:
    """Pass the moments before `until`; what falls on that very instant is still in time."""
    rows = ReferralRows()
    while (due := running.next_due(state)) is not None and due < until:
        state, more = clocks.pass_next(state, now=until)
        rows += more
    return state, rows


def advance(state: ReferralState, rows: ReferralRows, now: datetime) -> ReferralDecision:
    """Pass whatever has come due by now, and make it a decision."""
    while (due := running.next_due(state)) is not None and due <= now:
        state, more = clocks.pass_next(state, now=now)
        rows += more
    state = replace(state, seq=state.seq + 1)
    return ReferralDecision(state=state, rows=rows, due=running.next_due(state), answer=answer(state))
