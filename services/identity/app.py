"""The identity service: sign-in, home, accounts."""

from flask import Flask

from services.identity import account_pages, api, pages
from services.identity.messages import WORDINGS
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.web.app import create_app


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    database = Database(settings, Login.IDENTITY)
    return create_app(
        "identity",
        settings=settings,
        clock=clock_for(settings, database),
        database=database,
        api_blueprints=[api.blueprint],
        page_blueprints=[pages.blueprint, account_pages.blueprint],
        wordings=WORDINGS,
    )
