"""What each OpenAPI promises: whatever a program sends, no fault of ours, no status it was not told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance

from shared.contracts.access import Role
from shared.contracts.places import PREFIXES
from shared.inbox import mounted
from shared.inbox.desk import Desk
from shared.platform.settings import Settings
from tests.inbox.town import JUSTICE, SERVICE_OFFICE, Town

EXAMPLES = 15
UNTRIED = {int(HTTPStatus.UNAUTHORIZED), int(HTTPStatus.PRECONDITION_REQUIRED)}
ENDS_THE_SIGN_IN = "DELETE /api/sign-ins/current: 401"
KEY = "Idempotency-Key"
OF_THE_INBOX = "/referrals"
"""The same routes in every department: tried there thoroughly where there is nothing else."""

quick = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def town(settings: Settings) -> Iterator[Town]:
    """A town with one person who may do everything everywhere."""
    built = Town(settings)
    built.joins("all", "全能", *Role, unit=SERVICE_OFFICE, also=JUSTICE, areas=("310110008",))
    yield built
    built.close()


@contextmanager
def served(town: Town, service: str) -> Iterator[Flask]:
    """The service as gunicorn loads it, but at the town's hour, and its referrals judged in this process."""
    app: Flask = import_module(f"services.{service}.app").create(town.settings)
    app.extensions["tanfang"] = replace(app.extensions["tanfang"], clock=town.clock)
    desk = app.extensions.get(mounted.EXTENSION)
    if isinstance(desk, Desk):
        mounted.mount(app, replace(desk, judge=town.judge))
    try:
        yield app
    finally:
        app.extensions["tanfang"].database.close()


def operations(service: str, app: Flask) -> Iterator[APIOperation]:
    described = schemathesis.openapi.from_wsgi(f"{PREFIXES[service]}/api/openapi.json", app)
    for found in described.get_all_operations():
        operation = found.ok()
        if service == "department" or OF_THE_INBOX not in operation.path:
            yield operation


def answered(case: Any, known: dict[str, str], token: str) -> int:  # noqa: ANN401 - schemathesis makes it
    """Send the request as it was made up, but about something that exists, and with the headers it names.

    Raises:
        FailureGroup: the answer is not what the description says of it.
    """
    for name in case.path_parameters or {}:
        case.path_parameters[name] = known.get(name, case.path_parameters[name])
    headers = {"Authorization": f"Bearer {token}"}
    if any(each["name"] == KEY for each in case.operation.definition.raw.get("parameters", [])):
        headers[KEY] = uuid4().hex
    answer = case.call(headers=headers)
    case.validate_response(answer, checks=[response_schema_conformance])
    return int(answer.status_code)


def found_wrong(operation: APIOperation, known: dict[str, str], token: str) -> list[str]:
    """What came of a few requests that the description allows, where it was not promised.

    Nor may a request fail for want of a sign-in, or of a header that the description names: it tests nothing.
    """
    promised = {int(status) for status in operation.definition.raw["responses"]} - UNTRIED
    wrong: list[str] = []

    @quick
    @given(case=operation.as_strategy())
    def tried(case: Any) -> None:  # noqa: ANN401 - schemathesis makes it
        status = answered(case, known, token)
        if status not in promised or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            wrong.append(f"{case.method} {case.path}: {status}")

    tried()
    return wrong


def test_services_of_one_process_describe_each_their_own(town: Town) -> None:
    """`make run` serves all in one: what they promise ran together, and `Reason` was another one's."""
    described = {}
    for service in ("care_register", "visits"):
        with served(town, service) as app:
            answer = app.test_client().get(f"{PREFIXES[service]}/api/openapi.json").get_json()
            described[service] = answer["components"]["schemas"]

    assert "Reason" in described["visits"]
    assert described["visits"]["Reason"] != described["care_register"].get("Reason")
    assert set(described["visits"]["Reason"]["required"]) == {"code", "params", "source"}


@pytest.mark.parametrize("service", sorted(PREFIXES))
def test_no_request_finds_a_fault_or_a_status_that_is_not_documented(town: Town, service: str) -> None:
    known = {
        "referral_id": str(town.offered(uuid4().hex)),
        "enrolment_id": str(town.elder),
        "account_id": str(town.people["lawyer"].account_id),
    }
    with served(town, service) as app:
        wrong = [
            each
            for one in operations(service, app)
            for each in found_wrong(one, known, town.sign_in("all"))
            if not each.startswith(ENDS_THE_SIGN_IN)
        ]

    assert sorted(set(wrong)) == []
