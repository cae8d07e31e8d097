"""Leaving and coming back: the register goes on with what it knew."""

from dataclasses import replace
from uuid import UUID

from services.care_register.codes import RemovalReason
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrol, Enrolled, enrol
from services.care_register.handlers.entry import Entry, entry
from services.care_register.handlers.removing import (
    DecideRemoval,
    RequestRemoval,
    decide_removal,
    request_removal,
)
from services.care_register.repository.elders import Tag
from shared.contracts.access import Principal
from shared.domain.codes import Ability, Circumstance
from shared.domain.facts import AssessedAbility, ElderFacts
from tests.services.care_register.conftest import (
    CADRE,
    CLERK,
    NOW,
    OTHER_TOWN,
    Begin,
    an_elder,
    somebody,
)

DISTRICT = somebody(30, areas=("370302",))
DEPENDENT = ElderFacts(ability=AssessedAbility(level=Ability.SEVERE, scale="gbt_42195"), disability_level=2)
HARDSHIP = Circumstance.TEMPORARY_HARDSHIP


def test_who_comes_back_is_known_as_before_and_what_is_said_now_counts(begin: Begin, desk: Desk) -> None:
    """By hand nobody types the family and the assessment again; who needs a visit a week kept one a month."""
    before = an_elder(71, facts=DEPENDENT)
    before = replace(before, person=replace(before.person, contacts="女儿 王芳", address="洪山镇北村8号"))
    left(begin, desk, before)
    back = enrol_again(begin, desk, an_elder(71, facts=ElderFacts(disability_level=1)))
    found = read(begin, desk, back)
    assert (found.person.contacts, found.person.address) == ("女儿 王芳", "洪山镇南村63号")
    assert (found.facts.ability, found.facts.disability_level) == (DEPENDENT.ability, 1)


def test_who_comes_back_in_another_town_brings_what_lists_said_along(begin: Begin, desk: Desk) -> None:
    """The rules saw a circumstance that the new town did not: each proposed another class than the other."""
    left(begin, desk, an_elder(72))
    severe = Tag(circumstance=Circumstance.SEVERE_DISABILITY, source="hand", dated_on=NOW.date())
    moved = an_elder(72, area_code="370302116201", tags=(severe,))
    back = enrol_again(begin, desk, moved, DISTRICT)
    both = {Circumstance.LIVING_ALONE, Circumstance.SEVERE_DISABILITY}
    assert {tag.circumstance for tag in read(begin, desk, back, OTHER_TOWN).tags} == both


def test_a_hardship_that_still_lasts_keeps_its_end_and_a_new_one_has_its_own(
    begin: Begin, desk: Desk
) -> None:
    """J-09: who comes back does not begin the old hardship anew; one that is said again does begin."""
    hard = Tag(circumstance=HARDSHIP, source="hand", dated_on=NOW.date())
    ends = NOW.date().replace(day=25)
    gone = left(begin, desk, an_elder(73, tags=(hard,), hardship_until=ends))
    back = enrol_again(begin, desk, an_elder(73, tags=()))
    assert (read(begin, desk, gone).hardship_until, read(begin, desk, back).hardship_until) == (ends, ends)
    leave(begin, desk, back)
    again = enrol_again(begin, desk, replace(an_elder(73, tags=(hard,)), enrolment_id=UUID(int=7303)))
    assert (read(begin, desk, again).hardship_until or ends) > ends


def left(begin: Begin, desk: Desk, command: Enrol) -> Enrolled:
    with begin() as work:
        done = enrol(command, work, desk)
    leave(begin, desk, done)
    return done


def leave(begin: Begin, desk: Desk, done: Enrolled) -> None:
    asked = RequestRemoval(enrolment_id=done.enrolment_id, reason=RemovalReason.MOVED_AWAY, note="家属告知")
    with begin(CLERK) as work:
        request_removal(asked, work, desk)
    with begin(CADRE) as work:
        decide_removal(DecideRemoval(enrolment_id=done.enrolment_id, is_confirmed=True), work)


def enrol_again(begin: Begin, desk: Desk, command: Enrol, who: Principal = CLERK) -> Enrolled:
    with begin(who) as work:
        return enrol(command, work, desk)


def read(begin: Begin, desk: Desk, done: Enrolled, who: Principal = CLERK) -> Entry:
    with begin(who) as work:
        return entry(done.enrolment_id, work, desk)
