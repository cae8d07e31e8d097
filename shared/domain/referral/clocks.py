"""What passing a moment of a clock means: remind, breach, climb, end a pause, take an idle claim back."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from shared.domain.calendars import next_open
from shared.domain.codes import RecipientRole, Urgency
from shared.domain.kinds import KindSpec, Rung
from shared.domain.plan import Recipient
from shared.domain.referral import running
from shared.domain.referral.moves import Status
from shared.domain.referral.rows import LedgerCode, LedgerRow, ReferralRows, RungRow, TellRow
from shared.domain.referral.running import put
from shared.domain.referral.state import Breach, Clock, ClockName, ReferralState

Passed = tuple[ReferralState, ReferralRows]


def pass_next(state: ReferralState, *, now: datetime) -> Passed:
    """Pass the next moment. `now` tells only whether it has been overtaken."""
    if state.paused is not None:
        return _pause_over(state, state.paused.until)
    running = [clock for clock in state.clocks if clock.passed < len(clock.moments)]
    clock = min(running, key=lambda each: each.moments[each.passed])
    index = clock.passed
    state = put(state, replace(clock, passed=index + 1))
    if index < clock.limit_index:
        return _remind(state, clock, index, now)
    if index == clock.limit_index:
        return _left_idle(state, clock) if clock.name is ClockName.IDLE else _breach(state, clock)
    rung = state.rule(clock.name).ladder[index - clock.limit_index - 1]
    return state, _climb(state, clock, rung, now)


def vacant(state: ReferralState, *, clock: ClockName, number: int, now: datetime) -> Passed:
    """A rung found nobody: that is an alarm of its own, and the next rung comes at once (rule 8)."""
    running = state.clock(clock)
    row = LedgerRow(at=now, code=LedgerCode.VACANT, detail=f"{clock}/{number}")
    alarm = tell(
        state, key=f"vacant/{clock}/{number}", code="vacancy", recipient=_coordinator(state.kind), at=now
    )
    rows = ReferralRows(ledger=(row,), tells=(alarm,))
    if running is None or running.passed >= len(running.moments):
        return state, rows
    hurried = tuple(min(at, now) if i == running.passed else at for i, at in enumerate(running.moments))
    return put(state, replace(running, moments=hurried)), rows


def tell(
    state: ReferralState,
    *,
    key: str,
    code: str,
    recipient: Recipient,
    at: datetime,
    account_id: UUID | None = None,
) -> TellRow:
    """An intent to tell: routine ones wait for office hours, urgent ones go at any hour (domain §0.2-5)."""
    urgency = state.kind.urgency
    not_before = at if urgency is Urgency.URGENT else next_open(at, state.kind.calendar)
    return TellRow(
        key=key,
        code=code,
        recipient=recipient,
        at=at,
        not_before=not_before,
        urgency=urgency,
        account_id=account_id,
    )


def members(unit_id: str) -> Recipient:
    """Everybody of a unit who works on referrals."""
    return Recipient(role=RecipientRole.MEMBERS, unit_id=unit_id)


def _coordinator(kind: KindSpec) -> Recipient:
    return members(kind.coordinator_unit_id)


def _remind(state: ReferralState, clock: Clock, index: int, now: datetime) -> Passed:
    percent = state.rule(clock.name).reminders[index]
    due_at = clock.moments[index]
    if _overtaken(state, due_at, now):
        return state, ReferralRows()
    key = f"remind/{clock.name}/{clock.turn}/{percent}"
    to = members(state.unit_id) if state.holder_id is None else Recipient(role=RecipientRole.HOLDER)
    row = LedgerRow(at=due_at, code=LedgerCode.REMINDED, detail=f"{clock.name}/{percent}")
    told = tell(state, key=key, code=f"remind_{clock.name}", recipient=to, at=due_at)
    return state, ReferralRows(ledger=(row,), tells=(told,))


def _breach(state: ReferralState, clock: Clock) -> Passed:
    """The limit is passed. A limit of nothing only starts a ladder; nobody can have been late for it."""
    rule = state.rule(clock.name)
    if rule.limit is None or rule.limit.amount == 0:
        return state, ReferralRows()
    unit_id = state.kind.coordinator_unit_id if clock.name is ClockName.RULING else state.unit_id
    breach = Breach(clock=clock.name, turn=clock.turn, limit_at=clock.limit_at, unit_id=unit_id)
    row = LedgerRow(at=clock.limit_at, code=LedgerCode.BREACHED, unit_id=unit_id, detail=clock.name)
    late = replace(state, breaches=(*state.breaches, breach))
    rows = ReferralRows(ledger=(row,))
    if clock.name is ClockName.RULING:
        return late, rows + _ruling_late(late, clock)
    return _lapsed(late, clock, rows)


def _ruling_late(state: ReferralState, clock: Clock) -> ReferralRows:
    """Nobody has named a unit in time: who leads the coordinating unit is told."""
    lead = Recipient(role=RecipientRole.LEAD, unit_id=state.kind.coordinator_unit_id)
    key = f"ruling_late/{clock.turn}"
    return ReferralRows(tells=(tell(state, key=key, code="ruling_late", recipient=lead, at=clock.limit_at),))


def _lapsed(state: ReferralState, clock: Clock, rows: ReferralRows) -> Passed:
    """More time that nobody has granted before the limit is not granted any more."""
    if clock.name is not ClockName.COMPLETE or state.asked_time is None:
        return state, rows
    unit_id = state.asked_time.grantor_unit_id
    row = LedgerRow(at=clock.limit_at, code=LedgerCode.LAPSED, unit_id=unit_id)
    return replace(state, asked_time=None), rows + ReferralRows(ledger=(row,))


def _pause_over(state: ReferralState, until: datetime) -> Passed:
    """The next date has come (下次日期): the clocks go on by themselves, and the holder learns of it."""
    over = running.unpaused(state, until)
    row = LedgerRow(at=until, code=LedgerCode.PAUSE_OVER)
    holder = Recipient(role=RecipientRole.HOLDER)
    told = tell(over, key=f"pause_over/{state.pauses}", code="pause_over", recipient=holder, at=until)
    return over, ReferralRows(ledger=(row,), tells=(told,))


def _left_idle(state: ReferralState, clock: Clock) -> Passed:
    """Nobody has heard of the work for too long: the unit has it back, and both learn of it."""
    at, was, key = clock.limit_at, state.holder_id, f"idle/{clock.turn}"
    freed, rows = given_back(state, key=key, code=LedgerCode.LEFT_IDLE, at=at)
    holder = Recipient(role=RecipientRole.HOLDER)
    told = tell(freed, key=f"{key}/holder", code="left_idle", recipient=holder, at=at, account_id=was)
    return freed, ReferralRows(tells=(told,)) + rows


def given_back(state: ReferralState, *, key: str, code: LedgerCode, at: datetime) -> Passed:
    """The unit has it back from who held it, with an accept clock of its own, and learns of it."""
    freed = replace(running.let_go(state, at), status=Status.OFFERED)
    freed = running.started(freed, ClockName.ACCEPT, at)
    row = LedgerRow(at=at, code=code, unit_id=state.unit_id, other_id=state.holder_id)
    told = tell(freed, key=key, code="offered", recipient=members(state.unit_id), at=at)
    return freed, ReferralRows(ledger=(row,), tells=(told,))


def _climb(state: ReferralState, clock: Clock, rung: Rung, now: datetime) -> ReferralRows:
    due_at = clock.moments[clock.passed]
    is_sent = not _overtaken(state, due_at, now)
    climbed = RungRow(
        clock=clock.name,
        turn=clock.turn,
        number=rung.number,
        due_at=due_at,
        action=rung.action,
        recipient=rung.recipient,
        is_sent=is_sent,
    )
    row = LedgerRow(
        at=due_at,
        code=LedgerCode.CLIMBED,
        unit_id=rung.recipient.unit_id,
        detail=f"{clock.name}/{rung.number}",
    )
    key = f"rung/{clock.name}/{clock.turn}/{rung.number}"
    told = tell(state, key=key, code=rung.action, recipient=rung.recipient, at=due_at)
    return ReferralRows(ledger=(row,), rungs=(climbed,), tells=(told,) if is_sent else ())


def _overtaken(state: ReferralState, due_at: datetime, now: datetime) -> bool:
    return now - due_at > timedelta(minutes=state.kind.overtaken_minutes)
