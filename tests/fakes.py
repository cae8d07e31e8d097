"""The only fakes of the suite: ports behind which a test has no server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from shared.contracts import names
from shared.contracts.effects import RefusedEffect
from shared.contracts.failures import ENDED
from shared.contracts.referral import (
    PendingReferralRows,
    Projected,
    ReferralProjection,
    StartReferral,
    VacantRung,
)
from shared.contracts.review import SealAsOf, WatchAsOf
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.errors import Conflict
from shared.domain.referral import handing, pausing, referral, routing
from shared.domain.referral.commands import (
    Appoint,
    AskTime,
    Complete,
    Decline,
    Delegate,
    FollowFact,
    MakeMove,
    Pause,
    Reassign,
    TakeCalendar,
)
from shared.domain.referral.referral import ReferralAnswer, ReferralDecision
from shared.domain.referral.rows import LedgerRow, RungRow, TellRow
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import ReferralState
from shared.domain.visit_cycle.rows import ChaseMove, WarningRow, WindowRow
from shared.process.writing import ProcessRows
from shared.temporal.errors import OutcomeUnknown, ProcessAway, ProcessNotFound

Command = TypeVar("Command", MakeMove, Decline, Complete, Appoint, Pause, AskTime, Reassign, Delegate)


class StandingClock:
    """A clock that stands where a test puts it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where it stands."""
        return self.at


class MovedClock:
    """The machine's clock, moved by a test."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The present instant, and what a test has added."""
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._ahead += by


class RowsInMemory:
    """Keeps what processes have written; a test may take the database away, or everybody of a unit."""

    def __init__(self) -> None:
        self.is_away = False
        self.emptied_units: set[str] = set()
        self.calls = 0
        self.cycles: dict[int, CycleProjection] = {}
        self.referrals: dict[int, ReferralProjection] = {}
        self.refused: list[RefusedEffect] = []
        self.watched_at: list[datetime] = []
        self.sealed_at: list[datetime] = []

    def write_cycle(self, projection: CycleProjection) -> None:
        self._reached()
        self.cycles[projection.batches[-1].seq] = projection

    def write_referral(self, projection: ReferralProjection) -> Projected:
        self._reached()
        self.referrals[projection.batches[-1].seq] = projection
        rungs = [rung for batch in projection.batches for rung in batch.rows.rungs]
        empty = [rung for rung in rungs if rung.recipient.unit_id in self.emptied_units]
        offers = [tell for batch in projection.batches for tell in batch.rows.tells if tell.code == "offered"]
        return Projected(
            vacant=tuple(VacantRung(clock=rung.clock, number=rung.number) for rung in empty),
            is_unmanned=bool(offers) and offers[-1].recipient.unit_id in self.emptied_units,
        )

    def note_refused(self, refused: RefusedEffect) -> None:
        self._reached()
        self.refused.append(refused)

    def watch_units(self, asked: WatchAsOf) -> None:
        self._reached()
        self.watched_at.append(asked.as_of)

    def seal_history(self, asked: SealAsOf) -> None:
        self._reached()
        self.sealed_at.append(asked.as_of)

    @property
    def seqs(self) -> list[int]:
        """The decisions written, in order of their sequence; one written twice is there twice."""
        written: list[CycleProjection | ReferralProjection] = [
            *self.cycles.values(),
            *self.referrals.values(),
        ]
        return sorted(batch.seq for projection in written for batch in projection.batches)

    @property
    def next_wake(self) -> datetime:
        """When the referral wakes up next, as last written."""
        due = self.referrals[max(self.referrals)].batches[-1].due
        assert due is not None
        return due

    @property
    def windows(self) -> list[WindowRow]:
        return [row for each in self.cycles.values() for batch in each.batches for row in batch.rows.windows]

    @property
    def warnings(self) -> list[WarningRow]:
        return [row for each in self.cycles.values() for batch in each.batches for row in batch.rows.warnings]

    @property
    def chases(self) -> list[ChaseMove]:
        return [row for each in self.cycles.values() for batch in each.batches for row in batch.rows.chases]

    @property
    def ledger(self) -> list[LedgerRow]:
        return [
            row for each in self.referrals.values() for batch in each.batches for row in batch.rows.ledger
        ]

    @property
    def rungs(self) -> list[RungRow]:
        return [row for each in self.referrals.values() for batch in each.batches for row in batch.rows.rungs]

    @property
    def tells(self) -> list[TellRow]:
        return [row for each in self.referrals.values() for batch in each.batches for row in batch.rows.tells]

    def _reached(self) -> None:
        self.calls += 1
        if self.is_away:
            raise ConnectionError("the database is away")


class JudgeInProcess:
    """Judges referrals as their workflow would: the same rules, the same writer, one command at a time."""

    def __init__(self, rows: ProcessRows) -> None:
        self._rows = rows
        self._answers: dict[str, ReferralAnswer] = {}
        self.states: dict[UUID, ReferralState] = {}
        self.told: dict[UUID, list[str]] = {}
        self.asked: list[str] = []
        self.is_away = False
        self.loses_answers = False

    def begin(self, start: StartReferral, now: datetime) -> None:
        """The relay has delivered the start."""
        self._settle(referral.begin(start.state, now), now)

    def pass_time(self, referral_id: UUID, now: datetime) -> None:
        """The referral's timer has fired."""
        self._settle(referral.tick(self.states[referral_id], now), now)

    def follow(self, referral_id: UUID, command: FollowFact, now: datetime) -> None:
        """The relay has delivered a fact."""
        self._settle(referral.follow(self.states[referral_id], command, now), now)

    def make(self, referral_id: UUID, command: MakeMove) -> ReferralAnswer:
        return self._answer(referral_id, command, referral.make)

    def decline(self, referral_id: UUID, command: Decline) -> ReferralAnswer:
        return self._answer(referral_id, command, routing.decline)

    def complete(self, referral_id: UUID, command: Complete) -> ReferralAnswer:
        return self._answer(referral_id, command, referral.complete)

    def appoint(self, referral_id: UUID, command: Appoint) -> ReferralAnswer:
        return self._answer(referral_id, command, routing.appoint)

    def pause(self, referral_id: UUID, command: Pause) -> ReferralAnswer:
        return self._answer(referral_id, command, pausing.pause)

    def ask_time(self, referral_id: UUID, command: AskTime) -> ReferralAnswer:
        return self._answer(referral_id, command, pausing.ask_time)

    def reassign(self, referral_id: UUID, command: Reassign) -> ReferralAnswer:
        return self._answer(referral_id, command, handing.reassign)

    def delegate(self, referral_id: UUID, command: Delegate) -> ReferralAnswer:
        return self._answer(referral_id, command, handing.delegate)

    def _answer(
        self,
        referral_id: UUID,
        command: Command,
        decide: Callable[[ReferralState, Command, datetime], ReferralDecision],
    ) -> ReferralAnswer:
        if self.is_away:
            raise ProcessAway(names.referral_id(referral_id))
        self.asked.append(command.request_id)
        if command.request_id not in self._answers:
            if not self.states[referral_id].status.is_open:
                raise Conflict(ENDED)  # As the process: who knows no such request is too late.
            decision = decide(self.states[referral_id], command, command.acted_at)
            self._settle(decision, command.acted_at)
            self._answers[command.request_id] = decision.answer
        if self.loses_answers:
            raise OutcomeUnknown(names.referral_id(referral_id))
        return self._answers[command.request_id]

    def _settle(self, decision: ReferralDecision, now: datetime) -> None:
        state = decision.state
        batch = PendingReferralRows(seq=state.seq, task_at=now, rows=decision.rows, due=decision.due)
        self.states[state.referral_id] = state
        self.told.setdefault(state.referral_id, []).extend(each.code for each in decision.rows.tells)
        self._rows.write_referral(ReferralProjection(standing=standing_of(state), batches=(batch,)))


class Processes:
    """Referrals that answer as their processes would; some are away, or have just ended."""

    def __init__(self, *states: ReferralState) -> None:
        self.states = {state.referral_id: state for state in states}
        self.told: list[TakeCalendar] = []
        self.is_away = False

    def take_calendar(self, referral_id: UUID, command: TakeCalendar) -> ReferralAnswer:
        if self.is_away:
            raise ProcessAway(str(referral_id))
        if referral_id not in self.states:
            raise ProcessNotFound("process_not_found")
        self.told.append(command)
        return referral.take_calendar(self.states[referral_id], command, command.acted_at).answer
