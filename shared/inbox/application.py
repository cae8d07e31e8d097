"""The application of a department with its real parts: the inbox, and what it has of its own."""

from flask import Flask

from shared.inbox.blueprint import NOTHING_ELSE, OwnWork, inbox_around
from shared.inbox.desk import Desk
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.elders import ElderCards
from shared.temporal.gateway import Gateway
from shared.web.current import afterwards


def create_inbox(service: str, login: Login, settings: Settings, own: OwnWork = NOTHING_ELSE) -> Flask:
    """The application of a department; nothing is connected before the first request."""
    database, vault = Database(settings, login), Vault.from_settings(settings)
    desk = Desk(
        database=database,
        judge=Gateway.from_settings(settings, identity=service),
        book=own_book(),
        vault=vault,
        cards=ElderCards(vault),
        unit_id=settings.unit,
        afterwards=afterwards,
    )
    return inbox_around(service, desk, own, settings=settings, clock=clock_for(settings, database))
