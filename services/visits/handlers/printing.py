"""The plan's own record of an elder's visits (附件2, 服务台账) for one month, and who had it made."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.visits.handlers.book import BookLine, VisitBook, book_of_month
from services.visits.handlers.desk import Desk
from services.visits.repository.book import area_names
from shared.domain.codes import ExportPurpose
from shared.domain.errors import NotFound
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import TOWN_DIGITS, full_code
from shared.policies.forms import Sheet, SheetCode
from shared.policies.model import Policy

RECORD, BOOK = SheetCode.VISIT_RECORD, SheetCode.VISIT_BOOK
"""附件2 ticks what was done at each visit; the book (台账) says what was found at each contact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """What stands on the form: `town` and `village` where the elder lives, a line for each visit."""

    sheet: Sheet
    book: VisitBook
    month: date
    town: str
    village: str

    @property
    def lines(self) -> tuple[BookLine, ...]:
        """Each visit; where nobody was reached there was none, but the book says that somebody tried."""
        is_book = self.sheet.code == BOOK
        return tuple(line for line in self.book.lines if is_book or line.contact.is_reached)


def sheet_of(policy: Policy) -> Sheet | None:
    """The form on which the place keeps visits, if its plan has one."""
    return policy.forms.sheet(RECORD) or policy.forms.sheet(BOOK)


def record_sheet(enrolment_id: UUID, month: date, uow: UnitOfWork, desk: Desk) -> RecordSheet:
    """The elder's form of the month. Raises NotFound outside the territory, or `no_such_form`."""
    book = book_of_month(enrolment_id, month, uow, desk)
    sheet = sheet_of(book.policy)
    if sheet is None:
        raise NotFound("no_such_form")
    village = book.elder.area_code
    town = full_code(village[:TOWN_DIGITS])
    names = area_names(uow.session, [town, village])
    return RecordSheet(
        sheet=sheet, book=book, month=month, town=names.get(town, ""), village=names.get(village, "")
    )


def note_sheet(found: RecordSheet, content: bytes, purpose: ExportPurpose, uow: UnitOfWork) -> None:
    """Who made it, when, what for, and which file it was."""
    detail = {
        "enrolment_id": found.book.elder.enrolment_id,
        "sheet": found.sheet.code,
        "month": f"{found.month:%Y-%m}",
        "rows": len(found.lines),
        "purpose": purpose,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    uow.record(stream=f"elder:{found.book.elder.elder_id}", action="form_exported", detail=detail)
