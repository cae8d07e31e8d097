"""One elder as seen by who stands at the door or dials: what is owed, what each way would count for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.visits.handlers.alarm_start import retry_by
from services.visits.handlers.alarms import waking_alarms
from services.visits.handlers.desk import Desk
from services.visits.handlers.forces import force_of
from services.visits.handlers.judging import worth_of
from services.visits.handlers.owing import Debtor, owed_of
from services.visits.repository import needs
from services.visits.repository import rounds as repository
from services.visits.repository.needs import SaidNeed
from services.visits.repository.rounds import Alarm
from shared.domain.codes import Reach, VisitMode
from shared.domain.conditions import Subject
from shared.domain.errors import NotFound
from shared.domain.periods import local_day
from shared.domain.rounds import Owed
from shared.domain.visit_modes import Attempt, Verdict
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard, ElderCards
from shared.process.health_signs import HealthSign, health_signs
from shared.process.subjects import EnrolledElder, enrolled_elders

LOOKING_BACK = timedelta(days=93)
"""No open window reaches further back than a quarter."""


WAYS = (
    (VisitMode.AT_HOME, Reach.SPOKEN_WITH),
    (VisitMode.PHONE, Reach.SPOKEN_WITH),
    (VisitMode.AT_DOOR, Reach.SPOKEN_WITH),
    (VisitMode.CHANCE_MEETING, Reach.SPOKEN_WITH),
    (VisitMode.VIDEO, Reach.SPOKEN_WITH),
    (VisitMode.AT_HOME, Reach.SEEN),
    (VisitMode.AT_HOME, Reach.NO_ANSWER_DOOR),
    (VisitMode.PHONE, Reach.NO_ANSWER_PHONE),
    (VisitMode.AT_HOME, Reach.OTHERS_ANSWERED),
    (VisitMode.PHONE, Reach.OTHERS_ANSWERED),
    (VisitMode.CHANCE_MEETING, Reach.SEEN),
)
"""How a contact goes, mode and result in one, the usual ones first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way a contact may go, and what it would be worth."""

    mode: VisitMode
    reach: Reach
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDoor:
    """The elder, what is owed, and what would follow. `retry_by`: of the open alarm, or of one opened now.

    `asked_again`: what the elder did not want some time ago, to be asked about again (暂不需要). `removed`:
    hazards that are said to be gone (销号) and that nobody has looked at in the home since.
    """

    now: datetime
    elder: EnrolledElder
    card: ElderCard
    policy: Policy
    owed: tuple[Owed, ...]
    last_seen_at: datetime | None
    alarm: Alarm | None
    retry_by: datetime
    ways: tuple[Way, ...]
    signs: tuple[HealthSign, ...]
    asked_again: tuple[SaidNeed, ...]
    removed: tuple[SaidNeed, ...]


def at_door(enrolment_id: UUID, uow: UnitOfWork, desk: Desk) -> AtDoor:
    """Everything that the recording page shows. Raises NotFound outside the territory."""
    elder, card = elder_and_card(enrolment_id, uow, desk)
    policy = desk.policy_at(elder.jurisdiction_id, uow.now)
    debtor = Debtor(policy=policy, force=force_of(uow.principal), now=uow.now)
    subject = elder.on(local_day(uow.now, policy.jurisdiction.zone))
    alarm = waking_alarms(uow.session, [elder]).get(enrolment_id)
    return AtDoor(
        now=uow.now,
        elder=elder,
        card=card,
        policy=policy,
        owed=() if elder.left_at else _owed(enrolment_id, uow, debtor),
        last_seen_at=repository.last_seen(uow.session, [enrolment_id]).get(enrolment_id),
        alarm=alarm,
        retry_by=_retry_by(alarm, subject, debtor),
        ways=_ways(elder, debtor),
        signs=health_signs(uow.session, enrolment_id),
        asked_again=to_ask_again(elder, policy, uow),
        removed=tuple(needs.removed_hazards(uow.session, enrolment_id)),
    )


def to_ask_again(elder: EnrolledElder, policy: Policy, uow: UnitOfWork) -> tuple[SaidNeed, ...]:
    """What to ask about again today; what few may know of is not asked at the door."""
    on = local_day(uow.now, policy.jurisdiction.zone)
    found = needs.to_ask_again(uow.session, elder.enrolment_id, on)
    return tuple(each for each in found if not policy.kind(each.kind).restricted_to)


def _owed(enrolment_id: UUID, uow: UnitOfWork, debtor: Debtor) -> tuple[Owed, ...]:
    session, ids = uow.session, [enrolment_id]
    windows = repository.open_windows(session, ids, now=uow.now).get(enrolment_id, [])
    contacts = repository.contacts_since(session, ids, uow.now - LOOKING_BACK).get(enrolment_id, [])
    return owed_of(windows, contacts, debtor)


def _retry_by(alarm: Alarm | None, subject: Subject, debtor: Debtor) -> datetime:
    if alarm is None:
        return retry_by(debtor.policy, subject, opened_at=debtor.now)
    opened_at, has_red_flag = alarm.opened_at, alarm.has_red_flag
    return retry_by(debtor.policy, subject, opened_at=opened_at, has_red_flag=has_red_flag)


def _ways(elder: EnrolledElder, debtor: Debtor) -> tuple[Way, ...]:
    tries = [Attempt(mode=mode, reach=reach, force=debtor.force) for mode, reach in WAYS]
    verdicts = [worth_of(each, elder, debtor.policy, at=debtor.now) for each in tries]
    return tuple(
        Way(mode=each.mode, reach=each.reach, verdict=verdict)
        for each, verdict in zip(tries, verdicts, strict=True)
    )


def elder_and_card(enrolment_id: UUID, uow: UnitOfWork, desk: Desk) -> tuple[EnrolledElder, ElderCard]:
    """The elder and the opened card. Raises NotFound outside the territory."""
    elder = enrolled_elders(uow.session, [enrolment_id]).get(enrolment_id)
    card = ElderCards(desk.vault).for_enrolments(uow.session, [enrolment_id]).get(enrolment_id)
    if elder is None or card is None:
        raise NotFound("enrolment_not_found")
    return elder, card
