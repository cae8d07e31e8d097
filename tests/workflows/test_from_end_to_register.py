"""The whole way back: work ends, the register follows by its own rules, and visits stop within seconds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from temporalio.client import Client

from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from shared.contracts.effects import CarryOut
from shared.domain.codes import StateKind
from shared.domain.kinds import Effect
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.process.aftermath import carry_out
from tests.process.conftest import PLACE, VILLAGE, Village
from tests.services.care_register.conftest import an_elder, somebody
from tests.workflows.waiting import eventually

WITHIN = timedelta(seconds=5)
OFFICER = uuid4()


@pytest.fixture
def register(settings: Settings) -> Iterator[Database]:
    """The register's own login."""
    database = Database(settings, Login.CARE_REGISTER)
    yield database
    database.close()


def enrolled_with_a_cycle(register: Database) -> Enrolled:
    """An elder of the village whom a cycle looks after since last week."""
    desk = Desk(vault=Vault.from_settings(Settings()), book=PolicyBook.load())
    now = datetime.now(UTC).replace(microsecond=0)
    clerk = somebody(5)
    with register.begin(clerk, now) as work:
        done = enrol(replace(an_elder(77), enrolled_at=now - timedelta(days=7)), work, desk)
        start_cycle(StartCycle(enrolment_id=done.enrolment_id), work, desk)
    return done


async def test_a_checked_death_ends_the_visit_cycle_within_five_seconds(
    village: Village,
    register: Database,
    running: Client,
) -> None:
    """Issue 4: a confirmed death from 派出所 changes the register and stops the visit cycle within 5 s."""
    elder = enrolled_with_a_cycle(register)

    def stands() -> list[bool]:
        rows = village.read(
            "SELECT is_closed FROM process.visit_cycle WHERE enrolment_id = :id", id=elder.enrolment_id
        )
        return [row.is_closed for row in rows]

    await eventually(lambda: stands() == [False])
    stated_at = datetime.now(UTC)
    asked = CarryOut(
        effect_id=uuid4(),
        effect=Effect.RECORD_STATE,
        jurisdiction_id=PLACE,
        enrolment_id=elder.enrolment_id,
        at=stated_at,
        account_id=uuid4(),
        unit_id=VILLAGE,
        state=StateKind.PRESUMED_DEAD,
        confirmed_by=uuid4(),
    )
    village.announce(carry_out(asked))

    await eventually(lambda: stands() == [True])
    assert datetime.now(UTC) - stated_at < WITHIN


async def test_what_the_register_refuses_stands_before_the_coordinator(
    village: Village,
    register: Database,
    running: Client,
) -> None:
    """A refusal is not a line in a log: somebody who can act sees it."""
    elder = enrolled_with_a_cycle(register)
    asked = CarryOut(
        effect_id=uuid4(),
        effect=Effect.RECORD_STATE,
        jurisdiction_id=PLACE,
        enrolment_id=elder.enrolment_id,
        at=datetime.now(UTC),
        account_id=OFFICER,
        unit_id=VILLAGE,
        state=StateKind.PRESUMED_DEAD,
        confirmed_by=OFFICER,
        kind="population_change",
    )
    village.announce(carry_out(asked))

    def refused() -> list[tuple[str, str]]:
        rows = village.read(
            "SELECT reason, kind FROM notices.refused_effect WHERE effect_id = :id", id=asked.effect_id
        )
        return [tuple(row) for row in rows]

    await eventually(lambda: refused() == [("second_person_needed", "population_change")])
