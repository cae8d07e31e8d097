"""The things asked at every contact (J-22, S1:L52): answered, unchanged in one tap, or missing."""

import pytest

from shared.domain.errors import Invalid
from shared.domain.findings import Answered, Question, all_unchanged, answered, is_complete

QUESTIONS = (
    Question(code="health", options=("no_change", "worse")),
    Question(code="hazards", options=("no_change", "hazard_found")),
)


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert answered(QUESTIONS, {"hazards": "hazard_found", "health": "no_change"}) == (
        Answered(kind="health", value="no_change"),
        Answered(kind="hazards", value="hazard_found"),
    )


def test_one_tap_answers_everything_with_no_change() -> None:
    assert all_unchanged(QUESTIONS) == {"health": "no_change", "hazards": "no_change"}
    assert is_complete(QUESTIONS, all_unchanged(QUESTIONS))


def test_what_was_not_asked_is_missing_and_never_unchanged() -> None:
    assert answered(QUESTIONS, {}) == ()
    assert not is_complete(QUESTIONS, {"health": "worse"})


@pytest.mark.parametrize("values", [{"mood": "no_change"}, {"health": "hazard_found"}])
def test_what_is_not_offered_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        answered(QUESTIONS, values)
    [(finding, value)] = values.items()
    assert (refused.value.code, refused.value.params) == (
        "unknown_finding",
        {"finding": finding, "value": value},
    )
