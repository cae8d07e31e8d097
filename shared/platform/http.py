"""Outbound HTTP: one short JSON call with time limits, for the channels that tell people something."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 8.0


class UnreachableError(Exception):
    """The other side could not be reached or did not answer in time; trying again may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What came back: the status and the text."""

    status: int
    text: str

    @property
    def accepted(self) -> bool:
        """Whether the other side took it."""
        return httpx.codes.is_success(self.status)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later: the other side is busy, not the call wrong."""
        return (
            self.status in {httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS}
            or self.status >= httpx.codes.INTERNAL_SERVER_ERROR
        )


class HttpClient:
    """A pool of connections to the outside; follows no redirects, reads no proxy from the environment."""

    def __init__(self) -> None:
        """Open nothing yet; connections are made by the first call."""
        limits = httpx.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS)
        self._client = httpx.Client(timeout=limits, trust_env=False)

    def __enter__(self) -> Self:
        """Use as a context manager where the process's end is known."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the pool."""
        self._client.close()

    def post_json(self, url: str, body: object, *, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """POST one JSON body; UnreachableError when there is no answer at all."""
        try:
            response = self._client.post(url, json=body, headers=headers)
        except httpx.TransportError as error:
            raise UnreachableError(type(error).__name__) from error
        return HttpAnswer(status=response.status_code, text=response.text)
