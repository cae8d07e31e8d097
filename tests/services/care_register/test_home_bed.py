"""A home bed (家庭病床) as the health centre tells of it: what is owed follows, once and at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.care_register.handlers.aftermath import carry_out
from services.care_register.handlers.cycles import StartCycle, plan_of, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.finding import facts_of, locked_enrolment
from services.care_register.handlers.placing import AssignArea, assign_area
from shared.contracts.access import Principal
from shared.contracts.effects import BedInUse, Carried, CarriedOut
from shared.domain.facts import Spell
from shared.domain.kinds import Effect
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.subjects import enrolled_elders
from tests.builders import an_effect
from tests.services.care_register.conftest import NOW, Begin

ROUND = "home_bed_round"
AGREED = NOW.date() - timedelta(days=2)
NEXT_VILLAGE = "370302115202"
Tell = Callable[..., CarriedOut]


@pytest.fixture
def visited(begin: Begin, desk: Desk, enrolled: Enrolled) -> Enrolled:
    """The elder with a cycle under way."""
    with begin() as work:
        start_cycle(StartCycle(enrolment_id=enrolled.enrolment_id), work, desk)
    return enrolled


@pytest.fixture
def told(database: Database, desk: Desk, visited: Enrolled) -> Tell:
    """Tell the register of a bed as the worker does."""

    def begin(who: Principal) -> AbstractContextManager[UnitOfWork]:
        return database.begin(who, NOW)

    def tell(bed_id: UUID, version: int, to_on: date | None = None, from_on: date = AGREED) -> CarriedOut:
        asked = an_effect(
            effect=Effect.FOLLOW_HOME_BED,
            jurisdiction_id="zibo_zichuan",
            enrolment_id=visited.enrolment_id,
            at=NOW,
            account_id=UUID(int=71),
            unit_id="zibo_zichuan:health_bureau",
            bed=BedInUse(bed_id=bed_id, version=version, spell=Spell(from_on=from_on, to_on=to_on)),
        )
        return carry_out(asked, begin, desk)

    return tell


def owed(begin: Begin, desk: Desk, enrolled: Enrolled) -> bool:
    with begin() as work:
        plan = plan_of(work, locked_enrolment(work, enrolled.enrolment_id), desk)
    return plan.obligation(ROUND) is not None


def test_a_bed_in_use_adds_the_round_to_the_plan_and_a_discharge_takes_it_away(
    begin: Begin,
    desk: Desk,
    visited: Enrolled,
    told: Tell,
    announced: Callable[[UUID], list[Outbox]],
) -> None:
    """J-76, issue 4: a home bed adds an obligation; the visit cycle gets another plan each time, once."""
    bed_id = uuid4()
    assert not owed(begin, desk, visited)

    assert told(bed_id, 3).came is Carried.DONE
    assert told(bed_id, 3).came is Carried.DONE_BEFORE
    assert owed(begin, desk, visited)

    assert told(bed_id, 5, NOW.date()).came is Carried.DONE
    assert not owed(begin, desk, visited)
    messages = announced(visited.enrolment_id)
    assert [message.name for message in messages] == ["VisitCycle", "change_plan", "change_plan"]
    assert [message.payload["ended_on"] for message in messages[1:]] == [None, NOW.date().isoformat()]


def test_what_was_overtaken_on_its_way_changes_nothing(
    begin: Begin, desk: Desk, visited: Enrolled, told: Tell
) -> None:
    """The register was down: the discharge arrives before the agreement, and stands."""
    bed_id = uuid4()
    told(bed_id, 5, NOW.date())

    assert told(bed_id, 3).came is Carried.DONE_BEFORE
    assert not owed(begin, desk, visited)


def test_an_agreement_that_was_none_leaves_no_trace_in_what_is_owed(
    begin: Begin, desk: Desk, visited: Enrolled, told: Tell
) -> None:
    """Struck out by the centre: the bed was in use on no day."""
    bed_id = uuid4()
    told(bed_id, 3)
    told(bed_id, 4, AGREED)

    assert not owed(begin, desk, visited)


def test_while_one_of_two_beds_is_in_use_the_round_is_owed(
    begin: Begin, desk: Desk, visited: Enrolled, told: Tell
) -> None:
    """Two centres may keep a bed each; the later discharge ends it."""
    one, other = uuid4(), uuid4()
    told(one, 3)
    told(other, 3, from_on=AGREED - timedelta(days=30))
    told(other, 9, AGREED)
    assert owed(begin, desk, visited)
    told(one, 9, NOW.date())

    assert not owed(begin, desk, visited)


def test_other_services_read_the_bed_and_it_goes_along_when_the_elder_moves(
    begin: Begin, desk: Desk, visited: Enrolled, told: Tell
) -> None:
    """What counts is judged in visits by the same fact; from and until when, and no word more."""
    told(uuid4(), 3)
    move = AssignArea(enrolment_id=visited.enrolment_id, area_code=NEXT_VILLAGE)
    with begin() as work:
        assign_area(move, work, desk)
    with begin() as work:
        seen = enrolled_elders(work.session, [visited.enrolment_id])[visited.enrolment_id]
        own = facts_of(work, locked_enrolment(work, visited.enrolment_id))

    assert seen.facts.home_bed == own.home_bed == Spell(from_on=AGREED)
    assert seen.area_code == NEXT_VILLAGE
