"""The service of every other unit: an inbox for the units of who signs in, or for that of TANFANG_UNIT."""

from flask import Flask

from shared.inbox.application import create_inbox
from shared.platform.logins import Login
from shared.platform.settings import Settings


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    return create_inbox("department", Login.DEPARTMENT, settings)
