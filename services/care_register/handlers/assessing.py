"""What an assessment found (能力评估、照护需求评估): stated by who made it, confirmed by who had asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.care_register.codes import ElderField
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.fields import with_value
from services.care_register.handlers.finding import facts_of, history_of
from services.care_register.repository import elders
from services.care_register.repository.enrolments import EnrolmentRow
from shared.domain.codes import Ability
from shared.domain.errors import Invalid
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.persistence.unit_of_work import UnitOfWork

NONE_NEEDED = "normal"
"""The level of a care need assessment that names none: it is no level of the register's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """A level in the words of one scale; levels of two scales are never compared."""

    scale: str
    level: str
    assessed_on: date


def take_assessment(found: Assessed, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> bool:
    """Record the level; False if it stands so already. Raises Invalid `unknown_level` for another scale's."""
    known = facts_of(work, row)
    after = _with(known, found, desk, row)
    if after == known:
        return False
    store_facts(after, work, row, desk, detail={"fields": ["ability"], "source": found.scale})
    return True


def store_facts(
    known: ElderFacts, work: UnitOfWork, row: EnrolmentRow, desk: Desk, *, detail: Mapping[str, object]
) -> None:
    """Facts as they are now, circumstances and hardships apart; the rules look at the elder anew."""
    values = {**elders.fact_values(known), "updated_at": work.now}
    elders.change_facts(work.session, row.elder_id, values)
    work.record(
        stream=history_of(row.elder_id),
        action="facts_corrected",
        detail=detail,
        jurisdiction_id=row.jurisdiction_id,
    )
    propose_classification(work, row, desk)
    renew_plan(work, row, desk)


def _with(known: ElderFacts, found: Assessed, desk: Desk, row: EnrolmentRow) -> ElderFacts:
    policy = desk.book.in_force(row.jurisdiction_id, found.assessed_on)
    scale = next((each for each in policy.scales if each.code == found.scale), None)
    if scale is None or found.level not in scale.levels:
        raise Invalid("unknown_level", scale=found.scale)
    if found.level in set(Ability):
        level = AssessedAbility(
            level=Ability(found.level),
            scale=scale.code,
            version=scale.version,
            assessed_on=found.assessed_on,
        )
        return replace(known, ability=level)
    if found.level == NONE_NEEDED:
        return replace(known, care_level=None)
    return with_value(known, ElderField.CARE_LEVEL, found.level)
