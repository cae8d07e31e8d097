"""The centre's records as links on the page of a referral (本单位台账)."""

from uuid import UUID

from flask import url_for

from services.health import messages
from services.health.handlers.closing import evidence
from services.health.repository import contracts, follow_ups, home_beds
from shared.domain.health.closing import lacking
from shared.domain.health.codes import BedStatus
from shared.domain.periods import local_day
from shared.inbox.reader import Reader
from shared.inbox.records import RecordLink
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral
from shared.web.layout import day

SHOWN = 20


class HealthRecords:
    """What was recorded for a referral, and the way to the elder's page, where everything is recorded."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
        """The records of this referral, then the elder's page; nothing for a referral about nobody."""
        if row.subject_id is None:
            return ()
        address = url_for("health_pages.elder", enrolment_id=row.subject_id, referral=row.referral_id)
        kept = _kept(work, row.subject_id, row.referral_id, reader, address)
        if not row.status.is_open:
            return kept
        return (*kept, RecordLink(label=messages.RECORDS_OPEN, state="", href=address, opens=True))

    def stateable(
        self, work: UnitOfWork, row: Referral, outcomes: tuple[str, ...], reader: Reader
    ) -> tuple[str, ...]:
        """What rests on what was really done (防止“只签不约”), as when the centre's own page closes it."""
        policy = reader.policy
        found = evidence(work.session, row, policy, local_day(reader.now, policy.jurisdiction.zone))
        return tuple(each for each in outcomes if not lacking(each, found, policy.health_care))


def _kept(
    work: UnitOfWork, enrolment_id: UUID, referral_id: UUID, reader: Reader, address: str
) -> tuple[RecordLink, ...]:
    session, label = work.session, reader.policy.label
    signed = [
        (messages.RECORD_CONTRACT.format(team=each.team), _on(day(each.signed_on)))
        for each in contracts.contracts_of(session, enrolment_id)
        if each.referral_id == referral_id
    ]
    done = [
        (
            label("programmes", each.programme),
            f"{_on(day(each.done_on))}，{label('follow_up_results', each.result)}",
        )
        for each in follow_ups.follow_ups_of(session, enrolment_id, limit=SHOWN)
        if each.referral_id == referral_id and each.voided_at is None
    ]
    beds = [
        (messages.RECORD_BED, label("bed_statuses", bed.status))
        for bed in home_beds.beds_of(session, enrolment_id)
        if bed.referral_id == referral_id and bed.status is not BedStatus.VOIDED
    ]
    return tuple(RecordLink(label=name, state=state, href=address) for name, state in (*signed, *done, *beds))


def _on(written: str) -> str:
    return messages.RECORD_STATE.format(day=written)
