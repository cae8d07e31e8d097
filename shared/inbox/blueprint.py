"""What a department mounts: the inbox's JSON and its pages, and what it has of its own beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, Flask

from shared.inbox import api, bulk_api, bulk_pages, home, notice_pages, offer_pages, pages
from shared.inbox.desk import Desk
from shared.inbox.filing import api as filing_api
from shared.inbox.filing import pages as filing_pages
from shared.inbox.messages import WORDINGS
from shared.inbox.mounted import mount
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, RecordLink, Records, nowhere
from shared.platform.clock import Clock
from shared.platform.settings import Settings
from shared.platform.wording import Wording
from shared.web.api import ApiBlueprint
from shared.web.app import create_app


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """What a department has besides the inbox."""

    records: Records = field(default_factory=NoRecords)
    elsewhere: Callable[[Reader], RecordLink | None] = nowhere
    api_blueprints: Sequence[ApiBlueprint] = ()
    page_blueprints: Sequence[Blueprint] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)


NOTHING_ELSE = OwnWork()
"""A department that is an inbox and nothing else."""


APIS: tuple[ApiBlueprint, ...] = (api.blueprint, bulk_api.blueprint, filing_api.blueprint)
PAGES: tuple[Blueprint, ...] = (
    pages.blueprint,
    bulk_pages.blueprint,
    filing_pages.blueprint,
    notice_pages.blueprint,
    offer_pages.blueprint,
)
"""The same for every department, told apart by `mounted.mount`."""


def inbox_around(
    service: str, desk: Desk, own: OwnWork = NOTHING_ELSE, *, settings: Settings, clock: Clock
) -> Flask:
    """A department: the inbox, and what it has of its own."""
    app = create_app(
        service,
        settings=settings,
        clock=clock,
        database=desk.database,
        api_blueprints=[*APIS, *own.api_blueprints],
        page_blueprints=[home.blueprint, *PAGES, *own.page_blueprints],
        wordings={**WORDINGS, **own.wordings},
    )
    mount(app, replace(desk, records=own.records, elsewhere=own.elsewhere))
    return app
