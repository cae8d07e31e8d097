"""A cycle that `tanfang reconcile` starts anew says nothing else of what was judged for good."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text

from shared.contracts.access import Role
from shared.domain.visit_cycle.state import WindowOutcome
from shared.platform.logins import Login
from shared.process.tables import VisitWindow
from tests.builders import at
from tests.inbox.town import AREA, COMMITTEE, NOW
from tests.services.coordination.conftest import Street

FIRST_TUESDAY, THIS_MONDAY = at("2026-10-13 10:00"), at("2026-11-16 00:00")
UNTOLD = text(
    "UPDATE visits.contact SET voided_at = occurred_at, voided_by = visited_by, void_reason = 'wrong_elder'"
    " WHERE enrolment_id = :elder AND occurred_at < :before"
)
"""What no cycle was told of: only one that judges those weeks again would notice."""

Outcomes = dict[tuple[str, datetime], WindowOutcome]


@pytest.fixture(scope="module")
def elder(street: Street) -> UUID:
    """Enrolled in October, and visited by the committee's cadre every other day since."""
    visitor = street.people["visitor"]
    enrolment_id = street.enrol("郑安", "江浦路55弄5号5室")
    street.people["visitor"] = street.joins("cadre", "王居", Role.CADRE, unit=COMMITTEE, areas=(AREA,))
    for day in range(0, 36, 2):
        street.clock.at = FIRST_TUESDAY + timedelta(days=day)
        street.visited(enrolment_id)
    street.people["visitor"], street.clock.at = visitor, NOW
    street.loses(enrolment_id)
    return enrolment_id


def closed(street: Street, elder: UUID) -> Outcomes:
    """How the windows stand that have closed before this week."""
    wanted = select(VisitWindow).filter_by(enrolment_id=elder).where(VisitWindow.closes_at <= THIS_MONDAY)
    with street.database(Login.COORDINATION).begin(street.people["coordinator"], NOW) as work:
        return {(row.obligation, row.opens_at): row.outcome for row in work.session.scalars(wanted)}


def test_what_was_judged_for_good_stays_as_it_was_told(street: Street, elder: UUID) -> None:
    """The start carried the last forty contacts: each week met before them was told as missed."""
    before = closed(street, elder)
    with street.database(Login.OWNER).engine.begin() as owner:
        owner.execute(UNTOLD, {"elder": elder, "before": THIS_MONDAY})
    street.loses(elder)

    assert set(before.values()) == {WindowOutcome.MET}
    assert closed(street, elder) == before


def test_who_is_looked_for_is_looked_for_by_the_same_chase(street: Street) -> None:
    """What opened it closed long ago, and is judged again all the same: a contact must end it."""
    unseen = street.enrol("吴未", "江浦路66弄6号6室")
    street.loses(unseen)
    chase = street.cycles[unseen].chase
    street.loses(unseen)

    assert chase is not None
    assert street.cycles[unseen].chase == chase
