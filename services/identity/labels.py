"""How a place calls its roles and itself: from its policy file, not from here."""

from datetime import date

from shared.contracts.access import Role
from shared.policies.book import own_book


def roles_of(jurisdiction_id: str, on: date) -> dict[Role, str]:
    """The roles in the words of the place. LookupError: no such place."""
    policy = own_book().in_force(jurisdiction_id, on)
    return {role: policy.label("roles", role) for role in Role}


def name_of(jurisdiction_id: str, on: date) -> str:
    """The name of the place."""
    return own_book().in_force(jurisdiction_id, on).jurisdiction.name
