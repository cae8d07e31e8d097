"""An outcome of the centre rests on what was done since it was asked, for somebody who was there."""

from datetime import timedelta
from uuid import UUID

from services.health.commands import ApplyForBed, MoveBed
from services.health.handlers.closing import evidence
from services.health.handlers.home_beds import apply_for_bed, move_bed
from shared.domain.health.codes import BedMove, Evidence, FollowUpResult
from shared.process.tables import Referral
from tests.services.health.conftest import TODAY, FollowUp, HealthTown, OpenCentre

LONG_AGO = TODAY - timedelta(days=200)
STEPS = (BedMove.FIRST_VISIT, BedMove.AGREE, BedMove.DISCHARGE)


def held(town: HealthTown, elder: UUID, kind: str, centre: OpenCentre) -> frozenset[Evidence]:
    """What stands behind an outcome of a referral that was offered today."""
    town.elder = elder
    referral_id = town.offered(f"closing {kind}", kind=kind)
    with centre() as opened:
        row = opened.work.session.get_one(Referral, referral_id)
        return evidence(opened.work.session, row, opened.policy, opened.today)


def test_a_bed_of_long_ago_is_no_bed_that_was_set_up_now(town: HealthTown, centre: OpenCentre) -> None:
    """J-76: who was discharged in spring and asks again in autumn has no bed yet."""
    elder = town.somebody()
    with centre() as opened:
        bed_id = apply_for_bed(ApplyForBed(enrolment_id=elder, applied_on=LONG_AGO), opened).bed_id
        for move in STEPS:
            move_bed(MoveBed(bed_id=bed_id, move=move, done_on=LONG_AGO, note="疗程结束"), opened)

    assert Evidence.HOME_BED not in held(town, elder, "home_bed", centre)


def test_a_call_that_nobody_answered_is_no_follow_up_to_report(
    town: HealthTown, centre: OpenCentre, follow_up: FollowUp
) -> None:
    elder = town.somebody()
    follow_up(elder, result=FollowUpResult.NOT_REACHED)
    before = held(town, elder, "family_doctor_follow_up", centre)
    follow_up(elder, programme="diabetes")

    assert Evidence.FOLLOW_UP not in before
    assert Evidence.FOLLOW_UP in held(town, elder, "family_doctor_follow_up", centre)
