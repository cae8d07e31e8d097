"""The things asked at every contact (健康、需求、隐患, J-22): what was said, changed, or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.domain.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that is asked, with its possible answers; the first of them means 无变化."""

    code: str
    options: tuple[str, ...]

    @property
    def unchanged(self) -> str:
        """The answer that nothing has changed."""
        return self.options[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One thing answered."""

    kind: str
    value: str


def answered(questions: Sequence[Question], values: Mapping[str, str]) -> tuple[Answered, ...]:
    """The answers in the order of the questions. Raises Invalid for what is not asked or not offered."""
    by_code = {question.code: question for question in questions}
    for code, value in values.items():
        if code not in by_code or value not in by_code[code].options:
            raise Invalid("unknown_finding", finding=code, value=value)
    known = (code for code in by_code if code in values)
    return tuple(Answered(kind=code, value=values[code]) for code in known)


def all_unchanged(questions: Sequence[Question]) -> dict[str, str]:
    """三项均无变化: the answer of one tap."""
    return {question.code: question.unchanged for question in questions}


def is_complete(questions: Sequence[Question], values: Mapping[str, str]) -> bool:
    """Whether everything was asked."""
    return all(question.code in values for question in questions)
