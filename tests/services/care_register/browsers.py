"""Members of staff in front of the register's pages and API, really signed in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from flask import Flask
from werkzeug.test import TestResponse

from services.identity.codes import Position
from services.identity.handlers.accounts import PutAccount, Rights, put_account
from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.handlers.sign_in import SignedIn, SignInTry, sign_in
from shared.contracts.access import Principal, Role
from shared.persistence.engine import Database
from shared.web.signin import COOKIE
from tests.builders import at
from tests.web.browsing import Browser

NOW = at("2026-11-18 10:00")
PASSWORD = "a quiet 上午 2026"
TOWN = "370302115"
INSTALLER = Principal(account_id=UUID(int=8), jurisdiction_id="zibo_zichuan")
SignIn = Callable[..., "Staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One person's browser on the register."""

    browser: Browser
    home: str

    def get(self, path: str) -> TestResponse:
        """Open a page below /register."""
        return self.browser.get(f"/register{path}")

    def post(self, path: str, fields: Mapping[str, object] | None = None) -> TestResponse:
        """Send a form to a page below /register."""
        return self.browser.post(f"/register{path}", fields, on=self.home)

    def call(self, path: str, body: Mapping[str, object], *, key: str, method: str = "POST") -> TestResponse:
        """Call the API below /register/api as this person's program."""
        sid = self.browser.cookie(COOKIE)
        self.browser.client.delete_cookie(COOKIE)
        headers = {"Authorization": f"Bearer {sid}", "Idempotency-Key": key}
        answer = self.browser.client.open(
            f"/register/api{path}", method=method, json=dict(body), headers=headers
        )
        self.browser.client.set_cookie(COOKIE, sid)
        return answer


def furnish_town(identity: Database) -> None:
    """A town with one village, as identity knows them."""
    with identity.begin(INSTALLER, NOW) as work:
        put_area(PutArea(area_code="370302115000", name="洪山镇", kind="town"), work)
        put_area(PutArea(area_code="370302115201", name="南村", kind="village"), work)
        put_area(PutArea(area_code="370302116000", name="双杨镇", kind="town"), work)
        put_unit(PutUnit(code="town_115", name="洪山镇", kind="town"), work)


def signed_in(app: Flask, identity: Database, login: str, *roles: Role, area: str = TOWN) -> Staff:
    """Make an account and sign it in."""
    rights = Rights(roles=roles, units={"zibo_zichuan:town_115": Position.MEMBER}, areas=(area,))
    account = PutAccount(
        account_id=uuid5(UUID(int=5), login), login=login, name=login, password=PASSWORD, rights=rights
    )
    with identity.begin(INSTALLER, NOW) as work:
        put_account(account, work)
    outcome = sign_in(
        SignInTry(login=login, password=PASSWORD, ip=login), identity, now=NOW, demonstration=False
    )
    assert isinstance(outcome, SignedIn)
    browser = Browser(app)
    browser.client.set_cookie(COOKIE, outcome.token)
    return Staff(browser=browser, home="/register/")
