"""What one service application is made of; made once by the factory, read through `current.kit()`."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.settings import Settings
from shared.platform.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The parts every request of a service may use."""

    service: str
    prefix: str
    settings: Settings
    clock: Clock
    database: Database
    wordings: Mapping[str, Wording]
    ready_checks: Mapping[str, Callable[[], bool]] = field(default_factory=dict)

    @property
    def api_prefix(self) -> str:
        """The path under which this service's JSON API lives."""
        return f"{self.prefix}/api"

    @property
    def form_key(self) -> bytes:
        """The key of the form tokens: derived, so that it is not the one that fingerprints personal data."""
        return hmac.digest(self.settings.index_key.encode(), b"tanfang form tokens", "sha256")
