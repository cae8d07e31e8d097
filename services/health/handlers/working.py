"""What the centre has to do: rounds, follow-ups, renewals, abnormal readings, and who has no doctor.

Everything is derived from what is on record by the rules of the plan in force; nobody keeps a list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.health.handlers.centre import Centre
from services.health.repository import contracts, elders, follow_ups, home_beds
from services.health.repository.contracts import StoredContract
from services.health.repository.follow_ups import StoredPlan
from shared.domain.health.codes import BedMove, Owing, SignHandling, Standing
from shared.domain.health.contracts import Participation, participation, standing
from shared.domain.health.follow_ups import due_on, owing
from shared.domain.health.home_beds import owed
from shared.process.elders import ElderCard

LINES_AT_ONCE = 50
NEVER = date.max


class Section(StrEnum):
    """A list of the centre's work."""

    SIGNS = "signs"
    HOME_BEDS = "home_beds"
    FOLLOW_UPS = "follow_ups"
    RENEWALS = "renewals"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to do about one elder: `what` is a code (programme, step, sign), `due_on` its last day."""

    enrolment_id: UUID
    what: str
    due_on: date | None
    owing: Owing
    card: ElderCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A section: how many there are, how many of them are late, and some of the lines."""

    section: Section
    count: int
    late: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """The day of the centre. `counts` are of every section; `listed` is the one that is looked at."""

    counts: dict[Section, tuple[int, int]]
    listed: Listed
    participation: Participation
    page: int
    has_more: bool


def work_list(centre: Centre, wanted: Section | None = None, *, page: int = 1) -> WorkList:
    """The work of today: the section asked for, else the first with something late, else with anything."""
    known = contracts.newest_contracts(centre.work.session)
    in_care = elders.in_care(centre.work.session)
    sections = _sections(in_care, known, centre)
    section = wanted or _first(sections)
    lines, start = sections[section], (page - 1) * LINES_AT_ONCE
    return WorkList(
        counts={each: (len(found), _late(found)) for each, found in sections.items()},
        listed=Listed(
            section=section,
            count=len(lines),
            late=_late(lines),
            lines=_with_cards(lines[start : start + LINES_AT_ONCE], centre),
        ),
        participation=_participation(in_care, known, centre),
        page=page,
        has_more=len(lines) > start + LINES_AT_ONCE,
    )


def _first(sections: Mapping[Section, Sequence[Line]]) -> Section:
    late = (section for section, lines in sections.items() if _late(lines))
    filled = (section for section, lines in sections.items() if lines)
    return next(late, next(filled, Section.UNSIGNED))


def _sections(
    in_care: Sequence[UUID], known: dict[UUID, StoredContract], centre: Centre
) -> dict[Section, list[Line]]:
    """Nothing is owed to who has left the register, but a bed in use must still be discharged."""
    listed = frozenset(in_care)
    owed_to_listed = {
        Section.SIGNS: _signs(centre),
        Section.FOLLOW_UPS: _follow_ups(centre),
        Section.RENEWALS: _renewals(known, centre),
    }
    found = {
        section: [line for line in lines if line.enrolment_id in listed]
        for section, lines in owed_to_listed.items()
    }
    found |= {Section.HOME_BEDS: _home_beds(centre), Section.UNSIGNED: _unsigned(in_care, known)}
    return {section: found[section] for section in Section}


def _signs(centre: Centre) -> list[Line]:
    """Abnormal readings about which nobody has asked the elder yet; there is no later for them."""
    return [
        Line(enrolment_id=each.enrolment_id, what=each.code, due_on=each.noted_on, owing=Owing.OVERDUE)
        for each in follow_ups.open_signs(centre.work.session)
        if each.handling is SignHandling.TO_REFER
    ]


def _home_beds(centre: Centre) -> list[Line]:
    found = []
    for bed in home_beds.open_beds(centre.work.session):
        due = owed(bed.rule_steps, centre.rules.home_bed, centre.calendar)
        if due is None:
            continue
        stands = owing(due.due_on, centre.today, remind_days=1)
        found.append(Line(enrolment_id=bed.enrolment_id, what=due.move, due_on=due.due_on, owing=stands))
        if due.review_on and due.review_on <= centre.today:
            review = Line(
                enrolment_id=bed.enrolment_id,
                what=BedMove.DISCHARGE,
                due_on=due.review_on,
                owing=Owing.OVERDUE,
            )
            found.append(review)
    return sorted(found, key=_by_day)


def _follow_ups(centre: Centre) -> list[Line]:
    lines = [_plan_line(plan, centre) for plan in follow_ups.running_plans(centre.work.session)]
    return sorted((line for line in lines if line and line.owing is not Owing.LATER), key=_by_day)


def _plan_line(plan: StoredPlan, centre: Centre) -> Line | None:
    programme = centre.rules.programme(plan.programme)
    if programme is None:
        return None
    due = due_on(programme, since_on=plan.since_on, last_on=plan.last_on)
    stands = owing(due, centre.today, remind_days=centre.rules.remind_days)
    return Line(enrolment_id=plan.enrolment_id, what=plan.programme, due_on=due, owing=stands)


def _renewals(known: dict[UUID, StoredContract], centre: Centre) -> list[Line]:
    lines = []
    for contract in known.values():
        found = standing(contract.ends_on, centre.today, centre.rules.contract)
        if found in {Standing.DUE, Standing.LAPSED}:
            late = Owing.OVERDUE if found is Standing.LAPSED else Owing.DUE
            lines.append(
                Line(enrolment_id=contract.enrolment_id, what=found, due_on=contract.ends_on, owing=late)
            )
    return sorted(lines, key=_by_day)


def _unsigned(in_care: Iterable[UUID], known: dict[UUID, StoredContract]) -> list[Line]:
    return [
        Line(enrolment_id=each, what=Standing.UNSIGNED, due_on=None, owing=Owing.DUE)
        for each in in_care
        if each not in known
    ]


def _participation(
    in_care: Iterable[UUID], known: dict[UUID, StoredContract], centre: Centre
) -> Participation:
    """Z-88: who has a doctor, and who of them has been followed up since the contract began."""
    reached = follow_ups.last_reached(centre.work.session)
    found = []
    for enrolment_id in in_care:
        contract = known.get(enrolment_id)
        stands = standing(contract.ends_on if contract else None, centre.today, centre.rules.contract)
        last = reached.get(enrolment_id)
        found.append((stands, bool(contract and last and last >= contract.signed_on)))
    return participation(found)


def _with_cards(lines: Sequence[Line], centre: Centre) -> tuple[Line, ...]:
    wanted = [line.enrolment_id for line in lines]
    cards = centre.desk.cards.for_enrolments(centre.work.session, wanted)
    return tuple(replace(line, card=cards.get(line.enrolment_id)) for line in lines)


def _late(lines: Iterable[Line]) -> int:
    return sum(line.owing is Owing.OVERDUE for line in lines)


def _by_day(line: Line) -> tuple[date, str]:
    return line.due_on or NEVER, str(line.enrolment_id)
