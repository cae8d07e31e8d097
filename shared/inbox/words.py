"""A referral in words: the labels of the policy under which it was offered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from shared.domain.codes import Ability
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.rows import LedgerCode
from shared.inbox.handling.messages import DAY, DELEGATED, IN_PLACE_OF, PAUSED
from shared.inbox.messages import (
    CLIMBED_WORDS,
    LEDGER_TONES,
    LEDGER_WORDS,
    REMINDED_WORDS,
    SEND_BACK_WORDS,
    STATUS_TONES,
    WITHDRAW_WORDS,
)
from shared.inbox.names import Names
from shared.policies.model import Policy
from shared.process.tables import Referral, ReferralLedger

Code = TypeVar("Code", bound=StrEnum)

ACKNOWLEDGED = "acknowledged"
SUSPENDED = "suspended"


def pairs_of(words: Mapping[Code, str]) -> list[tuple[str, str]]:
    """Codes and their words, as a field offers them."""
    return [(code.value, said) for code, said in words.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a referral stands, as people read it; `tone` colours the pill that also has a mark."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the ledger (办理进程): when, who, what, and the words that were written with it."""

    at: datetime
    who: str
    what: str
    text: str
    tone: str
    is_clock_off: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that a page says by code."""

    policy: Policy

    def state(self, row: Referral) -> State:
        """待签收 until the unit has it, 暂缓办理 while it stands still."""
        if row.suspended_at is not None and row.status.is_open:
            return State(words=self.policy.label("referral_states", SUSPENDED), tone="")
        code = ACKNOWLEDGED if row.status is Status.OFFERED and row.acknowledged_at else row.status
        return State(words=self.policy.label("referral_states", code), tone=STATUS_TONES[row.status])

    def status(self, code: str) -> str:
        """A status by its code."""
        return self.policy.label("referral_states", code)

    def move(self, move: str) -> str:
        """What a verb is called."""
        return self.policy.label("moves", move)

    def kind(self, code: str) -> str:
        """What kind of work it is."""
        return self.policy.label("kinds", code)

    def outcome(self, code: str) -> str:
        """A typed outcome."""
        return self.policy.label("outcomes", code)

    def level(self, code: str) -> str:
        """What an assessment found, in the words of its scale."""
        return self.policy.label("abilities" if code in set(Ability) else "care_levels", code)

    def clock(self, name: str) -> str:
        """A clock's name."""
        return self.policy.label("clocks", name)

    def recipient(self, role: str) -> str:
        """Whom a rung or notice reaches inside a unit."""
        return self.policy.label("recipients", role)

    def channel(self, code: str) -> str:
        """The way by which a person was told."""
        return self.policy.label("channels", code)

    def action(self, code: str) -> str:
        """What a rung does."""
        return self.policy.label("actions", code)

    def line(self, entry: ReferralLedger, names: Names, *, text: str, action: str) -> Line:
        """One line of the ledger; `action` is what the rung did if it is one that was climbed."""
        unit = names.unit(entry.unit_id) if entry.unit_id else ""
        return Line(
            at=entry.at,
            who=self._who(entry, names, unit),
            what=self._climb(entry, unit, action) if action else self._what(entry, names, unit),
            text=text,
            tone=LEDGER_TONES.get(entry.code, ""),
            is_clock_off=entry.is_clock_off,
        )

    def _who(self, entry: ReferralLedger, names: Names, unit: str) -> str:
        """Who did it; who stood in for the holder is named with the holder (委托)."""
        person, other = names.account(entry.account_id), names.account(entry.other_id)
        who = f"{person}（{unit}）" if person and unit else person
        gives = entry.code in {Move.REASSIGN, Move.DELEGATE}
        return IN_PLACE_OF.format(who=who, holder=other) if who and other and not gives else who

    def _climb(self, entry: ReferralLedger, unit: str, action: str) -> str:
        number = entry.detail.partition("/")[2]
        words = CLIMBED_WORDS.format(number=number, action=self.action(action))
        return f"{words}：{unit}" if unit else words

    def _what(self, entry: ReferralLedger, names: Names, unit: str) -> str:
        words = LEDGER_WORDS.get(entry.code) or self.move(entry.code)
        clock, _, number = entry.detail.partition("/")
        match entry.code:
            case LedgerCode.OFFERED:
                return f"{words}{unit}"
            case LedgerCode.REMINDED:
                return REMINDED_WORDS.format(clock=self.clock(clock), percent=number)
            case LedgerCode.BREACHED:
                return f"{words}{self.clock(clock)}"
            case Move.APPOINT | Move.ASK_SUPPORT:
                return f"{words}：{names.unit(entry.detail)}"
            case Move.REASSIGN | Move.DELEGATE | Move.PAUSE:
                return self._handled(entry, names, words)
        reason = self._reason(entry.code, entry.detail)
        return f"{words}：{reason}" if reason else words

    def _handled(self, entry: ReferralLedger, names: Names, words: str) -> str:
        """To whom it was given, and for which days; until when it stands still, and why."""
        first, _, second = entry.detail.partition("/")
        if entry.code == Move.PAUSE and second:
            return PAUSED.format(words=words, ground=self.policy.label("pauses", first), until=_day(second))
        other = names.account(entry.other_id)
        days = DELEGATED.format(from_on=_day(first), to_on=_day(second)) if second else ""
        to = f"{other}（{days}）" if days else other
        return f"{words}：{to}" if to else words

    def _reason(self, code: str, detail: str) -> str:
        by_move = {
            Move.DECLINE: self.policy.label("decline_reasons", detail),
            Move.COMPLETE: self.outcome(detail.partition("/")[0]),
            Move.CONCLUDE: self.outcome(detail),
            Move.CONFIRM: self.policy.label("feedbacks", detail),
            Move.JOIN: self.outcome(detail),
            Move.NAME_CAUSE: self.policy.label("breach_causes", detail),
            Move.SUSPEND: self.policy.label("states", detail),
            Move.SEND_BACK: {str(key): words for key, words in SEND_BACK_WORDS.items()}.get(detail, ""),
            Move.WITHDRAW: {str(key): words for key, words in WITHDRAW_WORDS.items()}.get(detail, ""),
        }
        return next((words for move, words in by_move.items() if move == code and detail), "")


def _day(written: str) -> str:
    """A day of a ledger line as people read it."""
    return DAY.format(on=date.fromisoformat(written))
