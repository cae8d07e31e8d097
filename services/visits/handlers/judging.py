"""What a contact is worth: judged by the plan in force on its day, whatever the record lacks (J-06, Z-66)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.visits.codes import EntryConsent, Gap
from services.visits.handlers.commands import Receipt, RecordContact
from services.visits.handlers.desk import Desk
from services.visits.repository.contacts import Place
from shared.domain.calendars import deadline
from shared.domain.classification import Reason
from shared.domain.codes import Force, VisitMode
from shared.domain.errors import Invalid
from shared.domain.findings import Answered, Question, answered, is_complete
from shared.domain.late_entry import Happened, Lateness, happened, lateness
from shared.domain.periods import local_day
from shared.domain.visit_modes import HAS_LEFT, Attempt, Verdict
from shared.policies.model import Policy
from shared.policies.resolve import unseen_limit_days, worth
from shared.policies.visiting import Recording
from shared.process.subjects import EnrolledElder

TOO_LATE = "too_late"
"""The verdict on a record that came after the plan's last limit: kept, but counting for nothing."""

COUNTS_UNTIL = "recording.late_entry.counts_until_hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A contact as judged, ready to be stored."""

    command: RecordContact
    enrolled: EnrolledElder
    policy: Policy
    force: Force
    consent: EntryConsent
    occurred_at: datetime
    is_clock_off: bool
    lateness: Lateness
    verdict: Verdict
    findings: tuple[Answered, ...]
    gaps: tuple[Gap, ...]

    @property
    def place(self) -> Place:
        """Where its rows belong."""
        return Place(jurisdiction_id=self.enrolled.jurisdiction_id, area_code=self.enrolled.area_code)


def judged(command: RecordContact, enrolled: EnrolledElder, desk: Desk, receipt: Receipt) -> Judged:
    """Judge the contact. Raises Invalid for a code that the plan does not know."""
    received_at = receipt.received_at
    when = _happened(command, enrolled, desk, received_at=received_at)
    policy = desk.policy_at(enrolled.jurisdiction_id, when.at)
    _refuse_unknown_codes(command, policy.recording)
    _refuse_contradiction(command, policy)
    _refuse_far_promise(command, enrolled, policy, when.at)
    late = lateness_of(when.at, policy, received_at=received_at)
    attempt = Attempt(mode=command.mode, reach=command.reach, force=receipt.force)
    return Judged(
        command=command,
        enrolled=enrolled,
        policy=policy,
        force=attempt.force,
        consent=consent_of(command),
        occurred_at=when.at,
        is_clock_off=when.is_clock_off,
        lateness=late,
        verdict=_verdict(attempt, enrolled, policy, occurred_at=when.at, late=late),
        findings=answered(questions(policy), command.findings),
        gaps=_gaps(command, policy, late),
    )


def questions(policy: Policy) -> tuple[Question, ...]:
    """What the plan asks at every contact (J-22)."""
    return tuple(Question(code=each.code, options=each.options) for each in policy.recording.findings)


def consent_of(command: RecordContact) -> EntryConsent:
    """The consent to enter: only an entry needs one, and nobody saying anything means it is missing."""
    if command.mode is not VisitMode.AT_HOME or not command.reach.is_reached:
        return EntryConsent.NOT_NEEDED
    return command.entry_consent or EntryConsent.MISSING


def lateness_of(occurred_at: datetime, policy: Policy, *, received_at: datetime) -> Lateness:
    """How late the record came, by the plan in force on the contact's day."""
    place, recording = policy.jurisdiction, policy.recording
    calendar = policy.work_days.calendar(place.zone, place.hours, local_day(occurred_at, place.zone))
    return lateness(
        received_at,
        reason_by=deadline(recording.reason_after, occurred_at, calendar),
        counts_by=occurred_at + timedelta(hours=recording.counts_until_hours),
    )


def worth_of(attempt: Attempt, elder: EnrolledElder, policy: Policy, *, at: datetime) -> Verdict:
    """What the contact is worth at that instant; who had left the register by then is owed no visit."""
    subject = elder.on(local_day(at, policy.jurisdiction.zone))
    verdict = worth(policy, attempt, subject, elder.state_kind)
    if verdict.is_contact and elder.left_at is not None and at >= elder.left_at:
        return Verdict(counts_for=(), reason=Reason(code=HAS_LEFT), is_contact=True)
    return verdict


def _happened(
    command: RecordContact, enrolled: EnrolledElder, desk: Desk, *, received_at: datetime
) -> Happened:
    """When it counts as having happened: how far to believe a clock is said by the policy of the receipt.

    The policy that judges the contact is known only once this instant is.
    """
    recording = desk.policy_at(enrolled.jurisdiction_id, received_at).recording
    return happened(
        command.occurred_at,
        sender_now=command.sender_now,
        received_at=received_at,
        off_after=timedelta(minutes=recording.clock_off_minutes),
    )


def _verdict(
    attempt: Attempt, enrolled: EnrolledElder, policy: Policy, *, occurred_at: datetime, late: Lateness
) -> Verdict:
    verdict = worth_of(attempt, enrolled, policy, at=occurred_at)
    if late is not Lateness.TOO_LATE or not verdict.counts_for:
        return verdict
    origin = policy.why(COUNTS_UNTIL)
    hours = str(policy.recording.counts_until_hours)
    reason = Reason(code=TOO_LATE, params=(("hours", hours),), source=origin.source if origin else "")
    withheld = tuple((obligation, reason) for obligation in verdict.counts_for)
    return replace(verdict, counts_for=(), reason=reason, withheld=withheld + verdict.withheld)


def _gaps(command: RecordContact, policy: Policy, late: Lateness) -> tuple[Gap, ...]:
    found = {
        Gap.FINDINGS: command.reach.is_reached and not is_complete(questions(policy), command.findings),
        Gap.CONSENT: consent_of(command) is EntryConsent.MISSING,
        Gap.LATE_REASON: late is not Lateness.ON_TIME and not command.late_reason,
    }
    return tuple(gap for gap, is_open in found.items() if is_open)


def _refuse_contradiction(command: RecordContact, policy: Policy) -> None:
    if not command.reach.fits(command.mode):
        reach, mode = policy.label("reaches", command.reach), policy.label("modes", command.mode)
        raise Invalid("reach_does_not_fit", field="reach", reach=reach, mode=mode)


def _refuse_unknown_codes(command: RecordContact, recording: Recording) -> None:
    unknown = set(command.service_items) - set(recording.service_items)
    unknown |= set(command.red_flags) - set(recording.red_flags)
    if unknown:
        raise Invalid("unknown_code", codes=sorted(unknown))


def _refuse_far_promise(
    command: RecordContact, enrolled: EnrolledElder, policy: Policy, occurred_at: datetime
) -> None:
    """Somebody's word stands in for seeing the elder only until the elder would count as 久未见到."""
    on = local_day(occurred_at, policy.jurisdiction.zone)
    days = unseen_limit_days(policy, enrolled.on(on))
    promised = command.next_contact_on
    if promised is not None and not 0 <= (promised - on).days <= days:
        raise Invalid("next_contact_out_of_reach", days=days)
