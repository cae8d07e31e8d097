"""The coordination service: board, elder's page, policy; and the coordinators' own inbox."""

from flask import Flask

from services.coordination import api, pages, parts
from services.coordination.messages import WORDINGS
from services.coordination.parts import Explains
from shared.inbox import blueprint as inbox
from shared.inbox import mounted
from shared.inbox.desk import Desk
from shared.inbox.messages import WORDINGS as INBOX_WORDINGS
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.elders import ElderCards
from shared.temporal.gateway import Gateway
from shared.web.app import create_app
from shared.web.current import afterwards


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    database = Database(settings, Login.COORDINATION)
    gateway = Gateway.from_settings(settings, identity="coordination")
    vault = Vault.from_settings(settings)
    desk = Desk(
        database=database,
        judge=gateway,
        book=own_book(),
        vault=vault,
        cards=ElderCards(vault),
        afterwards=afterwards,
    )
    return around(desk, gateway, settings=settings, clock=clock_for(settings, database))


def around(desk: Desk, processes: Explains, *, settings: Settings, clock: Clock) -> Flask:
    """The application with these parts; `processes` answers 核对."""
    app = create_app(
        "coordination",
        settings=settings,
        clock=clock,
        database=desk.database,
        api_blueprints=[api.blueprint, *inbox.APIS],
        page_blueprints=[pages.blueprint, *inbox.PAGES],
        wordings={**INBOX_WORDINGS, **WORDINGS},
    )
    mounted.mount(app, desk)
    parts.install(app, processes)
    return app
