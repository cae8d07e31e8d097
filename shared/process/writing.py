"""The one writer of process state: what the workflows' activities call, one transaction each."""

from datetime import UTC, date, datetime
from uuid import UUID

from shared.contracts.access import EVERY_JURISDICTION, Principal
from shared.contracts.effects import RefusedEffect
from shared.contracts.referral import Projected, ReferralProjection
from shared.contracts.review import SealAsOf, WatchAsOf
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.periods import local_day
from shared.domain.referral.clocks import members
from shared.persistence.engine import Database
from shared.persistence.seals import seal_day
from shared.policies.book import PolicyBook
from shared.policies.directory import id_of
from shared.process.aftermath import aftermath_messages, closing_messages, with_notices
from shared.process.chases import chase_messages
from shared.process.cycle_rows import Telling, write_cycle_rows
from shared.process.followers import support_messages
from shared.process.moving import moving_messages
from shared.process.openings import policy_at
from shared.process.referral_rows import WRITE_QUIETLY, is_quiet, quiet_rows, write_referral_rows
from shared.process.refusals import add_refusal
from shared.process.unmanned import unmanned_messages
from shared.process.watched import steps_to_watch

WORKER = Principal(account_id=UUID(int=0), jurisdiction_id=EVERY_JURISDICTION)
"""The worker in histories: nobody's account, and it acts for every place."""


class ProcessRows:
    """Writes what processes decided; the time of each write is the process's own, never the database's."""

    def __init__(self, database: Database, book: PolicyBook) -> None:
        """Write through the worker's login; the policies say where a chase goes."""
        self._database = database
        self._book = book

    def write_cycle(self, projection: CycleProjection) -> None:
        """Write a cycle's rows and announce what they ask of its chase, or of all that is open at its end."""
        now = projection.batches[-1].task_at
        place = policy_at(self._book, projection.jurisdiction_id, now).jurisdiction
        told = Telling(
            day=local_day(now, place.zone), coordinator=members(id_of(place.id, place.coordinator_unit))
        )
        with self._database.begin(WORKER, now) as work:
            if not write_cycle_rows(work.session, projection, told):
                return
            chase = chase_messages(work.session, projection, self._book)
            moving = moving_messages(work.session, projection, self._book)
            for message in (*chase, *closing_messages(work.session, projection), *moving):
                work.announce(message)

    def write_referral(self, projection: ReferralProjection) -> Projected:
        """Write a referral's rows, announce what follows from its end; answer the rungs that found nobody."""
        watched = steps_to_watch(projection, self._book)
        if is_quiet(projection):
            self._database.run(WORKER, WRITE_QUIETLY, quiet_rows(projection, watched))
            return Projected()
        now = projection.batches[-1].task_at
        day = self._day(projection.standing.jurisdiction_id, now)
        with self._database.begin(WORKER, now) as work:
            told = with_notices(projection, self._book)
            projected = write_referral_rows(work.session, told, day=day, watched=watched)
            if projected is None:
                return Projected()
            follows = aftermath_messages(work.session, projection, self._book)
            for message in (*follows, *support_messages(work.session, projection, self._book)):
                work.announce(message)
            return projected

    def note_refused(self, refused: RefusedEffect) -> None:
        """Put an effect that its owner has refused before the coordinator."""
        with self._database.begin(WORKER, refused.refused_at) as work:
            add_refusal(work.session, refused, self._book)

    def watch_units(self, asked: WatchAsOf) -> None:
        """Tell every referral whose unit has lost its last member."""
        with self._database.begin(WORKER, asked.as_of) as work:
            for message in unmanned_messages(work.session, self._book, asked.as_of):
                work.announce(message)

    def seal_history(self, asked: SealAsOf) -> None:
        """Seal a day: ten past midnight in China is still the day by UTC that has just ended there."""
        with self._database.begin(WORKER, asked.as_of) as work:
            seal_day(work.session, sealed_on=asked.as_of.astimezone(UTC).date(), now=asked.as_of)

    def _day(self, jurisdiction_id: str, at: datetime) -> date:
        return local_day(at, policy_at(self._book, jurisdiction_id, at).jurisdiction.zone)
