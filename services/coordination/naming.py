"""The names behind a figure: masked, with where they live, how they stand and who visits them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.coordination.figures import Board, Concern, FigureQuery, GroupBy, GroupRow
from services.coordination.repository import reading
from shared.domain.indicators import Standing
from shared.inbox.names import load_names
from shared.inbox.queries import visible_referrals
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.elders import ElderCards


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLine:
    """One elder on a list (domain §3.5: name and address masked); `chase_id` if the reader may open it.

    has_left: nobody visits them any more, but somebody still looks for them or has to see to something.
    """

    enrolment_id: UUID
    name: str
    address: str
    area: str
    visitor: str
    standing: Standing | None
    last_seen_at: datetime | None
    chase_id: UUID | None
    has_left: bool = False


def figure_names(board: Board, asked: FigureQuery) -> tuple[UUID, ...]:
    """The elders behind one number; of a table without a standing the whole line."""
    if asked.concern:
        return _concern_names(board, asked.concern)
    if asked.obligation:
        return _rate_names(board, asked)
    standing = asked.standing
    tallies = [row.tally for row in _table(board, asked.by) if asked.by is None or row.key == asked.key]
    found = [who for tally in tallies for who in (getattr(tally, standing) if standing else tally.everybody)]
    return tuple(dict.fromkeys(found))


def all_concerned(board: Board) -> tuple[UUID, ...]:
    """Every elder who stands on the board by name."""
    concerned = [who for concern in Concern for who in _concern_names(board, concern)]
    explained = [line.enrolment_id for line in board.explained]
    return (*concerned, *explained, *(line.enrolment_id for line in board.refused))


def named(
    work: UnitOfWork, board: Board, enrolment_ids: Iterable[UUID], *, cards: ElderCards
) -> tuple[NamedLine, ...]:
    """Lines for these elders, in the order given; who is not of the territory is left out."""
    wanted = list(dict.fromkeys(enrolment_ids))
    opened = cards.for_enrolments(work.session, wanted)
    people = {person.enrolment_id: person for person in board.people}
    areas = reading.area_names(work.session)
    chases = visible_referrals(work.session, (each.chase_id for each in people.values() if each.chase_id))
    staff = load_names(work.session, accounts=[each.visitor_id for each in board.people], units=[])
    return tuple(
        NamedLine(
            enrolment_id=each,
            name=opened[each].masked_name,
            address=opened[each].masked_address,
            area=areas.get(opened[each].area_code, opened[each].area_code),
            visitor=staff.account(person.visitor_id) if person else "",
            standing=person.standing if person else None,
            last_seen_at=person.last_seen_at if person else None,
            chase_id=person.chase_id if person and person.chase_id in chases else None,
            has_left=person is None,
        )
        for each, person in ((each, people.get(each)) for each in wanted)
        if each in opened
    )


def _concern_names(board: Board, concern: Concern) -> tuple[UUID, ...]:
    """The elders behind one of today's concerns; notices to ring about are listed on the board itself."""
    return {
        Concern.NOT_SEEN: tuple(line.enrolment_id for line in board.not_seen),
        Concern.NOBODY: board.nobody,
        Concern.CHASE: tuple(line.enrolment_id for line in board.chases),
        Concern.LONG_UNSEEN: board.long_unseen,
        Concern.TO_PHONE: (),
    }[concern]


def _rate_names(board: Board, asked: FigureQuery) -> tuple[UUID, ...]:
    period = (asked.obligation, asked.closes_at)
    rates = [rate for rate in board.rates if (rate.obligation, rate.closes_at) == period]
    return tuple(who for rate in rates for who in getattr(rate, asked.part))


def _table(board: Board, by: GroupBy | None) -> tuple[GroupRow, ...]:
    return board.by_visitor if by is GroupBy.VISITOR else board.by_area
