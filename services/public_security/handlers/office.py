"""What every record of the station has in common: whom it is about, whose it is, and its sealed words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.public_security.repository import records, register
from services.public_security.repository.records import IDS, Kept, Record
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.id_numbers import read_id_number
from shared.domain.periods import local_day
from shared.inbox.desk import Desk
from shared.inbox.handlers import visible_referral
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey, WrappedKey, place_of
from shared.policies.directory import full_code
from shared.policies.model import Policy
from shared.process.openings import policy_at

SERVICE = "public_security"
SHOWN_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom a record is about, where that is, which unit keeps it, and the referral that it belongs to.

    `number_end` are the last digits of the ID number that was typed: what tells records apart in a list.
    """

    unit_id: str
    area_code: str
    enrolment_id: UUID | None = None
    referral_id: UUID | None = None
    kind: str = ""
    number_end: str = ""


def policy_of(work: UnitOfWork, desk: Desk) -> Policy:
    """The policy in force where the person works."""
    return policy_at(desk.book, work.principal.jurisdiction_id, work.now)


def station_of(work: UnitOfWork, desk: Desk) -> str:
    """The person's own police station. Raises Forbidden to everybody else."""
    place = work.principal.jurisdiction_id
    stations = [f"{place}:{unit.code}" for unit in policy_of(work, desk).units if unit.service == SERVICE]
    mine = next((unit for unit in work.principal.units if unit in stations), None)
    if mine is None:
        raise Forbidden("not_this_station")
    return mine


def place_area(work: UnitOfWork, desk: Desk) -> str:
    """Where what is about nobody in particular lies: the whole place."""
    return full_code(policy_of(work, desk).jurisdiction.area_code)


def may_look_up(work: UnitOfWork) -> None:
    """Raises Invalid `no_area`: who has no territory would be told of everybody that they are not there."""
    if not work.principal.areas:
        raise Invalid("no_area")


def about_referral(work: UnitOfWork, desk: Desk, referral_id: UUID) -> About:
    """Whom a referral of the station is about. Raises NotFound, Forbidden."""
    row = visible_referral(work.session, referral_id)
    if row.unit_id != station_of(work, desk):
        raise NotFound("referral_not_found")
    return About(
        unit_id=row.unit_id,
        area_code=row.area_code,
        enrolment_id=row.subject_id,
        referral_id=referral_id,
        kind=row.kind,
    )


def about_number(work: UnitOfWork, desk: Desk, typed: str) -> About:
    """The elder of the register with that ID number. Raises Invalid, NotFound `not_in_register`.

    Who looked is recorded, and nothing is told of whoever is not in the own territory.
    """
    unit_id = station_of(work, desk)
    may_look_up(work)
    policy = policy_of(work, desk)
    number = read_id_number(typed, local_day(work.now, policy.jurisdiction.zone))
    if number.fault:
        raise Invalid("id_number_wrong", fault=number.fault)
    work.record(stream=f"account:{work.principal.account_id}", action="register_asked", detail={"people": 1})
    enrolment_id = register.enrolled_as(work.session, identity_of(number.text, desk))
    card = desk.cards.for_enrolments(work.session, [enrolment_id]).get(enrolment_id) if enrolment_id else None
    if enrolment_id is None or card is None:
        raise NotFound("not_in_register")
    return About(
        unit_id=unit_id,
        area_code=card.area_code,
        enrolment_id=enrolment_id,
        number_end=number.text[-SHOWN_DIGITS:],
    )


def identity_of(id_number: str, desk: Desk) -> bytes:
    """The fingerprint under which the register keeps that number."""
    return desk.vault.blind_index("elder-id-number", id_number)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A record to be kept: `words` are sealed, `values` are its other columns."""

    kind: type[Record]
    record_id: UUID
    about: About
    words: Mapping[str, str]
    values: Mapping[str, object]


def keep(new: NewRecord, work: UnitOfWork, desk: Desk) -> bool:
    """Store a new record with a key of its own; False if it is stored already."""
    wrapped, about = desk.vault.new_key(), new.about
    place = place_of(_column(new.kind), new.record_id)
    row = {
        IDS[new.kind]: new.record_id,
        "jurisdiction_id": work.principal.jurisdiction_id,
        "area_code": about.area_code,
        "unit_id": about.unit_id,
        "enrolment_id": about.enrolment_id,
        "referral_id": about.referral_id,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "words_sealed": desk.vault.open(wrapped).seal(_text(new.words), place),
        "recorded_at": work.now,
        "recorded_by": work.principal.account_id,
        **new.values,
    }
    is_new = records.add(work.session, new.kind, row)
    if is_new:
        record_trace(work, new.kind, new.record_id, action="kept")
    return is_new


def change(
    work: UnitOfWork,
    desk: Desk,
    record: Record,
    *,
    words: Mapping[str, str],
    values: Mapping[str, object],
) -> None:
    """Store more about a record; its words so far stay."""
    kind, record_id = type(record), id_of(record)
    key = key_of(record, desk)
    sealed = key.seal(_text({**words_of(desk, record), **words}), place_of(_column(kind), record_id))
    records.change(work.session, kind, record_id, {**values, "words_sealed": sealed})
    record_trace(work, kind, record_id, action="changed")


def words_of(desk: Desk, record: Record) -> dict[str, str]:
    """The words of a record by name."""
    place = place_of(_column(type(record)), id_of(record))
    found: dict[str, str] = json.loads(key_of(record, desk).reveal(record.words_sealed, place))
    return found


def found(work: UnitOfWork, kind: type[Kept], record_id: UUID, *, locked: bool = False) -> Kept:
    """The record. Raises NotFound."""
    record = records.one(work.session, kind, record_id, locked=locked)
    if record is None:
        raise NotFound("record_not_found", record_id=record_id)
    return record


def standing(work: UnitOfWork, kind: type[Kept], record_id: UUID) -> Kept:
    """The record, held for changing it. Raises NotFound, Conflict `record_voided`."""
    record = found(work, kind, record_id, locked=True)
    if record.voided_at is not None:
        raise Conflict("record_voided", at=record.voided_at)
    return record


def id_of(record: Record) -> UUID:
    """What a record is called by."""
    named: UUID = getattr(record, IDS[type(record)])
    return named


def key_of(record: Record, desk: Desk) -> ElderKey:
    """The record's own key, opened."""
    return desk.vault.open(WrappedKey(key_id=record.key_id, wrapped=record.wrapped_key))


def place_of_reason(record: Record) -> str:
    """Where the reason for which a record was voided is sealed for."""
    return place_of(f"public_security.{type(record).__tablename__}.void_reason", id_of(record))


def _column(kind: type[Record]) -> str:
    return f"public_security.{kind.__tablename__}.words"


def _text(words: Mapping[str, str]) -> str:
    return json.dumps({name: text for name, text in words.items() if text}, ensure_ascii=False)


def record_trace(work: UnitOfWork, kind: type[Record], record_id: UUID, *, action: str) -> None:
    """Leave a trace of what was done to a record in its history."""
    work.record(
        stream=f"police:{record_id}",
        action=f"{kind.__tablename__}_{action}",
        detail={"by": work.principal.account_id},
    )
