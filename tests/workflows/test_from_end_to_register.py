"""The whole way back: work ends, the register follows by its own rules, and visits stop within seconds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from temporalio.client import Client

from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.placing import AssignArea, assign_area
from shared.contracts.announcing import start_message
from shared.domain.codes import StateKind
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.aftermath import carry_out
from tests.builders import an_effect
from tests.process.conftest import BUREAU, PLACE, VILLAGE, VILLAGE_AREA, Village, opened
from tests.services.care_register.conftest import an_elder, somebody
from tests.workflows.waiting import eventually

WITHIN = timedelta(seconds=5)
OFFICER = uuid4()
NEXT_AREA = "370302115202"
NEXT_VILLAGE = f"{PLACE}:village-{NEXT_AREA}"


def enrolled_with_a_cycle(register: Database, number: int) -> Enrolled:
    """An elder of the village whom a cycle looks after since last week."""
    desk = Desk(vault=Vault.from_settings(Settings()), book=own_book())
    now = datetime.now(UTC).replace(microsecond=0)
    clerk = somebody(5)
    with register.begin(clerk, now) as work:
        done = enrol(replace(an_elder(number), enrolled_at=now - timedelta(days=7)), work, desk)
        start_cycle(StartCycle(enrolment_id=done.enrolment_id), work, desk)
    return done


async def test_a_checked_death_ends_the_visit_cycle_within_five_seconds(
    village: Village,
    register: Database,
    running: Client,
) -> None:
    """Issue 4: a confirmed death from 派出所 changes the register and stops the visit cycle within 5 s."""
    elder = enrolled_with_a_cycle(register, 77)

    def stands() -> list[bool]:
        rows = village.read(
            "SELECT is_closed FROM process.visit_cycle WHERE enrolment_id = :id", id=elder.enrolment_id
        )
        return [row.is_closed for row in rows]

    await eventually(lambda: stands() == [False])
    stated_at = datetime.now(UTC)
    asked = an_effect(
        jurisdiction_id=PLACE,
        enrolment_id=elder.enrolment_id,
        at=stated_at,
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
    elder = enrolled_with_a_cycle(register, 78)
    asked = an_effect(
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


async def test_open_work_follows_an_elder_who_moves_within_the_place(
    village: Village,
    register: Database,
    running: Client,
) -> None:
    """Acceptance: exactly one unit is responsible at any instant; the next village learns of it at once."""
    village.opens_unit(NEXT_VILLAGE)
    newcomer = village.joins(NEXT_VILLAGE)
    elder = enrolled_with_a_cycle(register, 79)
    referral_id = asked_of_the_village(village, elder)

    def stands() -> list[tuple[str, str]]:
        rows = village.read(
            "SELECT unit_id, area_code FROM process.referral WHERE referral_id = :id", id=referral_id
        )
        return [tuple(row) for row in rows]

    def told() -> set[UUID]:
        rows = village.read(
            "SELECT account_id FROM notices.notice WHERE referral_id = :id AND unit_id = :unit",
            id=referral_id,
            unit=NEXT_VILLAGE,
        )
        return {row.account_id for row in rows}

    await eventually(lambda: stands() == [(VILLAGE, VILLAGE_AREA)])
    desk = Desk(vault=Vault.from_settings(Settings()), book=own_book())
    with register.begin(somebody(5), datetime.now(UTC)) as work:
        assign_area(AssignArea(enrolment_id=elder.enrolment_id, area_code=NEXT_AREA), work, desk)

    await eventually(lambda: stands() == [(NEXT_VILLAGE, NEXT_AREA)])
    assert told() == {newcomer}


def asked_of_the_village(village: Village, elder: Enrolled) -> UUID:
    """The village is asked to find out a telephone number."""
    start = opened(
        village.database(Login.WORKER),
        own_book(),
        kind="contact_details",
        offered_at=datetime.now(UTC),
        elder=elder.enrolment_id,
        requesting_unit_id=BUREAU,
    )
    village.announce(start_message(start))
    return start.state.referral_id
