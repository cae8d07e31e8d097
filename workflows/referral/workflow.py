"""The referral (转介): one piece of work handed to a unit, from the offer to its end.

A unit claims it, declines it or is told again and again; only a referral climbs a ladder. It ends by an
outcome, by a withdrawal, or, where policy says so, by a fact alone. It promises one winner among all who
claim, every rung once and in order, and an alarm where a rung finds nobody. What to do is decided in
`shared.domain.referral`; here only the order of things is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from temporalio import workflow

from shared.contracts import names
from shared.contracts.activities import PROJECT_REFERRAL
from shared.contracts.referral import (
    EXPLAIN,
    PendingReferralRows,
    ReferralProjection,
    ReferralUpdate,
    RememberedAnswer,
    StartReferral,
    VacantRung,
)
from shared.domain.codes import Urgency
from shared.domain.kinds import KindSpec
from shared.domain.referral import handing, pausing, referral, routing, running
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
from shared.domain.referral.standing import standing_of
from workflows.kernel.options import AT_ONCE, SPREAD, Write
from workflows.kernel.shell import Decide, Settled, Shell


@workflow.defn(name=names.REFERRAL)
class Referral:
    """One referral."""

    @workflow.init
    def __init__(self, start: StartReferral) -> None:
        """Hold the state, so that an early message finds it."""
        self._state = start.state
        self._shell = Shell(
            self,
            is_begun=start.is_begun,
            answers=((each.request_id, each.answer) for each in start.ring),
            pending=start.pending,
            spread=AT_ONCE if _is_pressing(start.state.kind) else SPREAD,
            is_raced_for=True,
        )

    @workflow.run
    async def run(self, _start: StartReferral) -> None:
        """Serve until it has ended and everything is written, or carry on in a new run."""
        await self._shell.serve()
        if not self.is_over or self._shell.pending:
            workflow.continue_as_new(self._carried_on())

    @workflow.update(name=ReferralUpdate.MAKE)
    async def make(self, command: MakeMove) -> ReferralAnswer:
        """Claim, release, note, confirm, send back, withdraw, urge, instruct."""
        return await self._shell.command(
            command.request_id, lambda now: referral.make(self._state, command, now)
        )

    @make.validator
    def _may_make(self, command: MakeMove) -> None:
        self._shell.admit(command.request_id, lambda: referral.refuse_lost_race(self._state, command))

    @workflow.update(name=ReferralUpdate.DECLINE)
    async def decline(self, command: Decline) -> ReferralAnswer:
        """Send it back with a reason: on to the next unit, or to the coordinator."""
        return await self._shell.command(
            command.request_id, lambda now: routing.decline(self._state, command, now)
        )

    @decline.validator
    def _may_decline(self, command: Decline) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.COMPLETE)
    async def complete(self, command: Complete) -> ReferralAnswer:
        """State the outcome."""
        return await self._shell.command(
            command.request_id, lambda now: referral.complete(self._state, command, now)
        )

    @complete.validator
    def _may_complete(self, command: Complete) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.APPOINT)
    async def appoint(self, command: Appoint) -> ReferralAnswer:
        """The coordinator names the unit."""
        return await self._shell.command(
            command.request_id, lambda now: routing.appoint(self._state, command, now)
        )

    @appoint.validator
    def _may_appoint(self, command: Appoint) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.PAUSE)
    async def pause(self, command: Pause) -> ReferralAnswer:
        """Stop the clocks until the next date."""
        return await self._shell.command(
            command.request_id, lambda now: pausing.pause(self._state, command, now)
        )

    @pause.validator
    def _may_pause(self, command: Pause) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.ASK_TIME)
    async def ask_time(self, command: AskTime) -> ReferralAnswer:
        """Ask for more time."""
        return await self._shell.command(
            command.request_id, lambda now: pausing.ask_time(self._state, command, now)
        )

    @ask_time.validator
    def _may_ask_time(self, command: AskTime) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.REASSIGN)
    async def reassign(self, command: Reassign) -> ReferralAnswer:
        """Give it to one person of the unit."""
        return await self._shell.command(
            command.request_id, lambda now: handing.reassign(self._state, command, now)
        )

    @reassign.validator
    def _may_reassign(self, command: Reassign) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.DELEGATE)
    async def delegate(self, command: Delegate) -> ReferralAnswer:
        """Let somebody stand in for the holder."""
        return await self._shell.command(
            command.request_id, lambda now: handing.delegate(self._state, command, now)
        )

    @delegate.validator
    def _may_delegate(self, command: Delegate) -> None:
        self._shell.admit(command.request_id, lambda: handing.refuse_gap(self._state, command))

    @workflow.update(name=ReferralUpdate.FOLLOW)
    async def follow(self, command: FollowFact) -> ReferralAnswer:
        """Follow a fact: pause, go on, end."""
        return await self._shell.command(
            command.request_id, lambda now: routing.follow(self._state, command, now)
        )

    @follow.validator
    def _may_follow(self, command: FollowFact) -> None:
        self._shell.admit(command.request_id)

    @workflow.update(name=ReferralUpdate.TAKE_CALENDAR)
    async def take_calendar(self, command: TakeCalendar) -> ReferralAnswer:
        """Take a year's work-day table; answer which limits have moved."""
        return await self._shell.command(
            command.request_id, lambda now: referral.take_calendar(self._state, command, now)
        )

    @take_calendar.validator
    def _may_take_calendar(self, command: TakeCalendar) -> None:
        self._shell.admit(command.request_id)

    @workflow.query(name=EXPLAIN)
    def explain(self) -> ReferralAnswer:
        """Where it stands, from the process itself."""
        return referral.answer(self._state)

    @property
    def is_over(self) -> bool:
        """Whether it has ended or was withdrawn."""
        return not self._state.status.is_open

    @property
    def due(self) -> datetime | None:
        """The next moment of its clocks."""
        return running.next_due(self._state)

    def begin(self, now: datetime) -> ReferralDecision:
        """Offer it, perhaps in the past, and catch up."""
        return referral.begin(self._state, now)

    def tick(self, now: datetime) -> ReferralDecision:
        """Remind, breach, climb: whatever has come due."""
        return referral.tick(self._state, now)

    def settle(
        self, decision: ReferralDecision, now: datetime
    ) -> Settled[PendingReferralRows, ReferralAnswer]:
        """Take the state over and name what is to be written."""
        self._state = decision.state
        batch = PendingReferralRows(seq=decision.state.seq, task_at=now, rows=decision.rows, due=decision.due)
        return Settled(batch=batch, answer=decision.answer, due=decision.due)

    async def project(
        self, batches: tuple[PendingReferralRows, ...], write: Write
    ) -> Sequence[Decide[ReferralDecision]]:
        """Have the rows written; a rung or an offer that found nobody is decided upon at once."""
        projection = ReferralProjection(standing=standing_of(self._state), batches=batches)
        projected = await write(PROJECT_REFERRAL, projection)
        found = [self._vacant(rung) for rung in projected.vacant]
        return [*found, self._unmanned] if projected.is_unmanned else found

    def _vacant(self, rung: VacantRung) -> Decide[ReferralDecision]:
        return lambda now: referral.vacant(self._state, clock=rung.clock, number=rung.number, now=now)

    def _unmanned(self, now: datetime) -> ReferralDecision:
        return routing.unmanned(self._state, now)

    def _carried_on(self) -> StartReferral:
        answers = self._shell.ring.items()
        return StartReferral(
            state=self._state,
            is_begun=True,
            ring=tuple(RememberedAnswer(request_id=key, answer=answer) for key, answer in answers),
            pending=self._shell.pending,
        )


def _is_pressing(kind: KindSpec) -> bool:
    """What is urgent is told to the second; a drill is watched live."""
    return kind.urgency is Urgency.URGENT or kind.is_drill
