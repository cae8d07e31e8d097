"""The policy as a page: each number with where it comes from, and whether it is law, policy or a proposal."""

from dataclasses import dataclass

from services.coordination.policy_page import occasions, offices, people, visits, work
from services.coordination.policy_page.lines import PolicyLine
from services.coordination.policy_page.messages import POLICY_SECTIONS
from shared.policies.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the policy under one heading."""

    title: str
    lines: tuple[PolicyLine, ...]


def sections_of(policy: Policy) -> tuple[Section, ...]:
    """The values of the policy in the order in which people ask about them."""
    return tuple(
        Section(title=title, lines=tuple(lines(policy)))
        for title, lines in zip(POLICY_SECTIONS, PARTS, strict=True)
    )


PARTS = (
    people.circumstances,
    people.classification,
    visits.obligations,
    people.counting,
    occasions.overlays,
    visits.timing,
    visits.states,
    visits.recording,
    work.ladders,
    work.kinds,
    work.handling,
    work.handing,
    occasions.alarms,
    offices.police,
    offices.health,
    offices.justice,
    offices.place,
    offices.units,
    people.forces,
    people.forms,
    occasions.calendar,
)
