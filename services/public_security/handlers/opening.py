"""A record of the station as pages and lists show it: opened, about whom, and whether it was voided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic
from uuid import UUID

from services.public_security.handlers.office import found, id_of, key_of, place_of_reason, words_of
from services.public_security.repository.records import Kept, Record
from shared.inbox.desk import Desk
from shared.inbox.names import load_names
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_name
from shared.process.elders import ElderCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom a record is about, as far as the station knows: a masked name, or the end of a number."""

    name: str = ""
    number_end: str = ""


def whom(work: UnitOfWork, desk: Desk, kept: Iterable[Record]) -> dict[UUID, Whom]:
    """Whom each record is about. The register's name is shown for a referral alone, which shows it anyway."""
    listed = list(kept)
    referred = {each.enrolment_id for each in listed if each.referral_id and each.enrolment_id}
    cards = desk.cards.for_enrolments(work.session, referred)
    return {id_of(each): _whom(each, cards, desk) for each in listed}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """That a record was voided (作废): when, by whom, and why."""

    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Generic[Kept]):
    """A record as its page shows it: what is kept, its words, whom it is about, if it is voided."""

    record: Kept
    words: dict[str, str]
    whom: Whom
    voided: Voided | None


def opened(work: UnitOfWork, desk: Desk, kind: type[Kept], record_id: UUID) -> Opened[Kept]:
    """The record, opened. Raises NotFound."""
    record = found(work, kind, record_id)
    return Opened(
        record=record,
        words=words_of(desk, record),
        whom=whom(work, desk, [record])[record_id],
        voided=_voided(work, desk, record),
    )


def _whom(record: Record, cards: Mapping[UUID, ElderCard], desk: Desk) -> Whom:
    words = words_of(desk, record)
    card = cards.get(record.enrolment_id) if record.referral_id and record.enrolment_id else None
    name = card.masked_name if card else mask_name(words.get("person", ""))
    return Whom(name=name, number_end=words.get("number_end", ""))


def _voided(work: UnitOfWork, desk: Desk, record: Record) -> Voided | None:
    if record.voided_at is None or record.void_reason_sealed is None:
        return None
    names = load_names(work.session, accounts=[record.voided_by], units=())
    reason = key_of(record, desk).reveal(record.void_reason_sealed, place_of_reason(record))
    return Voided(at=record.voided_at, who=names.account(record.voided_by), reason=reason)
