"""One referral as a line of a list: in words, with names, the elder masked, and what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from shared.domain.codes import Urgency
from shared.domain.periods import day_start
from shared.domain.referral.moves import Move, Status
from shared.inbox.acting import possible_moves
from shared.inbox.clocks import RunningClock, running_clocks
from shared.inbox.names import Names
from shared.inbox.queries import InboxList
from shared.inbox.reader import Reader
from shared.inbox.words import State
from shared.process.elders import ElderCard
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """What a list shows of one referral. `elder` and `place` are masked (domain §3.5).

    `kind` is empty to whom its very name would tell too much; `kind_words` are then its public name.
    `offered_on` is given to whom the minute would tell too much: `offered_at` is then the start of that day.
    """

    referral_id: UUID
    seq: int
    kind: str
    kind_words: str
    status: Status
    state: State
    is_urgent: bool
    is_drill: bool
    unit_id: str
    unit: str
    requesting_unit_id: str
    requesting_unit: str
    holder_id: UUID | None
    holder: str
    held_since: datetime | None
    offered_at: datetime
    offered_on: date | None
    closed_at: datetime | None
    accept_by: datetime | None
    complete_by: datetime | None
    rung: int
    urged: int
    elder: str
    place: str
    clocks: tuple[RunningClock, ...]
    moves: tuple[Move, ...]

    @property
    def is_late(self) -> bool:
        """Whether any running limit is passed."""
        return any(clock.is_late for clock in self.clocks)


def items_of(listing: InboxList, reader: Reader) -> Sequence[InboxItem]:
    """The lines of one page of a list."""
    cards = listing.cards
    return [item_of(row, reader, names=listing.names, cards=cards) for row in listing.page.items]


def item_of(row: Referral, reader: Reader, *, names: Names, cards: Mapping[UUID, ElderCard]) -> InboxItem:
    """One referral as a line."""
    rules, name = reader.rules_for(row), reader.name_of(row)
    words = rules.words
    card = cards.get(row.subject_id) if row.subject_id else None
    item = InboxItem(
        referral_id=row.referral_id,
        seq=row.seq,
        kind=name.code,
        kind_words=name.words,
        status=row.status,
        state=words.state(row),
        is_urgent=row.urgency is Urgency.URGENT,
        is_drill=row.is_drill,
        unit_id=row.unit_id,
        unit=names.unit(row.unit_id),
        requesting_unit_id=row.requesting_unit_id,
        requesting_unit=names.unit(row.requesting_unit_id),
        holder_id=row.holder_id,
        holder=names.account(row.holder_id),
        held_since=row.held_since,
        offered_at=row.offered_at,
        offered_on=None,
        closed_at=row.closed_at,
        accept_by=row.accept_by,
        complete_by=row.complete_by,
        rung=row.rung,
        urged=row.urged,
        elder=card.masked_name if card else "",
        place=card.masked_address if card else "",
        clocks=running_clocks(row, reader.now, words.policy),
        moves=verbs(row, reader),
    )
    return _by_the_day(item, reader.offered_on(row), reader)


def _by_the_day(item: InboxItem, offered_on: date | None, reader: Reader) -> InboxItem:
    """Where the reader may know the day alone, no clock tells the minute either."""
    if offered_on is None:
        return item
    return replace(
        item,
        offered_at=day_start(offered_on, reader.policy.jurisdiction.zone),
        offered_on=offered_on,
        held_since=None,
        accept_by=None,
        complete_by=None,
        clocks=(),
    )


def verbs(row: Referral, reader: Reader) -> tuple[Move, ...]:
    """The verbs of this reader now; what the law demands to be reported is not taken back (强制报告)."""
    rules = reader.rules_for(row)
    possible = possible_moves(row, reader.person, rules.kind.ends_by, rules.today)
    if not rules.kind.needs_receipt:
        return possible
    return tuple(move for move in possible if move is not Move.WITHDRAW)
