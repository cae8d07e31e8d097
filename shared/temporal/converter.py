"""Contract dataclasses as JSON in Temporal's histories: the text of the outbox, typed on the way back."""

from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import (
    BinaryNullPayloadConverter,
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    EncodingPayloadConverter,
    FailureConverter,
    PayloadCodec,
    PayloadConverter,
)
from temporalio.exceptions import ApplicationError

from shared.contracts import wire
from shared.contracts.failures import REFUSALS

ENCODING = "json/plain"


class WireJson(EncodingPayloadConverter):
    """JSON as `shared.contracts.wire` writes and reads it: one library in C for what is done at each step."""

    @property
    def encoding(self) -> str:
        """What the SDK calls JSON, so that its own tools can read a history without a codec."""
        return ENCODING

    def to_payload(self, value: object) -> Payload:
        """The value as JSON. Raises TypeError for what does not cross a process boundary."""
        return Payload(metadata={"encoding": ENCODING.encode()}, data=wire.written(value))

    def from_payload(self, payload: Payload, type_hint: type[Any] | None = None) -> object:
        """The value in the type that the contract names."""
        return wire.read(type_hint or Any, payload.data)


class WirePayloads(CompositePayloadConverter):
    """JSON alone: nothing of ours is binary, and nothing else can be read by a person."""

    def __init__(self) -> None:
        """The two encodings: nothing, and JSON."""
        super().__init__(BinaryNullPayloadConverter(), WireJson())


class SealedFailures(DefaultFailureConverterWithEncodedAttributes):
    """Messages and stack traces quote what they were about, and are encoded like the rest.

    A refusal by a rule quotes nothing: its message is a code with ids, codes and instants, and stays legible.
    """

    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        """The failure as it enters a history."""
        if not isinstance(exception, ApplicationError) or exception.type not in REFUSALS:
            super().to_failure(exception, payload_converter, failure)
            return
        bare = ApplicationError(
            exception.message, *exception.details, type=exception.type, non_retryable=exception.non_retryable
        )
        FailureConverter.default.to_failure(bare, payload_converter, failure)


def data_converter(codec: PayloadCodec | None) -> DataConverter:
    """What every client and worker shares. Without a codec histories are legible: for replay tests alone."""
    return DataConverter(
        payload_converter_class=WirePayloads,
        payload_codec=codec,
        failure_converter_class=SealedFailures,
    )
