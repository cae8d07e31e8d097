"""Reading the section [population]: news of residents from the police (J-71)."""

from shared.domain.codes import StateKind
from shared.domain.population import PopulationChange, PopulationRule
from shared.policies.messages import LIST_MARK
from shared.policies.reader import Reader


def read_population(root: Reader) -> tuple[PopulationRule, ...]:
    """One rule for each kind of news; a kind without one is a fault."""
    written = {reader.code: reader for reader in root.entries("population")}
    section = root.child("population")
    for code in set(written) - set(PopulationChange):
        section.report(
            code, "unknown_code", key="population", value=code, known=LIST_MARK.join(PopulationChange)
        )
    for kind in set(PopulationChange) - set(written):
        section.report("", "missing", key=f"population.{kind}")
    return tuple(_rule(kind, written[kind]) for kind in PopulationChange if kind in written)


def _rule(kind: PopulationChange, reader: Reader) -> PopulationRule:
    return PopulationRule(
        kind=kind,
        within=reader.limit("within"),
        state=reader.one_of("state", StateKind) if reader.has("state") else None,
        second_person=reader.flag("second_person"),
    )
