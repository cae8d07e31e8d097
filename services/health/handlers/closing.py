"""Ending a referral from what the centre has on record: the outcome must rest on what was really done.

Two transactions, never one: the records are stored before the workflow is asked, and stay if it refuses.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from services.health.commands import CloseReferral
from services.health.handlers.centre import own_centre
from services.health.repository import contracts, follow_ups, home_beds
from shared.contracts.access import Principal
from shared.domain.errors import Conflict
from shared.domain.health.closing import lacking
from shared.domain.health.codes import BedStatus, Evidence
from shared.domain.health.contracts import is_signed, standing
from shared.domain.periods import local_day
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending, state_end
from shared.inbox.handlers import visible_referral
from shared.policies.model import Policy
from shared.process.tables import Referral

WAS_OPEN = frozenset({BedStatus.OPEN, BedStatus.DISCHARGED})
RECENT = 50
RECORD_KIND = "health"


def close_referral(command: CloseReferral, desk: Desk, *, person: Principal, at: datetime) -> ReferralAnswer:
    """Report the referral as done, once.

    Raises Conflict `record_missing` naming the records that the outcome needs, and whatever
    `state_end` raises.
    """
    with desk.database.begin(person, at) as work:
        centre = own_centre(work, desk)
        row = visible_referral(work.session, command.referral_id)
        found = evidence(work.session, row, centre.policy, centre.today)
        missing = lacking(command.outcome, found, centre.rules)
        words = "、".join(centre.policy.label("closing_records", each) for each in missing)
    if missing:
        raise Conflict("record_missing", missing=words, outcome=command.outcome)
    ending = Ending(
        referral_id=command.referral_id,
        outcome=command.outcome,
        text=command.text,
        record=f"{RECORD_KIND}/{command.key}",
    )
    return state_end(desk, ending, person=person, at=at)


def evidence(session: Session, row: Referral, policy: Policy, today: date) -> frozenset[Evidence]:
    """What was done for the elder of the referral since it was offered; nothing for one about nobody."""
    enrolment_id = row.subject_id
    if enrolment_id is None:
        return frozenset()
    since_on = local_day(row.offered_at, policy.jurisdiction.zone)
    newest = next(iter(contracts.contracts_of(session, enrolment_id)), None)
    ends_on = newest.ends_on if newest else None
    done = follow_ups.follow_ups_of(session, enrolment_id, limit=RECENT)
    beds = [bed for bed in home_beds.beds_of(session, enrolment_id) if bed.stood_on_or_after(since_on)]
    found = {
        Evidence.CONTRACT: is_signed(standing(ends_on, today, policy.health_care.contract)),
        Evidence.FOLLOW_UP: any(each.done_on >= since_on and each.has_reached for each in done),
        Evidence.HOME_BED: any(bed.status in WAS_OPEN for bed in beds),
        Evidence.HOME_BED_GIVEN_UP: any(bed.status is BedStatus.NOT_OPENED for bed in beds),
    }
    return frozenset(each for each, is_there in found.items() if is_there)
