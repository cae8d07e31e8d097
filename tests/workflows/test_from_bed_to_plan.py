"""The whole way of a home bed: the centre records, the register follows, the visit cycle asks for rounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from services.health.commands import ApplyForBed, MoveBed
from services.health.handlers.centre import Centre, own_centre
from services.health.handlers.home_beds import apply_for_bed, move_bed
from shared.contracts.access import Principal, Role
from shared.contracts.names import visit_cycle_id
from shared.contracts.visit_cycle import EXPLAIN, CycleExplanation
from shared.domain.health.codes import BedMove
from shared.inbox.desk import Desk
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.elders import ElderCards
from shared.temporal.gateway import Gateway
from tests.process.conftest import PLACE, Village
from tests.workflows.test_from_end_to_register import WITHIN, enrolled_with_a_cycle
from tests.workflows.waiting import eventually

ROUND = "home_bed_round"
DOCTOR = Principal(
    account_id=uuid4(),
    jurisdiction_id=PLACE,
    roles=(Role.OFFICER,),
    units=(f"{PLACE}:health_bureau",),
    areas=("370302",),
)


class Bureau:
    """The doctor at work, each step in a transaction of its own."""

    def __init__(self, settings: Settings) -> None:
        vault = Vault.from_settings(settings)
        self.desk = Desk(
            database=Database(settings, Login.HEALTH),
            judge=Gateway.from_settings(settings, identity="test"),
            book=own_book(),
            vault=vault,
            cards=ElderCards(vault),
        )

    @contextmanager
    def centre(self) -> Iterator[Centre]:
        with self.desk.database.begin(DOCTOR, datetime.now(UTC)) as work:
            yield own_centre(work, self.desk)

    def applies(self, enrolment_id: UUID) -> UUID:
        with self.centre() as centre:
            return apply_for_bed(
                ApplyForBed(enrolment_id=enrolment_id, applied_on=centre.today), centre
            ).bed_id

    def does(self, bed_id: UUID, move: BedMove) -> datetime:
        """The step, and when it was on record."""
        with self.centre() as centre:
            move_bed(MoveBed(bed_id=bed_id, move=move, done_on=centre.today, note="已办"), centre)
        return datetime.now(UTC)


@pytest.fixture
def bureau(office: Settings) -> Iterator[Bureau]:
    """The bureau that keeps the home beds of the district."""
    built = Bureau(office)
    yield built
    built.desk.database.close()


async def test_a_home_bed_adds_a_round_within_five_seconds_and_a_discharge_takes_it_away(
    village: Village, register: Database, bureau: Bureau, running: Client
) -> None:
    """Issue 4, J-76: agreed on, the round is owed; what the doctor does is a visit; then it is gone."""
    elder = enrolled_with_a_cycle(register, 81).enrolment_id

    def projected() -> bool:
        rows = village.read("SELECT next_steps FROM process.visit_cycle WHERE enrolment_id = :id", id=elder)
        return any(step["obligation"] == ROUND for row in rows for step in row.next_steps)

    async def carried() -> bool:
        handle = running.get_workflow_handle(visit_cycle_id(elder))
        explained = await handle.query(EXPLAIN, result_type=CycleExplanation)
        return any(step.obligation == ROUND for step in explained.next_steps)

    def seen() -> list[tuple[str, bool]]:
        rows = village.read(
            "SELECT force, counts_for FROM visits.contact_fact WHERE enrolment_id = :id ORDER BY recorded_at",
            id=elder,
        )
        return [(row.force, ROUND in row.counts_for) for row in rows]

    await eventually(
        lambda: bool(village.read("SELECT FROM process.visit_cycle WHERE enrolment_id = :id", id=elder))
    )
    bed_id = bureau.applies(elder)
    bureau.does(bed_id, BedMove.FIRST_VISIT)
    await eventually(lambda: seen() == [("family_doctor", False)])
    assert not projected()

    agreed_at = bureau.does(bed_id, BedMove.AGREE)
    await eventually(projected)
    assert datetime.now(UTC) - agreed_at < WITHIN
    assert await carried()

    bureau.does(bed_id, BedMove.ROUND)
    await eventually(lambda: seen()[1:] == [("family_doctor", True)])

    discharged_at = bureau.does(bed_id, BedMove.DISCHARGE)
    await eventually(lambda: not projected())
    assert datetime.now(UTC) - discharged_at < WITHIN
    assert not await carried()
