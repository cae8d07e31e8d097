"""What a policy says of the police station's own work: welfare checks and talks about fraud."""

from dataclasses import dataclass

from shared.domain.calendars import Limit
from shared.policies.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Policing:
    """The station's lists and limits.

    arrive_within: from the call to the door. entries: ways into the home. decided: those that somebody
    must have decided, by name and with the reason. topics, ways: what a talk about fraud is about, and how.
    """

    arrive_within: Limit
    entries: tuple[str, ...]
    decided: tuple[str, ...]
    topics: tuple[str, ...]
    ways: tuple[str, ...]


def read_policing(root: Reader) -> Policing:
    """The section [police]."""
    section = root.child("police")
    check, fraud = section.child("welfare_check"), section.child("fraud")
    entries, decided = check.texts("entries"), check.texts("decided")
    for code in set(decided) - set(entries):
        check.report("decided", "unknown_code", key="decided", value=code, known=" ".join(entries))
    return Policing(
        arrive_within=check.limit("arrive_within"),
        entries=entries,
        decided=decided,
        topics=fraud.texts("topics"),
        ways=fraud.texts("ways"),
    )
