"""The two plans, as they are and with one value changed in memory."""

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from shared.domain.classification import classify
from shared.domain.codes import Circumstance
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.policies.book import FOLDER, PolicyBook, own_book
from shared.policies.directory import UnitDirectory, committee_entry, directory_of
from shared.policies.faults import Faults
from shared.policies.files import PolicyFile, parse_file, read_file
from shared.policies.loader import load_policy
from shared.policies.model import Policy

TODAY = date(2026, 11, 21)
ZICHUAN, JIANGPU = "zibo_zichuan", "shanghai_jiangpu"
VILLAGE, COMMITTEE = "370302115201", "310110008001"
AREAS = {ZICHUAN: VILLAGE, JIANGPU: COMMITTEE}
STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
BOOK = own_book()


@cache
def file_named(stem: str) -> PolicyFile:
    faults = Faults()
    file = read_file(FOLDER / f"{stem}.toml", faults)
    assert file is not None
    return file


@cache
def plan(place: str) -> Policy:
    """The plan of the place, as it is in force today."""
    return BOOK.in_force(place, TODAY)


def with_value(place: str, path: str, value: object) -> Policy:
    """The place's policy with one value of its own file, or of a parent's, written otherwise."""
    files = [file_named(stem) for stem in ("words", "national", place)]
    owner = max(files, key=lambda file: (len(file.nearest(path)), files.index(file)))
    changed = [_changed(file, path, value) if file is owner else file for file in files]
    return load_policy(tuple(changed), plan(place).work_days)


def files_with(stem: str, *changes: tuple[str, str], place: str = ZICHUAN) -> dict[str, PolicyFile]:
    """The files of one place and those it inherits, one of them rewritten; the other place is left alone."""
    files = {each: file_named(each) for each in ("words", "national", place)}
    text = files[stem].text
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {**files, stem: parsed(stem, text)}


def parsed(stem: str, text: str) -> PolicyFile:
    """A file that somebody might write."""
    faults = Faults()
    file = parse_file(f"{stem}.toml", text, faults)
    assert file is not None, faults.found
    return file


def load(files: Mapping[str, PolicyFile]) -> PolicyBook:
    """The book of these files, with the work days as they are. Raises PolicyFaults."""
    return PolicyBook.of_files(files, plan(ZICHUAN).work_days)


def with_text(folder: Path, stem: str, old: str, new: str) -> Path:
    """A folder with all policy files, one of them rewritten at one place."""
    stems = [path.stem for path in FOLDER.glob("*.toml")]
    return _folder(folder, stems, stem, (old, new))


def place_with_text(folder: Path, stem: str, old: str, new: str) -> Path:
    """A folder with the files of one place and those it inherits, one of them rewritten at one place."""
    return _folder(folder, ["words", "national", ZICHUAN, "workdays"], stem, (old, new))


def _folder(folder: Path, stems: list[str], changed: str, change: tuple[str, str]) -> Path:
    for stem in stems:
        (folder / f"{stem}.toml").write_bytes((FOLDER / f"{stem}.toml").read_bytes())
    written = (folder / f"{changed}.toml").read_text(encoding="utf-8")
    assert change[0] in written, change[0]
    (folder / f"{changed}.toml").write_text(written.replace(*change, 1), encoding="utf-8")
    return folder


def elder(place: str, **known: object) -> ElderFacts:
    """Seventy years old and living alone; nothing else is known."""
    facts = ElderFacts(
        birth_on=date(1956, 1, 1), circumstances=(Circumstance.LIVING_ALONE,), area_code=AREAS[place]
    )
    return replace(facts, **known)


def subject(policy: Policy, **known: object) -> Subject:
    """An elder of the place, classified."""
    facts = elder(policy.jurisdiction.id, **known)
    found = classify(facts, policy.classification, TODAY)
    return Subject(facts=facts, on=TODAY, tier=found.tier, groups=found.groups)


def directory(policy: Policy) -> UnitDirectory:
    """The units of the plan and one committee."""
    own = plan(policy.jurisdiction.id)
    is_own = policy.units is own.units and policy.jurisdiction is own.jurisdiction
    return _directory_as_it_is(policy.jurisdiction.id) if is_own else _directory(policy)


@cache
def _directory_as_it_is(place: str) -> UnitDirectory:
    return _directory(plan(place))


def _directory(policy: Policy) -> UnitDirectory:
    return directory_of(
        policy, (committee_entry(directory_of(policy), AREAS[policy.jurisdiction.id], "南村"),)
    )


def _changed(file: PolicyFile, path: str, value: object) -> PolicyFile:
    table = copy.deepcopy(file.table)
    steps = [name or int(index) for name, index in STEP.findall(path)]
    here: object = table
    for step in steps[:-1]:
        here = here[step]  # type: ignore[index]
    assert steps[-1] in here or isinstance(here, list), path  # type: ignore[operator]
    here[steps[-1]] = value  # type: ignore[index]
    return replace(file, table=table)
