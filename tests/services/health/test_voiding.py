"""What was typed in wrongly is struck out (作废): it stays readable and counts no more."""

from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from services.health.commands import ApplyForBed, MoveBed, RecordKind, SignContract, VoidRecord
from services.health.handlers.home_beds import apply_for_bed, move_bed
from services.health.handlers.person import BedLine, person
from services.health.handlers.signing import sign
from services.health.handlers.voiding import void_record
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.health.codes import BedMove, BedStatus, Standing
from tests.services.health.conftest import TODAY, FollowUp, HealthTown, OpenCentre, bed_up_to
from tests.web.accessible import faults
from tests.web.browsing import json_of

AT = "/health-centre"


def struck(kind: RecordKind, record_id: UUID, reason: str = "不是这位老人") -> VoidRecord:
    return VoidRecord(kind=kind, record_id=record_id, reason=reason)


def bed_of(elder: UUID, centre: OpenCentre) -> BedLine:
    with centre() as opened:
        return person(elder, opened).beds[0]


def last_step(elder: UUID, centre: OpenCentre) -> UUID:
    return next(step.step_id for step in bed_of(elder, centre).steps if step.is_last)


def test_a_follow_up_struck_out_leaves_the_day_free_for_the_right_one(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    """It stays readable with its reason; the plan and the lists go by what counts."""
    elder = town.somebody()
    wrong = follow_up(elder, note="写错了人")
    for login in ("doctor", "colleague"):
        with centre(login) as opened:
            void_record(struck(RecordKind.FOLLOW_UP, wrong.follow_up_id), opened)
    with centre() as opened:
        (plan,) = person(elder, opened).plans
    right = follow_up(elder, note="本人的记录")
    with pytest.raises(Conflict, match="followed_up_already"):
        follow_up(elder, note="又一次")

    with centre() as opened:
        kept = person(elder, opened).follow_ups
    assert plan.last_on is None
    assert right.follow_up_id != wrong.follow_up_id
    assert {each.note: (each.voided.reason, each.voided.by) if each.voided else None for each in kept} == {
        "写错了人": ("不是这位老人", town.people["doctor"].account_id),
        "本人的记录": None,
    }


def test_just_what_was_struck_out_does_not_come_back_with_the_next_sheet(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    wrong = follow_up(elder)
    with centre() as opened:
        void_record(struck(RecordKind.FOLLOW_UP, wrong.follow_up_id, "重复"), opened)

    with pytest.raises(Conflict, match="followed_up_voided"):
        follow_up(elder)
    with pytest.raises(Invalid, match="void_reason_needed"), centre() as opened:
        void_record(struck(RecordKind.FOLLOW_UP, wrong.follow_up_id, " "), opened)


def test_a_contract_struck_out_leaves_the_elder_unsigned_until_the_right_one(
    town: HealthTown, centre: OpenCentre
) -> None:
    """J-74: the list of the unsigned goes by what counts, and the same day may be signed for again."""
    elder = town.somebody()
    wrong = SignContract(enrolment_id=elder, team="江浦一组", signed_on=TODAY)
    right = SignContract(enrolment_id=elder, team="江浦二组", signed_on=TODAY)
    with centre() as opened:
        first = sign(wrong, opened)
    with centre() as opened:
        void_record(struck(RecordKind.CONTRACT, first.contract_id), opened)
    with centre() as opened:
        between = person(elder, opened).standing
        again = sign(right, opened)

    with centre() as opened:
        found = person(elder, opened)
    assert between is Standing.UNSIGNED
    assert again.contract_id != first.contract_id
    assert found.standing is Standing.IN_FORCE
    assert {each.team: bool(each.voided) for each in found.contracts} == {"江浦一组": True, "江浦二组": False}


def test_a_renewal_does_not_begin_after_a_contract_that_was_struck_out(
    town: HealthTown, centre: OpenCentre
) -> None:
    elder = town.somebody()
    with centre() as opened:
        first = sign(SignContract(enrolment_id=elder, team="一组", signed_on=TODAY), opened)
        void_record(struck(RecordKind.CONTRACT, first.contract_id), opened)
        second = sign(SignContract(enrolment_id=elder, team="一组", signed_on=TODAY), opened)

    assert second.begins_on == TODAY


def test_of_a_home_bed_the_last_step_alone_is_struck_out_and_is_owed_again(
    town: HealthTown, centre: OpenCentre
) -> None:
    """J-76: steps and dates; what came later stands on what came before."""
    elder = town.somebody()
    bed_up_to(BedMove.AGREE, elder, centre)
    first = bed_of(elder, centre).steps[0].step_id
    with pytest.raises(Conflict) as early, centre() as opened:
        void_record(struck(RecordKind.BED_STEP, first), opened)
    wrong = last_step(elder, centre)
    for _ in range(2):
        with centre() as opened:
            void_record(struck(RecordKind.BED_STEP, wrong), opened)
    back = bed_of(elder, centre)
    with centre() as opened:
        moved = move_bed(MoveBed(bed_id=back.bed_id, move=BedMove.AGREE, done_on=TODAY), opened)

    assert early.value.code == "later_step_stands"
    assert early.value.params["move"] is BedMove.AGREE
    assert (back.status, back.owed and back.owed.move) == (BedStatus.SEEN, BedMove.AGREE)
    assert moved.status is BedStatus.OPEN
    assert [bool(step.voided) for step in bed_of(elder, centre).steps] == [False, False, True, False]


def test_a_bed_of_which_everything_is_struck_out_is_none_and_may_be_asked_for_again(
    town: HealthTown, centre: OpenCentre
) -> None:
    elder = town.somebody()
    wrong = bed_up_to(BedMove.APPLY, elder, centre)
    with centre() as opened:
        void_record(struck(RecordKind.BED_STEP, last_step(elder, centre)), opened)
    over = bed_of(elder, centre)
    again = bed_up_to(BedMove.APPLY, elder, centre)

    assert (over.status, over.owed, over.possible) == (BedStatus.VOIDED, None, ())
    assert again != wrong


def test_a_discharge_is_not_struck_out_once_the_elder_has_another_bed(
    town: HealthTown, centre: OpenCentre
) -> None:
    """At most one bed that is not over: the refusal says so, and nothing has changed."""
    elder = town.somebody()
    bed = bed_up_to(BedMove.AGREE, elder, centre)
    with centre() as opened:
        move_bed(MoveBed(bed_id=bed, move=BedMove.DISCHARGE, done_on=TODAY, note="好转"), opened)
    discharge = last_step(elder, centre)
    with centre(days=1) as opened:
        later = TODAY.replace(day=TODAY.day + 1)
        apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=later), opened)

    with pytest.raises(Conflict, match="bed_open_already"), centre(days=1) as opened:
        void_record(struck(RecordKind.BED_STEP, discharge), opened)
    with centre(days=1) as opened:
        kept = next(each for each in person(elder, opened).beds if each.bed_id == bed)
    assert kept.status is BedStatus.DISCHARGED
    assert not any(step.voided for step in kept.steps)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_what_another_centre_keeps_is_not_there(centre: OpenCentre, kind: RecordKind) -> None:
    with pytest.raises(NotFound), centre() as opened:
        void_record(struck(kind, uuid4()), opened)


def test_a_contract_and_a_step_are_struck_out_from_the_elders_page(
    town: HealthTown, centre: OpenCentre
) -> None:
    elder, browser = town.somebody(), town.at_centre()
    with centre() as opened:
        contract = sign(SignContract(enrolment_id=elder, team="一组", signed_on=TODAY), opened).contract_id
    bed_up_to(BedMove.FIRST_VISIT, elder, centre)
    at = f"{AT}/elders/{elder}"
    first, last = (step.step_id for step in bed_of(elder, centre).steps)
    page = browser.get(at).text

    for kind, record_id in (("contract", contract), ("home_bed_step", last)):
        path = f"{at}/void/{kind}/{record_id}"
        assert f'href="{path}"' in page
        form = browser.get(path)
        assert faults(form.text) == []
        empty = browser.post(path, {}, on=path)
        assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        done = browser.post(path, {"reason": "记错了人"}, on=path)
        after = browser.get(done.location)
        assert faults(after.text) == []
        assert "陈医生：记错了人" in after.text
    assert f"void/home_bed_step/{first}" not in page
    assert browser.get(f"{at}/void/everything/{last}").status_code == HTTPStatus.NOT_FOUND


def test_a_program_strikes_out_once_under_its_key(town: HealthTown, follow_up: FollowUp) -> None:
    elder = town.somebody()
    wrong = follow_up(elder)
    client = town.at_centre().client
    headers = {"Authorization": f"Bearer {town.sign_in('doctor')}", "Idempotency-Key": f"void {elder}"}
    body = {"kind": "follow_up", "record_id": str(wrong.follow_up_id), "reason": "重复"}

    answers = [client.post(f"{AT}/api/voided", json=body, headers=headers) for _ in range(2)]

    assert [(each.status_code, json_of(each)) for each in answers] == [
        (200, {"enrolment_id": str(elder)})
    ] * 2
