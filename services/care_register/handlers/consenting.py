"""Consent (知情同意): each item on its own, given or withdrawn, all kept in order."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.care_register.codes import ConsentItem, ConsentMethod, EnrolmentStatus, SaidBy
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.finding import elder_of, history_of, open_enrolment
from services.care_register.handlers.people import CONSENT_SAID_BY, seal_note
from services.care_register.repository import consents, enrolments
from shared.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsent:
    """Somebody consents to an item, or withdraws; `said_by_name` if it is not the elder."""

    enrolment_id: UUID
    item: ConsentItem
    is_given: bool
    method: ConsentMethod
    said_by: SaidBy
    said_by_name: str = ""
    text_version: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleWish:
    """What the elder said about being visited at all: 意愿待核 becomes 在册 (Z-05)."""

    enrolment_id: UUID


def record_consent(command: RecordConsent, work: UnitOfWork, desk: Desk) -> UUID:
    """Store the consent or its withdrawal; its id. Lack of consent never blocks emergency action."""
    row = open_enrolment(work, command.enrolment_id)
    consent_id = uuid4()
    consents.add_consent(
        work.session,
        {
            "consent_id": consent_id,
            "elder_id": row.elder_id,
            "jurisdiction_id": row.jurisdiction_id,
            "area_code": row.area_code,
            "item": command.item,
            "is_given": command.is_given,
            "method": command.method,
            "said_by": command.said_by,
            "said_by_sealed": seal_note(
                command.said_by_name, CONSENT_SAID_BY, consent_id, elder=elder_of(work, row), desk=desk
            ),
            "text_version": command.text_version,
            "recorded_at": work.now,
            "recorded_by": work.principal.account_id,
        },
    )
    work.record(
        stream=history_of(row.elder_id),
        action="consent_given" if command.is_given else "consent_withdrawn",
        detail={"consent_id": consent_id, "item": command.item},
        jurisdiction_id=row.jurisdiction_id,
    )
    return consent_id


def settle_wish(command: SettleWish, work: UnitOfWork) -> None:
    """The elder wants to be visited; nothing changes for who is 在册 already. Raises NotFound, Conflict."""
    row = open_enrolment(work, command.enrolment_id)
    if row.status is EnrolmentStatus.ACTIVE:
        return
    enrolments.change_enrolment(work.session, row.enrolment_id, {"status": EnrolmentStatus.ACTIVE})
    work.record(
        stream=history_of(row.elder_id),
        action="wish_settled",
        detail={"enrolment_id": row.enrolment_id},
        jurisdiction_id=row.jurisdiction_id,
    )
