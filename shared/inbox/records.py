"""A department's own records (本单位台账) beside a referral: opened from it, and one of them closes it."""

from dataclasses import dataclass
from typing import Protocol

from shared.domain.referral.moves import Status
from shared.inbox.reader import Reader
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLink:
    """One record of this referral, or the way to begin one (`opens`).

    `label` and `state` are in words: they stand on the page as they are. `href` is the record's own page.
    """

    label: str
    state: str
    href: str
    opens: bool = False


class Records(Protocol):
    """What a department keeps of its own about a referral."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
        """The records of this referral, and those that this reader may begin now; in working order."""
        ...

    def stateable(
        self, work: UnitOfWork, row: Referral, outcomes: tuple[str, ...], reader: Reader
    ) -> tuple[str, ...]:
        """Those of the outcomes that the inbox may state: what the records speak of, they say themselves."""
        ...


class NoRecords:
    """A department that is an inbox and nothing else."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:  # noqa: ARG002
        """None."""
        return ()

    def stateable(
        self,
        work: UnitOfWork,  # noqa: ARG002
        row: Referral,  # noqa: ARG002
        outcomes: tuple[str, ...],
        reader: Reader,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """Every one."""
        return outcomes


def nowhere(_: Reader) -> RecordLink | None:
    """No ledger in another service."""
    return None


def links_of(records: Records, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
    """The links, for members of the unit that works on the referral; for every other party there are none."""
    return records.links(work, row, reader) if row.unit_id in reader.person.units else ()


def stateable_of(
    records: Records, work: UnitOfWork, row: Referral, outcomes: tuple[str, ...], reader: Reader
) -> tuple[str, ...]:
    """The same for who is about to state one; a supporter's share (协办) rests on no record of its own."""
    if row.lead_id is not None or row.status is not Status.ACCEPTED or not reader.holds(row):
        return outcomes
    return records.stateable(work, row, outcomes, reader)
