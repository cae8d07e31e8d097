"""Who acts: roles, and the person behind a request. Rights are read live from `identity` on every request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person may be asked to do here; labels come from the policy files."""

    VISITOR = "visitor"
    CADRE = "cadre"
    OFFICER = "officer"
    UNIT_LEAD = "unit_lead"
    COORDINATOR = "coordinator"
    CLERK = "clerk"
    DUTY_OFFICER = "duty_officer"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    ADMIN = "admin"


EVERY_JURISDICTION = "*"
"""The jurisdiction of the worker and the relay alone; row policies refuse it to every service login."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A signed-in person, or a process of ours.

    `units` are unit ids, `areas` are prefixes of the 12-digit area code; empty means none, never all.
    `name` is the member of staff's own name for screens; it never travels to a workflow.
    """

    account_id: UUID
    jurisdiction_id: str
    roles: tuple[Role, ...] = ()
    units: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    name: str = ""

    def plays(self, *roles: Role) -> bool:
        """Whether at least one of the roles is held."""
        return any(role in self.roles for role in roles)
