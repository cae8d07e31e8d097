"""What reaches a visit cycle: contacts, voided ones, states, exceptions, extra visits; codes and instants.

Nobody is named in it. `known_at` is when the fact was put on record; a cycle that catches up takes facts in
that order, so that it arrives where it would have been had it run all the time.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.domain.codes import StateKind, StateStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFact:
    """A contact (联系), already judged: `counts_for` names the obligations it counts for, perhaps none."""

    contact_id: UUID
    occurred_at: datetime
    known_at: datetime
    is_reached: bool
    counts_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidedContact:
    """A contact struck from the book (作废): it counts for nothing any more.

    `last_seen_at` is when the elder was last reached, as the book stands without it.
    """

    contact_id: UUID
    known_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFact:
    """A state (住院、外出 …) as of now; the same state comes again when it is confirmed, refused or ended."""

    state_id: UUID
    kind: StateKind
    status: StateStatus
    starts_at: datetime
    known_at: datetime
    ends_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        """Whether it keeps reminders and chase quiet: from the report on, until refused or ended."""
        return self.status in {StateStatus.REPORTED, StateStatus.CONFIRMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionFact:
    """An approved exception (经批准的例外, domain §0.2-4); an empty obligation covers them all."""

    exception_id: UUID
    obligation: str
    starts_at: datetime
    ends_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraVisit:
    """A visit owed besides the cadence, due by `due_by`: asked for (加访), promised, or to ask anew."""

    extra_id: UUID
    due_by: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A bundle of facts of every kind."""

    contacts: tuple[ContactFact, ...] = ()
    states: tuple[StateFact, ...] = ()
    exceptions: tuple[ExceptionFact, ...] = ()
    extras: tuple[ExtraVisit, ...] = ()
    voided: tuple[VoidedContact, ...] = ()

    def __add__(self, more: "Facts") -> "Facts":
        return Facts(
            contacts=self.contacts + more.contacts,
            states=self.states + more.states,
            exceptions=self.exceptions + more.exceptions,
            extras=self.extras + more.extras,
            voided=self.voided + more.voided,
        )
