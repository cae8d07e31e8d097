"""The application factory: one service's app with sign-in, errors, headers, health and layout."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Blueprint, Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.contracts.places import PREFIXES
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.settings import Settings
from shared.platform.wording import Wording
from shared.web import errors, headers, health, layout, signin
from shared.web.access import check_access, public
from shared.web.api import BEARER, ApiBlueprint, described_wall_time
from shared.web.kit import Kit
from shared.web.messages import WORDINGS

_HERE = Path(__file__).parent
_SERVICES = _HERE.parent.parent / "services"
_LARGEST_REQUEST_BYTES = 12 * 1024 * 1024
_ONE_YEAR = timedelta(days=365)


def create_app(  # noqa: PLR0913 - where a service is put together, each part by its name
    service: str,
    *,
    settings: Settings,
    clock: Clock,
    database: Database,
    api_blueprints: Sequence[ApiBlueprint] = (),
    page_blueprints: Sequence[Blueprint] = (),
    wordings: Mapping[str, Wording] | None = None,
    ready_checks: Mapping[str, Callable[[], bool]] | None = None,
) -> Flask:
    """Put one service together under its own prefix.

    `wordings` are the words of the service's own problem codes. `ready_checks` are run by `/readyz` after the
    database's: each tells whether its part answers.

    Raises:
        UnmarkedRouteError: a route names nobody who may use it.
        SettingsRefusedError: production with a default key or demonstration accounts.
    """
    settings.check()
    kit = Kit(
        service=service,
        prefix=PREFIXES[service],
        settings=settings,
        clock=clock,
        database=database,
        wordings={**WORDINGS, **(wordings or {})},
        ready_checks=ready_checks or {},
    )
    app = _bare_app(kit)
    errors.install(app)
    headers.install(app)  # before the checks: a request that they turn away is numbered and logged too
    signin.install(app)
    layout.install(app)
    app.register_blueprint(health.blueprint, url_prefix=kit.prefix or None)
    _register_api(app, kit, api_blueprints)
    for pages in page_blueprints:
        app.register_blueprint(pages, url_prefix=f"{kit.prefix}{pages.url_prefix or ''}" or None)
    check_access(app)
    return app


def _bare_app(kit: Kit) -> Flask:
    app = Flask(
        f"services.{kit.service}",
        static_folder=str(_HERE / "static"),
        static_url_path=f"{kit.prefix}/static",
    )
    own_templates = _SERVICES / kit.service / "templates"
    app.jinja_loader = ChoiceLoader([FileSystemLoader([own_templates, _HERE / "templates"])])
    app.extensions["tanfang"] = kit
    if kit.settings.behind_proxy:
        # Else every sign-in would seem to come from the proxy, and the throttle would count them together.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST_BYTES
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ONE_YEAR  # a static file's address carries its fingerprint
    app.json = DefaultJSONProvider(app)
    app.json.ensure_ascii = False
    _open_to_everybody(app, "static")
    return app


def _register_api(app: Flask, kit: Kit, blueprints: Sequence[ApiBlueprint]) -> None:
    app.config.update(
        API_TITLE=f"Tanfang {kit.service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=kit.api_prefix,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"security": [{"bearer": []}]},
    )
    api = errors.ProblemApi(app)
    api.spec.components.security_scheme("bearer", dict(BEARER))
    api.ma_plugin.converter.add_attribute_function(described_wall_time)
    _open_to_everybody(app, "api-docs.openapi_json")
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=f"{kit.api_prefix}{blueprint.url_prefix or ''}")


def _open_to_everybody(app: Flask, endpoint: str) -> None:
    # A view of Flask's or flask-smorest's own; it may be a bound method, which cannot carry the mark itself.
    app.view_functions[endpoint] = public(partial(app.view_functions[endpoint]))
