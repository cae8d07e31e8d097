"""The running stack as people's programs meet it: HTTP with a bearer token, and SQL to look behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
from psycopg.rows import dict_row

from deploy.cli.demo.files import account_id, enrolment_id, places
from deploy.local.stack import Stack
from services.identity.handlers.passwords import DEMONSTRATION_PASSWORD

DATABASE = "tanfang"
PATIENCE_SECONDS = 20.0
AT_ONCE = 8


class Person:
    """Somebody signed in; every call goes over HTTP to gunicorn."""

    def __init__(self, http: httpx.Client, login: str, token: str) -> None:
        self.login = login
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - JSON
        """What a GET answers; anything but success is an error."""
        answer = self._http.get(path, params=query, headers=self._headers)
        return answer.raise_for_status().json()

    def read(self, page: str) -> httpx.Response:
        """A page, wherever it leads to, and whatever is answered."""
        return self._http.get(page, headers=self._headers, follow_redirects=True)

    def send(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = ""
    ) -> httpx.Response:
        """Any other call, under an idempotency key of its own unless one is given."""
        headers = {**self._headers, "Idempotency-Key": key or uuid4().hex}
        return self._http.request(method, path, json=dict(body or {}), headers=headers)

    def done(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:  # noqa: ANN401 - JSON
        """The same where only success will do."""
        answer = self.send(method, path, body, key=key)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def submit(self, page: str, form: Mapping[str, str]) -> str:
        """Send a page's form; where the page leads to."""
        answer = self._http.post(page, data=dict(form), headers=self._headers)
        assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
        return answer.headers["Location"]

    def move(self, service: str, referral: UUID | str, move: str, **said: str) -> httpx.Response:
        """One move in the inbox of a department."""
        return self.send("POST", f"{service}/api/referrals/{referral}/{move}", said)


class Office:
    """Everybody who works with one running stack."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._http = httpx.Client(base_url=stack.origin, timeout=30, limits=httpx.Limits(max_connections=60))

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def person(self, login: str, password: str = DEMONSTRATION_PASSWORD) -> Person:
        """Sign in over HTTP."""
        answer = self._http.post("/api/sign-ins", json={"login": login, "password": password})
        assert answer.status_code == httpx.codes.CREATED, answer.text
        return Person(self._http, login, answer.json()["token"])

    def people(self, logins: Sequence[str], password: str = DEMONSTRATION_PASSWORD) -> list[Person]:
        """Sign in many."""
        return in_parallel([lambda login=login: self.person(login, password) for login in logins], AT_ONCE)

    def rows(self, statement: str, /, **values: object) -> list[dict[str, Any]]:
        """What is stored, read past every row policy."""
        with self._database() as connection:
            return connection.execute(statement, values).fetchall()

    def one(self, statement: str, /, **values: object) -> dict[str, Any]:
        """The one row that there must be."""
        found = self.rows(statement, **values)
        assert len(found) == 1, found
        return found[0]

    def count(self, statement: str, /, **values: object) -> int:
        """A single number."""
        return int(next(iter(self.one(statement, **values).values())))

    @contextmanager
    def _database(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        with psycopg.connect(self.stack.postgres.url(DATABASE), row_factory=dict_row) as connection:
            yield connection


def in_parallel(calls: Sequence[Callable[[], Any]], at_once: int) -> list[Any]:
    """Make the calls from so many threads; the answers in order."""
    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(lambda call: call(), calls))


def elder(name: str) -> UUID:
    """The enrolment of the demonstration's elder of that name."""
    return enrolment_id(_elder(name)["id_number"])


def account(login: str) -> UUID:
    """The account behind a login of the demonstration."""
    return account_id(login)


@cache
def _elder(name: str) -> dict[str, Any]:
    return next(each for place in places() for each in place.elders if each["name"] == name)
