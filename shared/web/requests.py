"""What kind of answer a request wants: a page, a fragment of one, or JSON."""

from flask import current_app, request

from shared.web.kit import Kit


def wants_page() -> bool:
    """Whether a person's browser asks; everything under `<prefix>/api/` is for programs."""
    kit = current_app.extensions["tanfang"]
    assert isinstance(kit, Kit)  # noqa: S101 - narrows what Flask keeps untyped
    return not request.path.startswith(f"{kit.api_prefix}/")


def from_htmx() -> bool:
    """Whether a fragment is wanted for a part of the page that is already open."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"
