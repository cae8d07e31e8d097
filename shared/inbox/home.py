"""The front door of a department."""

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from shared.web.access import signed_in

blueprint = Blueprint("inbox_home", __name__)


@blueprint.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """To the inbox."""
    return redirect(url_for("inbox.listing"), HTTPStatus.SEE_OTHER)
