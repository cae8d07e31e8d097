"""A route without a row in the access matrix fails the build."""

from shared.web.navigation import DESTINATIONS
from tests.web.access_matrix import TARGET, matrix


def test_every_route_of_every_service_is_in_the_access_matrix_as_it_stands() -> None:
    """Renew it with `python -m tests.web.access_matrix`, and look at what changed."""
    assert matrix() == TARGET.read_text(encoding="utf-8")


def test_every_link_offered_to_a_role_is_one_that_it_may_follow() -> None:
    """A menu that leads to a refusal wastes a visit's time."""
    allowed = {
        row.split()[1]: set(row.split()[2:]) for row in matrix().splitlines() if row.startswith("GET ")
    }

    for destination in DESTINATIONS:
        for service in ("department", "justice", "health", "public_security"):
            address = destination.address(service)
            assert not address or set(destination.roles) <= allowed[address], destination.code
