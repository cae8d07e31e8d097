"""The demonstration's health records, by the health centre's own handlers, each on its day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.files import enrolment_id, staff
from services.health.commands import ApplyForBed, MoveBed, RecordFollowUp, SignContract
from services.health.handlers.centre import Centre, own_centre
from services.health.handlers.following_up import record_follow_up
from services.health.handlers.home_beds import apply_for_bed, move_bed
from services.health.handlers.person import person
from services.health.handlers.signing import sign
from shared.domain.health.codes import BedMove, FollowUpResult, FollowUpWay, Vital
from shared.inbox.desk import Desk

Happened = tuple[int, Callable[[Centre], object]]
"""So many days ago, and what was recorded then."""


def put_health(record: dict[str, Any], loading: Loading, desk: Desk) -> None:
    """One elder's contract, follow-ups and home bed; who has a contract already stays as they are."""
    enrolment, by = enrolment_id(record["elder"]), staff(loading.place)[record["by"]]
    with desk.database.begin(by, loading.now) as work:
        if person(enrolment, own_centre(work, desk)).contracts:
            return
    story = [*_contract(record, enrolment), *_follow_ups(record, enrolment), *_bed(record, enrolment)]
    for days_ago, do in sorted(story, key=lambda each: -each[0]):
        with desk.database.begin(by, loading.now - timedelta(days=days_ago)) as work:
            do(own_centre(work, desk))


def _contract(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    def signed(centre: Centre) -> None:
        programmes = tuple(record.get("programmes", ()))
        command = SignContract(
            enrolment_id=enrolment, team=record["team"], signed_on=centre.today, programmes=programmes
        )
        sign(command, centre)

    yield record["signed_days_ago"], signed


def _follow_ups(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    for each in record.get("follow_ups", ()):
        yield each["days_ago"], _followed_up(each, enrolment)


def _followed_up(written: dict[str, Any], enrolment: UUID) -> Callable[[Centre], object]:
    readings = {vital: Decimal(written[vital]) for vital in Vital if vital in written}

    def recorded(centre: Centre) -> object:
        command = RecordFollowUp(
            enrolment_id=enrolment,
            programme=written["programme"],
            done_on=centre.today,
            way=FollowUpWay(written["way"]),
            result=FollowUpResult(written["result"]),
            readings=readings,
        )
        return record_follow_up(command, centre)

    return recorded


def _bed(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    bed: list[UUID] = []
    for each in record.get("bed", ()):
        yield each["days_ago"], _moved(each, enrolment, bed)


def _moved(written: dict[str, Any], enrolment: UUID, bed: list[UUID]) -> Callable[[Centre], object]:
    """One step; the application, which is the first, tells the others which bed it is."""
    move, note = BedMove(written["move"]), written["note"]

    def stepped(centre: Centre) -> None:
        today: date = centre.today
        if move is BedMove.APPLY:
            applied = ApplyForBed(enrolment_id=enrolment, applied_on=today, note=note)
            bed.append(apply_for_bed(applied, centre).bed_id)
        else:
            move_bed(MoveBed(bed_id=bed[0], move=move, done_on=today, note=note), centre)

    return stepped
