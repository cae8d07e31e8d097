"""Telling those who watch a referral (抄送) of its main steps, in the statement that writes the step."""

from datetime import datetime
from uuid import UUID

from shared.contracts.referral import ReferralProjection
from shared.domain.calendars import next_open
from shared.domain.codes import RecipientRole, Urgency
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import LedgerCode, LedgerRow
from shared.domain.referral.standing import Standing
from shared.policies.book import PolicyBook
from shared.process.openings import policy_at
from shared.process.tells import NOTICE, NOTICE_COLUMNS, Row

WATCHED = "watched"
"""The words of every such notice, and the name of their rows."""

PARTIES = "parties"
"""The units of which a watcher must be, in the same document."""

MAIN_STEPS = frozenset(
    {
        Move.ACCEPT,
        Move.RELEASE,
        Move.DECLINE,
        Move.COMPLETE,
        Move.CONFIRM,
        Move.SEND_BACK,
        Move.WITHDRAW,
        Move.APPOINT,
        Move.CONCLUDE,
        LedgerCode.BREACHED,
    }
)
"""What changes where a referral stands; talk on the way is read on its page."""

NOBODY = UUID(int=0)

TELL_WATCHERS = (
    f"INSERT INTO {NOTICE.fullname} ({', '.join(NOTICE_COLUMNS)})"  # noqa: S608 - names of our own
    " SELECT"
    " md5(concat_ws('/', won.referral_id, step.params ->> 'step', step.created_at, w.account_id))::uuid,"
    " step.jurisdiction_id, step.area_code, w.account_id, step.recipient_role, w.unit_id, won.referral_id,"
    " step.enrolment_id, step.code, step.params, step.urgency, step.created_at, step.not_before"
    f" FROM given, won, jsonb_populate_recordset(NULL::{NOTICE.fullname}, given.rows -> '{WATCHED}') AS step"
    " JOIN referral_file.watcher AS w ON w.referral_id = step.referral_id"
    f" WHERE w.ended_at IS NULL AND w.account_id <> step.account_id AND given.rows -> '{PARTIES}' ? w.unit_id"
    " ON CONFLICT DO NOTHING"
)
"""One notice for each watcher of a unit that is still a party, but whoever made the step knows it."""


def steps_to_watch(projection: ReferralProjection, book: PolicyBook) -> list[Row]:
    """The main steps of the decisions, each as the notice that a watcher would get of it."""
    lines = [line for batch in projection.batches for line in batch.rows.ledger if line.code in MAIN_STEPS]
    return [_step(projection.standing, line, book) for line in lines]


def parties_of(standing: Standing) -> list[str]:
    """The units whose members may watch."""
    return [standing.unit_id, standing.requesting_unit_id, standing.coordinator_unit_id]


def _step(standing: Standing, line: LedgerRow, book: PolicyBook) -> Row:
    return {
        "jurisdiction_id": standing.jurisdiction_id,
        "area_code": standing.area_code,
        "account_id": line.account_id or NOBODY,
        "recipient_role": RecipientRole.MEMBERS,
        "referral_id": standing.referral_id,
        "enrolment_id": standing.subject_id,
        "code": WATCHED,
        "params": {"kind": standing.kind, "count": 1, "step": line.code},
        "urgency": standing.urgency,
        "created_at": line.at,
        "not_before": _told_at(standing, line.at, book),
    }


def _told_at(standing: Standing, at: datetime, book: PolicyBook) -> datetime:
    """Routine notices wait for the hours of notices, urgent ones go at any hour (domain §0.2-5)."""
    if standing.urgency is Urgency.URGENT:
        return at
    policy = policy_at(book, standing.jurisdiction_id, at)
    place, on = policy.jurisdiction, local_day(at, policy.jurisdiction.zone)
    return next_open(at, policy.work_days.near(on).calendar(place.zone, place.notice_hours, on))
