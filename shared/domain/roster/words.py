"""The words that rosters use, given as data: this package knows codes alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.id_numbers import Sex
from shared.domain.phones import PhoneArea


class Column(StrEnum):
    """What a column of a roster is about, whatever its heading."""

    NUMBER = "number"
    NAME = "name"
    SEX = "sex"
    AGE = "age"
    ID_NUMBER = "id_number"
    ADDRESS = "address"
    PHONE = "phone"
    CATEGORY = "category"
    ABILITY = "ability"
    CARD = "card"
    CARE_LEVEL = "care_level"
    CARE_INSURANCE = "care_insurance"
    AGREEMENT = "agreement"
    DOCTOR = "doctor"
    REMARK = "remark"


class Implies(StrEnum):
    """What an agreement (探访约定) means for visits (domain §0.2-7)."""

    DECLINES_VISITS = "declines_visits"
    AGREED_DAYS = "agreed_days"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What one word about body or health says: an assessed level, or how somebody gets about, or feels."""

    ability: Ability | None = None
    mobility: Mobility | None = None
    health: Health | None = None
    surveyed_healthy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWords:
    """How a place writes its rosters.

    sums: what stands in the place of a name in a row that adds others up. separators: what stands between
    several categories. gone: how a list says that somebody has died or left; when: what
    may stand around it. card_words: a remark that names a card's level.
    agreements: a part of what is agreed. weekdays: the character of a day -> 1 to 7.
    services_title, services, not_ticked: those of 附件1, and what stands beside one that is not ticked.
    phones, elder_from: the landlines of the place and the age from which one is an elder, from its policy.
    dependent_from: the care level from which its plan takes somebody to be care dependent, if it names one.
    """

    headings: Mapping[str, Column]
    sums: frozenset[str]
    gone: frozenset[str]
    when: frozenset[str]
    sexes: Mapping[str, Sex]
    separators: str
    categories: Mapping[str, Circumstance]
    conditions: Mapping[str, Condition]
    care_levels: Mapping[str, int]
    insured: frozenset[str]
    card_words: Mapping[str, int]
    agreements: Mapping[str, Implies]
    weekdays: Mapping[str, int]
    services_title: str
    services: frozenset[str]
    not_ticked: frozenset[str]
    phones: PhoneArea
    elder_from: int
    dependent_from: int | None
