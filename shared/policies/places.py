"""The place of a policy: its bodies, and the words in which a rung or a route names one of them."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.conditions import Condition
from shared.domain.phones import PhoneArea

Hours = tuple[tuple[str, str], ...]

TOWN = "town"
"""The role of the office that stands between committees and the place's root."""

TOWN_KINDS = ("town", "street")
"""The kinds of unit that play it."""


class Selector(StrEnum):
    """Whom a rung, a warning or a route means, found through the unit tree and the elder's area.

    `unit:<code>` and `district:<role>` stand beside these; `.lead` after a unit means who leads it.
    """

    ASSIGNEE = "assignee"
    HOLDER = "holder"
    RESPONSIBLE_UNIT = "responsible_unit"
    COMMITTEE = "committee"
    TOWN = "town"
    RECEIVING_UNIT = "receiving_unit"
    PARENT_UNIT = "parent_unit"
    COORDINATOR = "coordinator"
    WORKING_GROUP = "working_group"
    DUTY_ROOM = "duty_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of a unit (职责) in the plan's words, with its clause."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One body of the plan (成员单位). `service` names the folder whose inbox it works in.

    `area_code` is the prefix of its territory. `parent` is a unit's code, empty at the top.
    """

    code: str
    name: str
    kind: str
    roles: tuple[str, ...]
    parent: str
    area_code: str
    service: str
    hours: Hours
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The place: its zone, its root area (a prefix), and the units with a part of their own.

    `committee_prefix` makes the unit code of a residents' or village committee from its area code.
    """

    id: str
    name: str
    zone: str
    area_code: str
    hours: Hours
    notice_hours: Hours
    coordinator_unit: str
    working_group_unit: str
    duty_room: str
    committee_prefix: str
    committee_name: str
    phone_area: PhoneArea


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where work or responsibility goes for elders whom `when` describes; the first that fits decides."""

    when: Condition
    to: str


LEAD = "lead"


def split_selector(selector: str) -> tuple[str, str, str]:
    """Name, argument and suffix: `unit:service_office.lead` is ("unit", "service_office", "lead")."""
    head, _, suffix = selector.partition(".")
    name, _, argument = head.partition(":")
    return name, argument, suffix
