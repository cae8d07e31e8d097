"""How a failure enters a history: a refusal as one legible text, anything else sealed whole."""

import pytest
from temporalio.api.failure.v1 import Failure

from shared.domain.errors import Conflict, RuleBroken
from shared.temporal.converter import SealedFailures, WirePayloads
from workflows.kernel.failures import internal, refused


def thrown(error: Exception) -> None:
    raise error from RuleBroken("a_code")


def in_history(error: Exception) -> Failure:
    """The failure of a command that raised this because of something else."""
    failure = Failure()
    with pytest.raises(type(error)) as raised:
        thrown(error)
    SealedFailures().to_failure(raised.value, WirePayloads(), failure)
    return failure


def test_a_refusal_is_one_text_with_neither_payload_nor_stack_nor_cause() -> None:
    failure = in_history(refused(Conflict("taken_already", holder_id="somebody")))

    assert failure.message == 'taken_already {"holder_id":"somebody"}'
    assert failure.application_failure_info.type == "conflict"
    assert not failure.application_failure_info.details.payloads
    assert failure.stack_trace == ""
    assert not any(failure.HasField(part) for part in ("cause", "encoded_attributes"))


@pytest.mark.parametrize("error", [internal(ValueError("a name")), ValueError("a name")])
def test_a_bug_is_sealed_with_all_that_it_quotes(error: Exception) -> None:
    failure = in_history(error)

    assert (failure.message, failure.stack_trace) == ("Encoded failure", "")
    assert failure.HasField("encoded_attributes")
