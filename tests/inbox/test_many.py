"""Five thousand open referrals in one unit: a page asks no more statements than with one."""

from collections.abc import Sequence
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import event

from shared.inbox.codes import View
from shared.inbox.figures import MOST_COUNTED, read_figures
from shared.inbox.filters import ListQuery
from shared.inbox.queries import read_list
from shared.inbox.reader import Reader
from shared.platform.logins import Login
from tests.bench.pages import BREACHES, MANY, OTHER_UNIT
from tests.inbox.town import JUSTICE, Town

PAGE = "/justice/inbox?limit=50&view="
ALL_OF = {
    View.POOL: "unit_id = %(unit)s AND status = 'offered'",
    View.UNIT: "unit_id = %(unit)s AND status IN ('accepted', 'completed')",
    View.SENT: "requesting_unit_id = %(unit)s AND status NOT IN ('closed', 'withdrawn')",
    View.OVERDUE: (
        "%(unit)s IN (unit_id, requesting_unit_id) AND status NOT IN ('completed', 'closed', 'withdrawn')"
        " AND breaches <> '[]' AND accept_by < %(now)s"
    ),
    View.DONE: "unit_id = %(unit)s AND status IN ('closed', 'withdrawn')",
}
"""The lists said once more, as plainly as can be."""


@pytest.fixture(scope="module")
def asked(built: Town) -> tuple[list[str], list[str]]:
    """What the office's service asks while it has one referral, and then thousands."""
    statements: list[str] = []
    engine = built.database(Login.JUSTICE).engine
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(str(call[2])))
    like = built.offered("the first")
    browser = built.browser("lawyer", service="justice")
    statements.clear()
    assert browser.get(f"{PAGE}pool").text.count("<tr") == 1 + 1
    with_one = list(statements)
    values = {"like": like, "other": OTHER_UNIT, "breaches": BREACHES}
    with _past_every_policy(built) as connection:
        connection.execute(MANY, {**values, "holder": built.people["lawyer"].account_id})
    statements.clear()
    page = browser.get(f"{PAGE}pool").text
    assert page.count("<tr") == 1 + 50
    assert f"{MOST_COUNTED}+" in page
    return with_one, statements


def _past_every_policy(town: Town) -> psycopg.Connection:
    settings = town.settings
    return psycopg.connect(settings.admin_url(settings.database_name), autocommit=True)


def _reader(town: Town) -> Reader:
    return Reader(person=town.people["lawyer"], now=town.clock.now(), book=town.book)


def _paged(town: Town, view: View) -> Sequence[UUID]:
    """Every row of a list, page after page."""
    reader, rows, after = _reader(town), list[UUID](), None
    while True:
        with town.database(Login.JUSTICE).begin(reader.person, reader.now) as work:
            query = ListQuery(view=view, after=after, limit=200)
            page = read_list(work.session, query, reader, town.desk(Login.JUSTICE)).page
        rows += [row.referral_id for row in page.items]
        if (after := page.next) is None:
            return rows


def test_a_page_of_fifty_asks_as_many_statements_as_a_page_of_one(
    asked: tuple[list[str], list[str]],
) -> None:
    with_one, with_thousands = asked

    assert len(with_one) == len(with_thousands) < 12


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("view", ALL_OF, ids=str)
def test_paging_through_thousands_shows_each_once_and_in_order(town: Town, view: View) -> None:
    order = "closed_at DESC, referral_id DESC"
    if view is not View.DONE:
        order = "urgency <> 'urgent', offered_at, referral_id"
    statement = f"SELECT referral_id FROM process.referral WHERE {ALL_OF[view]} ORDER BY {order}"  # noqa: S608
    with _past_every_policy(town) as connection:
        found = connection.execute(statement.encode(), {"unit": JUSTICE, "now": town.clock.now()})
        expected = [row[0] for row in found]

    assert len(expected) >= 800
    assert _paged(town, view) == expected


@pytest.mark.usefixtures("asked")
def test_what_is_more_than_anybody_counts_is_counted_no_further(town: Town) -> None:
    reader = _reader(town)
    with town.database(Login.JUSTICE).begin(reader.person, reader.now) as work:
        counts = read_figures(work.session, reader).counts

    assert counts[View.POOL] == counts[View.UNIT] == counts[View.OVERDUE] == MOST_COUNTED + 1
    assert counts[View.MINE] == 50
    assert counts[View.WATCHING] == 0


@pytest.mark.usefixtures("asked")
def test_the_filter_offers_each_kind_that_came_in_or_was_asked_for_and_no_other(town: Town) -> None:
    town.offered("a second kind", kind="mediation")
    reader = _reader(town)
    with town.database(Login.JUSTICE).begin(reader.person, reader.now) as work:
        kinds = read_figures(work.session, reader).kinds

    assert kinds == ["legal_consultation", "mediation"]
