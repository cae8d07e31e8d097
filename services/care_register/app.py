"""The care register's application."""

from flask import Flask

from services.care_register import (
    api,
    change_pages,
    enrol_pages,
    form_pages,
    import_api,
    import_pages,
    pages,
    state_pages,
)
from services.care_register.handlers.desk import Desk
from services.care_register.messages import WORDINGS
from services.care_register.office import furnish
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.web.app import create_app


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    database = Database(settings, Login.CARE_REGISTER)
    desk = Desk(vault=Vault.from_settings(settings), book=own_book())
    return assemble(settings, database, clock_for(settings, database), desk)


def assemble(settings: Settings, database: Database, clock: Clock, desk: Desk) -> Flask:
    """The same from its parts."""
    app = create_app(
        "care_register",
        settings=settings,
        clock=clock,
        database=database,
        api_blueprints=[api.blueprint, import_api.blueprint],
        page_blueprints=[
            pages.blueprint,
            state_pages.blueprint,
            enrol_pages.blueprint,
            change_pages.blueprint,
            form_pages.blueprint,
            import_pages.blueprint,
        ],
        wordings=WORDINGS,
    )
    furnish(app, desk)
    return app
