"""The board's figures as values: everything it shows, with the enrolments behind each number."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.domain.codes import StateKind
from shared.domain.indicators import Rate, Standing, Tally
from shared.domain.kinds import Effect


class GroupBy(StrEnum):
    """What the board's tables are cut by."""

    AREA = "area"
    VISITOR = "visitor"


class RatePart(StrEnum):
    """The numbers that a visit rate is made of."""

    MET = "met"
    UNMET = "unmet"
    LEFT_OUT = "left_out"


class Concern(StrEnum):
    """今天要处理: what cannot wait, most pressing first."""

    NOT_SEEN = "not_seen"
    NOBODY = "nobody"
    CHASE = "chase"
    LONG_UNSEEN = "long_unseen"
    TO_PHONE = "to_phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureQuery:
    """Which figure of the board is opened: a concern, a number of a rate, or a cell of a table."""

    concern: Concern | None
    obligation: str | None
    closes_at: datetime | None
    part: RatePart
    by: GroupBy | None
    key: str
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One line of a table: an area or a visitor, and how its elders stand."""

    key: str
    name: str
    tally: Tally

    @property
    def worst_first(self) -> tuple[float, float, str]:
        """The order of the table: the largest share missed first, then at risk."""
        whole = len(self.tally.everybody) or 1
        return (-len(self.tally.missed) / whole, -len(self.tally.at_risk) / whole, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaseLine:
    """An open chase: whose, on which rung, and who holds it."""

    enrolment_id: UUID
    referral_id: UUID
    rung: int
    holder_id: UUID | None
    unit_id: str
    offered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSeenLine:
    """An elder whom a try did not reach, until somebody has."""

    enrolment_id: UUID
    referral_id: UUID
    opened_at: datetime
    tries: int
    has_red_flag: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLine:
    """An elder who was not seen, and of whom somebody says where they are: a second person is to check."""

    enrolment_id: UUID
    state: StateKind
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCall:
    """One person to ring who has not acknowledged in time (待电话通知, domain §0.2-6).

    A call settles all the `notices` that wait for that person, the oldest of them since then. `phone` is None
    where none is on record, and for whoever only looks on.
    """

    account_id: UUID
    since: datetime
    notices: int
    phone: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """What should have followed from the end of some work, and the rules refused: a person sees to it."""

    effect_id: UUID
    enrolment_id: UUID
    referral_id: UUID | None
    effect: Effect
    kind: str
    unit_id: str
    reason: str
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """How one elder stands, without a name."""

    enrolment_id: UUID
    area_code: str
    visitor_id: UUID | None
    standing: Standing | None
    last_seen_at: datetime | None
    is_long_unseen: bool
    chase_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The coordinator's first page."""

    as_of: datetime
    people: tuple[Person, ...]
    not_seen: tuple[NotSeenLine, ...]
    explained: tuple[ExplainedLine, ...]
    nobody: tuple[UUID, ...]
    chases: tuple[ChaseLine, ...]
    long_unseen: tuple[UUID, ...]
    to_phone: tuple[PhoneCall, ...]
    refused: tuple[RefusedLine, ...]
    is_held_up: bool
    by_area: tuple[GroupRow, ...]
    by_visitor: tuple[GroupRow, ...]
    rates: tuple[Rate, ...]
