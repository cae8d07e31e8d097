"""The policies of every place and every time (政策库): which one is in force where, on which day (J-06)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path

from shared.policies.faults import Fault, Faults, PolicyFaults
from shared.policies.files import PolicyFile, read_file
from shared.policies.loader import load_policy, load_work_days
from shared.policies.model import Policy
from shared.policies.towns import check_towns, versions_with
from shared.policies.work_days import WorkDays

FOLDER = Path(__file__).parent
WORK_DAYS = "workdays"
OFFICIAL_ZONE = "Asia/Shanghai"
"""That of the whole country, for whom no plan says another."""


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All policies that this installation knows, the earlier versions too."""

    policies: tuple[Policy, ...]
    published: tuple[Policy, ...] = ()
    _by_place: Mapping[str, tuple[Policy, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put each place's policies in order once: a request asks a dozen times which is in force."""
        places = {policy.jurisdiction.id for policy in (*self.policies, *self.published)}
        object.__setattr__(self, "_by_place", {place: self._in_order(place) for place in places})

    @classmethod
    def load(cls, folder: Path = FOLDER, instead: tuple[Path, ...] = ()) -> "PolicyBook":
        """Every policy file of the folder. Raises PolicyFaults naming each fault of each file.

        instead: files that stand in the place of those of their names, or beside them.
        """
        faults = Faults()
        paths = {path.name: path for path in (*sorted(folder.glob("*.toml")), *instead)}
        read = [read_file(path, faults) for path in paths.values()]
        faults.stop_if_any()
        files = {file.stem: file for file in read if file}
        years = [files.pop(stem) for stem in list(files) if stem.partition("_")[0] == WORK_DAYS]
        return cls.of_files(files, load_work_days(*years))

    @classmethod
    def of_files(
        cls, files: Mapping[str, PolicyFile], work_days: WorkDays, *, is_published: bool = False
    ) -> "PolicyBook":
        """Every policy among the files, by stem. Raises PolicyFaults naming each fault of each file."""
        faults = Faults()
        load = partial(load_policy, work_days=work_days, is_published=is_published)
        places = _load(_with_section(files, "jurisdiction"), files, load, faults)
        _check_versions(places, files, faults)
        faults.found += [file.fault("", "unused_file") for file in _unused(files)]
        faults.stop_if_any()
        towns = _load(_with_section(files, "layer"), files, load, faults, districts=places)
        check_towns(towns, files, faults)
        faults.stop_if_any()
        return cls(tuple(version for place in places for version in versions_with(place, _of(place, towns))))

    def including(self, published: Iterable[Policy]) -> "PolicyBook":
        """The book with policies that were published and whose files have changed since (J-06).

        A published one is in force only from a day on which no file of today begins: today's files win.
        """
        known = {policy.hash for policy in self.policies}
        return replace(self, published=tuple(each for each in published if each.hash not in known))

    def jurisdictions(self) -> tuple[str, ...]:
        """The ids of all places, in order."""
        return tuple(sorted({policy.jurisdiction.id for policy in self.policies}))

    def in_force(self, jurisdiction_id: str, on: date) -> Policy:
        """The policy of the place on the day. Before the first, the first. LookupError: no such place."""
        own = self._by_place.get(jurisdiction_id)
        if not own:
            raise LookupError(f"no policy for {jurisdiction_id}")
        return next((policy for policy in reversed(own) if policy.in_force_from <= on), own[0])

    def zone_of(self, jurisdiction_id: str) -> str:
        """By whose clock the place lives."""
        own = self._by_place.get(jurisdiction_id)
        return own[-1].jurisdiction.zone if own else OFFICIAL_ZONE

    def with_hash(self, policy_hash: str) -> Policy | None:
        """The policy that a process carries the hash of; None if it changed since and was not published."""
        known = (*self.policies, *self.published)
        return next((policy for policy in known if policy.hash == policy_hash), None)

    def _in_order(self, jurisdiction_id: str) -> tuple[Policy, ...]:
        """Those of the place, the earliest first; of two for one day that of today's files."""
        known = (*self.published, *self.policies)
        by_day = {each.in_force_from: each for each in known if each.jurisdiction.id == jurisdiction_id}
        return tuple(policy for _, policy in sorted(by_day.items()))


@cache
def own_book() -> PolicyBook:
    """The installation's own files, read once per process: the services that share one share this too."""
    return PolicyBook.load()


def _with_section(files: Mapping[str, PolicyFile], section: str) -> list[PolicyFile]:
    """Files with a jurisdiction stand for a place, those with a layer for a town; others are inherited."""
    return [file for file in files.values() if section in file.table]


def _unused(files: Mapping[str, PolicyFile]) -> list[PolicyFile]:
    """Files that say nothing of a place and that nobody inherits: mostly a place with a misspelt section."""
    inherited = {_parent(file) for file in files.values()}
    said = {file.stem for section in ("jurisdiction", "layer") for file in _with_section(files, section)}
    return [file for stem, file in files.items() if stem not in inherited | said]


def _parent(file: PolicyFile) -> str:
    """The stem of the file that it inherits; empty if none."""
    header = file.table.get("policy")
    return str(header.get("inherits", "")) if isinstance(header, dict) else ""


def _load(
    chosen: list[PolicyFile],
    files: Mapping[str, PolicyFile],
    load: Callable[..., Policy],
    faults: Faults,
    districts: Sequence[Policy] | None = None,
) -> list[Policy]:
    loaded = []
    for file in chosen:
        try:
            chain = _chain(file, files)
            district = None if districts is None else _district(chain, districts)
            loaded.append(load(chain, district=district))
        except PolicyFaults as found:
            faults.found += found.faults
    return loaded


def _district(chain: tuple[PolicyFile, ...], districts: Sequence[Policy]) -> Policy:
    """The policy of the file that a town's file inherits. Raises PolicyFaults if that is no place's."""
    parents = [file.stem for file in chain[:-1]]
    found = next((each for each in districts if parents and each.id == parents[-1]), None)
    if found is None:
        name = parents[-1] if parents else ""
        raise PolicyFaults((chain[-1].fault("policy.inherits", "no_district", name=name),))
    return found


def _of(place: Policy, towns: list[Policy]) -> tuple[Policy, ...]:
    return tuple(town for town in towns if town.inherits == place.id)


def _chain(file: PolicyFile, files: Mapping[str, PolicyFile]) -> tuple[PolicyFile, ...]:
    """The file and its parents, most general first. Raises PolicyFaults for a missing one or a cycle."""
    chain = [file]
    while parent := _parent(chain[0]):
        if parent in {each.stem for each in chain}:
            names = " → ".join([*(each.stem for each in reversed(chain)), parent])
            raise PolicyFaults((chain[0].fault("policy.inherits", "inherits_itself", chain=names),))
        if parent not in files:
            raise PolicyFaults((chain[0].fault("policy.inherits", "missing_file", name=parent),))
        chain.insert(0, files[parent])
    return tuple(chain)


def _check_versions(policies: list[Policy], files: Mapping[str, PolicyFile], faults: Faults) -> None:
    seen: set[tuple[str, date]] = set()
    first: dict[str, Policy] = {}
    for policy in policies:
        other = first.setdefault(policy.jurisdiction.id, policy)
        if other.jurisdiction.area_code != policy.jurisdiction.area_code:
            area = other.jurisdiction.area_code
            faults.found.append(
                files[policy.id].fault("jurisdiction.id", "another_place", name=other.id, area=area)
            )
        version = (policy.jurisdiction.id, policy.in_force_from)
        if version in seen:
            on = policy.in_force_from.isoformat()
            fault: Fault = files[policy.id].fault("policy.in_force_from", "overlapping_versions", on=on)
            faults.found.append(fault)
        seen.add(version)
