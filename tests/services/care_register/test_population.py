"""News of residents from the police (人口信息变化, J-71): quiet at once, two people, then carried out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from services.care_register.codes import EnrolmentStatus, RemovalReason, SaidBy
from services.care_register.handlers import entry as entries
from services.care_register.handlers import removing, states
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled
from services.care_register.handlers.population import (
    DecideNews,
    News,
    decide_news,
    take_back_news,
    take_news,
)
from services.care_register.handlers.queue import queue
from services.care_register.worker import RegisterActivities
from services.public_security.models import Change
from shared.contracts.access import Principal, Role
from shared.contracts.effects import Carried
from shared.domain.codes import StateKind, StateStatus
from shared.domain.errors import Conflict, Forbidden
from shared.domain.population import PopulationChange
from shared.persistence.base import table_of
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.process.news import NewsWords, seal_words
from tests.builders import an_effect, at
from tests.policies.plans import with_value
from tests.services.care_register.conftest import CADRE, CLERK, NOW, VILLAGE, Begin, number_of

STATION = "zibo_zichuan:police_station"
OFFICER = Principal(
    account_id=UUID(int=77),
    jurisdiction_id="zibo_zichuan",
    roles=(Role.OFFICER,),
    units=(STATION,),
    areas=("370302",),
)


@pytest.fixture(scope="module")
def police(settings: Settings) -> Iterator[Database]:
    database = Database(settings, Login.PUBLIC_SECURITY)
    yield database
    database.close()


@pytest.fixture
def visited(begin: Begin, desk: Desk, enrolled: Enrolled) -> UUID:
    """The enrolment of an elder whose visit cycle runs."""
    with begin() as work:
        start_cycle(StartCycle(enrolment_id=enrolled.enrolment_id), work, desk)
    return enrolled.enrolment_id


def news(enrolment_id: UUID, kind: PopulationChange) -> News:
    """Something that happened yesterday."""
    return News(
        change_id=uuid4(),
        enrolment_id=enrolment_id,
        kind=kind,
        happened_on=date(2026, 11, 17),
        unit_id=STATION,
    )


def told(begin: Begin, desk: Desk, enrolment_id: UUID, kind: PopulationChange) -> UUID:
    """The register has taken the news in."""
    asked = news(enrolment_id, kind)
    with begin(OFFICER) as work:
        assert take_news(asked, work, desk)
    return asked.change_id


def said(police: Database, desk: Desk, change_id: UUID, enrolment_id: UUID, words: NewsWords) -> None:
    """The station has written down the words of the change."""
    wrapped = desk.vault.new_key()
    row = {
        "change_id": change_id,
        "jurisdiction_id": "zibo_zichuan",
        "area_code": VILLAGE,
        "unit_id": STATION,
        "enrolment_id": enrolment_id,
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "words_sealed": seal_words(words, change_id, desk.vault.open(wrapped)),
        "recorded_at": NOW,
        "recorded_by": OFFICER.account_id,
        "kind": PopulationChange.MOVED_WITHIN,
        "happened_on": date(2026, 11, 17),
    }
    with police.begin(OFFICER, NOW) as work:
        work.session.execute(insert(table_of(Change)).values(row))


def acting(begin: Begin, enrolment_id: UUID) -> list[tuple[StateKind, StateStatus]]:
    with begin() as work:
        found = states.states.acting_states(work.session, enrolment_id)
    return [(each.kind, each.status) for each in found]


Messages = Callable[[UUID], list[Outbox]]


def test_a_death_stops_calls_the_minute_it_is_known(
    begin: Begin, desk: Desk, visited: UUID, announced: Messages
) -> None:
    """疑已去世 stops all calls that minute (§0.2-3); who dies is nobody's to confirm alone."""
    told(begin, desk, visited, PopulationChange.DIED)

    assert acting(begin, visited) == [(StateKind.PRESUMED_DEAD, StateStatus.REPORTED)]
    [fact] = announced(visited)[-1].payload["facts"]["states"]
    assert (fact["kind"], fact["status"]) == ("presumed_dead", "reported")


def test_a_death_that_became_known_years_later_acts_all_the_same(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """A state of now began within a year; what the police tell may lie further back."""
    late = replace(news(visited, PopulationChange.DIED), happened_on=date(2024, 11, 18))
    with begin(OFFICER) as work:
        assert take_news(late, work, desk)

    assert acting(begin, visited) == [(StateKind.PRESUMED_DEAD, StateStatus.REPORTED)]


def test_news_that_was_taken_back_leaves_everything_as_before_unless_it_was_confirmed(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """作废 at the station: twice without harm; what a second person has confirmed meanwhile stands."""
    change_id = told(begin, desk, visited, PopulationChange.DIED)
    for _ in range(2):
        with begin(OFFICER) as work:
            take_back_news(change_id, work)
    assert acting(begin, visited) == []
    confirmed = told(begin, desk, visited, PopulationChange.MOVED_WITHIN)
    with begin() as work:
        decide_news(DecideNews(change_id=confirmed, is_confirmed=True), work, desk)

    with pytest.raises(Conflict, match="already_decided"), begin(OFFICER) as work:
        take_back_news(confirmed, work)


def test_the_same_news_again_changes_nothing(
    begin: Begin, desk: Desk, visited: UUID, announced: Messages
) -> None:
    asked = news(visited, PopulationChange.DIED)
    for _ in range(2):
        with begin(OFFICER) as work:
            take_news(asked, work, desk)

    assert len(acting(begin, visited)) == 1
    assert [message.name for message in announced(visited)] == ["VisitCycle", "take_in"]


def test_the_word_of_the_police_confirms_what_a_visitor_suspected(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """The police feed confirms; it is not the first to know (§0.2-3)."""
    with begin(CADRE) as work:
        suspected = states.ReportState(
            enrolment_id=visited, kind=StateKind.PRESUMED_DEAD, said_by=SaidBy.NEIGHBOUR, starts_at=NOW
        )
        states.report_state(suspected, work, desk)
    told(begin, desk, visited, PopulationChange.DIED)

    assert acting(begin, visited) == [(StateKind.PRESUMED_DEAD, StateStatus.CONFIRMED)]


def test_whoever_told_it_does_not_confirm_it(begin: Begin, desk: Desk, visited: UUID) -> None:
    """Four eyes: the policy asks for a second person."""
    change_id = told(begin, desk, visited, PopulationChange.DIED)

    with pytest.raises(Forbidden, match="second_person_needed"), begin(OFFICER) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=True), work, desk)


@pytest.mark.parametrize("kind", [PopulationChange.DIED, PopulationChange.MOVED_AWAY])
def test_confirmed_the_elder_has_left_and_the_cycle_ends(
    begin: Begin, desk: Desk, visited: UUID, announced: Messages, kind: PopulationChange
) -> None:
    """J-71: plans stop; who and when stands in the register."""
    change_id = told(begin, desk, visited, kind)
    with begin(CLERK) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=True), work, desk)

    with begin() as work:
        left = entries.entry(visited, work, desk)
    assert (left.row.status, left.row.removal_reason) == (EnrolmentStatus.LEFT, RemovalReason(kind))
    assert announced(visited)[-1].name == "close"
    with pytest.raises(Conflict, match="already_decided"), begin(CLERK) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=False), work, desk)


def test_found_untrue_everything_is_as_before(
    begin: Begin, desk: Desk, visited: UUID, announced: Messages
) -> None:
    change_id = told(begin, desk, visited, PopulationChange.DIED)
    with begin(CLERK) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=False), work, desk)

    assert acting(begin, visited) == []
    [fact] = announced(visited)[-1].payload["facts"]["states"]
    assert fact["status"] == "refused"


def test_of_a_death_told_with_two_days_nobody_calls_until_both_are_found_untrue(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """§0.2-3: 疑已去世 stops all calls; one wrong day made the visits go on while the other day waited."""
    first, second = (told(begin, desk, visited, PopulationChange.DIED) for _ in range(2))
    with begin() as work:
        decide_news(DecideNews(change_id=first, is_confirmed=False), work, desk)
    still_quiet = acting(begin, visited)
    with begin() as work:
        decide_news(DecideNews(change_id=second, is_confirmed=False), work, desk)

    assert still_quiet == [(StateKind.PRESUMED_DEAD, StateStatus.REPORTED)]
    assert acting(begin, visited) == []


def test_after_a_removal_by_hand_no_news_waits(begin: Begin, desk: Desk, visited: UUID) -> None:
    told(begin, desk, visited, PopulationChange.DIED)
    with begin(CADRE) as work:
        asked = removing.RequestRemoval(enrolment_id=visited, reason=RemovalReason.DIED, note="家属告知")
        removing.request_removal(asked, work, desk)
    with begin(CLERK) as work:
        removing.decide_removal(removing.DecideRemoval(enrolment_id=visited, is_confirmed=True), work)

    with begin(CLERK) as work:
        assert visited not in {each.subject.enrolment_id for each in queue(work, desk).news}


def test_a_move_within_the_place_brings_the_new_address_and_waits_for_its_area(
    begin: Begin, desk: Desk, visited: UUID, police: Database
) -> None:
    change_id = told(begin, desk, visited, PopulationChange.MOVED_WITHIN)
    said(police, desk, change_id, visited, NewsWords(person="张桂花", address="洪山镇云端新区1号"))
    with begin(CLERK) as work:
        [waiting] = [each for each in queue(work, desk).news if each.news.change_id == change_id]
    assert (waiting.stands, waiting.words.address) == ("洪山镇南村63号", "洪山镇云端新区1号")
    with begin(CLERK) as work:
        decide_news(DecideNews(change_id=change_id, is_confirmed=True), work, desk)

    with begin() as work:
        moved = entries.entry(visited, work, desk)
    assert (moved.person.address, moved.row.is_placed) == ("洪山镇云端新区1号", False)


def test_a_corrected_number_is_taken_over_and_whole_for_nobody_without_a_trace(
    begin: Begin, desk: Desk, visited: UUID, police: Database
) -> None:
    """Domain §3.5: the page on which it waits showed it in full to whoever opened it."""
    change_id = told(begin, desk, visited, PopulationChange.CORRECTED)
    number = number_of("19500306", 900)
    said(police, desk, change_id, visited, NewsWords(person="张桂花", id_number=number))
    with begin(CLERK) as work:
        [shown] = [each.words for each in queue(work, desk).news if each.news.change_id == change_id]
        decide_news(DecideNews(change_id=change_id, is_confirmed=True), work, desk)

    with begin(CLERK) as work:
        asked = entries.RevealIdNumber(enrolment_id=visited, reason="test")
        assert entries.reveal_id_number(asked, work, desk) == number
    assert shown.id_number == f"{number[:6]}********{number[-4:]}"


def test_a_death_is_to_be_decided_within_a_day_and_a_move_within_three_working_days(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """J-71: ≤ 3 WD; death 1 d."""
    told(begin, desk, visited, PopulationChange.DIED)
    told(begin, desk, visited, PopulationChange.MOVED_WITHIN)
    with begin(CLERK) as work:
        mine = [each.news for each in queue(work, desk).news if each.news.enrolment_id == visited]

    assert {each.kind: each.confirm_by for each in mine} == {
        PopulationChange.DIED: NOW + timedelta(days=1),
        PopulationChange.MOVED_WITHIN: at("2026-11-23 10:00"),
    }


def test_news_arrives_as_what_follows_from_work_elsewhere_once_and_never_for_who_has_left(
    begin: Begin, desk: Desk, visited: UUID, database: Database
) -> None:
    """The station announces it; the register's worker carries it out in the name of who reported it."""
    activities = RegisterActivities(database, desk, SystemClock())
    died = an_effect(
        jurisdiction_id="zibo_zichuan",
        enrolment_id=visited,
        at=NOW,
        account_id=OFFICER.account_id,
        unit_id=STATION,
        news=PopulationChange.DIED,
        happened_on=date(2026, 11, 17),
    )

    assert activities.change(died).came is Carried.DONE
    assert activities.change(died).came is Carried.DONE_BEFORE
    with begin(CLERK) as work:
        decide_news(DecideNews(change_id=died.effect_id, is_confirmed=True), work, desk)
    late = activities.change(replace(died, effect_id=uuid4()))
    assert (late.came, late.reason) == (Carried.REFUSED, "has_left")


def test_where_the_policy_asks_for_no_second_person_the_word_of_the_police_is_enough(
    begin: Begin, desk: Desk, visited: UUID
) -> None:
    """Four eyes where the policy says so."""
    alone = with_value("zibo_zichuan", "population.died.second_person", value=False)
    trusting = Desk(vault=desk.vault, book=PolicyBook(policies=(alone,)))
    with begin(OFFICER) as work:
        take_news(news(visited, PopulationChange.DIED), work, trusting)

    with begin() as work:
        assert entries.entry(visited, work, desk).row.status is EnrolmentStatus.LEFT
