"""Lists of what the station keeps: the newest of a kind, all of it page by page, or one record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.public_security.handlers.office import found
from services.public_security.handlers.opening import Whom, whom
from services.public_security.repository import records, register
from services.public_security.repository.records import After, Change, Record
from services.public_security.repository.register import NewsState
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Records of one kind, whom each is about, and where each change stands at the register."""

    items: Sequence[Record]
    whom: Mapping[UUID, Whom]
    states: Mapping[UUID, NewsState] = field(default_factory=dict)


def newest_of(kind: type[Record], work: UnitOfWork, desk: Desk) -> Listed:
    """The newest of the kind; what is under way comes first, however old it is."""
    return _listed(records.newest(work.session, kind, limit=MOST_SHOWN), work, desk)


def all_of(kind: type[Record], after: After | None, work: UnitOfWork, desk: Desk) -> Listed:
    """Those behind `after`, one more than a page if there are more."""
    return _listed(records.page(work.session, kind, after=after, limit=MOST_SHOWN), work, desk)


def one_of(kind: type[Record], record_id: UUID, work: UnitOfWork, desk: Desk) -> Listed:
    """One record, as its list shows it. Raises NotFound."""
    return _listed([found(work, kind, record_id)], work, desk)


def _listed(items: Sequence[Record], work: UnitOfWork, desk: Desk) -> Listed:
    told = [each.change_id for each in items if isinstance(each, Change)]
    return Listed(
        items=items,
        whom=whom(work, desk, items),
        states=register.news_states(work.session, told),
    )
