"""A route without a row in the access matrix fails the build."""

from tests.web.access_matrix import TARGET, matrix


def test_every_route_of_every_service_is_in_the_access_matrix_as_it_stands() -> None:
    """Renew it with `python -m tests.web.access_matrix`, and look at what changed."""
    assert matrix() == TARGET.read_text(encoding="utf-8")
