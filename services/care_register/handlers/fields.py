"""Facts as fields that two lists may say differently: as a text, and with another value."""

from dataclasses import replace

from services.care_register.codes import ElderField
from shared.domain.codes import Ability, Health, Mobility
from shared.domain.facts import AssessedAbility, ElderFacts

FACT_FIELDS = (
    ElderField.ABILITY,
    ElderField.CARE_LEVEL,
    ElderField.DISABILITY_LEVEL,
    ElderField.MOBILITY,
    ElderField.HEALTH,
)


def value_of(known: ElderFacts, field: ElderField) -> str:
    """A fact as a text; empty if nobody has said it."""
    if field is ElderField.ABILITY:
        return known.ability.level if known.ability else ""
    value = getattr(known, field.value)
    return "" if value is None else str(value)


def with_value(known: ElderFacts, field: ElderField, text: str) -> ElderFacts:
    """The facts with that field as the text says. Raises ValueError for a field that is no fact."""
    match field:
        case ElderField.ABILITY:
            return replace(known, ability=AssessedAbility(level=Ability(text)))
        case ElderField.CARE_LEVEL:
            return replace(known, care_level=int(text))
        case ElderField.DISABILITY_LEVEL:
            return replace(known, disability_level=int(text), has_disability_card=True)
        case ElderField.MOBILITY:
            return replace(known, mobility=Mobility(text))
        case ElderField.HEALTH:
            return replace(known, health=Health(text))
    raise ValueError(f"{field} is no fact")


def same_ability(before: ElderFacts, now: ElderFacts) -> AssessedAbility | None:
    """The assessment as it was made, scale and version included, unless another level or day is stated."""
    was, said = before.ability, now.ability
    if was and said and (was.level, was.assessed_on) == (said.level, said.assessed_on):
        return was
    return said
