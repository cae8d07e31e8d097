"""The service of every other unit: an inbox for the units of who signs in, or for that of TANFANG_UNIT."""

from flask import Flask

from services.department.records import RecordsElsewhere, ledger_elsewhere
from shared.inbox.application import create_inbox
from shared.inbox.blueprint import OwnWork
from shared.platform.logins import Login
from shared.platform.settings import Settings

OWN_WORK = OwnWork(records=RecordsElsewhere(), elsewhere=ledger_elsewhere)
"""Besides the inbox, the way to where another service keeps the records of work that these units do."""


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    return create_inbox("department", Login.DEPARTMENT, settings, OWN_WORK)
