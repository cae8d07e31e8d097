"""More fields of an elder (申请补充信息): the receiver asks, the requester grants or refuses, both on record.

What is granted is shown to whoever works on the referral in the asking unit, for as long as it is theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, Forbidden, Invalid, NotFound
from shared.inbox.files import heading_for, key_of, opened_key
from shared.inbox.tables import FieldAnswer, FieldRequest
from shared.persistence.base import table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import Vault, place_of
from shared.policies.handling import Field
from shared.process.tables import Referral

REQUEST, ANSWER = table_of(FieldRequest), table_of(FieldAnswer)
ASKED, ANSWERED = "referral_file.field_request.reason", "referral_file.field_answer.reason"

ASKABLE = (Field.NAME, Field.ADDRESS, Field.PHONE, Field.CONTACTS, Field.DOOR_NOTE, Field.AGE)
"""The fields of an elder's card."""

WAITING = select(REQUEST.c.referral_id).where(
    REQUEST.c.referral_id == any_(bindparam("these", type_=ARRAY(Uuid))),
    ~select(ANSWER.c.request_id).where(ANSWER.c.request_id == REQUEST.c.request_id).exists(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFields:
    """What is asked for, and why; `key` makes it one question however often it is sent."""

    fields: tuple[Field, ...]
    reason: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFields:
    """What the requesting unit says to one question."""

    request_id: UUID
    is_granted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFields:
    """One question and what became of it; `is_granted` is None while nobody has answered."""

    request_id: UUID
    unit_id: str
    account_id: UUID
    fields: tuple[Field, ...]
    reason: str
    asked_at: datetime
    is_granted: bool | None
    answer: str
    answered_by: UUID | None
    answered_at: datetime | None


def may_ask(row: Referral) -> bool:
    """Whether anybody needs more of the elder: what is granted serves work that is under way."""
    return row.subject_id is not None and row.status.is_open


def ask_fields(work: UnitOfWork, row: Referral, asked: AskFields, *, vault: Vault) -> UUID:
    """Put the question to the requesting unit, once.

    Raises Forbidden to who is not of the receiving unit, Conflict once the work has ended or is about nobody.
    """
    if row.unit_id not in work.principal.units:
        raise Forbidden("not_the_receiver")
    if not may_ask(row):
        raise Conflict("fields_of_open_work")
    if not asked.fields or not asked.reason.strip():
        raise Invalid("fields_need_a_reason")
    request_id = uuid5(row.referral_id, f"{work.principal.account_id}/{asked.key}")
    key = key_of(work, heading_for(row), vault=vault)
    values = _place(work, row, row.unit_id) | {
        "request_id": request_id,
        "fields": list(asked.fields),
        "reason_sealed": key.seal(asked.reason.strip(), place_of(ASKED, request_id)),
        "asked_at": work.now,
    }
    work.session.execute(insert(REQUEST).values(values).on_conflict_do_nothing())
    _record(work, row, request_id, action="fields_asked", fields=list(asked.fields))
    return request_id


def answer_fields(work: UnitOfWork, row: Referral, said: AnswerFields, *, vault: Vault) -> None:
    """Grant or refuse, once.

    Raises Forbidden to who is not of the requesting unit, NotFound, Conflict where somebody said otherwise.
    """
    if row.requesting_unit_id not in work.principal.units:
        raise Forbidden("not_the_requester")
    asked = select(REQUEST.c.request_id).where(
        REQUEST.c.request_id == said.request_id, REQUEST.c.referral_id == row.referral_id
    )
    if work.session.execute(asked).first() is None:
        raise NotFound("field_request_not_found")
    key, reason = key_of(work, heading_for(row), vault=vault), said.reason.strip()
    values = _place(work, row, row.requesting_unit_id) | {
        "request_id": said.request_id,
        "is_granted": said.is_granted,
        "reason_sealed": key.seal(reason, place_of(ANSWERED, said.request_id)) if reason else None,
        "answered_at": work.now,
    }
    added = insert(ANSWER).values(values).on_conflict_do_nothing().returning(ANSWER.c.request_id)
    if work.session.execute(added).first() is None:
        _refuse_change(work.session, said)
        return
    _record(work, row, said.request_id, action="fields_answered", granted=said.is_granted)


def asked_fields(session: Session, referral_id: UUID, *, vault: Vault) -> Sequence[AskedFields]:
    """The questions of a referral with their answers, the oldest first."""
    questions = select(REQUEST).where(REQUEST.c.referral_id == referral_id).order_by(REQUEST.c.asked_at)
    rows = session.execute(questions).all()
    key = opened_key(session, referral_id, vault) if rows else None
    if key is None:
        return ()
    said = session.execute(select(ANSWER).where(ANSWER.c.referral_id == referral_id))
    answers = {answer.request_id: answer for answer in said}
    found = []
    for row in rows:
        answer = answers.get(row.request_id)
        sealed = answer.reason_sealed if answer else None
        found.append(
            AskedFields(
                request_id=row.request_id,
                unit_id=row.unit_id,
                account_id=row.account_id,
                fields=tuple(Field(each) for each in row.fields),
                reason=key.reveal(row.reason_sealed, place_of(ASKED, row.request_id)),
                asked_at=row.asked_at,
                is_granted=answer.is_granted if answer else None,
                answer=key.reveal(sealed, place_of(ANSWERED, row.request_id)) if sealed else "",
                answered_by=answer.account_id if answer else None,
                answered_at=answer.answered_at if answer else None,
            )
        )
    return found


def granted_fields(asked: Sequence[AskedFields], unit_id: str) -> frozenset[Field]:
    """What the unit was granted; what another unit was granted before it is not its own."""
    return frozenset(
        field for each in asked if each.is_granted and each.unit_id == unit_id for field in each.fields
    )


def waiting_for_fields(session: Session, referral_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the referrals where a question about fields waits for its answer."""
    return frozenset(session.scalars(WAITING, {"these": list(referral_ids)}))


def _refuse_change(session: Session, said: AnswerFields) -> None:
    stands = session.execute(select(ANSWER.c.is_granted).where(ANSWER.c.request_id == said.request_id))
    if stands.scalar_one() is not said.is_granted:
        raise Conflict("fields_answered_already")


def _place(work: UnitOfWork, row: Referral, unit_id: str) -> dict[str, object]:
    return {
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "referral_id": row.referral_id,
        "unit_id": unit_id,
        "account_id": work.principal.account_id,
    }


def _record(work: UnitOfWork, row: Referral, request_id: UUID, *, action: str, **detail: object) -> None:
    said = {"request_id": str(request_id), **detail}
    work.record(stream=f"referral:{row.referral_id}", action=action, detail=said)
