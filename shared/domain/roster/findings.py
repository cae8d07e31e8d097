"""What is found in a row of a roster: codes with the cell and parameters; the words are elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.roster.words import Column


class Verdict(StrEnum):
    """What may be done with a row: taken in, taken in once a person has looked, or sent back."""

    ACCEPTED = "accepted"
    NEEDS_CONFIRMING = "needs_confirming"
    REFUSED = "refused"


class FindingCode(StrEnum):
    """Everything that the reader may remark on."""

    NAME_MISSING = "name_missing"
    NAME_IS_FORMULA = "name_is_formula"
    NAME_IS_LABEL = "name_is_label"
    NAME_UNUSUAL = "name_unusual"
    SAYS_GONE = "says_gone"
    ID_IS_FORMULA = "id_is_formula"
    ID_LOST_DIGITS = "id_lost_digits"
    ID_WRONG_LENGTH = "id_wrong_length"
    ID_NOT_DIGITS = "id_not_digits"
    ID_NO_SUCH_DAY = "id_no_such_day"
    ID_IN_THE_FUTURE = "id_in_the_future"
    ID_TOO_OLD = "id_too_old"
    ID_WRONG_CHECK = "id_wrong_check"
    UNDER_SIXTY = "under_sixty"
    ID_MISSING = "id_missing"
    ID_CONVERTED = "id_converted"
    ID_FROM_CARD = "id_from_card"
    ID_NORMALISED = "id_normalised"
    ID_UNKNOWN_PROVINCE = "id_unknown_province"
    AGE_DIFFERS = "age_differs"
    AGE_NEARLY = "age_nearly"
    AGE_UNREAD = "age_unread"
    SEX_DIFFERS = "sex_differs"
    SEX_UNKNOWN_WORD = "sex_unknown_word"
    CATEGORY_MISSING = "category_missing"
    CATEGORY_UNKNOWN_WORD = "category_unknown_word"
    ABILITY_UNKNOWN_WORD = "ability_unknown_word"
    ABILITY_MISSING = "ability_missing"
    CARE_LEVEL_UNKNOWN_WORD = "care_level_unknown_word"
    CARD_WRONG = "card_wrong"
    CARD_OF_ANOTHER = "card_of_another"
    DEPENDENT_BUT_ABLE = "dependent_but_able"
    SEVERE_BUT_LIGHT_CARD = "severe_but_light_card"
    PHONE_WRONG = "phone_wrong"
    FORMULA_AS_TEXT = "formula_as_text"
    AGREEMENT_UNKNOWN_WORD = "agreement_unknown_word"
    DECLINES_VISITS = "declines_visits"
    TWICE_IN_SHEET = "twice_in_sheet"
    TWICE_OTHER_NAME = "twice_other_name"
    IN_REGISTER = "in_register"
    IN_REGISTER_OTHER_NAME = "in_register_other_name"
    IN_REGISTER_SAME_DOOR = "in_register_same_door"


ACCEPTED, CONFIRM, REFUSED = Verdict.ACCEPTED, Verdict.NEEDS_CONFIRMING, Verdict.REFUSED

VERDICTS: Mapping[FindingCode, Verdict] = {
    FindingCode.NAME_MISSING: REFUSED,
    FindingCode.NAME_IS_FORMULA: REFUSED,
    FindingCode.NAME_IS_LABEL: REFUSED,
    FindingCode.NAME_UNUSUAL: CONFIRM,
    FindingCode.SAYS_GONE: CONFIRM,
    FindingCode.ID_IS_FORMULA: REFUSED,
    FindingCode.ID_LOST_DIGITS: REFUSED,
    FindingCode.ID_WRONG_LENGTH: REFUSED,
    FindingCode.ID_NOT_DIGITS: REFUSED,
    FindingCode.ID_NO_SUCH_DAY: REFUSED,
    FindingCode.ID_IN_THE_FUTURE: REFUSED,
    FindingCode.ID_TOO_OLD: REFUSED,
    FindingCode.ID_WRONG_CHECK: REFUSED,
    FindingCode.UNDER_SIXTY: REFUSED,
    FindingCode.ID_MISSING: CONFIRM,
    FindingCode.ID_CONVERTED: CONFIRM,
    FindingCode.ID_FROM_CARD: CONFIRM,
    FindingCode.ID_NORMALISED: ACCEPTED,
    FindingCode.ID_UNKNOWN_PROVINCE: CONFIRM,
    FindingCode.AGE_DIFFERS: CONFIRM,
    FindingCode.AGE_NEARLY: ACCEPTED,
    FindingCode.AGE_UNREAD: ACCEPTED,
    FindingCode.SEX_DIFFERS: CONFIRM,
    FindingCode.SEX_UNKNOWN_WORD: CONFIRM,
    FindingCode.CATEGORY_MISSING: CONFIRM,
    FindingCode.CATEGORY_UNKNOWN_WORD: CONFIRM,
    FindingCode.ABILITY_UNKNOWN_WORD: CONFIRM,
    FindingCode.ABILITY_MISSING: ACCEPTED,
    FindingCode.CARE_LEVEL_UNKNOWN_WORD: CONFIRM,
    FindingCode.CARD_WRONG: CONFIRM,
    FindingCode.CARD_OF_ANOTHER: CONFIRM,
    FindingCode.DEPENDENT_BUT_ABLE: CONFIRM,
    FindingCode.SEVERE_BUT_LIGHT_CARD: CONFIRM,
    FindingCode.PHONE_WRONG: ACCEPTED,
    FindingCode.FORMULA_AS_TEXT: ACCEPTED,
    FindingCode.AGREEMENT_UNKNOWN_WORD: ACCEPTED,
    FindingCode.DECLINES_VISITS: ACCEPTED,
    FindingCode.TWICE_IN_SHEET: CONFIRM,
    FindingCode.TWICE_OTHER_NAME: CONFIRM,
    FindingCode.IN_REGISTER: ACCEPTED,
    FindingCode.IN_REGISTER_OTHER_NAME: CONFIRM,
    FindingCode.IN_REGISTER_SAME_DOOR: CONFIRM,
}
"""What each finding means for its row; the heaviest one decides."""

HEAVIEST_FIRST = (REFUSED, CONFIRM, ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark on one cell, e.g. E17; `params` fill the words and hold no number and no name."""

    code: FindingCode
    cell: str
    column: Column
    params: tuple[tuple[str, str], ...] = ()


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """What all findings of a row come to."""
    found = {VERDICTS[each.code] for each in findings}
    return next((verdict for verdict in HEAVIEST_FIRST if verdict in found), ACCEPTED)
