"""One address for all services, locally and behind nginx alike."""

import pytest
from werkzeug.test import Client

from deploy.local.wsgi import application
from shared.contracts.places import PREFIXES


@pytest.mark.parametrize(("service", "prefix"), PREFIXES.items())
def test_the_first_segment_of_the_path_chooses_the_service(service: str, prefix: str) -> None:
    answer = Client(application).get(f"{prefix}/healthz")

    assert answer.get_json() == {"service": service, "status": "ok"}


def test_identity_answers_what_nobody_claims() -> None:
    assert Client(application).get("/no-such-place").status_code == 404
