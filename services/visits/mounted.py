"""The desk of visits inside its application."""

from flask import Flask, current_app

from services.visits.handlers.desk import Desk

EXTENSION = "tanfang_visits"


def mount(app: Flask, desk: Desk) -> None:
    """Give the application's pages and routes what they work with."""
    app.extensions[EXTENSION] = desk


def desk() -> Desk:
    """What `mount` gave."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Desk)  # noqa: S101 - narrows what Flask keeps untyped
    return found
