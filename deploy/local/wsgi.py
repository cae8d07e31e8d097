"""All services behind one address: the first segment of the path chooses, as nginx does in production."""

from collections.abc import Iterable
from importlib import import_module
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from shared.contracts.places import PREFIXES
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings

_APPLICATIONS: dict[str, WSGIApplication] = {
    prefix: import_module(f"services.{service}.wsgi").app for service, prefix in PREFIXES.items()
}
configure_logs(Settings.from_env(), process="web")  # last: each service has named the process after itself


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Hand the request over unchanged: each service knows its prefix; identity gets what nobody claims."""
    first = environ["PATH_INFO"].split("/", 2)[1]
    chosen = _APPLICATIONS.get(f"/{first}", _APPLICATIONS[""])
    return chosen(environ, start_response)
