"""The printed sheets of a plan (附件): their columns in order, and what the ambiguous cell 「类别」 holds.

The plan does not say whether 类别 is the circumstance or the tier (domain §0.1-4, §0.2-14): a place decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.conditions import Subject


class CellPart(StrEnum):
    """What may stand in the cell 「类别」 or beside it."""

    CIRCUMSTANCES = "circumstances"
    TIER = "tier"
    GROUPS = "groups"


class SheetCode(StrEnum):
    """Every form that somebody prints; another would be printed nowhere."""

    BASELINE_SURVEY = "baseline_survey"
    VISIT_RECORD = "visit_record"
    SUMMARY = "summary"
    VISIT_BOOK = "visit_book"


BESIDE: Mapping[str, tuple[int, int]] = {
    SheetCode.BASELINE_SURVEY: (7, 0),
    SheetCode.SUMMARY: (9, 0),
    SheetCode.VISIT_RECORD: (1, 2),
    SheetCode.VISIT_BOOK: (3, 2),
}
"""How many columns stand before and after those that the plan's own items or findings fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printed form: its short name, its title as issued, whether it lies on its side, columns, foot."""

    code: str
    name: str
    title: str
    is_landscape: bool
    columns: tuple[str, ...]
    foot: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The sheets, and the contents of 类别 and of 备注."""

    sheets: tuple[Sheet, ...]
    class_cell: tuple[CellPart, ...]
    remark_cell: tuple[CellPart, ...]
    separator: str

    def sheet(self, code: str) -> Sheet | None:
        """The form of that code, if this place has one."""
        return next((each for each in self.sheets if each.code == code), None)


Words = Callable[[str, str], str]
"""Section of labels and code -> what people read."""


def class_cell(forms: Forms, subject: Subject, words: Words) -> str:
    """What is printed under 类别."""
    return _joined(forms.class_cell, forms.separator, subject, words)


def remark_cell(forms: Forms, subject: Subject, words: Words) -> str:
    """What is printed under 备注 about the class."""
    return _joined(forms.remark_cell, forms.separator, subject, words)


def _joined(parts: tuple[CellPart, ...], separator: str, subject: Subject, words: Words) -> str:
    return separator.join(words(SECTIONS[part], code) for part in parts for code in CODES[part](subject))


CODES: Mapping[CellPart, Callable[[Subject], tuple[str, ...]]] = {
    CellPart.CIRCUMSTANCES: lambda subject: tuple(subject.facts.circumstances),
    CellPart.TIER: lambda subject: (subject.tier,) if subject.tier else (),
    CellPart.GROUPS: lambda subject: subject.groups,
}

SECTIONS: Mapping[CellPart, str] = {
    CellPart.CIRCUMSTANCES: "circumstances",
    CellPart.TIER: "tiers",
    CellPart.GROUPS: "groups",
}
