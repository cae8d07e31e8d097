"""A day with Tanfang: a round, a door that stays shut, a hospital, a referral, fifty who claim at once."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.story.office import Office, Person, account, elder, in_parallel
from tests.story.people import COORDINATION, JUSTICE, listed, offer, officers
from tests.story.waiting import eventually

VISITS, REGISTER = "/visits", "/register"
VILLAGE = "/department"
CLAIMERS = 50

WINDOWS_DONE = """
SELECT count(*) FROM process.visit_window AS shown
WHERE enrolment_id = %(id)s AND obligation = %(obligation)s AND done > 0 AND closes_at > now()
"""
ACCEPTS = "SELECT account_id, at FROM process.referral_ledger WHERE referral_id = %(id)s AND code = 'accept'"
REFERRAL = "SELECT status, holder_id, outcome FROM process.referral WHERE referral_id = %(id)s"


def contact(elder_id: UUID, mode: str, reach: str, **more: object) -> dict[str, Any]:
    return {"enrolment_id": str(elder_id), "mode": mode, "reach": reach, **more}


def record(visitor: Person, elder_id: UUID, mode: str, reach: str, **more: object) -> dict[str, Any]:
    """Put a contact on record and hear what it is worth."""
    answer = visitor.done("PUT", f"{VISITS}/api/contacts/{uuid4()}", contact(elder_id, mode, reach, **more))
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="module")
def visitor(office: Office) -> Person:
    return office.person("zc-visitor1")


@pytest.fixture(scope="module")
def coordinator(office: Office) -> Person:
    return office.person("zc-coordinator")


def test_a_contact_is_judged_at_once_and_reaches_the_elders_cycle(office: Office, visitor: Person) -> None:
    """Item 1: the round shows what is owed; a visit at home counts; the cycle knows within two seconds."""
    unseen = elder("王永")
    before = visitor.get(f"{VISITS}/api/round")
    stop = next(stop for stop in before["due"] if stop["enrolment_id"] == str(unseen))
    assert [owed["obligation"] for owed in stop["owed"]] == ["monthly_visit"]

    findings = {"expression": "no_change", "movement": "no_change", "response": "no_change"}
    said = record(visitor, unseen, "at_home", "spoken_with", entry_consent="oral", findings=findings)

    assert (said["is_reached"], said["counts_for"]) == (True, ["monthly_visit"])
    assert said["reason"]["source"].startswith("S2:")
    eventually(
        lambda: office.count(WINDOWS_DONE, id=unseen, obligation="monthly_visit"),
        seconds=2,
    )
    after = visitor.get(f"{VISITS}/api/round")
    assert str(unseen) in [stop["enrolment_id"] for stop in after["settled"]]


def test_a_call_to_a_bedridden_elder_of_zichuan_does_not_count_and_says_why(office: Office) -> None:
    """Z-66: 已联系，不计入探访."""
    said = record(office.person("zc-visitor2"), elder("葛素宝"), "phone", "spoken_with")

    assert (said["is_reached"], said["counts_for"]) == (True, [])
    assert {each["obligation"] for each in said["withheld"]} == {"monthly_visit", "weekly_visit"}
    assert said["reason"]["source"]


def test_the_same_call_in_jiangpu_counts_for_daily_care_and_not_for_care_at_home(office: Office) -> None:
    """S1: 日常关爱 by any means, 重点关爱 at home."""
    said = record(office.person("jp-visitor2"), elder("喻家长"), "phone", "spoken_with")

    assert said["counts_for"] == ["daily_care"]
    assert "focus_home_care" in {each["obligation"] for each in said["withheld"]}


def test_a_door_that_stays_shut_opens_an_alarm_that_seeing_the_elder_ends(
    office: Office, visitor: Person
) -> None:
    """Item 2, §0.2-2: 未见到老人 opens at once, one for each elder, and ends when the elder is seen."""
    shut = elder("吕秀")

    first = record(visitor, shut, "at_home", "no_answer_door")
    second = record(visitor, shut, "at_home", "no_answer_door")
    cadre = office.person("zc-cadre2")
    alarm = first["not_seen_id"]

    assert alarm == second["not_seen_id"]
    eventually(lambda: str(alarm) in listed(cadre, VILLAGE, "pool"))
    seen = record(visitor, shut, "at_home", "seen", entry_consent="oral")
    assert seen["ended_not_seen_id"] == alarm
    ended = eventually(lambda: office.rows(REFERRAL + " AND closed_at IS NOT NULL", id=alarm))[0]
    assert (ended["status"], ended["outcome"]) == ("closed", "seen_in_person")


def test_a_state_that_a_second_person_confirms_ends_the_chase(office: Office, coordinator: Person) -> None:
    """Item 3, §0.2-3: reported it quiets the chase at once; who reported it cannot confirm it."""
    missed = elder("谢雅国")
    chase = chased(coordinator)[str(missed)]
    reporter = office.person("zc-town-lead")
    state = reporter.done(
        "POST",
        f"{REGISTER}/api/entries/{missed}/states",
        {"kind": "in_hospital", "starts_at": present(coordinator), "said_by": "family"},
    )["state_id"]
    quiet = "SELECT count(*) FROM process.referral WHERE referral_id = %(id)s AND suspended_at IS NOT NULL"
    eventually(lambda: office.count(quiet, id=chase))

    own = reporter.send("POST", f"{REGISTER}/api/states/{state}/decision", {"is_confirmed": True})
    assert own.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT}
    coordinator.done("POST", f"{REGISTER}/api/states/{state}/decision", {"is_confirmed": True})

    ended = eventually(lambda: office.rows(REFERRAL + " AND closed_at IS NOT NULL", id=chase))[0]
    assert ended["outcome"] == "state_confirmed"
    assert str(missed) not in chased(coordinator)


def test_a_referral_goes_from_offer_to_confirmation_through_the_inboxes(office: Office) -> None:
    """Item 4: offered with the elder's word, claimed, completed with an outcome, confirmed by who asked."""
    asking, officer = office.people(["jp-coordinator", "jp-justice"])
    referral = offer(asking, elder("钱桂生"))
    eventually(lambda: referral in listed(officer, JUSTICE, "pool"))

    claimed = officer.move(JUSTICE, referral, "accept")
    assert (claimed.status_code, claimed.json()["holder_id"]) == (HTTPStatus.OK, str(account("jp-justice")))
    assert officer.move(JUSTICE, referral, "complete", outcome="unheard_of").is_client_error
    officer.move(JUSTICE, referral, "complete", outcome="advised", text="已讲清。").raise_for_status()
    confirmed = asking.move(COORDINATION, referral, "confirm")

    assert confirmed.json()["status"] == "closed"
    shown = asking.get(f"{COORDINATION}/api/referrals/{referral}")
    assert (shown["outcome"], len(shown["ledger"])) == ("advised", 4)


def test_of_fifty_who_claim_at_once_one_wins_and_the_others_learn_who_and_when(office: Office) -> None:
    """Acceptance, claim races: one 200, 49 × 409 naming the winner and the time; one accept in the ledger."""
    rivals = officers(office, CLAIMERS, prefix="rival")
    referral = offer(office.person("jp-coordinator"), elder("陶金德"))
    eventually(lambda: referral in listed(rivals[0], JUSTICE, "pool"))

    answers = in_parallel([lambda one=one: one.move(JUSTICE, referral, "accept") for one in rivals], CLAIMERS)

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [HTTPStatus.OK] + [HTTPStatus.CONFLICT] * (CLAIMERS - 1)
    won = next(answer.json() for answer in answers if answer.is_success)
    lost = [answer.json() for answer in answers if answer.is_client_error]
    assert {problem["facts"]["holder_id"] for problem in lost} == {won["holder_id"]}
    assert all(problem["facts"]["time"] for problem in lost)
    ledger = office.rows(ACCEPTS, id=referral)
    assert [str(line["account_id"]) for line in ledger] == [won["holder_id"]]
    assert str(office.one(REFERRAL, id=referral)["holder_id"]) == won["holder_id"]


def present(person: Person) -> str:
    """The instant at which the services believe to be."""
    as_of = person.get(f"{COORDINATION}/api/board")["as_of"]
    assert isinstance(as_of, str)
    return as_of


def chased(coordinator: Person) -> dict[str, str]:
    """Who is chased on the coordinator's board, and by which referral."""
    chases = coordinator.get(f"{COORDINATION}/api/board")["chases"]
    return {each["enrolment_id"]: each["referral_id"] for each in chases}
