"""The community health centre's service (社区卫生服务中心): its referral inbox and its own records."""

from flask import Flask

from services.health import api, family_pages, form_pages, import_pages, pages
from services.health.messages import WORDINGS
from services.health.records import HealthRecords
from shared.inbox.application import create_inbox
from shared.inbox.blueprint import OwnWork
from shared.platform.logins import Login
from shared.platform.settings import Settings

OWN = OwnWork(
    records=HealthRecords(),
    api_blueprints=[api.blueprint],
    page_blueprints=[pages.blueprint, form_pages.blueprint, import_pages.blueprint, family_pages.blueprint],
    wordings=WORDINGS,
)
"""What the centre has besides the inbox."""


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    return create_inbox("health", Login.HEALTH, settings, OWN)
