"""Who takes part in visiting (探访力量): the plan's forces, and the kinds of people in each (Z-18)."""

from dataclasses import dataclass

from shared.domain.codes import Force


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceRule:
    """One visiting force of the plan, with what it is for. `counts_as` is how its contacts are recorded."""

    code: str
    text: str
    counts_as: Force
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One kind of person who takes part, and the force as which a contact by such a person counts."""

    code: str
    counts_as: Force
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forces:
    """All forces and participants of a plan."""

    forces: tuple[ForceRule, ...]
    participants: tuple[Participant, ...]


def counted_as(forces: Forces, participant: str) -> Force:
    """The force that a contact by such a person counts for. Raises LookupError for an unknown kind."""
    found = next((each for each in forces.participants if each.code == participant), None)
    if found is None:
        raise LookupError(f"no participant kind {participant}")
    return found.counts_as
