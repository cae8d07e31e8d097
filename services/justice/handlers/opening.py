"""Beginning a record from the referral that it is about."""

from datetime import date
from uuid import UUID, uuid5

from services.justice.commands import Acting, OpenRecord
from services.justice.handlers.journal import Book, write
from services.justice.handlers.naming import check_colleague
from services.justice.handlers.once import once
from services.justice.handlers.sealing import CLIENT, Words
from services.justice.repository import records
from shared.contracts.access import Principal
from shared.domain.conditions import Subject, holds
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.facts import ElderFacts
from shared.domain.justice.closing import ANSWERS, BESIDE
from shared.domain.justice.codes import Channel, RecordKind, Stage, Step
from shared.domain.justice.events import Event
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.inbox.acting import holds_it
from shared.inbox.desk import Desk
from shared.inbox.handlers import visible_referral
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import WrappedKey, place_of
from shared.policies.model import Policy
from shared.process.elders import ElderCard
from shared.process.openings import policy_at
from shared.process.tables import Referral


def open_record(desk: Desk, acting: Acting, command: OpenRecord) -> UUID:
    """Begin the record, or find it if there is one; answers its id.

    Raises NotFound unless the person's unit works on the referral, Conflict unless the person has claimed it,
    Invalid for a kind of record that it has not, and for what is missing.
    """
    with desk.database.begin(acting.person, acting.at) as work:
        return once(work, acting, command, lambda: _open(work, desk, acting, command))


def may_open(row: Referral, kind: RecordKind) -> bool:
    """Whether a referral of that kind has such a record."""
    return row.kind in ANSWERS and (kind is ANSWERS[row.kind] or kind in BESIDE)


def usual_channel(card: ElderCard | None, policy: Policy, on: date) -> Channel | None:
    """At home where the elder gets about badly: those for whom the policy has a longer limit (J-70)."""
    if card is None:
        return None
    subject = Subject(facts=ElderFacts(area_code=card.area_code, mobility=card.mobility), on=on)
    variants = policy.kind("legal_consultation").variants
    return Channel.HOME if any(holds(variant.when, subject) for variant in variants) else None


def claimed_referral(work: UnitOfWork, person: Principal, referral_id: UUID, on: date) -> Referral:
    """The referral, if it is the person's today: claimed, or stood in for. Raises as `open_record` does."""
    row = visible_referral(work.session, referral_id)
    if row.unit_id not in person.units:
        raise NotFound("referral_not_found")
    if row.status is not Status.ACCEPTED or not holds_it(row, person.account_id, on):
        raise Conflict("claim_first")
    return row


def _open(work: UnitOfWork, desk: Desk, acting: Acting, command: OpenRecord) -> UUID:
    policy = policy_at(desk.book, acting.person.jurisdiction_id, acting.at)
    today = local_day(acting.at, policy.jurisdiction.zone)
    row = claimed_referral(work, acting.person, command.referral_id, today)
    if not may_open(row, command.kind):
        raise Invalid("no_such_record", kind=command.kind)
    event = Event(step=Step.OPENED, on=today, detail=_detail(command, policy))
    kept_by = _named_person(work, command, row, today)
    record_id = uuid5(row.referral_id, f"{row.unit_id}/{command.kind}")
    cards = desk.cards.for_enrolments(work.session, [row.subject_id] if row.subject_id else [])
    client = next(iter(cards.values()), None)
    wrapped = desk.vault.new_key()
    book = Book(
        record_id=record_id,
        jurisdiction_id=row.jurisdiction_id,
        area_code=row.area_code,
        elder_id=client.elder_id if client else None,
        key=desk.vault.open(wrapped),
    )
    new = {
        "kind": command.kind,
        "unit_id": row.unit_id,
        "referral_id": row.referral_id,
        "subject_id": row.subject_id,
        "kept_by": kept_by,
        "opened_by": acting.person.account_id,
        "opened_at": acting.at,
        **_sealed(book, wrapped, client.name if client else ""),
    }
    if records.add_record(work.session, new):
        write(work, book, event, Words(text=command.text.strip()), seq=1)
    return record_id


def _sealed(book: Book, wrapped: WrappedKey, client: str) -> dict[str, object]:
    return {
        "record_id": book.record_id,
        "jurisdiction_id": book.jurisdiction_id,
        "area_code": book.area_code,
        "elder_id": book.elder_id,
        "stage": Stage.OPEN,
        "outcome": "",
        "key_id": wrapped.key_id,
        "wrapped_key": wrapped.wrapped,
        "client_sealed": book.key.seal(client, place_of(CLIENT, book.record_id)),
    }


def _detail(command: OpenRecord, policy: Policy) -> str:
    """What a record of its kind begins with."""
    if command.kind is RecordKind.CONSULTATION:
        if command.channel is None:
            raise Invalid("channel_needed", field="channel")
        return command.channel
    if command.kind is RecordKind.FORWARDING:
        if command.matter not in {matter.code for matter in policy.justice.aid_matters}:
            raise Invalid("matter_needed", field="matter")
        return command.matter
    return ""


def _named_person(work: UnitOfWork, command: OpenRecord, row: Referral, on: date) -> UUID:
    """专人: who opens it, or a colleague (J-68)."""
    if command.kept_by is None:
        return work.principal.account_id
    check_colleague(work, row.unit_id, command.kept_by, on)
    return command.kept_by
