"""The police station's service (派出所): its referral inbox."""

from flask import Flask

from shared.inbox.application import create_inbox
from shared.platform.logins import Login
from shared.platform.settings import Settings


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    return create_inbox("public_security", Login.PUBLIC_SECURITY, settings)
