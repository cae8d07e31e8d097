"""The judicial office's service (司法所): its referral inbox, and its own records behind it."""

from flask import Flask

from services.justice import api, pages
from services.justice.messages import WORDINGS
from services.justice.records import JusticeRecords
from shared.inbox.application import create_inbox
from shared.inbox.blueprint import OwnWork
from shared.platform.logins import Login
from shared.platform.settings import Settings

OWN_WORK = OwnWork(
    records=JusticeRecords(),
    api_blueprints=[api.blueprint],
    page_blueprints=[pages.blueprint],
    wordings=WORDINGS,
)
"""What the office has besides the inbox."""


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    return create_inbox("justice", Login.JUSTICE, settings, OWN_WORK)
