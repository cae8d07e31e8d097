"""What the tests over HTTP share: a clock that stands, and a PUT with the token of a page of ours."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.web.browsing import Browser


@dataclass(frozen=True, slots=True)
class StandingClock:
    """A clock that always shows the same."""

    moment: datetime

    def now(self) -> datetime:
        """What it shows."""
        return self.moment


def put_json(browser: Browser, path: str, **body: object) -> Any:  # noqa: ANN401
    """PUT something to the interface for programs."""
    token = re.search(r'name="csrf-token" content="([0-9a-f]+)"', browser.get("/visits/").text)
    assert token
    return browser.client.put(path, json=body, headers={"X-CSRF-Token": token[1]})
