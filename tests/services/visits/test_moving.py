"""An elder moves within the place: the visit book goes along, and whoever visits there can be assigned."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.placing import AssignArea, assign_area
from services.visits.handlers.assigning import assign, choice
from services.visits.handlers.book import visit_book
from services.visits.handlers.commands import Assign
from services.visits.handlers.desk import Desk
from services.visits.worker import VisitsActivities
from shared.contracts.access import Principal, Role
from shared.contracts.effects import Carried, CarryOut
from shared.contracts.names import AFTERMATH
from shared.domain.errors import NotFound
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.temporal.converter import data_converter
from tests.fakes import StandingClock
from tests.services.visits.conftest import (
    EVERYBODY,
    NEXT_TOWN,
    NOW,
    STRANGER,
    VILLAGE,
    VISITOR,
    ZICHUAN,
    Begin,
    MakeElder,
    Record,
    somebody,
)

CLERK = somebody(43, ZICHUAN, "370302", role=Role.CLERK)
SAME_TOWN = "370302115202"
TODAY, TOMORROW = date(2026, 11, 18), date(2026, 11, 19)
Moves = Callable[[UUID, str], None]


@pytest.fixture
def moves(settings: Settings, desk: Desk, database: Database) -> Moves:
    """The register says where the elder lives now, and visits learn of it, twice as it may happen."""
    activities = VisitsActivities(database, desk, StandingClock(NOW))

    def moved(elder: UUID, area_code: str) -> None:
        register = Database(settings, Login.CARE_REGISTER)
        command = AssignArea(enrolment_id=elder, area_code=area_code)
        with register.begin(CLERK, NOW) as work:
            assign_area(command, work, RegisterDesk(vault=desk.vault, book=desk.book))
        register.close()
        asked = announced(settings, elder)
        assert activities.change(asked).came is Carried.DONE
        assert activities.change(asked).came is Carried.DONE_BEFORE

    return moved


def announced(settings: Settings, elder: UUID) -> CarryOut:
    relay = Database(settings, Login.RELAY)
    with relay.begin(EVERYBODY, NOW) as work:
        sent = work.session.query(Outbox).where(Outbox.name == AFTERMATH).order_by(Outbox.id.desc())
        [payload] = [row.payload for row in sent if row.payload["enrolment_id"] == str(elder)][:1]
    relay.close()
    converter = data_converter(None).payload_converter
    asked: CarryOut = converter.from_payloads(converter.to_payloads([payload]), [CarryOut])[0]
    return asked


def visited(begin: Begin, desk: Desk, elder: UUID, who: Principal, from_on: date) -> None:
    with begin(who) as work:
        command = Assign(enrolment_ids=(elder,), account_id=who.account_id, from_on=from_on)
        assign(command, work, desk)


def test_the_book_goes_along_and_whoever_visits_there_can_be_assigned(
    desk: Desk, begin: Begin, make_elder: MakeElder, record: Record, staff: Database, moves: Moves
) -> None:
    elder = make_elder()
    record(elder)
    visited(begin, desk, elder, VISITOR, TODAY)

    moves(elder, NEXT_TOWN)

    visited(begin, desk, elder, STRANGER, TOMORROW)
    with begin(STRANGER) as work:
        standing = choice(elder, work, desk).standing
        assert len(visit_book(elder, work, desk, before=None, limit=9).lines) == 1
    assert [each.account_id for each in standing if each.to_on is None] == [STRANGER.account_id]
    with pytest.raises(NotFound), begin(VISITOR) as work:
        visit_book(elder, work, desk, before=None, limit=9)


def test_who_visits_there_as_well_goes_on_visiting(
    desk: Desk, begin: Begin, make_elder: MakeElder, staff: Database, moves: Moves
) -> None:
    elder = make_elder()
    visited(begin, desk, elder, VISITOR, TODAY)

    moves(elder, SAME_TOWN)

    assert VILLAGE != SAME_TOWN
    with begin() as work:
        [standing] = choice(elder, work, desk).standing
    assert (standing.account_id, standing.to_on) == (VISITOR.account_id, None)
