"""The ladder so far (提级): which rungs were climbed, whom each told, by which channel and when (§0.2-6)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.domain.codes import RecipientRole
from shared.inbox.names import Names
from shared.process.notices import AttemptOutcome, ChannelCode, Notice, NoticeAttempt
from shared.process.tables import Rung

Key = tuple[str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One channel: when it delivered, or when it last failed and how often it was tried."""

    channel: ChannelCode
    at: datetime
    is_delivered: bool
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person who was told: by which channels (送达), when they read it (已读) and confirmed (确认).

    `due_at` is when it may be told at the earliest; until then no channel has tried. Whom nobody reached,
    somebody rang up.
    """

    name: str
    due_at: datetime
    reached: tuple[Reached, ...]
    read_at: datetime | None
    acknowledged_at: datetime | None
    phoned_at: datetime | None
    phoned_by: str


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
    attempts: Mapping[UUID, Sequence[NoticeAttempt]]

    @property
    def accounts(self) -> Iterable[UUID | None]:
        """Whose names are needed."""
        sent = [notice for notices in self.notices.values() for notice in notices]
        return (who for notice in sent for who in (notice.account_id, notice.phoned_by))

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
            told=tuple(self._told(notice, names) for notice in sent),
        )

    def _told(self, notice: Notice, names: Names) -> Told:
        return Told(
            name=names.account(notice.account_id),
            due_at=notice.not_before,
            reached=_reached(self.attempts.get(notice.notice_id, ())),
            read_at=notice.read_at,
            acknowledged_at=notice.acknowledged_at,
            phoned_at=notice.phoned_at,
            phoned_by=names.account(notice.phoned_by),
        )


def read_ladder(session: Session, referral_id: UUID) -> Ladder:
    """The rungs of a referral, and those of its notices that the reader may see, with each try."""
    rungs = session.scalars(select(Rung).where(Rung.referral_id == referral_id).order_by(Rung.due_at)).all()
    notices: dict[Key, list[Notice]] = defaultdict(list)
    attempts: dict[UUID, list[NoticeAttempt]] = defaultdict(list)
    if rungs:
        of_referral = select(Notice).where(Notice.referral_id == referral_id).order_by(Notice.notice_id)
        for notice in session.scalars(of_referral):
            notices[notice.code, notice.created_at].append(notice)
        for attempt in _attempts(session, referral_id):
            attempts[attempt.notice_id].append(attempt)
    return Ladder(rungs=rungs, notices=notices, attempts=attempts)


def _attempts(session: Session, referral_id: UUID) -> Iterable[NoticeAttempt]:
    tries = select(NoticeAttempt).join(Notice, Notice.notice_id == NoticeAttempt.notice_id)
    return session.scalars(tries.where(Notice.referral_id == referral_id).order_by(NoticeAttempt.id))


def _reached(attempts: Iterable[NoticeAttempt]) -> tuple[Reached, ...]:
    """Each channel once: its first success, else its last failure."""
    by_channel: dict[ChannelCode, list[NoticeAttempt]] = defaultdict(list)
    for attempt in attempts:
        by_channel[attempt.channel].append(attempt)
    return tuple(_channel(channel, tries) for channel, tries in by_channel.items())


def _channel(channel: ChannelCode, tries: Sequence[NoticeAttempt]) -> Reached:
    delivered = [each for each in tries if each.outcome is AttemptOutcome.DELIVERED]
    shown = delivered[0] if delivered else tries[-1]
    return Reached(channel=channel, at=shown.at, is_delivered=bool(delivered), tries=len(tries))
