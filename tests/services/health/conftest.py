"""江浦路街道 with its health centre open: a doctor, a colleague, and elders made on demand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from services.care_register.codes import RemovalReason
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.health.app import OWN
from services.health.commands import ApplyForBed, FollowedUp, MoveBed, RecordFollowUp
from services.health.handlers.centre import Centre, own_centre
from services.health.handlers.following_up import record_follow_up
from services.health.handlers.home_beds import apply_for_bed, move_bed
from shared.contracts.access import Principal, Role
from shared.domain.codes import Circumstance
from shared.domain.health.codes import BedMove, FollowUpResult, FollowUpWay
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.inbox.town import HEALTH, NOW, PLACE, SERVICE_OFFICE, Town
from tests.web.browsing import Browser

TODAY = NOW.date()
STREET = "310110008"
OpenCentre = Callable[..., AbstractContextManager[Centre]]
FollowUp = Callable[..., FollowedUp]
_numbers = count(1)


class HealthTown(Town):
    """The town of the inbox's tests, in which the centre serves the whole street."""

    def at_centre(self, login: str = "doctor") -> Browser:
        """Somebody's browser, at the centre's own address."""
        return self.browser(login, "health", own=OWN)

    def somebody(self, name: str = "张桂花", circumstance: Circumstance = Circumstance.LIVING_ALONE) -> UUID:
        """An elder of whom the centre has nothing yet."""
        return self.enrol(name, f"长阳路{next(_numbers)}号", circumstance=circumstance)

    def leaves(self, enrolment_id: UUID) -> None:
        """The elder dies: a clerk says so and the coordinator confirms it."""
        register = self.database(Login.CARE_REGISTER)
        clerk = Principal(
            account_id=UUID(int=2),
            jurisdiction_id=PLACE,
            roles=(Role.CLERK,),
            units=(SERVICE_OFFICE,),
            areas=(STREET,),
        )
        asked = RequestRemoval(enrolment_id=enrolment_id, reason=RemovalReason.DIED, note="派出所证明")
        with register.begin(clerk, NOW) as work:
            request_removal(asked, work, RegisterDesk(vault=self.vault, book=self.book))
        with register.begin(self.people["coordinator"], NOW) as work:
            decide_removal(DecideRemoval(enrolment_id=enrolment_id, is_confirmed=True), work)


@pytest.fixture(scope="module")
def built(settings: Settings) -> Iterator[HealthTown]:
    town = HealthTown(settings)
    town.joins("doctor", "陈医生", Role.OFFICER, unit=HEALTH, areas=(STREET,))
    town.joins("colleague", "沈医生", Role.OFFICER, unit=HEALTH, areas=(STREET,))
    yield town
    town.close()


@pytest.fixture
def town(built: HealthTown) -> HealthTown:
    """The town, on a Wednesday at ten."""
    built.clock.at = NOW
    return built


@pytest.fixture
def centre(town: HealthTown) -> OpenCentre:
    """One transaction of somebody of the centre: the doctor, now, unless said otherwise."""

    @contextmanager
    def opened(login: str = "doctor", *, days: int = 0) -> Iterator[Centre]:
        desk = town.desk(Login.HEALTH)
        with desk.database.begin(town.people[login], NOW + timedelta(days=days)) as work:
            yield own_centre(work, desk)

    return opened


@pytest.fixture
def follow_up(centre: OpenCentre) -> FollowUp:
    """Records one follow-up: in the clinic, today, stable, nothing measured, unless said otherwise."""

    def recorded(enrolment_id: UUID, login: str = "doctor", *, days: int = 0, **changes: Any) -> FollowedUp:
        with centre(login, days=days) as opened:
            return record_follow_up(a_follow_up(enrolment_id, days=days, **changes), opened)

    return recorded


def a_follow_up(enrolment_id: UUID, *, days: int = 0, **changes: Any) -> RecordFollowUp:
    values: dict[str, Any] = {
        "enrolment_id": enrolment_id,
        "programme": "hypertension",
        "done_on": TODAY + timedelta(days=days),
        "way": FollowUpWay.IN_CLINIC,
        "result": FollowUpResult.STABLE,
    }
    return RecordFollowUp(**{**values, **changes})


def bed_up_to(last: BedMove, enrolment_id: UUID, centre: OpenCentre) -> UUID:
    """A home bed that has got as far as that step, all of it today."""
    with centre() as opened:
        bed_id = apply_for_bed(ApplyForBed(enrolment_id=enrolment_id, applied_on=TODAY), opened).bed_id
    for move in (BedMove.FIRST_VISIT, BedMove.AGREE):
        if last is BedMove.APPLY:
            break
        with centre() as opened:
            move_bed(MoveBed(bed_id=bed_id, move=move, done_on=TODAY), opened)
        if move is last:
            break
    return bed_id
