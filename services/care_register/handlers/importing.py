"""A roster comes in (名单导入): read against the register, stored for a person to look at, rows chosen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.care_register.codes import BatchStatus, RowOutcome, Sex
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of
from services.care_register.handlers.people import Person, open_person
from services.care_register.handlers.personal import enrolled_as
from services.care_register.handlers.readings import seal_reading
from services.care_register.repository import rosters
from services.care_register.repository.rosters import BatchRow
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.roster.findings import Verdict
from shared.domain.roster.reading import InRegister, RowReading, read_roster
from shared.domain.roster.sheet import Sheet, UnreadColumn, find_table, unread_columns
from shared.domain.roster.words import RosterWords
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import ElderKey
from shared.policies.directory import full_code

TAKEN = (Verdict.ACCEPTED, Verdict.NEEDS_CONFIRMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRoster:
    """A roster as it came: the sheet's cells, the file's hash, and how the place writes its lists."""

    file_name: str
    file_hash: bytes
    sheet: Sheet
    words: RosterWords


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseRows:
    """Which rows a person wants taken in: all that may be, only the accepted ones, or these positions."""

    batch_id: UUID
    verdicts: tuple[Verdict, ...] = TAKEN
    positions: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A roster read: each row with what was found, and the columns that are not read; nothing is stored."""

    dated_on: date
    unread: tuple[UnreadColumn, ...]
    readings: tuple[RowReading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """The batch of a file; the same file again is the same batch."""

    batch_id: UUID
    is_new: bool


def preview(command: UploadRoster, work: UnitOfWork, desk: Desk) -> Preview:
    """Read the roster against the register as it stands. Raises Invalid `no_table`, `no_rows`."""
    table = find_table(command.sheet, command.words)
    if table is None:
        raise Invalid("no_table")
    today = desk.today(work.principal.jurisdiction_id, work.now)
    readings = read_roster(
        command.sheet,
        table,
        command.words,
        today=today,
        known=lambda reading: _in_register(reading, work, desk),
    )
    if not readings:
        raise Invalid("no_rows")
    unread = unread_columns(command.sheet, table, command.words)
    return Preview(dated_on=table.dated_on or today, unread=unread, readings=tuple(readings))


def upload(command: UploadRoster, work: UnitOfWork, desk: Desk) -> Uploaded:
    """Store the roster for a person to look at. Raises Invalid, or Conflict `upload_running`."""
    known = rosters.batch_of_file(work.session, command.file_hash)
    if known is not None:
        return Uploaded(batch_id=known.batch_id, is_new=False)
    looked_at = preview(command, work, desk)
    batch_id, wrapped = uuid4(), desk.vault.new_key()
    place = {"jurisdiction_id": work.principal.jurisdiction_id, "area_code": office_area(work)}
    is_first = rosters.add_batch(
        work.session,
        {
            **place,
            "batch_id": batch_id,
            "file_hash": command.file_hash,
            "file_name": command.file_name,
            "dated_on": looked_at.dated_on,
            "unread": [[each.letters, each.heading, each.why] for each in looked_at.unread],
            "key_id": wrapped.key_id,
            "wrapped_key": wrapped.wrapped,
            "status": BatchStatus.PREVIEWED,
            "uploaded_at": work.now,
            "uploaded_by": work.principal.account_id,
        },
    )
    if not is_first:
        raise Conflict("upload_running")
    key = desk.vault.open(wrapped)
    rows = [{**place, **_row_values(each, batch_id, key)} for each in looked_at.readings]
    rosters.add_rows(work.session, rows)
    return Uploaded(batch_id=batch_id, is_new=True)


def choose_rows(command: ChooseRows, work: UnitOfWork) -> None:
    """Mark the rows; refused rows and those already taken in are passed over. Raises NotFound."""
    found_batch(work, command.batch_id)
    verdicts = [each for each in command.verdicts if each in TAKEN]
    rosters.choose(work.session, command.batch_id, verdicts=verdicts, positions=command.positions)
    rosters.change_batch(work.session, command.batch_id, {"status": BatchStatus.CONFIRMING})


def found_batch(work: UnitOfWork, batch_id: UUID) -> BatchRow:
    """The batch in the territory of who asks. Raises NotFound."""
    batch = rosters.batch(work.session, batch_id)
    if batch is None:
        raise NotFound("batch_not_found", batch_id=batch_id)
    return batch


def office_area(work: UnitOfWork) -> str:
    """The area of the office that keeps the list, the widest of its territory. Raises Invalid `no_area`."""
    if not work.principal.areas:
        raise Invalid("no_area")
    return full_code(min(work.principal.areas, key=len))


def source_of(batch: BatchRow) -> str:
    """The list by name, as the tags keep it: the file's name without its ending."""
    return batch.file_name.rsplit(".", 1)[0]


def person_of_row(reading: RowReading) -> Person:
    """Who a row is about."""
    return Person(
        name=reading.name,
        id_number=reading.id_number,
        birth_on=reading.birth_on,
        sex=Sex(reading.sex) if reading.sex else Sex.UNKNOWN,
        phones=reading.phones,
        address=reading.address,
        contacts=reading.contacts,
        notes="\n".join(reading.notes),
    )


def _row_values(reading: RowReading, batch_id: UUID, key: ElderKey) -> dict[str, object]:
    return {
        "batch_id": batch_id,
        "position": reading.row,
        "verdict": reading.verdict,
        "reading_sealed": seal_reading(reading, batch_id, key),
        "outcome": RowOutcome.PENDING,
        "failure": "",
    }


def _in_register(reading: RowReading, work: UnitOfWork, desk: Desk) -> InRegister | None:
    """Whether the elder of a row is in the register, as far as who asks may know."""
    standing = enrolled_as(person_of_row(reading), work, desk)
    if standing is None:
        return None
    known = open_person(elder_of(work, standing), desk)
    return InRegister(
        is_same_name=known.name == reading.name, is_same_number=known.id_number == reading.id_number
    )
