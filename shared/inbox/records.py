"""A department's own records (本单位台账) beside a referral: opened from it, and one of them closes it."""

from dataclasses import dataclass
from typing import Protocol

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


class NoRecords:
    """A department that is an inbox and nothing else."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:  # noqa: ARG002
        """None."""
        return ()


def links_of(records: Records, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
    """The links, for members of the unit that works on the referral; for every other party there are none."""
    return records.links(work, row, reader) if row.unit_id in reader.person.units else ()
