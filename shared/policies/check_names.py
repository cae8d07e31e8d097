"""What a section names is there: a slip of the pen in a name silences no rule."""

from collections.abc import Iterable, Iterator

from shared.contracts.places import LEDGERS
from shared.policies.faults import Faults
from shared.policies.layers import Layered
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy

Found = Iterator[tuple[str, str, dict[str, str]]]
"""Path, code and parameters of a fault."""

SERVICES = ("department", *LEDGERS)
"""Where a unit may work: in the inbox alone, or beside records of its own."""


def check_names(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every name that nothing answers to."""
    for part in (_services, _roles, _recording, _levels, _twice):
        for path, code, params in part(policy):
            faults.found.append(layered.fault(path, code, **params))


def unknown(path: str, codes: Iterable[str], known: Iterable[str]) -> Found:
    """A fault for each code that is not known; an empty one could not be read, which is told already."""
    for code in codes:
        if code and code not in known:
            params = {"key": path.rpartition(".")[2], "value": code, "known": LIST_MARK.join(known)}
            yield path, "unknown_code", params


def _services(policy: Policy) -> Found:
    for unit in policy.units:
        yield from unknown(f"units.{unit.code}.service", [unit.service], SERVICES)


def _roles(policy: Policy) -> Found:
    """A role that only another place's bodies play has words as well; a misspelt one has none."""
    known = policy.labels.get("unit_roles", {})
    for kind in policy.kinds:
        yield from unknown(f"kinds.{kind.code}.restricted_to", kind.restricted_to, known)
    for index, row in enumerate(policy.handling.handing):
        yield from unknown(f"handing[{index}].from", [row.from_role], known)
        yield from unknown(f"handing[{index}].to", [row.to_role], known)


def _recording(policy: Policy) -> Found:
    """A finding offers a kind of referral for one of its options; a content is made of items."""
    recording = policy.recording
    kinds = sorted(kind.code for kind in policy.kinds)
    for finding in recording.findings:
        path = f"recording.findings.{finding.code}"
        yield from unknown(path, finding.offers_kinds, finding.options)
        yield from unknown(path, finding.offers_kinds.values(), kinds)
    for code, items in recording.contents.items():
        yield from unknown(f"recording.contents.mapping.{code}.items", items, recording.service_items)


def _levels(policy: Policy) -> Found:
    known = [code for section in ("abilities", "care_levels") for code in policy.labels.get(section, {})]
    for scale in policy.scales:
        yield from unknown(f"scales.{scale.code}.levels", scale.levels, known)


def _twice(policy: Policy) -> Found:
    """The reason for a class is told by its code: two rows with one code tell one reason for both."""
    rules = policy.classification
    codes = {"tiers": [row.code for row in rules.tiers], "groups": [row.code for row in rules.groups]}
    for section, rows in codes.items():
        for index, code in enumerate(rows):
            if code in rows[:index]:
                path = f"classification.{section}[{index}].code"
                yield path, "listed_twice", {"key": "code", "value": code}
