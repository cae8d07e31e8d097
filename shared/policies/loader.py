"""From files to one checked policy: layer them, read every section, check how the sections agree."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from shared.policies.checks import check_policy
from shared.policies.faults import Fault, Faults, Unread
from shared.policies.files import PolicyFile
from shared.policies.floors import check_floor
from shared.policies.layers import Layered, layer
from shared.policies.model import Policy
from shared.policies.naming import check_labels
from shared.policies.policing import read_policing
from shared.policies.provenance import Document, Standing
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
from shared.policies.towns import check_town
from shared.policies.visiting import Floor
from shared.policies.work_days import WorkDays, read_work_days


def load_policy(
    files: tuple[PolicyFile, ...],
    work_days: WorkDays,
    district: Policy | None = None,
    *,
    is_published: bool = False,
) -> Policy:
    """The policy of the last file, laid over the files before it. Raises PolicyFaults with every fault.

    `district` is given for a town's file: the policy that the town may only make stricter. What was
    published was checked then: a check that came later must not make it unreadable (J-06).
    """
    if district:
        return _loaded(files, work_days, district, is_published=is_published)
    return _place(files, work_days, is_published)


@lru_cache(maxsize=8)
def _place(files: tuple[PolicyFile, ...], work_days: WorkDays, is_published: bool) -> Policy:  # noqa: FBT001
    """The same in every book with these very files, whatever is changed beside them."""
    return _loaded(files, work_days, None, is_published=is_published)


def _loaded(
    files: tuple[PolicyFile, ...], work_days: WorkDays, district: Policy | None, *, is_published: bool
) -> Policy:
    below = _inherited(files[:-1])
    faults = Faults(list(below.faults))
    documents = {**below.documents, **_documents(files[-1], faults)}
    layered = layer(files[-1:], documents, faults, onto=below.layered)
    root = Reader(layered, faults, "", layered.table)
    policy = replace(_read(root, layered, documents, work_days), floors=below.floors)
    root.finish()
    if not is_published:
        _check(policy, layered, faults, district)
    faults.stop_if_any()
    return policy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inherited:
    """What files say before a place adds its own, what they demand of it, and what is wrong with them."""

    layered: Layered
    documents: Mapping[str, Document]
    floors: tuple[Floor, ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=8)
def _inherited(files: tuple[PolicyFile, ...]) -> _Inherited:
    """The same for every place that inherits the files, and for every version of it."""
    faults = Faults()
    documents = {code: each for file in files for code, each in _documents(file, faults).items()}
    layered = layer(files, documents, faults)
    floors = _floors(layered, faults)
    return _Inherited(layered=layered, documents=documents, floors=floors, faults=tuple(faults.found))


def _check(policy: Policy, layered: Layered, faults: Faults, district: Policy | None) -> None:
    """Note what the sections say of each other too, but never what only follows from an unread value."""
    unread = Unread(tuple(faults.found))
    if unread.spoils("policy", "jurisdiction"):
        return
    later = Faults()
    check_labels(policy, layered, later)
    check_policy(policy, layered, later)
    if not unread.spoils("classification", "circumstances", "floors", "obligations", "layer", "counting"):
        if district:
            check_town(policy, district, layered, later)
        else:
            check_floor(policy, layered, later)
    faults.found += [fault for fault in later.found if not unread.explains(fault)]


def load_work_days(*files: PolicyFile) -> WorkDays:
    """The tables of holidays and make-up working days. Raises PolicyFaults with every fault."""
    faults = Faults()
    documents = {code: each for file in files for code, each in _documents(file, faults).items()}
    layered = layer(files, documents, faults)
    root = Reader(layered, faults, "", layered.table)
    root.child("documents").skip()
    work_days = read_work_days(root)
    root.finish()
    faults.stop_if_any()
    return work_days


def _read(root: Reader, layered: Layered, documents: Mapping[str, Document], work_days: WorkDays) -> Policy:
    header = root.child("policy")
    root.child("documents").skip()
    jurisdiction = read_jurisdiction(root)
    obligations = read_obligations(root)
    return Policy(
        id=layered.files[-1].stem,
        hash=layered.digest,
        in_force_from=header.day("in_force_from"),
        jurisdiction=jurisdiction,
        units=read_units(root, jurisdiction),
        circumstances=read_circumstances(root),
        responsible=read_routes(root, "responsible"),
        classification=read_classification(root),
        verification=read_verification(root),
        floors=read_floors(root),
        obligations=obligations,
        contacts=read_contacts(root, obligations),
        states=read_states(root),
        ladders=read_ladders(root),
        kinds=read_kinds(root),
        recording=read_recording(root),
        timing=read_timing(root),
        unseen=read_unseen(root),
        work_days=work_days,
        labels=_labels(root),
        documents=documents,
        origins=layered.origins,
        definitions=read_definitions(root),
        passing=read_passing(root),
        override=read_override(root),
        scales=read_scales(root),
        forces=read_forces(root),
        overlays=read_overlays(root),
        festivals=read_festivals(root),
        alarms=read_alarms(root),
        reports=read_reports(root),
        handling=read_handling(root),
        forms=read_forms(root),
        health_care=read_health(root),
        justice=read_justice(root),
        population=read_population(root),
        policing=read_policing(root),
        texts=tuple((file.name, file.text) for file in layered.files),
        inherits=header.text("inherits", ""),
        area_code=root.child("layer").text("area_code", jurisdiction.area_code),
    )


def _floors(parents: Layered, faults: Faults) -> tuple[Floor, ...]:
    """What the parents demand, in their own words: the place itself has no say in them."""
    root = Reader(parents, faults, "", parents.table)
    owed = tuple(
        Floor(
            code=rule.code,
            who=rule.who,
            period=rule.period,
            length_days=rule.length_days,
            times=rule.times,
            source=rule.source,
        )
        for rule in read_obligations(root)
    )
    return read_floors(root) + owed


def _labels(root: Reader) -> dict[str, dict[str, str]]:
    return {each.code: {code: each.text(code) for code in each.table} for each in root.entries("labels")}


def _documents(file: PolicyFile, faults: Faults) -> dict[str, Document]:
    """The documents that a file cites; read before anything else, because every source is checked by them."""
    alone = Layered(file.table, (file,))
    readers = tuple(Reader(alone, faults, "", file.table).entries("documents"))
    documents = {each.code: _document(each) for each in readers}
    for each in readers:
        each.finish()
    return documents


def _document(reader: Reader) -> Document:
    clauses = reader.child("clauses")
    return Document(
        code=reader.code,
        title=reader.text("title"),
        number=reader.text("number", ""),
        issued_on=reader.optional_day("issued_on"),
        standing=reader.one_of("standing", Standing, Standing.POLICY),
        clauses={code: clauses.text(code) for code in clauses.table},
    )
