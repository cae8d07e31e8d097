"""The state of an open referral as its rows tell it, for a process that is gone (`tanfang reconcile`).

Nearly all of it is projected (`Standing`); the rest is told by the ledger, by the policy and by the referrals
of those who support. What cannot be known:

- What was decided and not yet written when the process was lost; nobody has seen it.
- Answers to repeated requests that the process kept; what services keep of them is still there.
- How often a clock was started: any number that is not lower tells one start from another as well. Work that
  began asleep and has no clock is as if it never had one: what wakes it starts them.
- What the policy says is read again. An elder who is classed otherwise since gets the limit of today's class
  when a clock is next started; the clocks that run stay as they are.
- More time, idling and joining are those of today's file if the file of that day was rewritten and never
  published. A work-day table that came while nobody ran it has not moved its clocks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.domain.calendars import Limit
from shared.domain.kinds import Join, KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode, LedgerRow, SupportRow
from shared.domain.referral.standing import Standing
from shared.domain.referral.state import AskedTime, Delegation, Paused, ReferralState, Supporter

CLOCKS_OF_A_LINE = 2
"""No line of the ledger starts more clocks."""

ENDS_PAUSE: frozenset[str] = frozenset(
    {
        Move.GO_ON,
        Move.COMPLETE,
        Move.RELEASE,
        LedgerCode.PAUSE_OVER,
        LedgerCode.OFFERED,
        LedgerCode.NEEDS_RULING,
        LedgerCode.UNMANNED,
    }
)
"""Lines with which a pause of the unit is over."""


class NotRestorableError(Exception):
    """The rows do not tell where a process could go on: `code` says why, `params` name what does not fit."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the policy says of the work, as the commands that brought it here had it with them."""

    kind: KindSpec
    idle_after: Limit | None = None
    rule_within: Limit | None = None
    more_time: Limit | None = None
    join: Join = Join.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One referral on record: where it stands, its whole ledger in order, and who was asked to support.

    supports: the supporters' own referrals; the unit is the one that has each now.
    """

    standing: Standing
    seq: int
    ledger: Sequence[LedgerRow]
    supports: Sequence[SupportRow] = ()


def restored(record: Record, terms: Terms) -> ReferralState:
    """The state of which the rows are the trace.

    Raises NotRestorableError: `other_clocks` if a running clock has other reminders or rungs than the policy
    gives it, `support_not_begun` if a unit was asked to support and its own referral has not begun yet.
    """
    standing, ledger = record.standing, record.ledger
    state = ReferralState(
        referral_id=standing.referral_id,
        jurisdiction_id=standing.jurisdiction_id,
        area_code=standing.area_code,
        kind=terms.kind,
        unit_id=standing.unit_id,
        requesting_unit_id=standing.requesting_unit_id,
        offered_at=standing.offered_at,
        subject_id=standing.subject_id,
        origin_id=standing.origin_id,
        seq=record.seq,
        status=standing.status,
        holder_id=standing.holder_id,
        held_since=standing.held_since,
        acknowledged_at=standing.acknowledged_at,
        declines=standing.declines,
        is_appointed=standing.is_appointed,
        urged=standing.urged,
        outcome=standing.outcome,
        level=_level(standing, ledger),
        suspended_at=standing.suspended_at,
        turns=_turns(standing, ledger),
        clocks=standing.clocks,
        breaches=standing.breaches,
        is_quiet=_last(ledger, Move.SUSPEND, Move.RESUME) == Move.SUSPEND,
        paused=_paused(standing, ledger),
        pauses=_count(ledger, Move.PAUSE),
        paused_days=_paused_days(ledger, terms.kind.calendar.zone),
        asked_time=_asked_time(standing, ledger, terms),
        extended=_count(ledger, Move.GRANT_TIME),
        delegation=_delegation(standing),
        idle_after=terms.idle_after,
        rule_within=terms.rule_within,
        lead_id=standing.lead_id,
        supporters=_supporters(record),
        join=terms.join,
    )
    _check_clocks(state)
    return state


def _check_clocks(state: ReferralState) -> None:
    for clock in state.clocks:
        rule = state.rule(clock.name)
        length = len(rule.reminders) + 1 + len(rule.ladder)
        if (clock.limit_index, len(clock.moments)) != (len(rule.reminders), length):
            raise NotRestorableError("other_clocks", clock=clock.name)


def _level(standing: Standing, ledger: Sequence[LedgerRow]) -> str:
    """What an assessment found, while nobody has confirmed it."""
    if standing.status is not Status.COMPLETED:
        return ""
    return next(row.detail.partition("/")[2] for row in reversed(ledger) if row.code == Move.COMPLETE)


def _turns(standing: Standing, ledger: Sequence[LedgerRow]) -> int:
    slept = standing.suspended_at == standing.offered_at and not standing.clocks
    return 0 if slept else CLOCKS_OF_A_LINE * len(ledger)


def _paused(standing: Standing, ledger: Sequence[LedgerRow]) -> Paused | None:
    if standing.paused_until is None:
        return None
    since = next(row.at for row in reversed(ledger) if row.code == Move.PAUSE)
    return Paused(ground=standing.paused_for, since=since, until=standing.paused_until)


def _paused_days(ledger: Iterable[LedgerRow], zone: str) -> int:
    """Of the pauses that are over; days on the wall calendar."""
    since, days = None, 0
    for row in ledger:
        if row.code == Move.PAUSE:
            since = row.at
        elif since is not None and row.code in ENDS_PAUSE:
            days += (local_day(row.at, zone) - local_day(since, zone)).days
            since = None
    return days


def _asked_time(standing: Standing, ledger: Sequence[LedgerRow], terms: Terms) -> AskedTime | None:
    """What was asked; nothing where the policy knows no more time any more: it can be asked again."""
    if not standing.grantor_unit_id or terms.more_time is None:
        return None
    asked_at = next(row.at for row in reversed(ledger) if row.code == Move.ASK_TIME)
    return AskedTime(by=terms.more_time, grantor_unit_id=standing.grantor_unit_id, asked_at=asked_at)


def _delegation(standing: Standing) -> Delegation | None:
    to_id, from_on, to_on = standing.delegate_id, standing.delegate_from_on, standing.delegate_to_on
    if to_id is None or from_on is None or to_on is None:
        return None
    return Delegation(to_id=to_id, from_on=from_on, to_on=to_on)


def _supporters(record: Record) -> tuple[Supporter, ...]:
    """In the order in which they were asked; each under the unit that was asked, whoever has it now."""
    asked = sorted((row for row in record.ledger if row.code == Move.ASK_SUPPORT), key=lambda row: row.at)
    begun = sorted(record.supports, key=lambda row: row.at)
    if len(begun) < len(asked):
        raise NotRestorableError("support_not_begun", units=tuple(row.detail for row in asked))
    ended: set[UUID | None] = {row.note_id for row in record.ledger if row.code == Move.JOIN}
    return tuple(
        Supporter(referral_id=each.referral_id, unit_id=row.detail, is_open=each.referral_id not in ended)
        for row, each in zip(asked, begun, strict=False)
    )


def _count(ledger: Iterable[LedgerRow], code: Move) -> int:
    return sum(row.code == code for row in ledger)


def _last(ledger: Sequence[LedgerRow], *codes: Move) -> str:
    return next((row.code for row in reversed(ledger) if row.code in codes), "")
