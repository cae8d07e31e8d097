"""A list of changes comes in (人口信息变化, J-71): read, looked at row by row, then sent to the register.

The station learns of each person only whether the register of its own territory has them. Every look is
recorded; once a list has been sent, its readings are wiped down to a surname.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from services.public_security.codes import FeedVerdict
from services.public_security.handlers.changes import change_id_of, tell
from services.public_security.handlers.office import (
    About,
    identity_of,
    may_look_up,
    place_area,
    policy_of,
    station_of,
)
from services.public_security.repository import feeds, records, register
from services.public_security.repository.feeds import Feed, FeedRow
from services.public_security.repository.records import Change
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.news_feed import ChangeReading, FeedWords, read_feed
from shared.domain.periods import local_day
from shared.domain.population import PopulationChange
from shared.domain.roster.sheet import Sheet
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_name
from shared.platform.privacy import ElderKey, WrappedKey, place_of

READING = "public_security.feed_row.reading"
MOST_FEEDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadFeed:
    """A list as it came: the sheet's cells, the file's name and hash, and how the station writes."""

    file_name: str
    file_hash: bytes
    sheet: Sheet
    words: FeedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A feed in a list of feeds."""

    feed: Feed
    counts: dict[FeedVerdict, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A row as its page shows it."""

    row: FeedRow
    reading: ChangeReading


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed with its rows, and where each change that came of it stands."""

    feed: Feed
    rows: tuple[RowLine, ...]
    states: dict[UUID, register.NewsState]
    to_send: int


def upload_feed(command: UploadFeed, work: UnitOfWork, desk: Desk) -> UUID:
    """Store the list for a person to look at; the same file of the station again is the same feed.

    Raises Invalid `no_table`, `no_area`; Forbidden to who is of no station.
    """
    unit_id, area = station_of(work, desk), place_area(work, desk)
    may_look_up(work)
    known = feeds.feed_of_file(work.session, unit_id, command.file_hash)
    if known is not None:
        return known
    today = local_day(work.now, policy_of(work, desk).jurisdiction.zone)
    readings = read_feed(command.sheet, command.words, today)
    if readings is None:
        raise Invalid("no_table")
    feed_id, wrapped = uuid4(), desk.vault.new_key()
    place = {"jurisdiction_id": work.principal.jurisdiction_id, "area_code": area, "unit_id": unit_id}
    key = desk.vault.open(wrapped)
    rows = [{**place, **_row(each, feed_id, key, work, desk)} for each in readings]
    feed = {**place, "feed_id": feed_id, **_uploaded(command, wrapped, work)}
    if not feeds.add_feed(work.session, feed, rows):
        raise Conflict("upload_running")
    work.record(
        stream=f"account:{work.principal.account_id}",
        action="register_asked",
        detail={"feed_id": feed_id, "people": sum(1 for each in readings if not each.faults)},
    )
    return feed_id


def send_feed(feed_id: UUID, work: UnitOfWork, desk: Desk) -> None:
    """Tell the register of every row whose person it has; once. Raises NotFound, Conflict `feed_sent`."""
    feed = _found(work, feed_id, locked=True)
    if feed.sent_at is not None:
        raise Conflict("feed_sent", at=feed.sent_at)
    key = _key_of(feed, desk)
    for row in feeds.rows(work.session, feed_id):
        reading = _open(row, key)
        change_id = _tell(row, reading, work, desk)
        wiped = ChangeReading(
            position=row.position,
            name=mask_name(reading.name),
            kind=reading.kind,
            happened_on=reading.happened_on,
        )
        values = {"change_id": change_id, "reading_sealed": _sealed(wiped, feed_id, key)}
        feeds.settle(work.session, row, values)
    feeds.sent(work.session, feed_id, work.now)


def feed_page(feed_id: UUID, work: UnitOfWork, desk: Desk) -> FeedPage:
    """The feed and what was found in each row. Raises NotFound."""
    feed = _found(work, feed_id)
    key = _key_of(feed, desk)
    rows = feeds.rows(work.session, feed_id)
    told = [row.change_id for row in rows if row.change_id]
    return FeedPage(
        feed=feed,
        rows=tuple(RowLine(row=row, reading=_open(row, key)) for row in rows),
        states=register.news_states(work.session, told),
        to_send=sum(1 for row in rows if row.verdict is FeedVerdict.IN_REGISTER),
    )


def list_feeds(work: UnitOfWork, *, after: tuple[datetime, UUID] | None = None) -> list[FeedLine]:
    """The station's feeds, newest first, behind `after`; one more than a page if there are more."""
    newest = feeds.feeds(work.session, after=after, limit=MOST_FEEDS)
    counts = feeds.counts(work.session, [each.feed_id for each in newest])
    return [FeedLine(feed=each, counts=counts[each.feed_id]) for each in newest]


def _uploaded(command: UploadFeed, wrapped: WrappedKey, work: UnitOfWork) -> dict[str, object]:
    return {
        "file_name": command.file_name,
        "file_hash": command.file_hash,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "uploaded_at": work.now,
        "uploaded_by": work.principal.account_id,
    }


def _row(
    reading: ChangeReading, feed_id: UUID, key: ElderKey, work: UnitOfWork, desk: Desk
) -> dict[str, object]:
    return {
        "feed_id": feed_id,
        "position": reading.position,
        "verdict": _verdict(reading, work, desk),
        "faults": list(reading.faults),
        "reading_sealed": _sealed(reading, feed_id, key),
    }


def _verdict(reading: ChangeReading, work: UnitOfWork, desk: Desk) -> FeedVerdict:
    if reading.faults:
        return FeedVerdict.REFUSED
    enrolment_id = register.enrolled_as(work.session, identity_of(reading.id_number, desk))
    if enrolment_id is None:
        return FeedVerdict.NOT_IN_REGISTER
    known = records.one(work.session, Change, change_id_of(reading, enrolment_id, desk))
    return FeedVerdict.SENT_BEFORE if known else FeedVerdict.IN_REGISTER


def _tell(row: FeedRow, reading: ChangeReading, work: UnitOfWork, desk: Desk) -> UUID | None:
    """Tell of one row; whoever has left the register since it was looked at needs no news."""
    if row.verdict is not FeedVerdict.IN_REGISTER:
        return None
    enrolment_id = register.enrolled_as(work.session, identity_of(reading.id_number, desk))
    cards = desk.cards.for_enrolments(work.session, [enrolment_id] if enrolment_id else [])
    if enrolment_id is None or enrolment_id not in cards:
        return None
    about = About(unit_id=row.unit_id, area_code=cards[enrolment_id].area_code, enrolment_id=enrolment_id)
    return tell(reading, about, work, desk)


def _found(work: UnitOfWork, feed_id: UUID, *, locked: bool = False) -> Feed:
    feed = feeds.feed(work.session, feed_id, locked=locked)
    if feed is None:
        raise NotFound("feed_not_found", feed_id=feed_id)
    return feed


def _key_of(feed: Feed, desk: Desk) -> ElderKey:
    return desk.vault.open(WrappedKey(key_id=feed.key_id, wrapped=feed.wrapped_key))


def _sealed(reading: ChangeReading, feed_id: UUID, key: ElderKey) -> bytes:
    text = json.dumps(asdict(reading), default=str, ensure_ascii=False)
    return key.seal(text, place_of(READING, feed_id) + f"/{reading.position}")


def _open(row: FeedRow, key: ElderKey) -> ChangeReading:
    place = place_of(READING, row.feed_id) + f"/{row.position}"
    kept = json.loads(key.reveal(row.reading_sealed, place))
    reading = ChangeReading(**{**kept, "kind": None, "happened_on": None, "faults": tuple(kept["faults"])})
    return replace(
        reading,
        kind=PopulationChange(kept["kind"]) if kept["kind"] else None,
        happened_on=date.fromisoformat(kept["happened_on"]) if kept["happened_on"] else None,
    )
