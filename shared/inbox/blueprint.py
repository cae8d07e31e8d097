"""What a department mounts: the inbox's JSON and its pages."""

from flask import Blueprint

from shared.inbox import api, notice_pages, offer_pages, pages
from shared.web.api import ApiBlueprint


def inbox_blueprints() -> tuple[ApiBlueprint, tuple[Blueprint, ...]]:
    """The API and the pages; the same for every department, told apart by `mounted.mount`."""
    return api.blueprint, (pages.blueprint, notice_pages.blueprint, offer_pages.blueprint)
