"""The policies of every place and every time (政策库): which one is in force where, on which day (J-06)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shared.policies.faults import Fault, Faults, PolicyFaults
from shared.policies.files import PolicyFile, read_file
from shared.policies.loader import load_policy, load_work_days
from shared.policies.model import Policy

FOLDER = Path(__file__).parent
WORK_DAYS = "workdays"


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All policies that this installation knows, the earlier versions too."""

    policies: tuple[Policy, ...]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "PolicyBook":
        """Every policy file of the folder. Raises PolicyFaults naming each fault of each file."""
        faults = Faults()
        read = [read_file(path, faults) for path in sorted(folder.glob("*.toml"))]
        files = {file.stem: file for file in read if file}
        faults.stop_if_any()
        work_days = load_work_days(files.pop(WORK_DAYS))
        policies = []
        for file in _places(files):
            try:
                policies.append(load_policy(_chain(file, files), work_days))
            except PolicyFaults as found:
                faults.found += found.faults
        _check_versions(policies, files, faults)
        faults.stop_if_any()
        return cls(tuple(policies))

    def jurisdictions(self) -> tuple[str, ...]:
        """The ids of all places, in order."""
        return tuple(sorted({policy.jurisdiction.id for policy in self.policies}))

    def in_force(self, jurisdiction_id: str, on: date) -> Policy:
        """The policy of the place on the day. Before the first, the first. LookupError: no such place."""
        own = sorted(self._of(jurisdiction_id), key=lambda policy: policy.in_force_from)
        if not own:
            raise LookupError(f"no policy for {jurisdiction_id}")
        begun = [policy for policy in own if policy.in_force_from <= on]
        return begun[-1] if begun else own[0]

    def with_hash(self, policy_hash: str) -> Policy | None:
        """The policy that a process carries the hash of, or None if its files have changed since."""
        return next((policy for policy in self.policies if policy.hash == policy_hash), None)

    def _of(self, jurisdiction_id: str) -> Iterator[Policy]:
        return (policy for policy in self.policies if policy.jurisdiction.id == jurisdiction_id)


def _places(files: Mapping[str, PolicyFile]) -> Iterator[PolicyFile]:
    """The files that stand for a place; those without a jurisdiction are only inherited."""
    return (file for file in files.values() if "jurisdiction" in file.table)


def _chain(file: PolicyFile, files: Mapping[str, PolicyFile]) -> tuple[PolicyFile, ...]:
    """The file and its parents, most general first. Raises PolicyFaults for a missing one or a cycle."""
    chain = [file]
    while parent := str(chain[0].table.get("policy", {}).get("inherits", "")):
        known = {each.stem for each in chain}
        if parent in known:
            names = " → ".join([*known, parent])
            raise PolicyFaults((chain[0].fault("policy.inherits", "inherits_itself", chain=names),))
        if parent not in files:
            raise PolicyFaults((chain[0].fault("policy.inherits", "missing_file", name=parent),))
        chain.insert(0, files[parent])
    return tuple(chain)


def _check_versions(policies: list[Policy], files: Mapping[str, PolicyFile], faults: Faults) -> None:
    seen: set[tuple[str, date]] = set()
    for policy in policies:
        version = (policy.jurisdiction.id, policy.in_force_from)
        if version in seen:
            on = policy.in_force_from.isoformat()
            fault: Fault = files[policy.id].fault("policy.in_force_from", "overlapping_versions", on=on)
            faults.found.append(fault)
        seen.add(version)
