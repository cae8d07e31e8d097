"""What a record that refuses a step says of it, and from which day on a step may have been."""

from datetime import date, timedelta

import pytest

from shared.domain.errors import Conflict, Invalid
from shared.domain.justice.codes import Stage, Step
from shared.domain.justice.course import Course, after, offered, stage_of
from shared.domain.justice.courses import FORWARDING, MEDIATION
from shared.domain.justice.events import Event
from tests.policies.plans import ZICHUAN, plan

ON = date(2026, 11, 18)
RULES = plan(ZICHUAN).justice


def began(*steps: tuple[Step, int]) -> list[Event]:
    """A record in which these steps were taken, so many days after it was opened."""
    return [Event(step=Step.OPENED, on=ON)] + [
        Event(step=step, on=ON + timedelta(days=days)) for step, days in steps
    ]


def take(course: Course, events: list[Event], step: Step, days: int) -> Stage:
    return after(course, events, Event(step=step, on=ON + timedelta(days=days)), RULES)


def test_a_step_that_is_barred_is_named() -> None:
    with pytest.raises(Conflict) as refused:
        take(FORWARDING, began((Step.PAPERS_ASKED, 0)), Step.FORWARDED, 0)

    assert (refused.value.code, refused.value.params) == ("papers_missing", {"step": Step.FORWARDED})


def test_a_step_out_of_turn_is_answered_with_what_is_possible() -> None:
    events = began()
    with pytest.raises(Conflict) as refused:
        take(MEDIATION, events, Step.SETTLED, 0)

    assert refused.value.code == "step_not_possible"
    assert refused.value.params == {
        "step": Step.SETTLED,
        "stage": stage_of(MEDIATION, events),
        "possible_steps": offered(MEDIATION, events),
    }


def test_a_step_before_the_one_that_led_to_it_is_an_error_in_its_day() -> None:
    events = began((Step.ELDER_AGREED, 0), (Step.OTHER_AGREED, 0), (Step.STARTED, 3))
    with pytest.raises(Invalid) as refused:
        take(MEDIATION, events, Step.NOT_SETTLED, 2)

    assert refused.value.code == "before_what_led_here"
    assert refused.value.params == {
        "field": "on",
        "step": Step.NOT_SETTLED,
        "since": ON + timedelta(days=3),
    }
    assert take(MEDIATION, events, Step.NOT_SETTLED, 3) is Stage.ENDED


def test_a_step_that_leads_nowhere_holds_up_no_earlier_one() -> None:
    """A session typed in with a later day does not keep the settlement from its own."""
    events = began((Step.ELDER_AGREED, 0), (Step.OTHER_AGREED, 0), (Step.STARTED, 1), (Step.SESSION_HELD, 8))

    assert take(MEDIATION, events, Step.SETTLED, 2) is Stage.SETTLED
