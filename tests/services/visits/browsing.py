"""What the tests over HTTP share: a PUT with the token of a page of ours."""

import re
from typing import Any

from tests.web.browsing import Browser


def put_json(browser: Browser, path: str, **body: object) -> Any:  # noqa: ANN401
    """PUT something to the interface for programs."""
    token = re.search(r'name="csrf-token" content="([0-9a-f]+)"', browser.get("/visits/").text)
    assert token
    return browser.client.put(path, json=body, headers={"X-CSRF-Token": token[1]})
