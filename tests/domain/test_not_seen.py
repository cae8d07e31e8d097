"""What a try means for 未见到老人 (domain §0.2-1), as a table."""

from dataclasses import replace

import pytest

from shared.domain.codes import Reach, StateKind
from shared.domain.late_entry import Lateness
from shared.domain.not_seen import EXPLAINS_ABSENCE, Consequence, Try, consequence

NO_ANSWER = Try(reach=Reach.NO_ANSWER_DOOR, lateness=Lateness.ON_TIME, state=None)
OTHERS = replace(NO_ANSWER, reach=Reach.OTHERS_ANSWERED)


@pytest.mark.parametrize(
    ("attempt", "expected"),
    [
        (NO_ANSWER, Consequence.OPENS),
        (replace(NO_ANSWER, reach=Reach.NO_ANSWER_PHONE), Consequence.OPENS),
        (replace(NO_ANSWER, lateness=Lateness.LATE), Consequence.OPENS),
        (OTHERS, Consequence.OPENS),
        (replace(OTHERS, is_vouched=True), Consequence.ENDS),
        (replace(NO_ANSWER, is_vouched=True), Consequence.OPENS),
        (replace(NO_ANSWER, reach=Reach.SPOKEN_WITH), Consequence.ENDS),
        (replace(NO_ANSWER, reach=Reach.SEEN), Consequence.ENDS),
        (replace(NO_ANSWER, reach=Reach.SEEN, is_device=True), Consequence.NOTHING),
        (replace(NO_ANSWER, was_seen_since=True), Consequence.NOTHING),
        (replace(NO_ANSWER, lateness=Lateness.TOO_LATE), Consequence.NOTHING),
        (replace(NO_ANSWER, state=StateKind.DECLINES_VISITS), Consequence.OPENS),
        (replace(NO_ANSWER, state=StateKind.AWAY, has_red_flag=True), Consequence.OPENS),
        (
            replace(NO_ANSWER, state=StateKind.AWAY, is_state_confirmed=True, has_red_flag=True),
            Consequence.OPENS,
        ),
    ],
)
def test_consequence(attempt: Try, expected: Consequence) -> None:
    assert consequence(attempt) is expected


@pytest.mark.parametrize("state", sorted(EXPLAINS_ABSENCE))
def test_one_persons_word_of_where_the_elder_is_lets_the_alarm_begin_asleep(state: StateKind) -> None:
    assert consequence(replace(NO_ANSWER, state=state)) is Consequence.OPENS_ASLEEP


@pytest.mark.parametrize("state", sorted(EXPLAINS_ABSENCE))
def test_a_confirmed_state_that_says_where_the_elder_is_raises_no_alarm(state: StateKind) -> None:
    attempt = replace(NO_ANSWER, state=state, is_state_confirmed=True)
    assert consequence(attempt) is Consequence.NOTHING
