"""Who is calling: the checks before every view. Signed in, role listed, form ours.

A person carries the cookie `tf_sid`, a program `Authorization: Bearer …`; both are opaque and stored hashed.
Rights are read live from `identity` on every request: a revoked sign-in or a lost role is refused at once.
"""

from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request
from sqlalchemy import text
from werkzeug.wrappers import Response as BaseResponse

from shared.contracts import places
from shared.contracts.access import Principal, Role
from shared.platform.tokens import form_token, hash_of, new_token, same
from shared.web import current
from shared.web.access import Access, access_of
from shared.web.problems import Refused, Unauthenticated
from shared.web.requests import from_htmx, wants_page

COOKIE = "tf_sid"
SEED_COOKIE = "tf_form"
FORM_FIELD = "csrf_token"
FORM_HEADER = "X-CSRF-Token"

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_BEARER = "Bearer "
_SEED_LIVES = timedelta(hours=12)
_PRINCIPAL_OF = text(
    "SELECT account_id, jurisdiction_id, name, roles, units, areas, inboxes"
    " FROM identity.principal_of(:sid_hash, :at)"
)


def install(app: Flask) -> None:
    """Put the checks in front of every view of the app."""
    app.before_request(_guard)
    app.after_request(_keep_seed)


def csrf_token() -> str:
    """The form token of this page: bound to the sign-in, before there is one to a seed in a cookie."""
    return form_token(_form_key(), request.cookies.get(COOKIE) or _seed())


def token_of_request() -> str | None:
    """The opaque token that the request carries: a program's, else a person's cookie."""
    return _bearer_token() or request.cookies.get(COOKIE)


def hash_of_request() -> bytes:
    """How the token of this request is stored."""
    return hash_of(token_of_request() or "")


def keep_signed_in(response: BaseResponse, token: str, *, lives: timedelta) -> None:
    """Give the browser its cookie: invisible to scripts, never sent along by another site's form."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=lives,
        httponly=True,
        secure=current.kit().settings.cookie_secure,
        samesite="Lax",
    )


def forget(response: BaseResponse) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")


def _guard() -> BaseResponse | None:
    g.principal = None if request.endpoint == "static" else _principal_behind_request()
    if request.url_rule is None:
        return None  # The 404 still knows who is asking, so that its page can lead back to work.
    access = access_of(current_app, request.url_rule, request.method)
    if access is None:
        raise Refused
    if g.principal is None and not access.public:
        return _send_to_sign_in()
    if request.method not in _SAFE_METHODS:
        _refuse_foreign_forms()
    if g.principal is not None:
        _refuse_other_roles(access, g.principal)
    return None


def _principal_behind_request() -> Principal | None:
    token = token_of_request()
    if not token:
        return None
    statement = _PRINCIPAL_OF.bindparams(sid_hash=hash_of(token), at=current.kit().clock.now())
    row = current.kit().database.read_one(statement)
    if row is None:
        return None
    g.inboxes = tuple(row.inboxes)
    return Principal(
        account_id=row.account_id,
        jurisdiction_id=row.jurisdiction_id,
        roles=tuple(Role(role) for role in row.roles),
        units=tuple(row.units),
        areas=tuple(row.areas),
        name=row.name,
    )


def _send_to_sign_in() -> BaseResponse:
    if not wants_page():
        raise Unauthenticated
    asked = {"next": request.full_path.removesuffix("?")}
    if request.method != "GET":
        asked = {"next": places.home(), "unsaved": "1"}
    target = f"{places.sign_in()}?{urlencode(asked)}"
    if from_htmx():
        # A redirect would put the sign-in page inside the fragment's place.
        return Response(headers={"HX-Redirect": target})
    return redirect(target, 303)


def _refuse_other_roles(access: Access, principal: Principal) -> None:
    if access.roles is not None and not principal.plays(*access.roles):
        raise Refused


def _refuse_foreign_forms() -> None:
    if _bearer_token() or not (wants_page() or COOKIE in request.cookies):
        return  # A program: another site can neither make a browser send its header nor gain by calling it.
    carrier = request.cookies.get(COOKIE) or request.cookies.get(SEED_COOKIE)
    given = request.headers.get(FORM_HEADER) or request.form.get(FORM_FIELD, "")
    if not carrier or not same(form_token(_form_key(), carrier), given):
        raise Refused("csrf_failed")


def _bearer_token() -> str | None:
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_BEARER) if header.startswith(_BEARER) else None


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
