"""Nobody but members of the office reads its records, and nobody rewrites them."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from shared.domain.justice.codes import RecordKind, Step
from shared.platform.logins import Login
from tests.inbox.town import NOW, Town
from tests.services.justice.office import Office

TABLES = ("record", "entry")


@pytest.fixture(scope="module")
def kept(built: Town) -> None:
    """Something to be read."""
    office = Office(built)
    _, record_id = office.begun("kept", RecordKind.CONSULTATION, referral="legal_consultation")
    office.take(record_id, Step.NOTED, text="只属于本所。")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("table", TABLES)
def test_the_offices_own_login_shows_nothing_to_another_unit(office: Office, table: str) -> None:
    counted = text(f"SELECT count(*) FROM justice.{table}")  # noqa: S608 - two names of our own
    seen = {}
    for login in ("lawyer", "doctor", "coordinator"):
        person = office.town.people[login]
        with office.town.database(Login.JUSTICE).begin(person, NOW) as work:
            seen[login] = work.session.execute(counted).scalar_one()

    assert seen["lawyer"] > 0
    assert (seen["doctor"], seen["coordinator"]) == (0, 0)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE justice.entry SET detail = 'x'",
        "DELETE FROM justice.entry",
        "DELETE FROM justice.record",
        "UPDATE justice.record SET kind = 'mediation'",
    ],
)
def test_a_journal_is_only_added_to(office: Office, change: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        office.town.database(Login.JUSTICE).begin(office.town.people["lawyer"], NOW) as work,
    ):
        work.session.execute(text(change))
