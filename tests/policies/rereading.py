"""One section of a policy read anew, so that a thousand changed keys do not read a thousand whole files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.policing import read_policing
from shared.policies.read_handling import (
    read_definitions,
    read_forces,
    read_forms,
    read_handling,
    read_override,
    read_passing,
    read_scales,
)
from shared.policies.read_health import read_health
from shared.policies.read_justice import read_justice
from shared.policies.read_occasions import read_alarms, read_festivals, read_overlays, read_reports
from shared.policies.read_places import (
    read_circumstances,
    read_classification,
    read_jurisdiction,
    read_routes,
    read_units,
    read_verification,
)
from shared.policies.read_population import read_population
from shared.policies.read_referring import read_kinds, read_ladders
from shared.policies.read_visiting import (
    read_contacts,
    read_floors,
    read_obligations,
    read_recording,
    read_states,
    read_timing,
    read_unseen,
)
from shared.policies.reader import Reader


def read_again(section: str, entry: str, layered: Layered, faults: Faults, policy: Policy) -> dict[str, Any]:
    """The fields of the policy that the section makes, read anew; of many entries, just the one."""
    if section not in ENTRIES:
        return SECTIONS[section](Reader(layered, faults, "", layered.table), policy)
    table = {**layered.table, section: {entry: layered.table[section][entry]}}
    return ENTRIES[section](Reader(layered, faults, "", table), policy)


SECTIONS: Mapping[str, Callable[[Reader, Policy], dict[str, Any]]] = {
    "jurisdiction": lambda root, _: _place(root),
    "responsible": lambda root, _: {"responsible": read_routes(root, "responsible")},
    "circumstances": lambda root, _: {
        "circumstances": read_circumstances(root),
        "definitions": read_definitions(root),
        "passing": read_passing(root),
    },
    "classification": lambda root, _: {
        "classification": read_classification(root),
        "override": read_override(root),
    },
    "verification": lambda root, _: {"verification": read_verification(root)},
    "scales": lambda root, _: {"scales": read_scales(root)},
    "floors": lambda root, _: {"floors": read_floors(root)},
    "obligations": lambda root, _: _visiting(root),
    "counting": lambda root, _: _visiting(root),
    "contact": lambda root, _: _visiting(root),
    "states": lambda root, _: {"states": read_states(root)},
    "timing": lambda root, _: {"timing": read_timing(root)},
    "unseen": lambda root, _: {"unseen": read_unseen(root)},
    "recording": lambda root, _: {"recording": read_recording(root)},
    "justice": lambda root, _: {"justice": read_justice(root)},
    "pauses": lambda root, _: {"handling": read_handling(root)},
    "handlings": lambda root, _: {"handling": read_handling(root)},
    "views": lambda root, _: {"handling": read_handling(root)},
    "handing": lambda root, _: {"handling": read_handling(root)},
    "attachments": lambda root, _: {"handling": read_handling(root)},
    "forces": lambda root, _: {"forces": read_forces(root)},
    "participants": lambda root, _: {"forces": read_forces(root)},
    "overlays": lambda root, _: {"overlays": read_overlays(root)},
    "overlay_sharing": lambda root, _: {"overlays": read_overlays(root)},
    "festivals": lambda root, _: {"festivals": read_festivals(root)},
    "alarms": lambda root, _: {"alarms": read_alarms(root)},
    "reports": lambda root, _: {"reports": read_reports(root)},
    "forms": lambda root, _: {"forms": read_forms(root)},
    "population": lambda root, _: {"population": read_population(root)},
    "police": lambda root, _: {"policing": read_policing(root)},
    "health_care": lambda root, _: {"health_care": read_health(root)},
}
"""For each section, the fields of a policy that it makes."""


def _place(root: Reader) -> dict[str, Any]:
    jurisdiction = read_jurisdiction(root)
    return {"jurisdiction": jurisdiction, "units": read_units(root, jurisdiction)}


def _visiting(root: Reader) -> dict[str, Any]:
    obligations = read_obligations(root)
    return {"obligations": obligations, "contacts": read_contacts(root, obligations)}


def _handling(root: Reader, policy: Policy) -> dict[str, Any]:
    rules = read_handling(root)
    return {"handling": replace(rules, assistance=_among(policy.handling.assistance, rules.assistance))}


def _among(known: tuple[Any, ...], read: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is known, with the entry that was read in the place of the one of its code."""
    (entry,) = read
    return tuple([entry if each.code == entry.code else each for each in known])


ENTRIES: Mapping[str, Callable[[Reader, Policy], dict[str, Any]]] = {
    "kinds": lambda root, policy: {"kinds": _among(policy.kinds, read_kinds(root))},
    "units": lambda root, policy: {
        "units": _among(policy.units, read_units(root, policy.jurisdiction)),
    },
    "ladders": lambda root, policy: {"ladders": {**policy.ladders, **read_ladders(root)}},
    "assistance": _handling,
}
"""The same, for sections of so many entries that only the one in which the key stands is read."""
