"""Decisions of a referral (转介). Pure: state, command and now give the next state, its rows, an answer.

Commands apply in the order received; moments that fell before the person acted are passed first, so that the
ledger reads in the order in which things happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import EndsBy
from shared.domain.referral import clocks, effects, reckoning
from shared.domain.referral.commands import Appoint, Complete, Decline, FollowFact, MakeMove, TakeCalendar
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
        return _advance(state, ReferralRows(ledger=(row,)), now)
    started, told = _set_going(state, state.offered_at)
    return _advance(started, ReferralRows(ledger=(row,)) + told, now)


def make(state: ReferralState, command: MakeMove, now: datetime) -> ReferralDecision:
    """Make a simple move.

    Raises Conflict naming the holder or the possible moves, Forbidden, or Invalid without a needed reason.
    """
    current, rows = _passed(state, command.acted_at)
    _refuse_taken(current, command)
    status = after(current.status, command.move, command.actor.parties(current))
    moved = effects.applied(replace(current, status=status), command)
    row = _ledger(command.move, command.actor, command.acted_at, now)
    row = replace(row, detail=command.reason, note_id=command.note_id)
    told = effects.told(moved, command.move, command.acted_at)
    return _advance(moved, rows + _line(row) + told + effects.ended(moved, command.acted_at), now)


def decline(state: ReferralState, command: Decline, now: datetime) -> ReferralDecision:
    """Send the referral back with a reason: to the next unit of the policy, or to the coordinator."""
    if not command.reason:
        raise Invalid("reason_needed", move=Move.DECLINE)
    current, rows = _passed(state, command.acted_at)
    status = after(current.status, Move.DECLINE, command.actor.parties(current))
    if current.is_appointed:
        raise Conflict("appointed_cannot_decline", unit_id=current.unit_id)
    row = _ledger(Move.DECLINE, command.actor, command.acted_at, now)
    row = replace(row, detail=command.reason, note_id=command.note_id)
    rows += ReferralRows(ledger=(row,))
    counted = replace(effects.let_go(current), status=status, declines=current.declines + 1)
    is_last = counted.declines >= counted.kind.declines_before_ruling
    if is_last or command.next_kind is None:
        return _needs_ruling(counted, rows, command.acted_at, now)
    rerouted = replace(counted, unit_id=command.next_unit_id, kind=command.next_kind)
    return _offered_anew(rerouted, rows, command.acted_at, now)


def complete(state: ReferralState, command: Complete, now: datetime) -> ReferralDecision:
    """State the outcome. A kind that only a fact may end refuses; one without confirmation closes at once."""
    current, rows = _passed(state, command.acted_at)
    if current.kind.ends_by is EndsBy.FACT:
        raise Conflict("ends_by_fact_only", kind=current.kind.code)
    status = after(current.status, Move.COMPLETE, command.actor.parties(current))
    if command.outcome not in current.kind.outcomes:
        raise Invalid("unknown_outcome", outcome=command.outcome, outcomes=current.kind.outcomes)
    status = status if current.kind.needs_confirmation else Status.CLOSED
    done = clocks.stopped(replace(current, status=status, outcome=command.outcome), ClockName.COMPLETE)
    row = replace(
        _ledger(Move.COMPLETE, command.actor, command.acted_at, now),
        detail=command.outcome,
        note_id=command.note_id,
    )
    told = effects.told(done, Move.COMPLETE, command.acted_at)
    return _advance(done, rows + _line(row) + told + effects.ended(done, command.acted_at), now)


def appoint(state: ReferralState, command: Appoint, now: datetime) -> ReferralDecision:
    """The coordinator's ruling: that unit does it, with fresh clocks; old breaches stay with the old unit."""
    current, rows = _passed(state, command.acted_at)
    status = after(current.status, Move.APPOINT, command.actor.parties(current))
    row = _ledger(Move.APPOINT, command.actor, command.acted_at, now)
    row = replace(row, detail=command.unit_id, note_id=command.note_id)
    appointed = replace(
        effects.let_go(current), status=status, unit_id=command.unit_id, kind=command.kind, is_appointed=True
    )
    return _offered_anew(appointed, rows + ReferralRows(ledger=(row,)), command.acted_at, now)


def follow(state: ReferralState, command: FollowFact, now: datetime) -> ReferralDecision:
    """Follow a fact: suspend, resume, or end. A referral that has ended already stays as it is."""
    if not state.status.is_open:
        return _advance(state, ReferralRows(), now)
    current, rows = _passed(state, command.at)
    status = after(current.status, command.move, frozenset({Party.PROCESS}))
    moved = effects.followed(replace(current, status=status), command)
    row = LedgerRow(at=command.at, code=command.move, detail=command.reason, note_id=command.fact_id)
    rows += ReferralRows(ledger=(row,))
    if command.move is Move.RESUME and current.has_slept_since_start:
        moved, told = _set_going(moved, command.at)
        rows += told
    return _advance(moved, rows, now)


def take_calendar(state: ReferralState, command: TakeCalendar, now: datetime) -> ReferralDecision:
    """Reckon what was provisional anew, and answer which limits have moved (architecture §4)."""
    current, rows = _passed(state, command.acted_at)
    again, more, moved = reckoning.reckoned(current, command)
    decision = _advance(again, rows + more, now)
    return replace(decision, answer=replace(decision.answer, moved=moved))


def vacant(state: ReferralState, *, clock: ClockName, number: int, now: datetime) -> ReferralDecision:
    """A rung found nobody to tell: alarm, and the next rung at once."""
    state, rows = clocks.vacant(state, clock=clock, number=number, now=now)
    return _advance(state, rows, now)


def tick(state: ReferralState, now: datetime) -> ReferralDecision:
    """Pass whatever has come due."""
    return _advance(state, ReferralRows(), now)


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


def _refuse_taken(state: ReferralState, command: MakeMove) -> None:
    """The one conflict that people race for gets its own answer: who has it, and since when."""
    if command.move is not Move.ACCEPT or state.holder_id is None:
        return
    raise Conflict(
        "taken_already",
        holder_id=state.holder_id,
        held_since=state.held_since,
        status=state.status,
        possible=possible(state.status, command.actor.parties(state)),
    )


def _needs_ruling(
    state: ReferralState, rows: ReferralRows, acted_at: datetime, now: datetime
) -> ReferralDecision:
    """Nobody is left to ask: the coordinator names the unit (指定承办单位)."""
    ruling = clocks.stopped(replace(state, status=Status.TO_RULE), ClockName.ACCEPT)
    row = LedgerRow(at=acted_at, code=LedgerCode.NEEDS_RULING, unit_id=state.kind.coordinator_unit_id)
    told = clocks.tell(
        ruling,
        key=f"ruling/{state.declines}",
        code="needs_ruling",
        recipient=clocks.members(state.kind.coordinator_unit_id),
        at=acted_at,
    )
    return _advance(ruling, rows + ReferralRows(ledger=(row,), tells=(told,)), now)


def _offered_anew(
    state: ReferralState, rows: ReferralRows, acted_at: datetime, now: datetime
) -> ReferralDecision:
    """Another unit gets it, with clocks of its own."""
    row = LedgerRow(at=acted_at, code=LedgerCode.OFFERED, unit_id=state.unit_id)
    anew, told = _set_going(state, acted_at)
    return _advance(anew, rows + ReferralRows(ledger=(row,)) + told, now)


def _set_going(state: ReferralState, at: datetime) -> tuple[ReferralState, ReferralRows]:
    """Its clocks start, and the unit learns of it; what somebody holds already needs nobody to claim it."""
    going = state if state.holder_id else clocks.started(state, ClockName.ACCEPT, at)
    going = clocks.started(going, ClockName.COMPLETE, at)
    key = f"offered/{going.turns if state.turns else 0}"
    told = clocks.tell(going, key=key, code="offered", recipient=clocks.members(going.unit_id), at=at)
    return going, ReferralRows(tells=(told,))


def _ledger(move: Move, actor: Actor, acted_at: datetime, now: datetime) -> LedgerRow:
    return LedgerRow(
        at=acted_at,
        code=move,
        account_id=actor.account_id,
        unit_id=actor.unit_id,
        is_clock_off=abs(now - acted_at) > COMMAND_CLOCK_OFF_AFTER,
    )


def _line(row: LedgerRow) -> ReferralRows:
    return ReferralRows(ledger=(row,))


def _passed(state: ReferralState, until: datetime) -> tuple[ReferralState, ReferralRows]:
    """Pass the moments before `until`; what falls on that very instant is still in time."""
    rows = ReferralRows()
    while (due := clocks.next_due(state)) is not None and due < until:
        state, more = clocks.pass_next(state, now=until)
        rows += more
    return state, rows


def _advance(state: ReferralState, rows: ReferralRows, now: datetime) -> ReferralDecision:
    while (due := clocks.next_due(state)) is not None and due <= now:
        state, more = clocks.pass_next(state, now=now)
        rows += more
    state = replace(state, seq=state.seq + 1)
    return ReferralDecision(state=state, rows=rows, due=clocks.next_due(state), answer=answer(state))
