"""What a home bed means outside the centre: in use it adds a visit that is owed, and a round is one (J-76).

The register learns from and until when a bed is in use, visits learn that the elder was seen: dates and
codes, no word of an illness. What is struck out here is taken back there.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from services.health.handlers.centre import Centre
from services.health.repository.home_beds import StoredBed, StoredStep
from shared.contracts.effects import BedInUse, CarryOut
from shared.domain.facts import Spell
from shared.domain.health.home_beds import BOUNDS, in_use, seen_at
from shared.domain.kinds import Effect
from shared.domain.zones import to_instant
from shared.process.aftermath import carry_out

HOME_BED = "home_bed"
"""The kind of work under which a refusal of the others is shown."""


def tell_step(bed: StoredBed, step: StoredStep, centre: Centre) -> None:
    """Announce what the step, just kept or just struck out, means for others."""
    for effect in told_by(bed, step, centre):
        centre.work.announce(carry_out(effect))


def told_by(bed: StoredBed, step: StoredStep, centre: Centre) -> tuple[CarryOut, ...]:
    """The effects of the step; `bed` is as it stands after it."""
    found = (_in_use(bed, step, centre), _seen(bed, step, centre))
    return tuple(each for each in found if each is not None)


def _in_use(bed: StoredBed, step: StoredStep, centre: Centre) -> CarryOut | None:
    """A bed whose agreement is struck out was in use on no day."""
    if step.move not in BOUNDS:
        return None
    version = len(bed.steps) + sum(each.voided_at is not None for each in bed.steps)
    spell = in_use(bed.rule_steps) or Spell(from_on=step.done_on, to_on=step.done_on)
    told = BedInUse(bed_id=bed.bed_id, version=version, spell=spell)
    asked = _asked(bed, centre, uuid5(bed.bed_id, f"in_use/{version}"), Effect.FOLLOW_HOME_BED)
    return replace(asked, bed=told)


def _seen(bed: StoredBed, step: StoredStep, centre: Centre) -> CarryOut | None:
    seen = seen_at(step.move, centre.rules.home_bed)
    if seen is None:
        return None
    recorded = uuid5(step.step_id, "seen")
    if step.voided_at is None:
        asked = _asked(bed, centre, recorded, Effect.RECORD_CONTACT)
        return replace(asked, at=_moment(step, centre), seen=seen)
    asked = _asked(bed, centre, uuid5(step.step_id, "struck_out"), Effect.VOID_CONTACT)
    return replace(asked, voids=recorded)


def _asked(bed: StoredBed, centre: Centre, effect_id: UUID, effect: Effect) -> CarryOut:
    return CarryOut(
        effect_id=effect_id,
        effect=effect,
        jurisdiction_id=bed.jurisdiction_id,
        enrolment_id=bed.enrolment_id,
        at=centre.work.now,
        account_id=centre.work.principal.account_id,
        unit_id=bed.unit_id,
        kind=HOME_BED,
    )


def _moment(step: StoredStep, centre: Centre) -> datetime:
    """The record names the day alone: today it was just now, else when the centre opened on that day."""
    if step.done_on == centre.today:
        return centre.work.now
    opens, _ = centre.hours[0]
    return to_instant(step.done_on, opens, centre.policy.jurisdiction.zone)
