"""Connecting to Temporal: the same address, encryption and types for every process of ours."""

import os
from datetime import timedelta
from functools import cache

from temporalio.client import Client
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.service import GrpcCompression, RetryConfig

from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.temporal.codec import EncryptedPayloads
from shared.temporal.converter import data_converter
from shared.temporal.errors import ProcessAway

CONNECT_TIMEOUT = timedelta(seconds=2)

PATIENT = RetryConfig()
"""For programs that have time: the SDK's own ten seconds."""

INTERACTIVE = RetryConfig(max_elapsed_time_millis=2500)
"""For a person who waits."""


async def connect(settings: Settings, *, identity: str, retry: RetryConfig = PATIENT) -> Client:
    """A connected client. Raises ProcessAway while the server cannot be reached.

    identity: which of our processes it is, as operators see it; never a person.
    """
    converter = data_converter(EncryptedPayloads(Vault.from_settings(settings)))
    try:
        return await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            data_converter=converter,
            retry_config=retry,
            connect_timeout=CONNECT_TIMEOUT,
            identity=identity,
            runtime=_runtime_of(os.getpid()),
            # What is encrypted does not get smaller.
            grpc_compression=GrpcCompression.NONE,
        )
    except RuntimeError as error:
        # The SDK has no type of its own for a server that is not there.
        raise ProcessAway(settings.temporal_address) from error


@cache
def _runtime_of(_process_id: int) -> Runtime:
    """The SDK's own threads, one set for each process: a forked child must not use its parent's."""
    return Runtime(telemetry=TelemetryConfig())
