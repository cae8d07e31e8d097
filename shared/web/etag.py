"""Answers that are asked for again and again cost nothing while nothing changes."""

import hashlib

from flask import Response, make_response, request


def fragment(body: str) -> Response:
    """A polled page or fragment with a weak ETag: 304 and no body while the browser already has it."""
    return revalidated(make_response(body))


def revalidated(response: Response) -> Response:
    """An answer that is asked for again and again, with a weak ETag of its body: 304 while it is the same."""
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    # `no-cache` lets the browser keep its copy, but it must ask each time.
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
