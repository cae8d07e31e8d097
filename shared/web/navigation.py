"""Where each role goes next: the links in the header and on the home page."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.contracts import places
from shared.contracts.access import Principal, Role
from shared.web import messages

ACCOUNTS = "/accounts/"

_OWN_WORK = {places.ledger(service): places.PREFIXES[service] for service in places.LEDGERS}

_SHARED_INBOX = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One destination: its name, what one does there, and its address."""

    label: str
    purpose: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A link that some roles are offered; where it leads may depend on the service of the person's unit.

    An empty address is a place that there is not in that service. `of_area`: shows elders of a territory, and
    to whom has none, nothing: "nobody is unseen" would be untrue.
    """

    code: str
    address: Callable[[str], str]
    roles: frozenset[Role]
    of_area: bool = False

    def is_for(self, person: Principal) -> bool:
        """Whether it is of use to them."""
        return person.plays(*self.roles) and bool(person.areas or not self.of_area)

    def link(self, inbox: str) -> Link:
        """This destination for somebody who works in that inbox."""
        label, purpose = messages.DESTINATIONS[self.code]
        return Link(label=label, purpose=purpose, href=self.address(inbox))


DESTINATIONS = (
    Destination(
        code="todays_round",
        address=lambda _: places.todays_round(),
        roles=frozenset({Role.VISITOR, Role.CADRE}),
    ),
    Destination(
        code="board",
        address=lambda _: places.board(),
        roles=frozenset({Role.COORDINATOR, Role.UNIT_LEAD, Role.DUTY_OFFICER, Role.AUDITOR, Role.OPERATOR}),
        of_area=True,
    ),
    Destination(
        code="inbox",
        address=places.inbox,
        roles=frozenset({Role.OFFICER, Role.UNIT_LEAD, Role.COORDINATOR, Role.CADRE, Role.DUTY_OFFICER}),
    ),
    Destination(code="ledger", address=places.ledger, roles=frozenset({Role.OFFICER, Role.UNIT_LEAD})),
    Destination(
        code="register",
        address=lambda _: f"{places.PREFIXES['care_register']}/",
        roles=frozenset({Role.CLERK, Role.COORDINATOR, Role.UNIT_LEAD, Role.CADRE}),
        of_area=True,
    ),
    Destination(code="sent", address=places.inbox, roles=frozenset({Role.VISITOR, Role.CLERK})),
    Destination(code="processes", address=lambda _: places.processes(), roles=frozenset({Role.OPERATOR})),
    Destination(code="accounts", address=lambda _: ACCOUNTS, roles=frozenset({Role.ADMIN})),
)


def links_for(person: Principal, *, inboxes: tuple[str, ...]) -> tuple[Link, ...]:
    """The links that this person's roles and territory open, in working order."""
    inbox = inboxes[0] if inboxes else _SHARED_INBOX
    links = [one.link(inbox) for one in DESTINATIONS if one.is_for(person) and one.address(inbox)]
    # Whoever works in the inbox finds there what was sent, too: one address, one link.
    return tuple({link.href: link for link in reversed(links)}.values())[::-1]


def place_of(path: str, links: tuple[Link, ...]) -> Link | None:
    """The link under which a page lies: the longest address that its path begins with.

    What a department serves besides its inbox belongs to its ledger (本单位台账).
    """
    roots = {link: _OWN_WORK.get(link.href, link.href.rstrip("/")) for link in links}
    above = [link for link, root in roots.items() if f"{path}/".startswith(f"{root}/")]
    return max(above, key=lambda link: len(roots[link]), default=None)
