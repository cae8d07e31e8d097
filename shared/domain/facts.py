"""What is known of an elder, without a name: the only thing that the rules read.

A missing value means nobody has said it yet. It never stands for "healthy" or "none": an elder must not fall
into the lowest class for lack of a fact (domain §5.4).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.codes import Ability, Circumstance, Health, Mobility


class Hardship(StrEnum):
    """What struck an elder's life, so that somebody must come to the home (Z-67, S2:L114)."""

    LIVING_DIFFICULTY = "living_difficulty"
    FAMILY_UPHEAVAL = "family_upheaval"
    NATURAL_DISASTER = "natural_disaster"
    ACCIDENT = "accident"
    PUBLIC_HEALTH_EVENT = "public_health_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedAbility:
    """The result of one ability assessment (能力评估), with the scale that gives its level a meaning.

    Scales are never converted: `scale` and `version` say whose words the level is in.
    """

    level: Ability
    scale: str = ""
    version: str = ""
    assessed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """From which day on something holds, and the first day on which it does not any more, once known."""

    from_on: date
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderFacts:
    """One elder's facts (Z-11). `disability_level` 1 is the heaviest; `care_level` is 照护一级 to 六级.

    `has_disability_card` tells "no card" from "level unknown". `household_size` counts the elder too.
    `youngest_birth_on` is the birthday of the youngest other member of the household: a household of elders
    only (纯老家庭) is one in which all are old. `area_code` is that of the residence, 12 digits.
    `home_bed` is the newest home bed (家庭病床), as the health centre has told the register.
    """

    birth_on: date | None = None
    circumstances: tuple[Circumstance, ...] = ()
    disability_level: int | None = None
    has_disability_card: bool = False
    ability: AssessedAbility | None = None
    care_level: int | None = None
    mobility: Mobility | None = None
    health: Health | None = None
    surveyed_healthy: bool = False
    hardships: tuple[Hardship, ...] = ()
    household_size: int | None = None
    area_code: str = ""
    youngest_birth_on: date | None = None
    home_bed: Spell | None = None


def age_on(birth_on: date, day: date) -> int:
    """Full years on the day. Who was born on 29 February grows older on 1 March in a common year (§3.1)."""
    had_birthday = (day.month, day.day) >= (birth_on.month, birth_on.day)
    return day.year - birth_on.year - (0 if had_birthday else 1)
