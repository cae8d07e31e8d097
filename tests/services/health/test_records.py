"""What the centre records: once, by whoever is first, with a clear answer to whoever comes second."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from services.health.commands import ApplyForBed, EndPlan, MoveBed, SignContract
from services.health.handlers.following_up import record_follow_up
from services.health.handlers.home_beds import apply_for_bed, move_bed
from services.health.handlers.person import person
from services.health.handlers.signing import end_plan, sign
from services.health.handlers.working import Section, WorkList, work_list
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.domain.health.codes import BedMove, BedStatus, FollowUpResult, Owing, Vital
from tests.services.health.conftest import (
    TODAY,
    FollowUp,
    HealthTown,
    OpenCentre,
    a_follow_up,
    bed_up_to,
)

HIGH = {Vital.SYSTOLIC: Decimal(162), Vital.DIASTOLIC: Decimal(88)}
NORMAL = {Vital.SYSTOLIC: Decimal(136), Vital.DIASTOLIC: Decimal(82)}


def standings_of(enrolment_id: UUID, found: WorkList) -> list[Owing]:
    return [line.owing for line in found.listed.lines if line.enrolment_id == enrolment_id]


def test_a_contract_is_signed_once_and_renewed_when_it_is_time(town: HealthTown, centre: OpenCentre) -> None:
    """J-74: contract status, team, renewal."""
    elder = town.somebody()
    asked = SignContract(enrolment_id=elder, team="江浦一组", signed_on=TODAY, programmes=("hypertension",))
    with centre() as opened:
        first = sign(asked, opened)
    with centre("colleague") as opened:
        again = sign(asked, opened)
    with pytest.raises(Conflict) as early, centre("colleague", days=30) as opened:
        sign(SignContract(enrolment_id=elder, team="江浦二组", signed_on=TODAY + timedelta(days=30)), opened)
    with centre(days=350) as opened:
        renewed = sign(
            SignContract(enrolment_id=elder, team="江浦二组", signed_on=TODAY + timedelta(days=350)), opened
        )

    assert first == again
    assert first.ends_on == date(2027, 11, 17)
    assert early.value.code == "signed_already"
    assert early.value.params["by"] == town.people["doctor"].account_id
    assert renewed.begins_on == date(2027, 11, 18)


def test_the_lists_follow_from_what_is_on_record(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """J-74 unsigned elder list, J-75 overdue follow-up flagged, Z-88 rate."""
    unsigned, signed = town.somebody("未签约"), town.somebody("已签约")
    with centre() as opened:
        before = work_list(opened).participation
        sign(SignContract(enrolment_id=signed, team="一组", signed_on=TODAY), opened)
    follow_up(signed)

    with centre() as opened:
        today = work_list(opened, Section.UNSIGNED)
    with centre(days=81) as opened:
        near = work_list(opened, Section.FOLLOW_UPS)
    with centre(days=120) as opened:
        late = work_list(opened, Section.FOLLOW_UPS)
    with centre(days=400) as opened:
        lapsed = work_list(opened, Section.RENEWALS)

    listed = [line.enrolment_id for line in today.listed.lines]
    assert unsigned in listed
    assert signed not in listed
    assert standings_of(signed, near) == [Owing.DUE]
    assert standings_of(signed, late) == [Owing.OVERDUE]
    assert standings_of(signed, lapsed) == [Owing.OVERDUE]
    now = today.participation
    assert (now.elders, now.signed, now.followed_up) == (
        before.elders,
        before.signed + 1,
        before.followed_up + 1,
    )


def test_the_page_opens_on_what_is_late_before_what_is_only_due(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """A visit to a bed tomorrow waits behind a follow-up that is overdue."""
    elder = town.somebody()
    follow_up(elder)
    with centre(days=120) as opened:
        apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=TODAY + timedelta(days=120)), opened)
        found = work_list(opened)

    assert found.counts[Section.HOME_BEDS][0]
    assert found.counts[Section.FOLLOW_UPS][1]
    assert found.listed.section is next(section for section in Section if found.counts[section][1])


def test_a_follow_up_recorded_twice_is_one_and_another_of_that_day_names_the_first(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    first = follow_up(elder, readings=NORMAL, note="药量不变")
    again = follow_up(elder, "colleague", readings=NORMAL, note="药量不变")
    with pytest.raises(Conflict) as other:
        follow_up(elder, "colleague", readings=HIGH)

    with centre() as opened:
        found = person(elder, opened)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.follow_up_id == again.follow_up_id
    assert other.value.params["by"] == town.people["doctor"].account_id
    assert [(each.readings, each.note) for each in found.follow_ups] == [(NORMAL, "药量不变")]


def test_a_try_that_reached_nobody_is_no_follow_up(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder)
    follow_up(elder, days=85, result=FollowUpResult.NOT_REACHED)

    with centre(days=95) as opened:
        (plan,) = person(elder, opened).plans
    assert (plan.last_on, plan.owing) == (TODAY, Owing.OVERDUE)


def test_a_plan_that_was_stopped_is_not_owed_any_more(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder)
    with centre() as opened:
        end_plan(EndPlan(enrolment_id=elder, programme="hypertension"), opened)
    with centre(days=200) as opened:
        assert person(elder, opened).plans == ()

    follow_up(elder, days=200)
    with centre(days=200) as opened:
        assert [plan.programme for plan in person(elder, opened).plans] == ["hypertension"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, "day_in_future", "done_on"),
        ({"programme": "dancing"}, "unknown_programme", "programme"),
        ({"readings": {Vital.SYSTOLIC: Decimal(1620)}}, "impossible_reading", "systolic"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(
    town: HealthTown, centre: OpenCentre, changes: dict[str, object], code: str, field: str
) -> None:
    command = a_follow_up(town.somebody(), **changes)

    with pytest.raises(Invalid) as refused, centre() as opened:
        record_follow_up(command, opened)

    assert (refused.value.code, refused.value.params["field"]) == (code, field)


def test_a_home_bed_adds_rounds_to_the_work_until_it_is_discharged(
    town: HealthTown, centre: OpenCentre
) -> None:
    """J-76: home-bed steps and dates; it adds an obligation."""
    elder = town.somebody()
    bed_id = bed_up_to(BedMove.AGREE, elder, centre)
    week = TODAY + timedelta(days=7)
    with centre(days=7) as opened:
        due = [
            line for line in work_list(opened, Section.HOME_BEDS).listed.lines if line.enrolment_id == elder
        ]
        rounded = move_bed(MoveBed(bed_id=bed_id, move=BedMove.ROUND, done_on=week), opened)
    with centre(days=7) as opened:
        over = move_bed(
            MoveBed(bed_id=bed_id, move=BedMove.DISCHARGE, done_on=week, note="疗程结束，转门诊随访"), opened
        )
    with centre(days=30) as opened:
        after = work_list(opened, Section.HOME_BEDS).listed.lines

    assert [(line.what, line.due_on) for line in due] == [(BedMove.ROUND, week)]
    assert rounded.next_due_on == week + timedelta(days=7)
    assert over.status is BedStatus.DISCHARGED
    assert elder not in [line.enrolment_id for line in after]


def test_a_bed_that_is_due_for_review_says_so(town: HealthTown, centre: OpenCentre) -> None:
    elder = town.somebody()
    bed_up_to(BedMove.AGREE, elder, centre)

    with centre(days=90) as opened:
        lines = [
            line for line in work_list(opened, Section.HOME_BEDS).listed.lines if line.enrolment_id == elder
        ]
    assert {line.what for line in lines} == {BedMove.ROUND, BedMove.DISCHARGE}


def test_a_bed_cannot_be_closed_without_a_discharge_record(town: HealthTown, centre: OpenCentre) -> None:
    """J-76: cannot close without discharge record."""
    bed_id = bed_up_to(BedMove.AGREE, town.somebody(), centre)

    with pytest.raises(Invalid, match="bed_words_needed"), centre() as opened:
        move_bed(MoveBed(bed_id=bed_id, move=BedMove.DISCHARGE, done_on=TODAY, note=" "), opened)
    with pytest.raises(Conflict) as refused, centre() as opened:
        move_bed(MoveBed(bed_id=bed_id, move=BedMove.GIVE_UP, done_on=TODAY, note="算了"), opened)

    assert refused.value.params["possible"] == (BedMove.ROUND, BedMove.DISCHARGE)
    assert refused.value.params["by"] == town.people["doctor"].account_id


def test_a_step_sent_twice_is_one_and_a_second_bed_waits_for_the_first_to_end(
    town: HealthTown, centre: OpenCentre
) -> None:
    elder = town.somebody()
    bed_id = bed_up_to(BedMove.FIRST_VISIT, elder, centre)
    seen = MoveBed(bed_id=bed_id, move=BedMove.FIRST_VISIT, done_on=TODAY)
    with centre() as opened:
        move_bed(seen, opened)
        apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=TODAY), opened)
    with pytest.raises(Conflict, match="bed_open_already"), centre(days=1) as opened:
        apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=TODAY + timedelta(days=1)), opened)

    with centre() as opened:
        (bed,) = person(elder, opened).beds
    assert [step.move for step in bed.steps] == [BedMove.APPLY, BedMove.FIRST_VISIT]


def test_an_office_that_keeps_no_health_records_is_refused(town: HealthTown, centre: OpenCentre) -> None:
    with pytest.raises(Forbidden, match="not_this_unit"), centre("lawyer"):
        pass


def test_an_elder_of_another_area_is_not_there(town: HealthTown, centre: OpenCentre) -> None:
    """Without a territory and without work about the elder, there is nobody."""
    elder = town.somebody()
    town.joins("elsewhere", "别医生", *town.people["doctor"].roles, unit=town.people["doctor"].units[0])

    with pytest.raises(NotFound), centre("elsewhere") as opened:
        record_follow_up(a_follow_up(elder), opened)


def test_values_and_words_lie_sealed_in_the_database(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """X-06: what was measured and written is readable to the centre's program alone."""
    elder = town.somebody()
    follow_up(elder, readings=HIGH, note="头晕两天")

    with centre() as opened:
        connection = opened.work.session.connection()
        row = connection.exec_driver_sql(
            "SELECT readings_sealed, note_sealed FROM health.follow_up WHERE enrolment_id = %s", (elder,)
        ).one()
    assert b"162" not in row.readings_sealed
    assert "头晕".encode() not in row.note_sealed


def test_nothing_is_owed_to_who_has_left_the_register(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """J-71: no further calls to the family of somebody who died; a bed in use must still be discharged."""
    elder = town.somebody()
    follow_up(elder)
    bed_up_to(BedMove.AGREE, elder, centre)
    town.leaves(elder)

    with centre(days=200) as opened:
        counts = {section: standings_of(elder, work_list(opened, section)) for section in Section}
    assert counts[Section.FOLLOW_UPS] == []
    assert counts[Section.UNSIGNED] == []
    assert Owing.OVERDUE in counts[Section.HOME_BEDS]


def test_an_upper_pressure_below_the_lower_one_is_refused(town: HealthTown, follow_up: FollowUp) -> None:
    swapped = {Vital.SYSTOLIC: Decimal(80), Vital.DIASTOLIC: Decimal(130)}

    with pytest.raises(Invalid, match="pressure_swapped"):
        follow_up(town.somebody(), readings=swapped)


def test_a_plan_that_was_ended_does_not_run_again_by_what_was_before(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """The same sheet again changes nothing, and an older one speaks of the time before the end."""
    elder = town.somebody()
    follow_up(elder)
    with centre(days=1) as opened:
        end_plan(EndPlan(enrolment_id=elder, programme="hypertension"), opened)
    follow_up(elder)
    follow_up(elder, days=-30)
    with centre(days=1) as opened:
        ended = person(elder, opened).plans
    follow_up(elder, days=1)
    with centre(days=1) as opened:
        again = person(elder, opened).plans

    assert ended == ()
    assert [plan.programme for plan in again] == ["hypertension"]


def test_a_record_names_no_referral_that_is_about_somebody_else(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    referral_id = town.offered("of-somebody-else", kind="family_doctor_follow_up")
    for named in (referral_id, uuid4()):
        with pytest.raises(NotFound, match="referral_not_found"):
            follow_up(town.somebody(), referral_id=named)

    assert follow_up(town.elder, referral_id=referral_id).is_new
