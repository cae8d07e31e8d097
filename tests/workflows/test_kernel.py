"""The small parts that every process is made of."""

from datetime import timedelta
from uuid import UUID, uuid4

from shared.contracts.failures import FailureType, Refusal
from shared.contracts.names import visit_cycle_id
from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound, RuleBroken
from shared.domain.referral.moves import Move
from workflows.kernel.deadline import delay_of
from workflows.kernel.failures import internal, refused
from workflows.kernel.options import AT_ONCE, GRACE, REMEMBERED, SPREAD
from workflows.kernel.ring import Ring

ELDERS = 400


def test_routine_wake_ups_are_spread_over_forty_seconds_and_no_further() -> None:
    delays = [delay_of(visit_cycle_id(uuid4()), SPREAD) - GRACE for _ in range(ELDERS)]

    assert timedelta() <= min(delays) < timedelta(seconds=5)
    assert timedelta(seconds=35) < max(delays) <= SPREAD


def test_a_process_wakes_up_with_the_same_delay_in_every_run() -> None:
    """Another delay on replay would be another history."""
    workflow_id = visit_cycle_id(uuid4())

    assert delay_of(workflow_id, SPREAD) == delay_of(workflow_id, SPREAD)


def test_what_is_urgent_waits_for_nothing_but_the_last_second() -> None:
    assert delay_of(visit_cycle_id(uuid4()), AT_ONCE) == GRACE


def test_the_ring_forgets_the_oldest_request_first() -> None:
    ring = Ring[int]()
    for number in range(REMEMBERED + 1):
        ring.remember(str(number), number)

    assert "0" not in ring
    assert ring.answer_to("1") == 1
    assert len(ring.items()) == REMEMBERED


def test_a_ring_carries_on_what_an_earlier_run_remembered() -> None:
    ring = Ring(Ring([("a", 1), ("b", 2)], size=2).items(), size=2)
    ring.remember("c", 3)

    assert ring.items() == (("b", 2), ("c", 3))


def test_every_refusal_of_a_rule_has_a_type_that_a_caller_can_tell() -> None:
    types = {
        kind: refused(kind("a_code", unit_id="u")).type for kind in (Conflict, Forbidden, Invalid, NotFound)
    }

    assert types == {
        Conflict: FailureType.CONFLICT,
        Forbidden: FailureType.FORBIDDEN,
        Invalid: FailureType.INVALID,
        NotFound: FailureType.NOT_FOUND,
    }
    assert {kind for kind in RuleBroken.__subclasses__() if kind.__module__.endswith("domain.errors")} == set(
        types
    )


def test_a_refusal_carries_its_code_and_parameters() -> None:
    failure = refused(Conflict("taken_already", holder_id=UUID(int=7), possible=(Move.NOTE,)))

    refusal = Refusal.of_text(failure.message)
    assert refusal.code == "taken_already"
    assert refusal.params == {"holder_id": str(UUID(int=7)), "possible": ["note"]}


def test_a_refusal_without_parameters_is_its_code_alone() -> None:
    assert refused(Conflict("taken_already")).message == "taken_already"
    assert Refusal.of_text("taken_already") == Refusal(code="taken_already")


def test_a_bug_tells_its_type_and_nothing_of_what_it_was_about() -> None:
    failure = internal(ValueError("a name in a message"))

    assert "a name" not in str(failure)
    assert Refusal.of_text(failure.message).params == {"error": "ValueError"}
