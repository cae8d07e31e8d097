"""Who is who in the demonstration, by the names that its pages show."""

from uuid import UUID

from deploy.cli.demo.files import DemoPlace, enrolment_id, places


def enrolment_of(elder: str) -> UUID:
    """The enrolment of an elder of the demonstration."""
    return enrolment_id(next(each["id_number"] for each in _all("elders") if each["name"] == elder))


def login_of(name: str) -> str:
    """The login of a member of staff."""
    return next(str(each["login"]) for each in _all("accounts") if each["name"] == name)


def _all(what: str) -> list[dict[str, str]]:
    assert what in DemoPlace.__slots__
    return [each for place in places() for each in getattr(place, what)]
