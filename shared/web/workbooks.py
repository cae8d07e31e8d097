"""A workbook as an answer, and what the plans' printed forms share: the margin and how a day is written."""

import io
from datetime import date

from flask import send_file
from flask.typing import ResponseReturnValue

from shared.web import current, messages
from shared.web.layout import moment

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(content: bytes, name: str) -> ResponseReturnValue:
    """The workbook as a download of that name, kept by nobody on the way."""
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name, max_age=0)


def printed_by(purpose: str) -> str:
    """What stands in the margin of every page: who had it made, when, and what for."""
    who, at = current.principal().name, moment(current.now())
    return messages.PRINTED_BY.format(who=who, at=at, purpose=purpose)


def form_name(*parts: str) -> str:
    """The file name of a form, of those parts that are not empty."""
    return messages.FORM_FILE.format(name="_".join(filter(None, parts)))


def form_day(on: date) -> str:
    """A day as forms write it, with its year."""
    return messages.DAY_OF_YEAR.format(year=on.year, month=on.month, day=on.day)
