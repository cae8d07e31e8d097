"""Security headers, request ids and one log line per request; nothing personal in any of them."""

import time
import uuid

import structlog
from flask import Flask, Response, g, request

from shared.web import current

_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
_ONE_YEAR_OF_HTTPS = "max-age=31536000"
_log = structlog.get_logger("tanfang.web")


def install(app: Flask) -> None:
    """Number every request, log it once, and send the security headers with every answer."""
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.request_id = uuid.uuid4().hex
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    response.headers["X-Request-Id"] = current.request_id()
    if current.kit().settings.cookie_secure:
        response.headers["Strict-Transport-Security"] = _ONE_YEAR_OF_HTTPS
    if request.endpoint != "static":
        # Elders' data must not stay on a shared machine; polled fragments set their own rule before.
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.add("Vary", "Cookie")
        _log_request(response)
    return response


def _log_request(response: Response) -> None:
    # The route's pattern, never the path: a path may name an elder's record, a query may hold a name.
    person = current.principal_or_none()
    _log.info(
        "request",
        service=current.kit().service,
        request_id=current.request_id(),
        method=request.method,
        route=request.url_rule.rule if request.url_rule else None,
        status=response.status_code,
        duration_ms=round((time.perf_counter() - g.started) * 1000, 1),
        account_id=str(person.account_id) if person else None,
    )
