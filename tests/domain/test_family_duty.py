"""Where each member of a family stands on the ladder 提醒 -> 规劝 -> 调解 -> 法律 (Z-50 … Z-52)."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from shared.domain.errors import Conflict
from shared.domain.justice.codes import Stage, Step
from shared.domain.justice.course import after
from shared.domain.justice.courses import FAMILY_DUTY
from shared.domain.justice.events import Event, standing_of
from shared.domain.justice.family_duty import (
    Standing,
    bar_on_member,
    bar_on_stage,
    mediation_is_refused,
    next_stage,
    standing,
)
from tests.policies.plans import TODAY, ZICHUAN, plan

POLICY = plan(ZICHUAN)
RULES = POLICY.justice
STAGES = RULES.duty_stages
CALENDAR = POLICY.work_days.calendar(POLICY.jurisdiction.zone, POLICY.jurisdiction.hours, TODAY)
SON, DAUGHTER = UUID(int=7), UUID(int=8)
NAMED_ON, REMINDED_ON = date(2026, 11, 2), date(2026, 11, 5)
SISTER = Event(step=Step.MEMBER_NAMED, on=date(2026, 10, 1), detail="daughter", member_id=DAUGHTER)
NAMED = [SISTER, Event(step=Step.MEMBER_NAMED, on=NAMED_ON, detail="son", member_id=SON)]


def a_step(step: Step, detail: str = "no_change", member_id: UUID = SON, on: date = REMINDED_ON) -> Event:
    return Event(step=step, on=on, detail=detail, member_id=member_id)


def climbed(*steps: Step) -> list[Event]:
    return [*NAMED, *(a_step(step) for step in steps)]


def test_a_member_who_was_named_is_to_be_reminded_within_the_first_limit() -> None:
    """Z-51: the clock begins on the day on which this member, and no other, was named."""
    assert standing(NAMED, SON, RULES, CALENDAR) == Standing(
        member_id=SON,
        last_step=None,
        outcome="",
        next_step=Step.REMINDED,
        due_on=NAMED_ON + timedelta(days=7),
        found="",
        fulfils=False,
        assess_by=date(2027, 2, 2),
    )


def test_nobody_stands_on_the_ladder_who_is_not_in_the_family() -> None:
    with pytest.raises(ValueError, match="nobody of that id"):
        standing(NAMED, UUID(int=9), RULES, CALENDAR)


def test_after_a_stage_the_next_one_is_due_from_that_day_on() -> None:
    assert standing(climbed(Step.REMINDED), SON, RULES, CALENDAR) == Standing(
        member_id=SON,
        last_step=Step.REMINDED,
        outcome="no_change",
        next_step=Step.PERSUADED,
        due_on=REMINDED_ON + timedelta(days=14),
        found="",
        fulfils=False,
        assess_by=date(2027, 2, 2),
    )


def test_the_law_has_no_day_and_nothing_follows_it() -> None:
    """Z-52: 必要时."""
    mediated = standing(climbed(*LADDER[:3]), SON, RULES, CALENDAR)
    sued = standing(climbed(*LADDER), SON, RULES, CALENDAR)

    assert (mediated.next_step, mediated.due_on) == (Step.WENT_TO_LAW, None)
    assert (sued.last_step, sued.next_step, sued.due_on) == (Step.WENT_TO_LAW, None, None)
    assert not sued.fulfils


LADDER = (Step.REMINDED, Step.PERSUADED, Step.MEDIATED, Step.WENT_TO_LAW)


def test_a_refusal_leaves_out_mediation_and_no_other_stage() -> None:
    """人民调解法 art. 17: never held against anybody; the stages before it stay."""
    refusal = a_step(Step.OTHER_REFUSED, "")

    assert next_stage([*climbed(Step.REMINDED), refusal], SON, STAGES) == STAGES[1]
    assert next_stage([*climbed(*LADDER[:2]), refusal], SON, STAGES) == STAGES[3]
    assert next_stage(climbed(*LADDER[:2]), SON, STAGES) == STAGES[2]


def test_an_old_word_of_the_elder_is_no_longer_a_refusal() -> None:
    words = [a_step(Step.ELDER_REFUSED, ""), a_step(Step.ELDER_AGREED, "")]

    assert not mediation_is_refused([*NAMED, *words], SON)
    assert mediation_is_refused([*NAMED, *reversed(words)], SON)
    assert mediation_is_refused([*NAMED, words[0], a_step(Step.REMINDED)], SON)


@pytest.mark.parametrize("number", range(4))
def test_a_stage_may_be_taken_again_and_none_before_its_turn(number: int) -> None:
    """Z-51: whoever has come so far may be reminded again, by who has fulfilled the duty too."""
    done = [*climbed(*LADDER[:number]), a_step(Step.ELDER_AGREED), a_step(Step.OTHER_AGREED)]
    bars = [bar_on_stage(done, a_step(step), RULES) for step in LADDER]

    assert bars == ["" if place <= number else "stage_skipped" for place in range(4)]


def test_who_fulfils_may_be_taken_up_again_where_they_stood() -> None:
    fulfils = [*climbed(Step.REMINDED), a_step(Step.PERSUADED, "fulfils")]

    assert bar_on_stage(fulfils, a_step(Step.PERSUADED), RULES) == ""
    assert bar_on_stage(fulfils, a_step(Step.WENT_TO_LAW), RULES) == "stage_skipped"


def test_a_sister_further_up_the_ladder_carries_nobody_along() -> None:
    events = [*NAMED, a_step(Step.REMINDED, member_id=DAUGHTER), a_step(Step.PERSUADED, member_id=DAUGHTER)]

    assert bar_on_stage(events, a_step(Step.REMINDED), RULES) == ""
    assert bar_on_stage(events, a_step(Step.PERSUADED), RULES) == "stage_skipped"


@pytest.mark.parametrize(
    ("member_id", "bar"), [(SON, ""), (UUID(int=9), "member_unknown"), (None, "member_unknown")]
)
def test_only_a_member_on_record_has_a_word_or_a_stage(member_id: UUID | None, bar: str) -> None:
    event = Event(step=Step.OTHER_AGREED, on=REMINDED_ON, member_id=member_id)
    reminded = Event(step=Step.REMINDED, on=REMINDED_ON, member_id=member_id)

    assert bar_on_member(NAMED, event, RULES) == bar
    assert bar_on_stage(NAMED, reminded, RULES) == bar


def test_who_was_named_by_mistake_counts_for_nothing_any_more() -> None:
    """Somebody else's son stood on the ladder until the record ended."""
    struck = [*climbed(Step.REMINDED), a_step(Step.MEMBER_STRUCK, "")]

    assert standing_of(struck) == (SISTER,)
    for step in (Step.PERSUADED, Step.MEMBER_STRUCK):
        with pytest.raises(Conflict, match="member_unknown"):
            after(FAMILY_DUTY, struck, a_step(step), RULES)
    assert after(FAMILY_DUTY, struck, a_step(Step.REMINDED, member_id=DAUGHTER), RULES) is Stage.OPEN
