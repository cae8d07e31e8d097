"""A workbook as an answer, and what the plans' printed forms share: the margin and how a day is written."""

import io

from flask import send_file
from flask.typing import ResponseReturnValue

from shared.web import current, messages
from shared.web.layout import timed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(content: bytes, name: str) -> ResponseReturnValue:
    """The workbook as a download of that name, kept by nobody on the way."""
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name, max_age=0)


def printed_by(purpose: str) -> str:
    """What stands in the margin of every page: who had it made, when, and what for."""
    who, at = current.principal().name, timed(current.now())
    return messages.PRINTED_BY.format(who=who, at=at, purpose=purpose)


def form_name(sheet: str, place: str, *parts: str) -> str:
    """The file name of a form, of what is not empty: the sheet, the place by its own name, … (§4.4-2)."""
    own = place.rpartition(messages.CITY)[2]
    return messages.FORM_FILE.format(name="_".join(filter(None, (sheet, own, *parts))))
