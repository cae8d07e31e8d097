"""What follows from a recorded contact: shown to who recorded it, with the next elder to go to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.visits.handlers.alarm_start import retry_by
from services.visits.handlers.alarms import waking_alarms
from services.visits.handlers.book import BookLine, book_line
from services.visits.handlers.commands import ContactRecorded
from services.visits.handlers.completing import may_complete, plan_of
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import elder_and_card
from services.visits.handlers.remembering import answer_of
from services.visits.handlers.rounds import RoundStop, todays_round
from services.visits.handlers.voiding import may_void
from services.visits.repository import contacts
from shared.contracts.access import Role
from shared.domain.not_seen import is_explained
from shared.domain.periods import local_day
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard
from shared.process.subjects import EnrolledElder


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """A recorded contact in full, under the policy that judged it.

    offers: kinds of referral that the findings suggest. retry_by: by when to stand at the door, if the elder
    was not seen. following: who comes next on the round. may_void, may_complete: whether who asks may
    strike it out now, or add what was left out.
    """

    answer: ContactRecorded
    line: BookLine
    elder: EnrolledElder
    card: ElderCard
    policy: Policy
    offers: tuple[str, ...]
    retry_by: datetime | None
    following: RoundStop | None
    may_void: bool
    may_complete: bool

    @property
    def sleeps(self) -> bool:
        """Whether the alarm waits for a second person to check the state that says where the elder is."""
        is_open = self.answer.not_seen_id is not None
        return is_open and self.retry_by is None and is_explained(self.elder.state_kind)


def aftermath(contact_id: UUID, uow: UnitOfWork, desk: Desk) -> Aftermath:
    """Everything about a recorded contact. Raises NotFound outside the territory."""
    stored = contacts.found_contact(uow.session, contact_id)
    elder, card = elder_and_card(stored.enrolment_id, uow, desk)
    policy = plan_of(stored, elder, uow, desk)
    line = book_line(stored, uow, desk)
    return Aftermath(
        answer=answer_of(stored, uow),
        line=line,
        elder=elder,
        card=card,
        policy=policy,
        offers=_offers(line, policy),
        retry_by=_retry_by(elder, policy, uow),
        following=_following(elder, uow, desk),
        may_void=may_void(stored, policy, uow),
        may_complete=may_complete(stored, policy, uow),
    )


def _offers(line: BookLine, policy: Policy) -> tuple[str, ...]:
    found = (
        each.offers_kinds.get(line.every_finding.get(each.code, "")) for each in policy.recording.findings
    )
    return tuple(dict.fromkeys(kind for kind in found if kind))


def _retry_by(elder: EnrolledElder, policy: Policy, uow: UnitOfWork) -> datetime | None:
    alarm = waking_alarms(uow.session, [elder]).get(elder.enrolment_id)
    if alarm is None:
        return None
    subject = elder.on(local_day(alarm.opened_at, policy.jurisdiction.zone))
    return retry_by(policy, subject, opened_at=alarm.opened_at, has_red_flag=alarm.has_red_flag)


def _following(elder: EnrolledElder, uow: UnitOfWork, desk: Desk) -> RoundStop | None:
    if not uow.principal.plays(Role.VISITOR, Role.CADRE):
        return None
    due = todays_round(uow, desk).due
    return next((each for each in due if each.elder.enrolment_id != elder.enrolment_id), None)
