"""The clocks of a referral: when their moments fall, and what passing one means. Exact to the second."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.calendars import (
    Limit,
    LimitUnit,
    after_working,
    deadline,
    next_open,
    part_of,
    working_between,
)
from shared.domain.codes import RecipientRole, Urgency
from shared.domain.kinds import ClockRule, KindSpec, Rung
from shared.domain.plan import Recipient
from shared.domain.referral.rows import LedgerCode, LedgerRow, ReferralRows, RungRow, TellRow
from shared.domain.referral.state import Breach, Clock, ClockName, ReferralState

Passed = tuple[ReferralState, ReferralRows]

WORKING = frozenset({LimitUnit.WORKING_MINUTES, LimitUnit.WORKING_HOURS, LimitUnit.WORKING_DAYS})


def started(state: ReferralState, name: ClockName, at: datetime) -> ReferralState:
    """The referral with that clock started anew at `at`; a kind without the limit has no such clock."""
    rest = tuple(clock for clock in state.clocks if clock.name is not name)
    rule = state.rule(name)
    if rule.limit is None:
        return replace(state, clocks=rest)
    clock = Clock(
        name=name,
        turn=state.turns + 1,
        started_at=at,
        moments=moments_of(rule, rule.limit, at, state.kind),
        limit_index=len(rule.reminders),
    )
    return replace(state, clocks=(*rest, clock), turns=state.turns + 1)


def moments_of(rule: ClockRule, limit: Limit, at: datetime, kind: KindSpec) -> tuple[datetime, ...]:
    """The instants of a clock that starts at `at`: its reminders, its limit, the rungs past it."""
    limit_at = deadline(limit, at, kind.calendar)
    reminders = [part_of(limit, percent, at, kind.calendar) for percent in rule.reminders]
    rungs = [deadline(rung.after, limit_at, kind.calendar) for rung in rule.ladder]
    return (*reminders, limit_at, *rungs)


def stopped(state: ReferralState, *names: ClockName) -> ReferralState:
    """The referral with those clocks stopped; breaches already recorded stay."""
    return replace(state, clocks=tuple(clock for clock in state.clocks if clock.name not in names))


def accepted_in_time(state: ReferralState, acted_at: datetime) -> ReferralState:
    """Take back a breach of the accept clock that was recorded before a claim made in time arrived."""
    clock = state.clock(ClockName.ACCEPT)
    if clock is None or acted_at > clock.limit_at:
        return state
    kept = tuple(each for each in state.breaches if (each.clock, each.turn) != (clock.name, clock.turn))
    return replace(state, breaches=kept)


def next_due(state: ReferralState) -> datetime | None:
    """The instant of the next moment of any running clock; none while suspended or closed."""
    if state.suspended_at is not None or not state.status.is_open:
        return None
    ahead = [clock.moments[clock.passed] for clock in state.clocks if clock.passed < len(clock.moments)]
    return min(ahead, default=None)


def pass_next(state: ReferralState, *, now: datetime) -> Passed:
    """Pass the next moment. `now` tells only whether it has been overtaken."""
    running = [clock for clock in state.clocks if clock.passed < len(clock.moments)]
    clock = min(running, key=lambda each: each.moments[each.passed])
    index = clock.passed
    state = _put(state, replace(clock, passed=index + 1))
    if index < clock.limit_index:
        return _remind(state, clock, index, now)
    if index == clock.limit_index:
        return _breach(state, clock)
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
    return _put(state, replace(running, moments=hurried)), rows


def resumed(state: ReferralState, at: datetime) -> ReferralState:
    """The clocks go on with what was left when they stood still, in working time where they count in it."""
    since = state.suspended_at
    if since is None:
        return state
    clocks = tuple(_moved(clock, since, at, state) for clock in state.clocks)
    return replace(state, suspended_at=None, clocks=clocks)


def tell(
    state: ReferralState,
    *,
    key: str,
    code: str,
    recipient: Recipient,
    at: datetime,
) -> TellRow:
    """An intent to tell: routine ones wait for office hours, urgent ones go at any hour (domain §0.2-5)."""
    urgency = state.kind.urgency
    not_before = at if urgency is Urgency.URGENT else next_open(at, state.kind.calendar)
    return TellRow(key=key, code=code, recipient=recipient, at=at, not_before=not_before, urgency=urgency)


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
    breach = Breach(clock=clock.name, turn=clock.turn, limit_at=clock.limit_at, unit_id=state.unit_id)
    row = LedgerRow(at=clock.limit_at, code=LedgerCode.BREACHED, unit_id=state.unit_id, detail=clock.name)
    return replace(state, breaches=(*state.breaches, breach)), ReferralRows(ledger=(row,))


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


def _moved(clock: Clock, since: datetime, at: datetime, state: ReferralState) -> Clock:
    shift = _shift(state, clock.name, since, at)
    moments = tuple(
        moment if index < clock.passed else shift(moment) for index, moment in enumerate(clock.moments)
    )
    return replace(clock, moments=moments)


def _shift(
    state: ReferralState, name: ClockName, since: datetime, at: datetime
) -> Callable[[datetime], datetime]:
    limit = state.rule(name).limit
    calendar = state.kind.calendar
    if limit is not None and limit.unit in WORKING:
        return lambda moment: after_working(working_between(since, moment, calendar), at, calendar)
    return lambda moment: at + max(moment - since, timedelta())


def _put(state: ReferralState, clock: Clock) -> ReferralState:
    return replace(state, clocks=tuple(clock if each.name is clock.name else each for each in state.clocks))
