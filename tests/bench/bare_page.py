"""What a page of the inbox costs at least: the same sign-in, its rows by their ids, and the same template.

The rows come in one statement under the same login and row policies; the rest is at hand.
"""

from flask import Blueprint, render_template, request
from sqlalchemy import text

from shared.inbox import mounted
from shared.inbox.acting import READERS
from shared.inbox.items import InboxItem
from shared.inbox.pages import list_parts
from shared.web.access import allow

ROWS = text("SELECT * FROM process.referral WHERE referral_id = ANY(:ids)")

blueprint = Blueprint("bare_page", __name__, url_prefix="/justice/inbox/bare")
_known: dict[str, dict[str, object]] = {}


@blueprint.get("")
@allow(*READERS)
def listing() -> str:
    """The page, without finding out anything."""
    asked = request.query_string.decode()
    parts = _known.get(asked) or _known.setdefault(asked, list_parts())
    desk, reader = mounted.desk(), mounted.reader()
    items = parts["items"]
    assert isinstance(items, list)
    with desk.database.begin(reader.person, reader.now) as work:
        found = work.session.execute(ROWS, {"ids": [_id(item) for item in items]}).all()
    assert len(found) == len(items)
    return render_template("inbox/list.html", **parts)


def _id(item: InboxItem) -> object:
    return item.referral_id
