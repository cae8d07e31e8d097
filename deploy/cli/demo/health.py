"""The demonstration's health records, by the health centre's own handlers, each on its day.

What they mean for others is carried out on that day too: the relay, which comes later, finds it done.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from deploy.cli.demo.elders import Loading
from deploy.cli.demo.files import enrolment_id, staff
from services.care_register.handlers.aftermath import carry_out as register_follows
from services.health.commands import ApplyForBed, MoveBed, RecordFollowUp, SignContract
from services.health.handlers.centre import Centre, own_centre
from services.health.handlers.following_up import record_follow_up
from services.health.handlers.home_beds import apply_for_bed, move_bed
from services.health.handlers.person import person
from services.health.handlers.signing import sign
from services.health.handlers.telling import told_by
from services.health.repository.home_beds import beds_of
from services.visits.handlers.effects import carry_out as visits_follow
from shared.contracts.activities import OWNERS, REGISTER
from shared.contracts.effects import CarryOut
from shared.domain.health.codes import BedMove, FollowUpResult, FollowUpWay, Vital
from shared.inbox.desk import Desk

Happened = tuple[int, Callable[[Centre], tuple[CarryOut, ...]]]
"""So many days ago, and what was recorded then; it answers what that means for others."""


def put_health(record: dict[str, Any], loading: Loading, desk: Desk) -> None:
    """One elder's contract, follow-ups and home bed; who has a contract already stays as they are."""
    enrolment, by = enrolment_id(record["elder"]), staff(loading.place)[record["by"]]
    with desk.database.begin(by, loading.now) as work:
        if person(enrolment, own_centre(work, desk)).contracts:
            return
    story = [*_contract(record, enrolment), *_follow_ups(record, enrolment), *_bed(record, enrolment)]
    for days_ago, do in sorted(story, key=lambda each: -each[0]):
        then = loading.now - timedelta(days=days_ago)
        with desk.database.begin(by, then) as work:
            told = do(own_centre(work, desk))
        for effect in told:
            _carry(effect, then, loading)


def _carry(effect: CarryOut, then: datetime, loading: Loading) -> None:
    if OWNERS[effect.effect] is REGISTER:
        register_follows(effect, lambda who: loading.register.begin(who, then), loading.register_desk)
    else:
        visits_follow(effect, lambda who: loading.visits.begin(who, then), loading.visits_desk)


def _contract(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    def signed(centre: Centre) -> tuple[CarryOut, ...]:
        programmes = tuple(record.get("programmes", ()))
        command = SignContract(
            enrolment_id=enrolment, team=record["team"], signed_on=centre.today, programmes=programmes
        )
        sign(command, centre)
        return ()

    yield record["signed_days_ago"], signed


def _follow_ups(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    for each in record.get("follow_ups", ()):
        yield each["days_ago"], _followed_up(each, enrolment)


def _followed_up(written: dict[str, Any], enrolment: UUID) -> Callable[[Centre], tuple[CarryOut, ...]]:
    readings = {vital: Decimal(written[vital]) for vital in Vital if vital in written}

    def recorded(centre: Centre) -> tuple[CarryOut, ...]:
        command = RecordFollowUp(
            enrolment_id=enrolment,
            programme=written["programme"],
            done_on=centre.today,
            way=FollowUpWay(written["way"]),
            result=FollowUpResult(written["result"]),
            readings=readings,
        )
        record_follow_up(command, centre)
        return ()

    return recorded


def _bed(record: dict[str, Any], enrolment: UUID) -> Iterator[Happened]:
    bed: list[UUID] = []
    for each in record.get("bed", ()):
        yield each["days_ago"], _moved(each, enrolment, bed)


def _moved(
    written: dict[str, Any], enrolment: UUID, bed: list[UUID]
) -> Callable[[Centre], tuple[CarryOut, ...]]:
    """One step; the application, which is the first, tells the others which bed it is."""
    move, note = BedMove(written["move"]), written["note"]

    def stepped(centre: Centre) -> tuple[CarryOut, ...]:
        today: date = centre.today
        if move is BedMove.APPLY:
            applied = ApplyForBed(enrolment_id=enrolment, applied_on=today, note=note)
            bed.append(apply_for_bed(applied, centre).bed_id)
        else:
            move_bed(MoveBed(bed_id=bed[0], move=move, done_on=today, note=note), centre)
        [stands] = [each for each in beds_of(centre.work.session, enrolment) if each.bed_id == bed[0]]
        return told_by(stands, stands.steps[-1], centre)

    return stepped
