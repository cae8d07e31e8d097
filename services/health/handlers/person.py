"""Everything that the centre has about one elder, opened for one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.health.commands import RecordKind
from services.health.handlers import home_beds as bed_handlers
from services.health.handlers.centre import Centre, revealed
from services.health.handlers.readings import note_of, readings_of
from services.health.handlers.referring import work_at_hand
from services.health.handlers.voiding import void_reason
from services.health.repository import contracts, follow_ups, home_beds
from services.health.repository.contracts import StoredContract
from services.health.repository.follow_ups import StoredFollowUp, StoredSign
from services.health.repository.home_beds import StoredBed, StoredStep
from shared.domain.errors import NotFound
from shared.domain.health.codes import BedMove, BedStatus, FollowUpResult, FollowUpWay, Owing, Standing, Vital
from shared.domain.health.contracts import standing
from shared.domain.health.follow_ups import due_on, owing
from shared.domain.health.home_beds import Owed, owed, possible
from shared.domain.health.vitals import Sign, signs_of
from shared.inbox.names import Names, load_names
from shared.platform.privacy import ElderKey
from shared.process.elders import ElderCard
from shared.process.tables import Referral

SHOWN = 20
Stored = StoredContract | StoredFollowUp | StoredStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """Who struck a record out, and why."""

    by: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """One contract."""

    contract_id: UUID
    team: str
    signed_on: date
    begins_on: date
    ends_on: date
    recorded_by: UUID
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A programme in which the elder is followed up."""

    programme: str
    last_on: date | None
    due_on: date
    owing: Owing


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One follow-up with its values, for the centre's own eyes; `signs` as today's thresholds say."""

    follow_up_id: UUID
    programme: str
    done_on: date
    way: FollowUpWay
    result: FollowUpResult
    readings: dict[Vital, Decimal]
    signs: tuple[Sign, ...]
    note: str
    is_imported: bool
    recorded_by: UUID
    voided: Voided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of a home bed, with its words. The last one that stands can be struck out."""

    step_id: UUID
    move: BedMove
    done_on: date
    note: str
    recorded_by: UUID
    voided: Voided | None
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BedLine:
    """A home bed: its steps, what is owed next, and what may be done now."""

    bed_id: UUID
    status: BedStatus
    steps: tuple[StepLine, ...]
    owed: Owed | None
    owing: Owing
    possible: tuple[BedMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One elder as the centre knows them."""

    card: ElderCard
    today: date
    standing: Standing
    contracts: tuple[ContractLine, ...]
    plans: tuple[PlanLine, ...]
    follow_ups: tuple[FollowUpLine, ...]
    signs: tuple[StoredSign, ...]
    beds: tuple[BedLine, ...]
    referrals: tuple[Referral, ...]
    names: Names


def person(enrolment_id: UUID, centre: Centre) -> Person:
    """The elder's page. Raises NotFound outside the territory and without open work about them."""
    session = centre.work.session
    elder = centre.elder(enrolment_id)
    card = centre.desk.cards.for_enrolments(session, [enrolment_id]).get(enrolment_id)
    if card is None:
        raise NotFound("elder_unknown")
    key = centre.key_of(elder)
    signed = contracts.contracts_on_record(session, enrolment_id)
    newest = next((each for each in signed if each.voided_at is None), None)
    done = follow_ups.follow_ups_of(session, enrolment_id, limit=SHOWN)
    beds = home_beds.beds_of(session, enrolment_id)
    return Person(
        card=card,
        today=centre.today,
        standing=standing(newest.ends_on if newest else None, centre.today, centre.rules.contract),
        contracts=tuple(_contract(each, key) for each in signed),
        plans=tuple(_plans(enrolment_id, centre)),
        follow_ups=tuple(_follow_up(each, key, centre) for each in done),
        signs=tuple(follow_ups.open_signs(session, enrolment_id)),
        beds=tuple(_bed(bed, key, centre) for bed in beds),
        referrals=tuple(work_at_hand(enrolment_id, centre)),
        names=_names(signed, done, beds, centre),
    )


def _voided(kind: RecordKind, record_id: UUID, stored: Stored, key: ElderKey) -> Voided | None:
    if stored.voided_by is None:
        return None
    return Voided(by=stored.voided_by, reason=void_reason(kind, record_id, stored.void_reason_sealed, key))


def _contract(stored: StoredContract, key: ElderKey) -> ContractLine:
    return ContractLine(
        contract_id=stored.contract_id,
        team=stored.team,
        signed_on=stored.signed_on,
        begins_on=stored.begins_on,
        ends_on=stored.ends_on,
        recorded_by=stored.recorded_by,
        voided=_voided(RecordKind.CONTRACT, stored.contract_id, stored, key),
    )


def _plans(enrolment_id: UUID, centre: Centre) -> list[PlanLine]:
    lines = []
    for plan in follow_ups.running_plans(centre.work.session, enrolment_id):
        programme = centre.rules.programme(plan.programme)
        if programme is None:
            continue
        due = due_on(programme, since_on=plan.since_on, last_on=plan.last_on)
        stands = owing(due, centre.today, remind_days=centre.rules.remind_days)
        lines.append(PlanLine(programme=plan.programme, last_on=plan.last_on, due_on=due, owing=stands))
    return lines


def _follow_up(stored: StoredFollowUp, key: ElderKey, centre: Centre) -> FollowUpLine:
    readings = readings_of(stored, key)
    return FollowUpLine(
        follow_up_id=stored.follow_up_id,
        programme=stored.programme,
        done_on=stored.done_on,
        way=stored.way,
        result=stored.result,
        readings=readings,
        signs=() if stored.voided_at else signs_of(readings, centre.rules.thresholds),
        note=note_of(stored, key),
        is_imported=stored.is_imported,
        recorded_by=stored.recorded_by,
        voided=_voided(RecordKind.FOLLOW_UP, stored.follow_up_id, stored, key),
    )


def _bed(bed: StoredBed, key: ElderKey, centre: Centre) -> BedLine:
    due = owed(bed.rule_steps, centre.rules.home_bed, centre.calendar)
    last = next(reversed(bed.standing_steps), None)
    return BedLine(
        bed_id=bed.bed_id,
        status=bed.status,
        steps=tuple(_step(step, key, is_last=step is last) for step in bed.steps),
        owed=due,
        owing=owing(due.due_on, centre.today, remind_days=1) if due else Owing.LATER,
        possible=possible(bed.status),
    )


def _step(stored: StoredStep, key: ElderKey, *, is_last: bool) -> StepLine:
    return StepLine(
        step_id=stored.step_id,
        move=stored.move,
        done_on=stored.done_on,
        note=revealed(key, stored.note_sealed, column=bed_handlers.NOTE, row_id=stored.step_id),
        recorded_by=stored.recorded_by,
        voided=_voided(RecordKind.BED_STEP, stored.step_id, stored, key),
        is_last=is_last,
    )


def _names(
    signed: Sequence[StoredContract],
    done: Sequence[StoredFollowUp],
    beds: Sequence[StoredBed],
    centre: Centre,
) -> Names:
    records: list[Stored] = [*signed, *done, *(step for bed in beds for step in bed.steps)]
    people = [account for each in records for account in (each.recorded_by, each.voided_by)]
    return load_names(centre.work.session, accounts=people, units=())
