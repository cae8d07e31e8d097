"""An abnormal reading (J-77): it becomes work, and of it others learn one sentence and no value."""

from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from services.health.commands import FollowedUp, RecordKind, ReferSigns, VoidRecord
from services.health.handlers.person import person
from services.health.handlers.referring import refer_signs
from services.health.handlers.voiding import void_record
from services.health.handlers.working import Section, work_list
from shared.domain.errors import Conflict
from shared.domain.health.codes import SignHandling, Vital
from shared.domain.referral.moves import Move, Status
from shared.inbox.acts import Act
from shared.inbox.handlers import perform
from shared.platform.logins import Login
from shared.platform.settings import Settings
from tests.inbox.town import HEALTH, NOW
from tests.services.health.conftest import TODAY, FollowUp, HealthTown, OpenCentre

HIGH = {Vital.SYSTOLIC: Decimal(162), Vital.DIASTOLIC: Decimal(88)}
NORMAL = {Vital.SYSTOLIC: Decimal(136), Vital.DIASTOLIC: Decimal(82)}
SUGAR = {Vital.GLUCOSE: Decimal("5.6")}


def voided(mistaken: FollowedUp) -> VoidRecord:
    return VoidRecord(kind=RecordKind.FOLLOW_UP, record_id=mistaken.follow_up_id, reason="记错了人")


def signs(elder: UUID, centre: OpenCentre) -> list[tuple[str, SignHandling]]:
    with centre() as opened:
        return [(sign.code, sign.handling) for sign in person(elder, opened).signs]


def test_a_high_reading_waits_until_the_elder_has_been_asked_and_then_becomes_work(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """J-77: on abnormal; §0.2-8: not without the elder's word."""
    elder = town.somebody()
    found = follow_up(elder, readings=HIGH)
    with centre() as opened:
        waiting = work_list(opened, Section.SIGNS).listed.lines
        refer_signs(ReferSigns(enrolment_id=elder, is_agreed=True), opened)
    town.deliver()

    with centre() as opened:
        (referral,) = person(elder, opened).referrals
    assert [sign.handling for sign in found.signs] == [SignHandling.TO_REFER]
    assert [line.what for line in waiting if line.enrolment_id == elder] == ["blood_pressure_high"]
    assert (referral.kind, referral.status) == ("family_doctor_follow_up", Status.OFFERED)
    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.REFERRED)]


def test_an_elder_who_does_not_want_it_is_not_referred(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    with centre() as opened:
        refer_signs(ReferSigns(enrolment_id=elder, is_agreed=False), opened)

    with centre() as opened:
        assert person(elder, opened).referrals == ()
    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.ELDER_DECLINES)]
    with pytest.raises(Conflict, match="nothing_to_refer"), centre() as opened:
        refer_signs(ReferSigns(enrolment_id=elder, is_agreed=True), opened)


def test_a_high_reading_answers_the_work_that_is_at_hand(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """Whoever is asked to follow up and finds 血压高 has no second piece of work to open."""
    referral_id = town.offered("pressure", kind="family_doctor_follow_up")
    accept = Act(
        person=town.people["doctor"], move=Move.ACCEPT, referral_id=referral_id, at=NOW, key="accept-pressure"
    )
    perform(town.desk(Login.HEALTH), accept)

    found = follow_up(town.elder, readings=HIGH)

    with centre() as opened:
        known = person(town.elder, opened)
    assert [sign.handling for sign in found.signs] == [SignHandling.REFERRED]
    assert [row.referral_id for row in known.referrals] == [referral_id]
    assert [sign.referral_id for sign in known.signs] == [referral_id]


def test_a_sign_is_over_when_the_same_thing_is_measured_normal(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    follow_up(elder, days=1, programme="diabetes", readings=SUGAR)
    still = signs(elder, centre)
    follow_up(elder, days=2, readings=NORMAL)

    assert still == [("blood_pressure_high", SignHandling.TO_REFER)]
    assert signs(elder, centre) == []


def test_an_older_reading_typed_in_later_says_nothing_new(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    follow_up(elder, days=-3, readings=NORMAL)

    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.TO_REFER)]


def test_an_older_high_reading_typed_in_after_a_normal_one_is_no_sign(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """A sheet with the newest row on top: the newer reading has spoken already."""
    elder = town.somebody()
    follow_up(elder, readings=NORMAL)
    found = follow_up(elder, days=-3, readings=HIGH)

    assert found.signs == ()
    assert signs(elder, centre) == []


def test_what_is_struck_out_leaves_the_word_to_the_newest_reading_that_stands(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """Between a high reading and a normal one a mistake is struck out; then the newest high one is."""
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    between = follow_up(elder, days=1, readings=NORMAL)
    last = follow_up(elder, days=2, readings=NORMAL)
    with centre(days=2) as opened:
        void_record(voided(between), opened)
    still_normal = signs(elder, centre)
    with centre(days=2) as opened:
        void_record(voided(last), opened)

    assert still_normal == []
    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.TO_REFER)]


def test_an_older_high_reading_counts_once_the_newer_one_is_struck_out(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    newer = follow_up(elder, readings=HIGH)
    follow_up(elder, days=-3, readings=HIGH)
    with centre() as opened:
        void_record(voided(newer), opened)

    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.TO_REFER)]


def test_a_normal_reading_that_was_a_mistake_brings_the_sign_back(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    mistaken = follow_up(elder, days=1, readings=NORMAL)
    over = signs(elder, centre)
    with centre(days=1) as opened:
        void_record(voided(mistaken), opened)

    assert over == []
    assert signs(elder, centre) == [("blood_pressure_high", SignHandling.TO_REFER)]


def test_a_high_reading_that_was_a_mistake_is_taken_back(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    mistaken = follow_up(elder, readings=HIGH)
    with centre() as opened:
        void_record(voided(mistaken), opened)

    assert signs(elder, centre) == []


@pytest.mark.parametrize("login", [Login.VISITS, Login.COORDINATION])
def test_who_visits_learns_that_the_pressure_is_high_and_no_value(
    town: HealthTown, follow_up: FollowUp, login: Login
) -> None:
    """J-77: visitor sees 「血压高-已转医」 not values."""
    elder = town.somebody()
    follow_up(elder, readings=HIGH)
    visitor = town.people["visitor"]

    with town.database(login).begin(visitor, NOW) as work:
        rows = work.session.execute(
            text("SELECT * FROM health.sign_for_others WHERE enrolment_id = :elder"), {"elder": elder}
        )
        found = [dict(row) for row in rows.mappings()]

    assert [(row["code"], row["handling"], row["noted_on"]) for row in found] == [
        ("blood_pressure_high", "to_refer", TODAY)
    ]
    assert set(found[0]) == {
        "enrolment_id",
        "jurisdiction_id",
        "area_code",
        "code",
        "handling",
        "noted_on",
    }


def test_the_own_login_reads_nothing_for_another_unit(town: HealthTown, follow_up: FollowUp) -> None:
    """Row policies: an office's people, even at the centre's own address, find an empty table."""
    follow_up(town.somebody(), readings=HIGH)

    def seen(login: str) -> int:
        with town.database(Login.HEALTH).begin(town.people[login], NOW) as work:
            return int(work.session.execute(text("SELECT count(*) FROM health.follow_up")).scalar_one())

    assert seen("doctor") > 0
    assert [seen(other) for other in ("lawyer", "coordinator", "police")] == [0, 0, 0]
    assert HEALTH in town.people["doctor"].units


def test_what_is_on_record_is_never_deleted_and_a_value_never_changed(settings: Settings) -> None:
    with psycopg.connect(settings.database_url(Login.HEALTH)) as connection:
        for statement in (
            "DELETE FROM health.follow_up",
            "UPDATE health.follow_up SET readings_sealed = NULL",
            "UPDATE health.contract SET team = ''",
            "UPDATE health.home_bed_step SET done_on = '2026-11-18'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()
