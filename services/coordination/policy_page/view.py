"""The policy as a page: each number with where it comes from, and whether it is law, policy or a proposal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from services.coordination.policy_page import occasions, offices, people, visits, work
from services.coordination.policy_page.lines import PolicyLine
from services.coordination.policy_page.messages import POLICY_SECTIONS
from shared.policies.model import Policy

PARTS: Mapping[str, Callable[[Policy], Iterator[PolicyLine]]] = {
    "circumstances": people.circumstances,
    "classification": people.classification,
    "obligations": visits.obligations,
    "counting": people.counting,
    "overlays": occasions.overlays,
    "timing": visits.timing,
    "states": visits.states,
    "recording": visits.recording,
    "ladders": work.ladders,
    "kinds": work.kinds,
    "handling": work.handling,
    "handing": work.handing,
    "alarms": occasions.alarms,
    "police": offices.police,
    "health": offices.health,
    "justice": offices.justice,
    "place": offices.place,
    "units": offices.units,
    "forces": people.forces,
    "forms": people.forms,
    "calendar": occasions.calendar,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the policy under one heading."""

    title: str
    lines: tuple[PolicyLine, ...]


def sections_of(policy: Policy) -> tuple[Section, ...]:
    """The values of the policy in the order in which people ask about them."""
    return tuple(
        Section(title=POLICY_SECTIONS[name], lines=tuple(lines(policy))) for name, lines in PARTS.items()
    )
