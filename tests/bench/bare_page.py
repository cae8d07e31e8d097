"""What a page of the inbox costs at least: the same sign-in, the SQL of what it shows, and the template.

One plain statement each for the referrals, the names of staff and units, and the elders' sealed cards, by
their ids, under the same login and row policies; and the page's own statement for the numbers beside the
lists, which plain SQL counts no faster. No row is looked for, nothing is opened or put into words.
"""

from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.inbox import mounted
from shared.inbox.acting import READERS
from shared.inbox.figures import read_figures
from shared.inbox.pages import list_parts
from shared.persistence.engine import PLAN_ONCE
from shared.process.tables import Referral
from shared.web.access import allow

ROWS = (
    text("SELECT * FROM process.referral WHERE referral_id = ANY(:referrals)"),
    text("SELECT account_id, name FROM identity.account_name WHERE account_id = ANY(:accounts)"),
    text("SELECT unit_id, name FROM identity.unit_directory WHERE unit_id = ANY(:units)"),
    text("SELECT * FROM care_register.elder_card WHERE enrolment_id = ANY(:enrolments)"),
)

blueprint = Blueprint("bare_page", __name__, url_prefix="/justice/inbox/bare")
_known: dict[str, dict[str, object]] = {}
_ids: dict[str, dict[str, list[Any]]] = {}


@blueprint.get("")
@allow(*READERS)
def listing() -> str:
    """The page, without finding out which rows it shows and what may be done with them."""
    asked = request.query_string.decode()
    parts = _known.get(asked) or _known.setdefault(asked, list_parts())
    desk, reader = mounted.desk(), mounted.reader()
    with desk.database.begin(reader.person, reader.now, first=[PLAN_ONCE]) as work:
        ids = _ids.get(asked) or _ids.setdefault(asked, _ids_of(work.session, parts["items"]))
        found = [work.session.execute(rows, ids).all() for rows in ROWS]
        figures = read_figures(work.session, reader)
    assert len(found[0]) == len(ids["referrals"])
    assert figures.counts == parts["counts"]
    return render_template("inbox/list.html", **parts)


def _ids_of(session: Session, items: Any) -> dict[str, list[Any]]:  # noqa: ANN401 - out of a template's parts
    shown = select(Referral.subject_id).where(Referral.referral_id.in_([item.referral_id for item in items]))
    return {
        "referrals": [item.referral_id for item in items],
        "accounts": list({item.holder_id for item in items if item.holder_id}),
        "units": list({unit for item in items for unit in (item.unit_id, item.requesting_unit_id)}),
        "enrolments": list(set(session.scalars(shown))),
    }
