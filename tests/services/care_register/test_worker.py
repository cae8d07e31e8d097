"""The review as the workflow asks for it: every place, under an account of its own, twice without harm."""

from datetime import date

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import enrol
from services.care_register.repository import classes
from services.care_register.worker import REVIEWER, RegisterActivities
from shared.contracts.review import ReviewAsOf, Reviewed
from shared.persistence.engine import Database
from shared.platform.clock import SystemClock
from tests.builders import at
from tests.services.care_register.conftest import Begin, an_elder


def test_the_review_of_a_day_is_done_once_and_stands_under_nobodys_name(
    begin: Begin, desk: Desk, database: Database
) -> None:
    with begin() as work:
        done = enrol(an_elder(1, birth_on=date(1946, 12, 20)), work, desk)
    activities = RegisterActivities(database, desk, SystemClock())
    birthday = ReviewAsOf(as_of=at("2026-12-20 03:00"))
    assert activities.review(birthday) == Reviewed(classes_proposed=1)
    assert activities.review(birthday) == Reviewed()
    with begin() as work:
        assert classes.classes_of(work.session, done.enrolment_id)[0].proposed_by == REVIEWER
