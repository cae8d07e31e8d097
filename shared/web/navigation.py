"""Where each role goes next: the links in the header and on the home page."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.contracts import places
from shared.contracts.access import Principal, Role
from shared.web import messages

ACCOUNTS = "/accounts"

_INBOX_OF_UNIT = {
    "justice_office": "justice",
    "health_centre": "health",
    "police_station": "public_security",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One destination: its name, what one does there, and its address."""

    label: str
    purpose: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A link that some roles are offered; the address may depend on the person's unit."""

    code: str
    address: Callable[[Principal], str]
    roles: frozenset[Role]

    def link(self, person: Principal) -> Link:
        """This destination for one person."""
        label, purpose = messages.DESTINATIONS[self.code]
        return Link(label=label, purpose=purpose, href=self.address(person))


def inbox_of(person: Principal) -> str:
    """The inbox of the person's unit: three departments have a service of their own, the rest share one."""
    codes = [unit.partition(":")[2] for unit in person.units]
    service = next((_INBOX_OF_UNIT[code] for code in codes if code in _INBOX_OF_UNIT), "department")
    return places.inbox(service)


DESTINATIONS = (
    Destination(
        code="todays_round",
        address=lambda _: places.todays_round(),
        roles=frozenset({Role.VISITOR, Role.CADRE}),
    ),
    Destination(
        code="board",
        address=lambda _: places.board(),
        roles=frozenset({Role.COORDINATOR, Role.DUTY_OFFICER, Role.AUDITOR}),
    ),
    Destination(code="inbox", address=inbox_of, roles=frozenset({Role.OFFICER, Role.UNIT_LEAD})),
    Destination(
        code="register",
        address=lambda _: f"{places.PREFIXES['care_register']}/",
        roles=frozenset({Role.CLERK, Role.COORDINATOR, Role.CADRE}),
    ),
    Destination(
        code="roster_import", address=lambda _: places.roster_import(), roles=frozenset({Role.CLERK})
    ),
    Destination(code="accounts", address=lambda _: ACCOUNTS, roles=frozenset({Role.ADMIN})),
)


def links_for(person: Principal) -> tuple[Link, ...]:
    """The links that this person's roles open, in working order."""
    return tuple(one.link(person) for one in DESTINATIONS if person.plays(*one.roles))


def place_of(path: str, links: tuple[Link, ...]) -> Link | None:
    """The link under which a page lies: the longest address that its path begins with."""
    above = [link for link in links if path == link.href or path.startswith(f"{link.href.rstrip('/')}/")]
    return max(above, key=lambda link: len(link.href), default=None)
