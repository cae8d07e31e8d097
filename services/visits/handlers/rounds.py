"""Today's round (今日探访): a visitor's elders in the order in which to go, and what has been done."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.visits.handlers.alarm_start import retry_by
from services.visits.handlers.alarms import waking_alarms
from services.visits.handlers.desk import Desk
from services.visits.handlers.forces import force_of
from services.visits.handlers.owing import Debtor, owed_of
from services.visits.repository import assignments
from services.visits.repository import rounds as repository
from services.visits.repository.rounds import Alarm, ContactLine, OpenWindow
from shared.domain.codes import Force, StateKind
from shared.domain.periods import day_start, local_day
from shared.domain.rounds import Flag, Stop, in_order, in_poor_health
from shared.domain.visit_cycle.facts import ContactFact
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.policies.resolve import unseen_limit_days
from shared.process.elders import ElderCard, ElderCards
from shared.process.subjects import EnrolledElder, enrolled_elders

ONE_DAY = timedelta(days=1)
MOST_BY_FORCE = 60
"""A cadre answers for a whole committee: so many of its elders stand on one page, the most pressing first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStop:
    """One elder on the round, with what the visitor must know at the door."""

    stop: Stop
    elder: EnrolledElder
    card: ElderCard
    flags: tuple[Flag, ...]
    days_unseen: int
    alarm: Alarm | None
    retry_by: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """One contact of today, with whom it was."""

    contact: ContactLine
    card: ElderCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The day's work: `due` in order, `done` newest first, `resting` in a state, `settled` owed nothing."""

    on: date
    due: tuple[RoundStop, ...]
    done: tuple[DoneLine, ...]
    resting: tuple[RoundStop, ...]
    settled: tuple[RoundStop, ...]


@dataclass(frozen=True, slots=True)
class _Today:
    """What all stops of one round share."""

    now: datetime
    on: date
    begins_at: datetime
    policy: Policy
    force: Force

    @property
    def debtor(self) -> Debtor:
        return Debtor(policy=self.policy, force=self.force, now=self.now)

    @property
    def zone(self) -> str:
        return self.policy.jurisdiction.zone

    @property
    def ends_at(self) -> datetime:
        return day_start(self.on + ONE_DAY, self.zone)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record about the elders of one round, by enrolment."""

    windows: Mapping[UUID, list[OpenWindow]]
    contacts: Mapping[UUID, list[ContactFact]]
    seen: Mapping[UUID, datetime]
    alarms: Mapping[UUID, Alarm]
    chased: Container[UUID]


def todays_round(uow: UnitOfWork, desk: Desk) -> Round:
    """The round of who asks: own elders, those they stand in for, and whom only a cadre can meet."""
    today = _today(uow, desk)
    session = uow.session
    done = repository.done_today(session, uow.principal.account_id, since=today.begins_at)
    ids = _whose(uow, today)
    everybody = list({*ids, *(line.enrolment_id for line in done)})
    cards = ElderCards(desk.vault).for_enrolments(session, everybody)
    elders = enrolled_elders(session, [each for each in ids if each in cards])
    stops = _stops(uow, elders, cards, today)
    due = [each for each in stops if each.stop.is_due(today.ends_at)]
    rest = [each for each in stops if each not in due]
    return Round(
        on=today.on,
        due=tuple(due),
        done=tuple(
            DoneLine(contact=line, card=cards[line.enrolment_id])
            for line in done
            if line.enrolment_id in cards
        ),
        resting=tuple(each for each in rest if each.stop.state is not None),
        settled=tuple(each for each in rest if each.stop.state is None),
    )


def _today(uow: UnitOfWork, desk: Desk) -> _Today:
    policy = desk.policy_at(uow.principal.jurisdiction_id, uow.now)
    zone = policy.jurisdiction.zone
    on = local_day(uow.now, zone)
    return _Today(uow.now, on, day_start(on, zone), policy, force_of(uow.principal))


def _whose(uow: UnitOfWork, today: _Today) -> list[UUID]:
    own = assignments.elders_of(uow.session, uow.principal.account_id, on=today.on)
    only_mine = [rule.obligation for rule in today.policy.contacts.counting if today.force in rule.forces]
    if not only_mine:
        return own
    return own + repository.owed_by_force(uow.session, only_mine, now=today.now, limit=MOST_BY_FORCE)


def _stops(
    uow: UnitOfWork,
    elders: Mapping[UUID, EnrolledElder],
    cards: Mapping[UUID, ElderCard],
    today: _Today,
) -> list[RoundStop]:
    known = _known(uow.session, elders, today)
    stops = [_stop(elder, known, today) for elder in elders.values()]
    return [
        _round_stop(stop, elders[stop.enrolment_id], cards[stop.enrolment_id], known.alarms, today)
        for stop in in_order(stops, today.on)
        if elders[stop.enrolment_id].left_at is None or stop.not_seen_since
    ]


def _known(session: Session, elders: Mapping[UUID, EnrolledElder], today: _Today) -> _Known:
    ids = list(elders)
    windows = repository.open_windows(session, ids, now=today.now)
    since = min([today.begins_at, *(each.opens_at for row in windows.values() for each in row)])
    return _Known(
        windows=windows,
        contacts=repository.contacts_since(session, ids, since),
        seen=repository.last_seen(session, ids),
        alarms=waking_alarms(session, elders.values()),
        chased=repository.chased(session, ids),
    )


def _stop(elder: EnrolledElder, known: _Known, today: _Today) -> Stop:
    each = elder.enrolment_id
    contacts, windows = known.contacts.get(each, []), known.windows.get(each, [])
    return Stop(
        enrolment_id=each,
        enrolled_on=local_day(elder.enrolled_at, today.zone),
        owed=owed_of(windows, contacts, today.debtor),
        last_seen_on=local_day(known.seen[each], today.zone) if each in known.seen else None,
        unseen_limit_days=unseen_limit_days(today.policy, elder.on(today.on)),
        not_seen_since=known.alarms[each].opened_at if each in known.alarms else None,
        is_chased=each in known.chased,
        agreed_weekdays=elder.agreed_weekdays,
        is_in_poor_health=in_poor_health(elder.facts),
        state=elder.state_kind,
        wants_call=_wants_call(elder.state_kind, windows, contacts, today),
        was_visited_today=_was_visited(contacts, today.begins_at),
    )


def _wants_call(
    state: StateKind | None, windows: Iterable[OpenWindow], contacts: Iterable[ContactFact], today: _Today
) -> bool:
    """Whether the plan names other ways for this state, and nobody was reached since a window last opened."""
    since = max((each.opens_at for each in windows), default=None)
    if state is None or since is None or not today.policy.state(state).alternative_modes:
        return False
    return not any(contact.is_reached and contact.occurred_at >= since for contact in contacts)


def _was_visited(contacts: Iterable[ContactFact], since: datetime) -> bool:
    return any(contact.counts_for and contact.occurred_at >= since for contact in contacts)


def _round_stop(
    stop: Stop, elder: EnrolledElder, card: ElderCard, alarms: Mapping[UUID, Alarm], today: _Today
) -> RoundStop:
    alarm = alarms.get(stop.enrolment_id)
    return RoundStop(
        stop=stop,
        elder=elder,
        card=card,
        flags=stop.flags(today.on),
        days_unseen=stop.days_unseen(today.on),
        alarm=alarm,
        retry_by=_retry_by(alarm, elder, today) if alarm else None,
    )


def _retry_by(alarm: Alarm, elder: EnrolledElder, today: _Today) -> datetime:
    return retry_by(
        today.policy,
        elder.on(today.on),
        opened_at=alarm.opened_at,
        has_red_flag=alarm.has_red_flag,
    )
