"""A browser without JavaScript: it keeps cookies, reads the form token from the page, and posts forms."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

_FORM_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


class Browser:
    """One person's browser."""

    def __init__(self, app: Flask, *, address: str = "198.51.100.7") -> None:
        """Start without cookies, at this address."""
        self.client = app.test_client()
        self._at = {"REMOTE_ADDR": address}

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=headers, environ_overrides=self._at)

    def post(
        self, path: str, fields: Mapping[str, object] | None = None, *, on: str = "/sign-in"
    ) -> TestResponse:
        """Fill in the form of the page `on` and send it to `path`."""
        token = _FORM_TOKEN.search(self.get(on).text)
        data = {**(fields or {}), "csrf_token": token[1] if token else ""}
        return self.client.post(path, data=data, environ_overrides=self._at)

    def sign_in(self, login: str, password: str, **fields: str) -> TestResponse:
        """Sign in as somebody."""
        return self.post("/sign-in", {"login": login, "password": password, **fields})

    def cookie(self, name: str) -> str:
        """The value of a cookie."""
        kept = self.client.get_cookie(name)
        return kept.value if kept else ""


def json_of(answer: TestResponse) -> Any:  # noqa: ANN401 - whatever was answered
    """The JSON body of an answer; a test that finds none should fail here."""
    assert answer.json is not None, answer.text
    return answer.json
