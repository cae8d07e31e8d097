"""计划生育特殊家庭: only 宣文办 and the elder's own two contacts read it, wherever it stands (§4.2)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.care_register.codes import Sex
from services.care_register.handlers.correcting import CorrectFacts, correct_facts
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.entry import entry
from services.care_register.handlers.people import Person
from services.care_register.handlers.queue import queue
from services.care_register.handlers.reading import list_entries
from services.care_register.repository.elders import Tag
from services.care_register.repository.listing import EntryFilter
from services.visits.handlers.assigning import assign
from services.visits.handlers.commands import Assign
from services.visits.handlers.desk import Desk as VisitsDesk
from shared.contracts.access import Role
from shared.domain.codes import Circumstance, Health
from shared.domain.facts import ElderFacts
from shared.platform.logins import Login
from shared.process.subjects import enrolled_elders
from tests.inbox.town import AREA, COMMITTEE, NOW, PLACE, SERVICE_OFFICE
from tests.services.coordination.conftest import Street

PUBLICITY = f"{PLACE}:publicity_office"
WORDS = "计生特殊家庭"
MAY_READ = ("publicist", "visitor", "cadre")
MAY_NOT = ("coordinator", "clerk", "second_visitor", "town_cadre", "auditor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one reader finds in the register and on the elder's page."""

    listed: bool
    told: bool
    reasons: set[str]
    waiting: set[str]


@pytest.fixture(scope="module")
def special(street: Street) -> UUID:
    """An elder of such a family, with a visitor of their own and everybody who may want to know."""
    street.joins("publicist", "柳宣", Role.UNIT_LEAD, unit=PUBLICITY, areas=("310110008",))
    street.joins("cadre", "吕居", Role.CADRE, unit=COMMITTEE, areas=(AREA,))
    street.joins("clerk", "施文", Role.CLERK, unit=SERVICE_OFFICE, areas=("310110008",))
    street.joins("second_visitor", "孙另", Role.VISITOR, unit=COMMITTEE, areas=(AREA,))
    street.joins("town_cadre", "沈街", Role.CADRE, unit=SERVICE_OFFICE, areas=("310110008",))
    tag = Tag(circumstance=Circumstance.SPECIAL_FAMILY_PLANNING, source="survey", dated_on=date(2026, 11, 1))
    command = Enrol(
        person=Person(name="华静", birth_on=date(1950, 3, 5), sex=Sex.FEMALE, address="江浦路44弄4号4室"),
        facts=ElderFacts(health=Health.GOOD, surveyed_healthy=True),
        tags=(tag,),
        area_code=AREA,
        enrolled_at=NOW - timedelta(days=40),
    )
    with street.database(Login.CARE_REGISTER).begin(street.people["clerk"], NOW) as work:
        enrolment_id = enrol(command, work, desk_of(street)).enrolment_id
    assigned = Assign(
        enrolment_ids=(enrolment_id,), account_id=street.people["visitor"].account_id, from_on=NOW.date()
    )
    with street.database(Login.VISITS).begin(street.people["coordinator"], NOW) as work:
        assign(assigned, work, VisitsDesk(vault=street.vault, book=street.book))
    return enrolment_id


def desk_of(street: Street) -> RegisterDesk:
    return RegisterDesk(vault=street.vault, book=street.book)


def seen_by(street: Street, login: str, enrolment_id: UUID) -> Seen:
    """Everything that the register's handlers give this person of the elder."""
    desk = desk_of(street)
    with street.database(Login.CARE_REGISTER).begin(street.people[login], NOW) as work:
        (line,) = [
            each
            for each in list_entries(EntryFilter(), work, desk)
            if each.entry.enrolment_id == enrolment_id
        ]
        whole = entry(enrolment_id, work, desk)
        waiting = [each for each in queue(work, desk).classes if each.subject.enrolment_id == enrolment_id]
    hidden = Circumstance.SPECIAL_FAMILY_PLANNING
    return Seen(
        listed=hidden in line.circumstances,
        told=hidden in whole.facts.circumstances or any(tag.circumstance is hidden for tag in whole.tags),
        reasons={reason["code"] for row in whole.classes for reason in row.reasons},
        waiting={reason["code"] for each in waiting for reason in each.proposed.reasons},
    )


@pytest.mark.parametrize("login", MAY_READ)
def test_the_units_of_these_families_and_the_two_contacts_read_it(
    street: Street, special: UUID, login: str
) -> None:
    seen = seen_by(street, login, special)

    assert (seen.listed, seen.told) == (True, True)
    assert "G5_family_planning" in seen.reasons & seen.waiting
    assert WORDS in street.opens(login).get(f"/coordination/elders/{special}").text


@pytest.mark.parametrize("login", MAY_NOT)
def test_nobody_else_reads_it_on_lists_entries_queues_or_the_elders_page(
    street: Street, special: UUID, login: str
) -> None:
    seen = seen_by(street, login, special)

    assert (seen.listed, seen.told) == (False, False)
    assert "G5_family_planning" not in seen.reasons | seen.waiting
    page = street.opens(login).get(f"/coordination/elders/{special}")
    assert page.status_code == 200
    assert WORDS not in page.text
    assert "计划生育" not in page.text


def test_work_for_such_a_family_is_not_on_the_elders_page_of_who_may_not_know(
    street: Street, special: UUID
) -> None:
    """The kind's very name would tell."""
    street.elder, before = special, street.elder
    street.offered("for the family", kind="family_planning_care", by="publicist")
    street.elder = before

    assert WORDS in street.opens("publicist").get(f"/coordination/elders/{special}").text
    assert WORDS not in street.opens("coordinator").get(f"/coordination/elders/{special}").text


def test_who_does_not_see_it_cannot_end_it_by_sending_the_form_back(street: Street, special: UUID) -> None:
    facts = ElderFacts(circumstances=(Circumstance.LIVING_ALONE,), health=Health.GOOD)
    command = CorrectFacts(enrolment_id=special, facts=facts, source="by_hand", dated_on=NOW.date())
    with street.database(Login.CARE_REGISTER).begin(street.people["clerk"], NOW) as work:
        correct_facts(command, work, desk_of(street))
        work.session.flush()
        kept = enrolled_elders(work.session, [special])[special].facts.circumstances

    assert Circumstance.SPECIAL_FAMILY_PLANNING in kept
