"""The only fakes of the suite: ports behind which a test has no server."""

from shared.contracts.referral import Projected, ReferralProjection, VacantRung
from shared.contracts.visit_cycle import CycleProjection
from shared.domain.referral.rows import LedgerRow, RungRow, TellRow
from shared.domain.visit_cycle.rows import ChaseMove, WarningRow, WindowRow


class RowsInMemory:
    """Keeps what processes have written; a test may take the database away, or everybody of a unit."""

    def __init__(self) -> None:
        self.is_away = False
        self.emptied_units: set[str] = set()
        self.calls = 0
        self.cycles: dict[int, CycleProjection] = {}
        self.referrals: dict[int, ReferralProjection] = {}

    def write_cycle(self, projection: CycleProjection) -> None:
        self._reached()
        self.cycles[projection.batches[-1].seq] = projection

    def write_referral(self, projection: ReferralProjection) -> Projected:
        self._reached()
        self.referrals[projection.batches[-1].seq] = projection
        rungs = [rung for batch in projection.batches for rung in batch.rows.rungs]
        empty = [rung for rung in rungs if rung.recipient.unit_id in self.emptied_units]
        return Projected(vacant=tuple(VacantRung(clock=rung.clock, number=rung.number) for rung in empty))

    @property
    def seqs(self) -> list[int]:
        """The decisions written, in order of their sequence; one written twice is there twice."""
        written: list[CycleProjection | ReferralProjection] = [
            *self.cycles.values(),
            *self.referrals.values(),
        ]
        return sorted(batch.seq for projection in written for batch in projection.batches)

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
