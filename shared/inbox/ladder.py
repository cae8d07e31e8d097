"""The ladder so far (提级): which rungs were climbed, whom each was to tell, and who has confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.codes import RecipientRole
from shared.inbox.names import Names
from shared.process.notices import Notice
from shared.process.tables import Rung

Key = tuple[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person who was told, and when they confirmed, if they did."""

    name: str
    acknowledged_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClimbedRung:
    """One rung that was climbed. `told` is empty to readers who may not see other people's notices."""

    clock: str
    number: int
    action: str
    at: datetime
    unit: str
    role: RecipientRole
    is_sent: bool
    is_vacant: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Rungs and notices as they were read; names are looked up with everybody else's."""

    rungs: Sequence[Rung]
    notices: Mapping[Key, Sequence[Notice]]

    @property
    def accounts(self) -> Iterable[UUID]:
        """Whose names are needed."""
        return (notice.account_id for sent in self.notices.values() for notice in sent)

    @property
    def units(self) -> Iterable[str]:
        """The units whose names are needed."""
        return (rung.recipient_unit_id for rung in self.rungs)

    @property
    def actions(self) -> Mapping[tuple[datetime, str], str]:
        """What each rung did, by its time and by what the ledger calls it."""
        return {(rung.due_at, f"{rung.clock}/{rung.number}"): rung.action for rung in self.rungs}

    def climbed(self, names: Names) -> tuple[ClimbedRung, ...]:
        """The rungs with names."""
        return tuple(self._climbed(rung, names) for rung in self.rungs)

    def _climbed(self, rung: Rung, names: Names) -> ClimbedRung:
        sent = self.notices.get((rung.action, rung.due_at), ())
        return ClimbedRung(
            clock=rung.clock,
            number=rung.number,
            action=rung.action,
            at=rung.due_at,
            unit=names.unit(rung.recipient_unit_id) if rung.recipient_unit_id else "",
            role=rung.recipient_role,
            is_sent=rung.is_sent,
            is_vacant=rung.is_vacant,
            told=tuple(
                Told(name=names.account(notice.account_id), acknowledged_at=notice.acknowledged_at)
                for notice in sent
            ),
        )


def read_ladder(session: Session, referral_id: UUID) -> Ladder:
    """The rungs of a referral, and those of its notices that the reader may see."""
    rungs = session.scalars(select(Rung).where(Rung.referral_id == referral_id).order_by(Rung.due_at)).all()
    notices: dict[Key, list[Notice]] = defaultdict(list)
    if rungs:
        of_referral = select(Notice).where(Notice.referral_id == referral_id).order_by(Notice.notice_id)
        for notice in session.scalars(of_referral):
            notices[notice.code, notice.created_at].append(notice)
    return Ladder(rungs=rungs, notices=notices)
