"""The visits service (探访与台账): rounds, contacts, the visit book, and who visits whom."""

from flask import Flask

from services.visits import (
    api,
    assignment_pages,
    batch_api,
    batch_pages,
    correcting_api,
    correction_pages,
    form_pages,
    pages,
    recording_pages,
)
from services.visits.handlers.desk import Desk
from services.visits.messages import WORDINGS
from services.visits.mounted import mount
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.web.app import create_app


def create(settings: Settings, clock: Clock | None = None) -> Flask:
    """The application; nothing is connected before the first request. A test brings its own clock."""
    database = Database(settings, Login.VISITS)
    app = create_app(
        "visits",
        settings=settings,
        clock=clock or clock_for(settings, database),
        database=database,
        api_blueprints=[api.blueprint, correcting_api.blueprint, batch_api.blueprint],
        page_blueprints=[
            pages.blueprint,
            recording_pages.blueprint,
            correction_pages.blueprint,
            batch_pages.blueprint,
            assignment_pages.blueprint,
            form_pages.blueprint,
        ],
        wordings=WORDINGS,
    )
    mount(app, Desk.from_settings(settings))
    return app
