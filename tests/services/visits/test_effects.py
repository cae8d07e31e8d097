"""What ends elsewhere changes visits by their own rules: the police saw an elder; help is not wanted now."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.visits.codes import EntryConsent, Gap
from services.visits.handlers.book import visit_book
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import at_door
from services.visits.handlers.effects import carry_out
from services.visits.handlers.judging import questions
from services.visits.worker import VisitsActivities
from shared.contracts.access import Principal
from shared.contracts.effects import Carried, CarriedOut, CarryOut
from shared.domain.codes import Force, Reach, VisitMode
from shared.domain.findings import all_unchanged
from shared.domain.kinds import Effect
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.builders import an_effect, at
from tests.fakes import StandingClock
from tests.process.conftest import begun, opened
from tests.services.visits.conftest import NOW, ZICHUAN, Begin, MakeElder, Record
from tests.web.browsing import Browser

OFFICER, STATION = UUID(int=71), f"{ZICHUAN}:town_115"
NO_ANSWER: dict[str, Any] = {"mode": VisitMode.PHONE, "reach": Reach.NO_ANSWER_PHONE}
LATER = at("2026-12-18 09:00")
Carry = Callable[..., CarriedOut]


@pytest.fixture
def carried(database: Database, desk: Desk) -> Carry:
    """Carry an effect out as the worker does."""

    def begun(asked: CarryOut, now: datetime = NOW) -> CarriedOut:
        def begin(who: Principal) -> AbstractContextManager[UnitOfWork]:
            return database.begin(who, now)

        return carry_out(asked, begin, desk)

    return begun


def asked_for(elder: UUID, effect: Effect, kind: str, **changes: Any) -> CarryOut:
    asked = an_effect(
        effect=effect,
        jurisdiction_id=ZICHUAN,
        enrolment_id=elder,
        at=NOW,
        account_id=OFFICER,
        unit_id=STATION,
        kind=kind,
        referral_id=uuid4(),
    )
    return replace(asked, **changes)


def seen_by_police(elder: UUID, desk: Desk) -> CarryOut:
    """As the policy says it of a welfare check."""
    policy = desk.policy_at(ZICHUAN, NOW)
    [rule] = [row for row in policy.kind("welfare_check").effects if row.outcome == "seen_in_person"]
    assert rule.does == (Effect.RECORD_CONTACT,)
    return asked_for(
        elder, Effect.RECORD_CONTACT, "welfare_check", seen=rule.seen, at=NOW + timedelta(minutes=5)
    )


def asked_again(begin: Begin, desk: Desk, elder: UUID, now: datetime) -> list[str]:
    with begin(now=now) as work:
        return [need.kind for need in at_door(elder, work, desk).asked_again]


def test_whom_the_police_have_seen_is_searched_for_no_longer(
    make_elder: MakeElder,
    record: Record,
    database: Database,
    desk: Desk,
    begin: Begin,
    outbox: Callable[[str], list[Any]],
) -> None:
    """Domain §0.2-1: it ends by 已见到本人, whoever saw the elder; once, however often it is carried out."""
    elder = make_elder()
    opened = record(elder, **NO_ANSWER)
    activities = VisitsActivities(database, desk, StandingClock(NOW + timedelta(minutes=6)))
    asked = seen_by_police(elder, desk)

    assert activities.change(asked).came is Carried.DONE
    assert activities.change(asked).came is Carried.DONE_BEFORE

    _, end = outbox(f"referral/{opened.not_seen_id}")
    assert (end.payload["move"], end.payload["reason"]) == ("conclude", "seen_in_person")
    with begin() as work:
        [contact, _] = visit_book(elder, work, desk, before=None, limit=9).lines
    assert (contact.contact.force, contact.contact.visited_by) == (Force.POLICE, OFFICER)


def test_help_that_is_not_wanted_now_is_asked_about_again_on_the_day_of_the_policy(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk
) -> None:
    """Domain §0.2-8: 暂不需要 is asked again, after thirty days and no sooner."""
    elder = make_elder()
    asked = asked_for(elder, Effect.ASK_AGAIN_LATER, "mediation")

    assert carried(asked).came is Carried.DONE
    assert carried(asked).came is Carried.DONE_BEFORE

    assert asked_again(begin, desk, elder, LATER - timedelta(days=1)) == []
    assert asked_again(begin, desk, elder, LATER) == ["mediation"]


def test_what_was_refused_again_waits_anew_and_what_was_met_is_asked_no_more(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk
) -> None:
    elder = make_elder()
    carried(asked_for(elder, Effect.ASK_AGAIN_LATER, "mediation"))
    carried(asked_for(elder, Effect.ASK_AGAIN_LATER, "psychological"))

    carried(asked_for(elder, Effect.ASK_AGAIN_LATER, "mediation", at=LATER), LATER)
    carried(asked_for(elder, Effect.MEET_NEED, "psychological", at=LATER), LATER)

    assert asked_again(begin, desk, elder, LATER) == []
    assert asked_again(begin, desk, elder, LATER + timedelta(days=30)) == ["mediation"]


def test_what_somebody_has_offered_since_is_not_asked_about_at_the_door(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk, settings: Settings
) -> None:
    elder = make_elder()
    carried(asked_for(elder, Effect.ASK_AGAIN_LATER, "legal_consultation"))

    offered(elder, "legal_consultation", settings, desk)

    assert asked_again(begin, desk, elder, LATER) == []


def test_what_few_may_know_of_is_not_asked_at_the_door(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk
) -> None:
    """Domain §1.5: 计生特殊家庭 is not for every visitor to see."""
    elder = make_elder()

    carried(asked_for(elder, Effect.ASK_AGAIN_LATER, "family_planning_care"))

    assert asked_again(begin, desk, elder, LATER) == []


def test_an_effect_on_somebody_unknown_is_refused_with_its_reason(carried: Carry) -> None:
    came = carried(asked_for(uuid4(), Effect.MEET_NEED, "mediation"))

    assert came == CarriedOut(came=Carried.REFUSED, reason="enrolment_not_found")


def offered(elder: UUID, kind: str, settings: Settings, desk: Desk) -> None:
    """Another unit offers it the day after, of which this visitor's unit is no party."""
    worker = Database(settings, Login.WORKER)
    begun(
        worker,
        desk.book,
        opened(worker, desk.book, kind=kind, offered_at=NOW + timedelta(days=1), elder=elder),
    )
    worker.close()


def round_of(elder: UUID, desk: Desk) -> CarryOut:
    """As the health centre announces it."""
    seen = desk.policy_at(ZICHUAN, NOW).health_care.home_bed.seen
    return asked_for(
        elder,
        Effect.RECORD_CONTACT,
        "home_bed",
        seen=seen,
        unit_id=f"{ZICHUAN}:health_bureau",
        referral_id=None,
    )


def test_a_doctors_round_is_a_visit_like_any_other_and_needs_no_second_entry(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk
) -> None:
    """Z-24, J-76: the centre's record is enough; who came by appointment is not asked who let them in."""
    elder = make_elder()
    asked = round_of(elder, desk)
    assert carried(asked).came is Carried.DONE
    assert carried(asked).came is Carried.DONE_BEFORE

    with begin() as work:
        [line] = visit_book(elder, work, desk, before=None, limit=9).lines
    assert (line.contact.force, line.contact.entry_consent) == (Force.FAMILY_DOCTOR, EntryConsent.STANDING)
    assert line.contact.counts_for == ["monthly_visit"]
    assert Gap.CONSENT not in line.gaps


def test_a_round_struck_out_at_the_centre_is_voided_here_with_that_reason(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk, outbox: Callable[[str], list[Any]]
) -> None:
    """The original stays; the visit is owed again. Again changes nothing."""
    elder = make_elder()
    asked = round_of(elder, desk)
    carried(asked)
    struck = asked_for(elder, Effect.VOID_CONTACT, "home_bed", voids=asked.effect_id)

    assert [carried(struck).came, carried(struck).came] == [Carried.DONE, Carried.DONE_BEFORE]
    with begin() as work:
        [line] = visit_book(elder, work, desk, before=None, limit=9).lines
    assert (line.contact.voided_by, line.contact.void_reason) == (OFFICER, "struck_at_source")
    taken_in = [message.payload["facts"] for message in outbox(f"visit-cycle/{elder}")]
    assert [len(facts["voided"]) for facts in taken_in] == [0, 1]


def test_who_may_void_a_contact_is_decided_here_and_a_refusal_goes_to_a_person(
    make_elder: MakeElder, carried: Carry, desk: Desk
) -> None:
    """After the plan's own hours it takes somebody else: the coordinator sees to it."""
    elder = make_elder()
    asked = round_of(elder, desk)
    carried(asked)
    struck = asked_for(elder, Effect.VOID_CONTACT, "home_bed", voids=asked.effect_id)
    refused = carried(struck, now=NOW + timedelta(hours=25))

    assert (refused.came, refused.reason) == (Carried.REFUSED, "void_needs_another")


def to_look_at(begin: Begin, desk: Desk, elder: UUID, now: datetime = LATER) -> list[str]:
    with begin(now=now) as work:
        return [hazard.kind for hazard in at_door(elder, work, desk).removed]


def test_a_hazard_that_is_said_to_be_gone_is_looked_at_by_who_comes_to_the_home_next(
    make_elder: MakeElder,
    carried: Carry,
    begin: Begin,
    desk: Desk,
    record: Record,
    as_: Callable[..., Browser],
) -> None:
    """Z-43, J-65: the repair closes it (销号); whoever is in the home next answers for what is there."""
    elder = make_elder()
    asked = asked_for(elder, Effect.CLOSE_HAZARD, "home_repair")

    assert carried(asked).came is Carried.DONE
    assert carried(asked).came is Carried.DONE_BEFORE
    assert to_look_at(begin, desk, elder) == ["home_repair"]
    assert "这些隐患已整改，进门时请当面核对" in as_().get(f"/visits/elders/{elder}/contact").text

    after = NOW + timedelta(hours=2)
    findings = all_unchanged(questions(desk.policy_at(ZICHUAN, NOW)))
    record(elder, now=after, mode=VisitMode.PHONE, findings=findings)
    record(elder, now=after, findings={})
    assert to_look_at(begin, desk, elder) == ["home_repair"]

    record(elder, now=after, findings=findings)
    assert to_look_at(begin, desk, elder) == []


def test_help_that_was_given_is_no_hazard_to_look_at(
    make_elder: MakeElder, carried: Carry, begin: Begin, desk: Desk
) -> None:
    """Passed on to the owner is not repaired: only the outcome that the plan names closes a hazard."""
    elder = make_elder()
    carried(asked_for(elder, Effect.MEET_NEED, "home_repair"))

    assert to_look_at(begin, desk, elder) == []
