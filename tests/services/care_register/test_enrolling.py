"""Enrolling: an elder enters with facts and sources, gets a class with reasons, and a visit cycle."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.care_register.codes import EnrolmentStatus, ProposalStatus
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.placing import AssignArea, assign_area
from services.care_register.repository import classes
from shared.contracts.access import Role
from shared.contracts.outbox import Verb
from shared.domain.codes import Tier
from shared.domain.errors import Conflict, Forbidden, Invalid
from shared.domain.facts import ElderFacts
from shared.persistence.search_tokens import find_elders
from shared.persistence.tables import Outbox
from shared.process.elders import ElderCards
from shared.process.subjects import enrolled_elders
from tests.builders import at, on_the_wire
from tests.services.care_register.conftest import CLERK, NOW, OTHER_TOWN, VILLAGE, Begin, an_elder, somebody

Announced = Callable[[UUID], list[Outbox]]


def test_an_enrolled_elder_gets_a_class_with_its_reason_and_clause(begin: Begin, desk: Desk) -> None:
    """S2:L60-64: 重点 by age from eighty on; whoever was surveyed as healthy and is younger is 一般."""
    with begin() as work:
        done = enrol(an_elder(11), work, desk)
        (proposed,) = classes.classes_of(work.session, done.enrolment_id)
    assert (proposed.tier, proposed.status) == (Tier.GENERAL, ProposalStatus.PROPOSED)
    assert [reason["code"] for reason in proposed.reasons] == ["R3"]
    assert proposed.reasons[0]["source"].startswith("S2:")


def test_the_cycle_starts_in_the_past_with_what_the_class_owes(
    begin: Begin, desk: Desk, announced: Announced
) -> None:
    with begin() as work:
        done = enrol(an_elder(12), work, desk)
    (message,) = announced(done.enrolment_id)
    state = message.payload["state"]
    assert (message.verb, message.name) == (Verb.START, "VisitCycle")
    assert state["enrolled_at"] == on_the_wire(at("2026-11-02 09:00"))
    assert [rule["code"] for rule in state["plan"]["obligations"]] == ["monthly_visit"]


def test_nothing_personal_is_announced(begin: Begin, desk: Desk, announced: Announced) -> None:
    """Architecture §3: ids and codes only."""
    command = an_elder(13)
    with begin() as work:
        done = enrol(command, work, desk)
    said = str([message.payload for message in announced(done.enrolment_id)])
    person = command.person
    assert [each for each in (person.name, person.id_number, *person.phones) if each in said] == []


def test_an_enrolment_without_a_process_announces_nothing(
    begin: Begin, desk: Desk, announced: Announced
) -> None:
    with begin() as work:
        done = enrol(an_elder(14, starts_process=False), work, desk)
    assert announced(done.enrolment_id) == []


def test_a_lead_is_in_the_register_but_owes_no_visits(begin: Begin, desk: Desk, announced: Announced) -> None:
    with begin() as work:
        done = enrol(an_elder(15, status=EnrolmentStatus.LEAD), work, desk)
    assert announced(done.enrolment_id) == []


def test_the_same_number_is_the_same_elder(begin: Begin, desk: Desk) -> None:
    with begin() as work:
        first = enrol(an_elder(16), work, desk)
    with pytest.raises(Conflict, match="already_enrolled") as refused, begin() as work:
        enrol(an_elder(16), work, desk)
    assert refused.value.params["enrolment_id"] == first.enrolment_id


def test_a_number_known_in_another_town_says_no_more_than_that(begin: Begin, desk: Desk) -> None:
    """A clerk of one town never sees another's elders."""
    with begin() as work:
        enrol(an_elder(17), work, desk)
    elsewhere = an_elder(17, area_code="370302116201")
    with pytest.raises(Conflict, match="known_elsewhere") as refused, begin(OTHER_TOWN) as work:
        enrol(elsewhere, work, desk)
    assert refused.value.params == {}


def test_nobody_is_enrolled_in_the_future(begin: Begin, desk: Desk) -> None:
    with pytest.raises(Invalid, match="enrolled_in_future"), begin() as work:
        enrol(an_elder(18, enrolled_at=at("2026-11-19 10:00")), work, desk)


def test_nobody_is_enrolled_who_is_not_yet_born(begin: Begin, desk: Desk) -> None:
    """By hand a birth date is typed in: one of tomorrow made an elder of minus one year."""
    command = an_elder(18)
    unborn = replace(command.person, id_number="", birth_on=date(2026, 11, 19))
    with pytest.raises(Invalid, match="born_in_future"), begin() as work:
        enrol(replace(command, person=unborn), work, desk)


def test_who_has_no_number_gets_a_temporary_key(begin: Begin, desk: Desk) -> None:
    """§3.1: an elder without number is enrolled all the same, once."""
    command = an_elder(19)
    command = replace(command, person=replace(command.person, id_number="", name="李无号"))
    with begin() as work:
        enrol(command, work, desk)
    again = replace(command, elder_id=UUID(int=71), enrolment_id=UUID(int=72))
    with pytest.raises(Conflict, match="already_enrolled"), begin() as work:
        enrol(again, work, desk)


def test_a_card_opens_for_who_may_see_the_elder_and_for_nobody_else(begin: Begin, desk: Desk) -> None:
    with begin() as work:
        done = enrol(an_elder(20), work, desk)
    cards = ElderCards(desk.vault)
    with begin(CLERK) as work:
        card = cards.for_enrolments(work.session, [done.enrolment_id])[done.enrolment_id]
    with begin(OTHER_TOWN) as work:
        assert cards.for_enrolments(work.session, [done.enrolment_id]) == {}
    assert (card.name, card.phone, card.address) == ("张桂花", "13900001234", "洪山镇南村63号")
    assert (card.masked_name, card.masked_phone, card.masked_address) == (
        "张**",
        "139****1234",
        "洪山镇南村**",
    )


def test_the_rules_of_other_services_see_facts_and_no_name(begin: Begin, desk: Desk) -> None:
    with begin() as work:
        done = enrol(an_elder(21), work, desk)
    with begin() as work:
        elder = enrolled_elders(work.session, [done.enrolment_id])[done.enrolment_id]
    assert (elder.status, elder.tier, elder.state_kind) == ("awaiting_consent", Tier.GENERAL, None)
    assert elder.facts.birth_on is not None
    assert elder.on(NOW.date()).facts.surveyed_healthy


def test_too_little_known_is_never_the_lowest_class(begin: Begin, desk: Desk) -> None:
    """domain §5.4 R4: nothing known is 次重点（待摸底）, never 一般."""
    with begin() as work:
        done = enrol(an_elder(22, facts=ElderFacts()), work, desk)
        (proposed,) = classes.classes_of(work.session, done.enrolment_id)
    assert (proposed.tier, proposed.presumptive) == (Tier.SECONDARY, True)
    assert proposed.to_verify != ()


def test_who_is_placed_moves_with_everything_and_the_cycle_learns_where(
    begin: Begin, desk: Desk, announced: Announced
) -> None:
    """待划片: first the elder is the office's, then the committee's, in search and in every row."""
    with begin() as work:
        done = enrol(an_elder(23, area_code="370302115000", is_placed=False), work, desk)
    cadre = somebody(4, areas=(VILLAGE,), role=Role.CADRE)
    with begin(cadre) as work:
        assert enrolled_elders(work.session, [done.enrolment_id]) == {}
    with begin() as work:
        assign_area(AssignArea(enrolment_id=done.enrolment_id, area_code=VILLAGE), work, desk)
    with begin(cadre) as work:
        (elder,) = enrolled_elders(work.session, [done.enrolment_id]).values()
        assert done.elder_id in find_elders(work, desk.vault, "张桂花", limit=1000)
    assert elder.area_code == VILLAGE
    told = announced(done.enrolment_id)[-1]
    assert (told.name, told.payload["area_code"]) == ("change_plan", VILLAGE)


def test_nobody_is_placed_outside_the_own_territory(begin: Begin, desk: Desk, enrolled: Enrolled) -> None:
    outside = AssignArea(enrolment_id=enrolled.enrolment_id, area_code="370302116201")
    with pytest.raises(Forbidden, match="area_not_yours"), begin() as work:
        assign_area(outside, work, desk)
