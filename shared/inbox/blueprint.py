"""What a department mounts: the inbox's JSON and its pages, and an application of nothing else."""

from flask import Blueprint, Flask

from shared.inbox import api, home, notice_pages, offer_pages, pages
from shared.inbox.desk import Desk
from shared.inbox.messages import WORDINGS
from shared.inbox.mounted import mount
from shared.platform.clock import Clock
from shared.platform.settings import Settings
from shared.web.api import ApiBlueprint
from shared.web.app import create_app


def inbox_blueprints() -> tuple[ApiBlueprint, tuple[Blueprint, ...]]:
    """The API and the pages; the same for every department, told apart by `mounted.mount`."""
    return api.blueprint, (pages.blueprint, notice_pages.blueprint, offer_pages.blueprint)


def inbox_around(service: str, desk: Desk, *, settings: Settings, clock: Clock) -> Flask:
    """A department that is an inbox and nothing else yet."""
    api_blueprint, page_blueprints = inbox_blueprints()
    app = create_app(
        service,
        settings=settings,
        clock=clock,
        database=desk.database,
        api_blueprints=[api_blueprint],
        page_blueprints=[home.blueprint, *page_blueprints],
        wordings=WORDINGS,
    )
    mount(app, desk)
    return app
