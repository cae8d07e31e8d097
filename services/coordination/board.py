"""The board: today's concerns and how everybody stands, from what the processes last projected."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.coordination.figures import (
    Board,
    ExplainedLine,
    GroupRow,
    NotSeenLine,
    Person,
    PhoneCall,
)
from services.coordination.messages import NOBODY
from services.coordination.operating import read_delivery
from services.coordination.repository import reading
from shared.domain.calendars import deadline
from shared.domain.indicators import Standing, WindowFacts, is_long_unseen, rates, standing, tally
from shared.domain.not_seen import is_explained
from shared.domain.periods import local_day
from shared.inbox.names import load_names
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.policies.resolve import unseen_limit_days
from shared.process.subjects import EnrolledElder, visited_elders
from shared.process.tables import VisitCycle

RATES_SHOWN = timedelta(days=62)
"""The closed periods whose rates stand on the board: two months of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the board is computed from."""

    cycles: Mapping[UUID, VisitCycle]
    windows: Mapping[UUID, list[WindowFacts]]
    visitors: Mapping[UUID, UUID]


def read_board(work: UnitOfWork, policy: Policy) -> Board:
    """The board of the territory of who asks, as of the command's instant."""
    session, now = work.session, work.now
    windows = reading.windows_since(session, now - RATES_SHOWN)
    known = _Known(
        cycles={cycle.enrolment_id: cycle for cycle in reading.cycles(session)},
        windows=_by_elder(window for window in windows if window.closes_at > now),
        visitors=reading.assignees(session),
    )
    elders = visited_elders(session)
    people = tuple(_person(elder, known, policy, now) for elder in elders)
    owed = {each.enrolment_id for each in people}
    unassigned = {each.enrolment_id for each in people if each.visitor_id is None}
    alarms, explained = _alarms(reading.open_not_seen(session), elders)
    return Board(
        as_of=now,
        people=people,
        not_seen=alarms,
        explained=explained,
        nobody=tuple(sorted(unassigned | (reading.vacancies(session) & owed), key=str)),
        chases=tuple(line for line in reading.open_chases(session) if line.enrolment_id in owed),
        long_unseen=tuple(each.enrolment_id for each in people if each.is_long_unseen),
        to_phone=_to_phone(work, policy),
        refused=reading.refused_effects(session),
        is_held_up=read_delivery(session).parked > 0,
        by_area=_by_area(work, people),
        by_visitor=_by_visitor(work, people),
        rates=rates(windows, now=now),
    )


def _person(elder: EnrolledElder, known: _Known, policy: Policy, now: datetime) -> Person:
    cycle = known.cycles.get(elder.enrolment_id)
    seen = cycle.last_seen_at if cycle else None
    limit_days = unseen_limit_days(policy, elder.on(local_day(now, policy.jurisdiction.zone)))
    return Person(
        enrolment_id=elder.enrolment_id,
        area_code=elder.area_code,
        visitor_id=known.visitors.get(elder.enrolment_id),
        standing=standing(
            known.windows.get(elder.enrolment_id, []),
            is_chased=cycle is not None and cycle.chase_referral_id is not None,
            now=now,
        ),
        last_seen_at=seen,
        is_long_unseen=elder.state_kind is None
        and is_long_unseen(seen, since=elder.enrolled_at, limit_days=limit_days, now=now),
        chase_id=cycle.chase_referral_id if cycle else None,
    )


def _alarms(
    lines: Iterable[NotSeenLine], elders: Iterable[EnrolledElder]
) -> tuple[tuple[NotSeenLine, ...], tuple[ExplainedLine, ...]]:
    """Whom to look for, and of whom a state says where they are, as soon as it is reported (§0.2-3).

    A sign of danger at the door is looked into whatever anybody has said.
    """
    found = tuple(lines)
    states = {each.enrolment_id: each.state_kind for each in elders}
    explained = tuple(
        ExplainedLine(enrolment_id=line.enrolment_id, state=state, opened_at=line.opened_at)
        for line in found
        if (state := states.get(line.enrolment_id)) and is_explained(state) and not line.has_red_flag
    )
    known = {line.enrolment_id for line in explained}
    return tuple(line for line in found if line.enrolment_id not in known), explained


def _to_phone(work: UnitOfWork, policy: Policy) -> tuple[PhoneCall, ...]:
    """Who should have acknowledged by now: the policy's working time has passed since the oldest (§0.2-6)."""
    place, limit = policy.jurisdiction, policy.timing.acknowledge_within
    calendar = policy.work_days.calendar(place.zone, place.notice_hours, local_day(work.now, place.zone))
    waiting = reading.unacknowledged(work.session, work.now)
    return tuple(call for call in waiting if deadline(limit, call.since, calendar) < work.now)


def _by_elder(windows: Iterable[WindowFacts]) -> dict[UUID, list[WindowFacts]]:
    found: dict[UUID, list[WindowFacts]] = defaultdict(list)
    for window in windows:
        found[window.enrolment_id].append(window)
    return found


def _by_area(work: UnitOfWork, people: Iterable[Person]) -> tuple[GroupRow, ...]:
    names = reading.area_names(work.session)
    return _grouped(people, key=lambda person: person.area_code, name=lambda code: names.get(code, code))


def _by_visitor(work: UnitOfWork, people: Iterable[Person]) -> tuple[GroupRow, ...]:
    found = list(people)
    names = load_names(work.session, accounts=[each.visitor_id for each in found], units=[])
    return _grouped(
        found,
        key=lambda person: str(person.visitor_id or ""),
        name=lambda key: names.account(UUID(key)) if key else NOBODY,
    )


def _grouped(
    people: Iterable[Person], *, key: Callable[[Person], str], name: Callable[[str], str]
) -> tuple[GroupRow, ...]:
    groups: dict[str, list[tuple[UUID, Standing]]] = defaultdict(list)
    for person in people:
        if person.standing is not None:
            groups[key(person)].append((person.enrolment_id, person.standing))
    rows = [GroupRow(key=each, name=name(each), tally=tally(members)) for each, members in groups.items()]
    return tuple(sorted(rows, key=lambda row: row.worst_first))
