"""What ends elsewhere changes the register by the register's own rules: at once, once, and with four eyes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.care_register.codes import EnrolmentStatus, RemovalReason, SaidBy
from services.care_register.handlers.aftermath import carry_out
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.finding import facts_of, locked_enrolment
from services.care_register.handlers.removing import DecideRemoval, decide_removal
from services.care_register.repository import classes, states
from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.codes import Ability, StateKind, StateStatus, Tier
from shared.domain.errors import Forbidden
from shared.domain.kinds import Effect
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.persistence.unit_of_work import UnitOfWork
from tests.builders import an_effect
from tests.services.care_register.conftest import CADRE, NOW, VILLAGE, Begin

OFFICER, SERGEANT = UUID(int=71), UUID(int=72)
TOWN = "zibo_zichuan:town_115"
NEXT_VILLAGE = "370302115202"


def asked_by_police(enrolled: Enrolled, state: StateKind, **changes: object) -> CarryOut:
    asked = an_effect(
        jurisdiction_id="zibo_zichuan",
        enrolment_id=enrolled.enrolment_id,
        at=NOW,
        account_id=OFFICER,
        unit_id=TOWN,
        state=state,
    )
    return replace(asked, **changes)


@pytest.fixture
def carried(database: Database, desk: Desk) -> Callable[[CarryOut], CarriedOut]:
    """Carry an effect out as the worker does."""

    def begin(who: Principal) -> AbstractContextManager[UnitOfWork]:
        return database.begin(who, NOW)

    return lambda asked: carry_out(asked, begin, desk)


@pytest.fixture
def visited(begin: Begin, desk: Desk, enrolled: Enrolled) -> Enrolled:
    """The elder with a cycle under way."""
    with begin() as work:
        start_cycle(StartCycle(enrolment_id=enrolled.enrolment_id), work, desk)
    return enrolled


def test_a_death_stated_by_one_officer_quiets_visits_at_once_and_waits_for_a_second_person(
    begin: Begin,
    visited: Enrolled,
    carried: Callable[[CarryOut], CarriedOut],
    announced: Callable[[UUID], list[Outbox]],
) -> None:
    asked = asked_by_police(visited, StateKind.PRESUMED_DEAD)

    assert carried(asked).came is Carried.DONE
    assert carried(asked).came is Carried.DONE_BEFORE

    with begin() as work:
        row = locked_enrolment(work, visited.enrolment_id)
        [state] = states.states(work.session, visited.enrolment_id)
    assert (row.status, row.removal_reason) == (EnrolmentStatus.AWAITING_CONSENT, RemovalReason.DIED)
    assert (state.status, state.said_by) == (StateStatus.REPORTED, SaidBy.INSTITUTION)
    assert state.reported_by == OFFICER
    assert [message.name for message in announced(visited.enrolment_id)] == ["VisitCycle", "take_in"]


def test_who_stated_a_death_cannot_confirm_the_removal(
    begin: Begin, visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    carried(asked_by_police(visited, StateKind.PRESUMED_DEAD))
    command = DecideRemoval(enrolment_id=visited.enrolment_id, is_confirmed=True)

    with pytest.raises(Forbidden, match="second_person_needed"), begin(_as(OFFICER)) as work:
        decide_removal(command, work)
    with begin(CADRE) as work:
        decide_removal(command, work)


def test_a_death_that_two_officers_have_checked_ends_the_enrolment_and_its_cycle(
    begin: Begin,
    visited: Enrolled,
    carried: Callable[[CarryOut], CarriedOut],
    announced: Callable[[UUID], list[Outbox]],
) -> None:
    asked = asked_by_police(visited, StateKind.PRESUMED_DEAD, confirmed_by=SERGEANT)

    assert carried(asked).came is Carried.DONE
    carried(asked)

    with begin() as work:
        row = locked_enrolment(work, visited.enrolment_id)
    assert row.status is EnrolmentStatus.LEFT
    assert [message.name for message in announced(visited.enrolment_id)][-1] == "close"


def test_one_officer_alone_is_not_two_persons(
    begin: Begin, visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    asked = asked_by_police(visited, StateKind.PRESUMED_DEAD, confirmed_by=OFFICER)

    assert carried(asked) == CarriedOut(came=Carried.REFUSED, reason="second_person_needed")
    with begin() as work:
        assert locked_enrolment(work, visited.enrolment_id).status is not EnrolmentStatus.LEFT


def test_who_has_moved_within_the_territory_stays_enrolled_and_the_cycle_goes_along(
    begin: Begin,
    visited: Enrolled,
    carried: Callable[[CarryOut], CarriedOut],
    announced: Callable[[UUID], list[Outbox]],
) -> None:
    asked = asked_by_police(visited, StateKind.PRESUMED_MOVED, moved_to=NEXT_VILLAGE)

    assert carried(asked).came is Carried.DONE
    assert carried(asked).came is Carried.DONE_BEFORE

    with begin() as work:
        row = locked_enrolment(work, visited.enrolment_id)
    assert row.area_code == NEXT_VILLAGE != VILLAGE
    [*_, told] = announced(visited.enrolment_id)
    assert (told.name, told.payload["area_code"]) == ("change_plan", NEXT_VILLAGE)


def test_told_again_of_an_earlier_move_nobody_is_moved_back(
    begin: Begin, visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    """A process that was lost is started again from what was announced, perhaps long after."""
    there = asked_by_police(visited, StateKind.PRESUMED_MOVED, moved_to=NEXT_VILLAGE)
    back = asked_by_police(visited, StateKind.PRESUMED_MOVED, moved_to=VILLAGE)

    came = [carried(asked).came for asked in (there, back, there)]
    assert came == [Carried.DONE, Carried.DONE, Carried.DONE_BEFORE]

    with begin() as work:
        assert locked_enrolment(work, visited.enrolment_id).area_code == VILLAGE


def test_an_effect_on_somebody_who_has_left_is_refused_with_its_reason(
    visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    carried(asked_by_police(visited, StateKind.PRESUMED_DEAD, confirmed_by=SERGEANT))

    later = carried(asked_by_police(visited, StateKind.IN_HOSPITAL))

    assert later == CarriedOut(came=Carried.REFUSED, reason="has_left")


def test_a_review_of_the_class_lets_the_rules_look_again(
    visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    asked = replace(asked_by_police(visited, StateKind.AWAY), effect=Effect.REVIEW_CLASS, state=None)

    assert carried(asked).came is Carried.DONE_BEFORE


def _as(account_id: UUID) -> Principal:
    return replace(CADRE, account_id=account_id)


def assessed(enrolled: Enrolled, level: str, scale: str = "GB/T 42195-2022") -> CarryOut:
    asked = replace(asked_by_police(enrolled, StateKind.AWAY), state=None, effect=Effect.RECORD_ABILITY)
    return replace(asked, kind="ability_assessment", scale=scale, level=level)


def test_a_new_level_of_ability_is_recorded_with_its_scale_and_proposes_another_tier(
    begin: Begin, visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    """Issue 4: a new ability level proposes a new tier; a person confirms it."""
    with begin() as work:
        before = classes.classes_of(work.session, visited.enrolment_id)[0]

    assert carried(assessed(visited, "complete")).came is Carried.DONE
    assert carried(assessed(visited, "complete")).came is Carried.DONE_BEFORE

    with begin() as work:
        proposed = classes.classes_of(work.session, visited.enrolment_id)[0]
        known = facts_of(work, locked_enrolment(work, visited.enrolment_id))
    assert known.ability is not None
    assert (known.ability.level, known.ability.scale) == (Ability.COMPLETE, "GB/T 42195-2022")
    assert known.ability.assessed_on == date(2026, 11, 18)
    assert (before.tier, proposed.tier, proposed.status) == (Tier.GENERAL, Tier.FOCUS, "proposed")


def test_a_care_need_is_a_level_of_another_scale_and_leaves_the_ability_alone(
    begin: Begin, visited: Enrolled, carried: Callable[[CarryOut], CarriedOut]
) -> None:
    """Scales are never converted."""
    carried(assessed(visited, "3", "shanghai_care_need"))

    with begin() as work:
        known = facts_of(work, locked_enrolment(work, visited.enrolment_id))
    assert (known.care_level, known.ability) == (3, None)


@pytest.mark.parametrize("level", ["", "6", "fine"])
def test_a_level_that_the_scale_does_not_have_is_refused(
    visited: Enrolled, carried: Callable[[CarryOut], CarriedOut], level: str
) -> None:
    assert carried(assessed(visited, level)) == CarriedOut(came=Carried.REFUSED, reason="unknown_level")
