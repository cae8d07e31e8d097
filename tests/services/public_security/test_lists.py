"""The station's lists: the newest records, and before them whatever is still under way."""

from datetime import timedelta

from services.public_security.handlers.office import About
from services.public_security.handlers.welfare import MOST_SHOWN, StartCheck, checks, start_check
from services.public_security.models import WelfareCheck
from services.public_security.repository import records
from shared.platform.logins import Login
from tests.inbox.town import AREA, NOW, POLICE
from tests.services.public_security.conftest import Station


def test_a_check_under_way_stays_on_the_list_however_many_came_and_ended_after_it(station: Station) -> None:
    """The list shows the newest: where somebody still stands was gone with the thirtieth after it."""
    enrolment_id, _ = station.enrolled("郑根娣")
    about = About(unit_id=POLICE, area_code=AREA, enrolment_id=enrolment_id)
    officer, desk = station.town.people["police"], station.town.desk(Login.PUBLIC_SECURITY)
    with desk.database.begin(officer, NOW - timedelta(days=2)) as work:
        under_way = start_check(StartCheck(about=about, called_at=NOW - timedelta(days=2)), work, desk)
    with desk.database.begin(officer, NOW) as work:
        for _ in range(MOST_SHOWN):
            ended = start_check(StartCheck(about=about, called_at=NOW), work, desk)
            over = {"arrived_at": NOW, "entry": "not_entered", "found": "safe", "ended_at": NOW}
            over |= {"ended_by": officer.account_id}
            records.change(work.session, WelfareCheck, ended, over)

    with desk.database.begin(officer, NOW) as work:
        shown = checks(work)

    assert under_way in [each.check_id for each in shown if each.ended_at is None]
    assert len(shown) == MOST_SHOWN
