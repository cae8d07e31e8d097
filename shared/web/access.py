"""Access (权限): every route names who may use it; a route without a mark does not start.

`@public`, `@signed_in` or `@allow(Role.VISITOR, …)` goes directly under the route decorator; for a
`MethodView` on the class or on each method. Territory and units are not decided here: row level security
does that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask
from werkzeug.routing import Rule

from shared.contracts.access import Role

PUBLIC = "public"
SIGNED_IN = "signed-in"

_MARK = "tanfang_access"
_UNCOUNTED_METHODS = frozenset({"HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may use a route: everybody, anybody signed in, or the roles listed."""

    public: bool = False
    roles: frozenset[Role] | None = None

    def label(self) -> str:
        """The form in the access matrix."""
        if self.public:
            return PUBLIC
        if self.roles is None:
            return SIGNED_IN
        return " ".join(sorted(self.roles))


class UnmarkedRouteError(RuntimeError):
    """A route says nothing about who may use it; the service refuses to start."""


def allow(*roles: Role) -> Callable[[View], View]:
    """Mark a view: these roles may use it, and nobody else."""
    if not roles:
        raise ValueError("allow() without roles would let nobody in: name them, or use signed_in")
    return _marking(Access(roles=frozenset(roles)))


def signed_in(view: View) -> View:
    """Mark a view: everybody who is signed in may use it."""
    return _marking(Access())(view)


def public(view: View) -> View:
    """Mark a view: no sign-in is needed."""
    return _marking(Access(public=True))(view)


def access_of(app: Flask, rule: Rule, method: str) -> Access | None:
    """The mark of one route and method, or None if it has none."""
    view = app.view_functions[rule.endpoint]
    view_class = getattr(view, "view_class", None)
    handler = getattr(view_class, method.lower(), None) or getattr(view_class, "get", None)
    for candidate in (handler, view_class, view):
        mark = getattr(candidate, _MARK, None)
        if isinstance(mark, Access):
            return mark
    return None


def check_access(app: Flask) -> None:
    """Refuse to start with a route that names nobody.

    Raises:
        UnmarkedRouteError: naming every such route.
    """
    unmarked = [
        f"{method} {rule.rule}" for rule, method in _routes(app) if access_of(app, rule, method) is None
    ]
    if unmarked:
        raise UnmarkedRouteError(", ".join(unmarked))


def access_matrix(app: Flask) -> list[str]:
    """One line per route and method, sorted: `POST /visits/contacts  visitor cadre`."""
    lines = []
    for rule, method in _routes(app):
        mark = access_of(app, rule, method)
        lines.append(f"{method:<6} {rule.rule}  {mark.label() if mark else 'UNMARKED'}")
    return sorted(lines, key=lambda line: (line[7:], line))


def _marking(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _MARK, access)
        return view

    return mark


def _routes(app: Flask) -> list[tuple[Rule, str]]:
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - _UNCOUNTED_METHODS)
    ]
