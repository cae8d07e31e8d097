"""The printed forms of the register (附件1、附件3): who stands on them, and a line in the history for each.

They carry whole ID numbers: only who may reveal one makes them, says what for, and is on record with it.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import history_of
from services.care_register.handlers.people import Person
from services.care_register.handlers.reading import discretion, open_people
from services.care_register.repository import listing
from shared.domain.codes import ExportPurpose
from shared.domain.errors import NotFound
from shared.domain.facts import age_on
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.directory import TOWN_DIGITS, full_code
from shared.policies.forms import Sheet, SheetCode
from shared.policies.model import Policy
from shared.process.subjects import EnrolledElder, enrolled_elder, visited_elders

NUMBER, DIGITS = re.compile(r"[0-9]+"), 6
SURVEY, SUMMARY = SheetCode.BASELINE_SURVEY, SheetCode.SUMMARY


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One elder as a form shows them; circumstances that the reader may not know are left out."""

    elder: EnrolledElder
    person: Person
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The elders of each town in the order of the form: by village, then by address."""

    sheet: Sheet
    policy: Policy
    on: date
    towns: Mapping[str, tuple[FormLine, ...]]
    names: Mapping[str, str]

    @property
    def rows(self) -> int:
        """How many elders are on it."""
        return sum(map(len, self.towns.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One elder for 附件1."""

    sheet: Sheet
    policy: Policy
    on: date
    line: FormLine


def summary(area: str, work: UnitOfWork, desk: Desk) -> Summary:
    """Everybody who is enrolled in the area, town by town.

    Raises NotFound `no_such_form` where the plan has none, `nobody_here` where nobody of one's own lives.
    """
    policy = desk.policy(work.principal.jurisdiction_id, work.now)
    sheet = _sheet(policy, SUMMARY)
    elders = [each for each in visited_elders(work.session) if each.area_code.startswith(area)]
    if not elders:
        raise NotFound("nobody_here")
    towns: dict[str, list[FormLine]] = defaultdict(list)
    for line in _lines(elders, work, desk):
        towns[full_code(line.elder.area_code[:TOWN_DIGITS])].append(line)
    return Summary(
        sheet=sheet,
        policy=policy,
        on=desk.today(work.principal.jurisdiction_id, work.now),
        towns={code: tuple(sorted(lines, key=_by_door)) for code, lines in sorted(towns.items())},
        names={place.area_code: place.name for place in listing.areas(work.session)},
    )


def survey(enrolment_id: UUID, work: UnitOfWork, desk: Desk) -> Survey:
    """The elder's 附件1. Raises NotFound for one out of sight, or `no_such_form`."""
    elder = enrolled_elder(work.session, enrolment_id)
    policy = desk.policy(elder.jurisdiction_id, work.now)
    (line,) = _lines([elder], work, desk)
    on = desk.today(elder.jurisdiction_id, work.now)
    return Survey(sheet=_sheet(policy, SURVEY), policy=policy, on=on, line=line)


def note_summary(found: Summary, content: bytes, purpose: ExportPurpose, work: UnitOfWork) -> None:
    """Who made it, when, what for, and which file it was."""
    detail = {"areas": list(found.towns), "rows": found.rows, **_detail(found.sheet, content, purpose)}
    work.record(stream=f"account:{work.principal.account_id}", action="form_exported", detail=detail)


def note_survey(found: Survey, content: bytes, purpose: ExportPurpose, work: UnitOfWork) -> None:
    """The same in the history of the elder."""
    elder = found.line.elder
    detail = {"enrolment_id": elder.enrolment_id, **_detail(found.sheet, content, purpose)}
    work.record(stream=history_of(elder.elder_id), action="form_exported", detail=detail)


def _detail(sheet: Sheet, content: bytes, purpose: ExportPurpose) -> dict[str, object]:
    return {"sheet": sheet.code, "purpose": purpose, "sha256": hashlib.sha256(content).hexdigest()}


def _sheet(policy: Policy, code: str) -> Sheet:
    found = policy.forms.sheet(code)
    if found is None:
        raise NotFound("no_such_form")
    return found


def _lines(elders: list[EnrolledElder], work: UnitOfWork, desk: Desk) -> list[FormLine]:
    people = open_people(work, [each.elder_id for each in elders], desk)
    today, reader = desk.today(work.principal.jurisdiction_id, work.now), discretion(work, desk)
    return [
        FormLine(
            elder=replace(each, facts=reader.shown(each.facts, each.enrolment_id)),
            person=person,
            age=age_on(person.birth_on, today) if person.birth_on else None,
        )
        for each in elders
        if (person := people.get(each.elder_id))
    ]


def _by_door(line: FormLine) -> tuple[str, str, str]:
    """As one walks: 63号 before 143号."""
    door = NUMBER.sub(lambda found: found[0].zfill(DIGITS), line.person.address)
    return line.elder.area_code, door, str(line.elder.enrolment_id)
