"""The police station's service (派出所): its referral inbox, and its own records beside it."""

from flask import Flask

from services.public_security import (
    api,
    beat_pages,
    case_pages,
    change_pages,
    check_pages,
    pages,
    talk_pages,
)
from services.public_security.messages import WORDINGS
from services.public_security.records import PoliceRecords
from shared.inbox.application import create_inbox
from shared.inbox.blueprint import OwnWork
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.process.elders import ElderCards


def create(settings: Settings) -> Flask:
    """The application; nothing is connected before the first request."""
    own = own_work(ElderCards(Vault.from_settings(settings)))
    return create_inbox("public_security", Login.PUBLIC_SECURITY, settings, own)


def own_work(cards: ElderCards) -> OwnWork:
    """What the station has besides the inbox."""
    return OwnWork(
        records=PoliceRecords(cards),
        api_blueprints=[api.blueprint],
        page_blueprints=[
            pages.blueprint,
            change_pages.blueprint,
            check_pages.blueprint,
            talk_pages.blueprint,
            case_pages.blueprint,
            beat_pages.blueprint,
        ],
        wordings=WORDINGS,
    )
