"""A small service on the kit, with every kind of route, and one person signed in to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from flask import Blueprint, Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.exc import DataError, OperationalError

from services.identity.handlers import sign_in
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from services.identity.handlers.sign_in import SignedIn, SignInTry
from shared.contracts.access import Principal, Role
from shared.domain.errors import Conflict, NotFound
from shared.persistence.engine import Database
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.clock import SystemClock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.platform.wording import Wording
from shared.web import current
from shared.web.access import allow, public, signed_in
from shared.web.api import ApiBlueprint
from shared.web.app import create_app
from shared.web.etag import fragment
from shared.web.paging import PageQuerySchema
from shared.web.schemas import AreaCode, Instant, KitSchema, WholeNumber

PASSWORD = "a quiet 上午 2026"
WORDINGS = {
    "already_claimed": Wording(title="已被认领", detail="已由 {by} 于 {since} 认领。", what_now=("查看进展",))
}
calls: list[str] = []


class NoteSchema(KitSchema):
    """A body with fields of every strictness."""

    text = fields.String(required=True, validate=validate.Length(min=2, max=10))
    at = Instant(load_default=None)
    area_code = AreaCode(load_default=None)
    tags = fields.List(WholeNumber(), load_default=list, validate=validate.Length(max=3))
    on = fields.Date(load_default=None)


class NumberSchema(KitSchema):
    """An answer."""

    number = fields.Integer(required=True)


def api_blueprint() -> ApiBlueprint:
    """JSON routes."""
    blueprint = ApiBlueprint("trial", __name__)

    @blueprint.route("/notes", methods=["POST"])
    @allow(Role.VISITOR)
    @blueprint.arguments(NoteSchema)
    @blueprint.once(NumberSchema, status=HTTPStatus.CREATED)
    def note(work: UnitOfWork, body: dict[str, str]) -> dict[str, int]:
        calls.append(f"{work.principal.name}: {body['text']}")
        return {"number": len(calls)}

    @blueprint.route("/notes")
    @signed_in
    @blueprint.arguments(PageQuerySchema, location="query")
    @blueprint.response(HTTPStatus.OK, NumberSchema(many=True))
    def notes(query: dict[str, object]) -> list[dict[str, object]]:
        return [{"number": query["limit"]}]

    @blueprint.route("/claim", methods=["POST"])
    @signed_in
    def claim() -> None:
        raise Conflict("already_claimed", by="李霞")

    return blueprint


def page_blueprint() -> Blueprint:
    """Pages."""
    blueprint = Blueprint("trial_pages", __name__)

    @blueprint.get("/open")
    @public
    def open_page() -> str:
        return render_template("layout.html")

    @blueprint.get("/officers")
    @allow(Role.OFFICER)
    def officers() -> str:
        return render_template("layout.html")

    @blueprint.route("/form", methods=["GET", "POST"])
    @signed_in
    def form() -> str:
        return render_template("layout.html")

    @blueprint.get("/polled")
    @signed_in
    def polled() -> ResponseReturnValue:
        return fragment(request.args.get("says", "one"))

    @blueprint.get("/broken/<kind>")
    @signed_in
    def broken(kind: str) -> ResponseReturnValue:
        raise {
            "missing": NotFound("not_found"),
            "claimed": Conflict(
                "already_claimed", by="李霞", since=datetime(2024, 2, 29, 16, 30, tzinfo=UTC)
            ),
            "unstorable": DataError("INSERT", {}, Exception("a text with a NUL character")),
            "away": OperationalError("SELECT", {}, Exception("server closed the connection")),
            "bug": ValueError("the ID number 370302195001011234 of somebody"),
        }[kind]

    @blueprint.get("/principal")
    @signed_in
    def principal() -> ResponseReturnValue:
        return make_response(current.principal().name)

    return blueprint


@pytest.fixture(scope="module")
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings, Login.IDENTITY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(settings: Settings, database: Database) -> Flask:
    return create_app(
        "identity",
        settings=settings,
        clock=SystemClock(),
        database=database,
        api_blueprints=[api_blueprint()],
        page_blueprints=[page_blueprint()],
        wordings=WORDINGS,
    )


@pytest.fixture(scope="module")
def visitor(database: Database) -> SignedIn:
    """A visitor who signed in just now."""
    now = SystemClock().now()
    installer = Principal(account_id=UUID(int=1), jurisdiction_id="shanghai_jiangpu")
    with database.begin(installer, now) as work:
        put_account(
            PutAccount(
                account_id=uuid4(),
                login="jp.visitor",
                name="张红",
                password=PASSWORD,
                rights=Rights(roles=(Role.VISITOR,)),
            ),
            work,
        )
    outcome = sign_in.sign_in(
        SignInTry(login="jp.visitor", password=PASSWORD), database, now=now, demonstration=False
    )
    assert isinstance(outcome, SignedIn)
    return outcome
