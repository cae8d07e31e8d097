"""Who is calling: the checks before every view. Signed in, role listed, form ours.

A person carries the cookie `tf_sid`, a program `Authorization: Bearer …`; both are opaque and stored only hashed.
Rights are read live from `identity` on every request, so a revoked sign-in or a lost role is refused at once.
"""

from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request
from sqlalchemy import text
from werkzeug.wrappers import Response as BaseResponse

from shared.contracts import places
from shared.contracts.access import Principal, Role
from shared.web import current
from shared.web.access import Access, access_of
from shared.web.problems import Refused, Unauthenticated
from shared.web.requests import from_htmx, wants_page
from shared.web.tokens import form_token, hash_of, new_token, same

COOKIE = "tf_sid"
SEED_COOKIE = "tf_form"
FORM_TOKEN_FIELD = "csrf_token"
FORM_TOKEN_HEADER = "X-CSRF-Token"

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = "Bearer "
_SEED_LIVES = timedelta(hours=12)
_PRINCIPAL_OF = text(
    "SELECT account_id, jurisdiction_id, name, roles, units, areas FROM identity.principal_of(:sid_hash, :at)"
)


def install(app: Flask) -> None:
    """Put the checks in front of every view of the app."""
    app.before_request(_guard)
    app.after_request(_keep_seed)


def csrf_token() -> str:
    """The form token of this page: bound to the sign-in, or before there is one to a seed kept in a cookie."""
    return form_token(_form_key(), request.cookies.get(COOKIE) or _seed())


def _guard() -> BaseResponse | None:
    if request.url_rule is None:
        return None
    access = access_of(current_app, request.url_rule, request.method)
    if access is None:
        raise Refused
    if request.endpoint == "static":
        return None
    g.principal = _principal_behind_request()
    if g.principal is None and not access.public:
        return _send_to_sign_in()
    if request.method not in _SAFE_METHODS:
        _refuse_foreign_forms()
    if g.principal is not None:
        _refuse_other_roles(access, g.principal)
    return None


def _principal_behind_request() -> Principal | None:
    token = bearer_token() or request.cookies.get(COOKIE)
    if not token:
        return None
    statement = _PRINCIPAL_OF.bindparams(sid_hash=hash_of(token), at=current.kit().clock.now())
    with current.kit().database.engine.connect() as connection:
        row = connection.execution_options(isolation_level="AUTOCOMMIT").execute(statement).one_or_none()
    if row is None:
        return None
    return Principal(
        account_id=row.account_id,
        jurisdiction_id=row.jurisdiction_id,
        roles=tuple(Role(role) for role in row.roles),
        units=tuple(row.units),
        areas=tuple(row.areas),
        name=row.name,
    )


def bearer_token() -> str | None:
    """The token of a calling program, if the request carries one."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_BEARER) if header.startswith(_BEARER) else None


def _send_to_sign_in() -> BaseResponse:
    if not wants_page():
        raise Unauthenticated
    asked = request.full_path.removesuffix("?") if request.method == "GET" else places.home()
    target = f"{places.sign_in()}?{urlencode({'next': asked})}"
    if from_htmx():
        # A redirect would put the sign-in page inside the fragment's place.
        return Response(headers={"HX-Redirect": target})
    return redirect(target, 303)


def _refuse_other_roles(access: Access, principal: Principal) -> None:
    if access.roles is not None and not principal.plays(*access.roles):
        raise Refused


def _refuse_foreign_forms() -> None:
    if bearer_token():
        return  # Another site cannot make a browser send this header.
    carrier = request.cookies.get(COOKIE) or request.cookies.get(SEED_COOKIE)
    given = request.headers.get(FORM_TOKEN_HEADER) or request.form.get(FORM_TOKEN_FIELD, "")
    if not carrier or not same(form_token(_form_key(), carrier), given):
        raise Refused("csrf_failed")


def _form_key() -> bytes:
    return current.kit().form_key


def _seed() -> str:
    if "form_seed" not in g:
        g.form_seed = request.cookies.get(SEED_COOKIE) or new_token()
    seed: str = g.form_seed
    return seed


def _keep_seed(response: Response) -> Response:
    if "form_seed" in g and SEED_COOKIE not in request.cookies:
        response.set_cookie(
            SEED_COOKIE,
            g.form_seed,
            max_age=_SEED_LIVES,
            httponly=True,
            secure=current.kit().settings.cookie_secure,
            samesite="Lax",
        )
    return response
