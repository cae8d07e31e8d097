"""What the station keeps beside a referral (本单位台账): its records, and whose beat the address is."""

from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID

from services.public_security.handlers import beats
from services.public_security.handlers.changes import changes_of
from services.public_security.messages import CHANGE_STATES, RECORDS
from services.public_security.repository import records
from services.public_security.repository.records import FraudTalk, MissingPerson, Record, WelfareCheck
from shared.contracts.places import PREFIXES
from shared.domain.referral.moves import Status
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, RecordLink
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.elders import ElderCards
from shared.process.tables import Referral

PREFIX = PREFIXES["public_security"]
CHECKED = frozenset({"welfare_check", "not_seen", "not_seen_red_flag"})
"""Kinds behind which a welfare check may stand."""


class PoliceRecords(NoRecords):
    """The station's records of one referral. Where minutes count nobody is sent to a record first."""

    def __init__(self, cards: ElderCards) -> None:
        """Open cards for the address that a beat is looked up by."""
        self._cards = cards

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
        """The records so far, what may be begun now, and the beat officer."""
        may_begin = row.status is Status.ACCEPTED and reader.holds(row)
        kept = (
            *_changes(work, row),
            *_checks(work, row, reader),
            *_talks(work, row),
            *_cases(work, row, reader),
        )
        begun = tuple(_begin(row)) if may_begin and not _runs(work, row) else ()
        return (*kept, *self._beat(work, row), *begun)

    def _beat(self, work: UnitOfWork, row: Referral) -> Iterator[RecordLink]:
        card = (
            self._cards.for_enrolments(work.session, [row.subject_id]).get(row.subject_id)
            if row.subject_id
            else None
        )
        if card is None or not card.address:
            return
        found = beats.beat_of(card.address, beats.table(work))
        if found.officer:
            said = f"{found.officer} · {found.name}"
        else:
            said = RECORDS["beat_vacant"] if found.beat_id else RECORDS["beat_unknown"]
        yield RecordLink(label=RECORDS["beat"], state=said, href=f"{PREFIX}/beats")


def _runs(work: UnitOfWork, row: Referral) -> bool:
    """Whether a check or a search of the referral is under way: nobody begins a second one by mistake."""
    known: list[WelfareCheck | MissingPerson] = [
        *records.of_referral(work.session, WelfareCheck, row.referral_id),
        *records.of_referral(work.session, MissingPerson, row.referral_id),
    ]
    return any(each.ended_at is None and each.voided_at is None for each in known)


def _begin(row: Referral) -> Iterator[RecordLink]:
    if row.kind == "population_change":
        yield _opens("change_new", "changes", row.referral_id)
    if row.kind in CHECKED:
        yield _opens("check_new", "checks", row.referral_id)
    if row.kind == "fraud_warning":
        yield _opens("talk_new", "fraud-talks", row.referral_id)
    if row.kind == "missing_person":
        yield _opens("case_new", "missing", row.referral_id)


def _opens(words: str, folder: str, referral_id: UUID) -> RecordLink:
    address = f"{PREFIX}/{folder}/new?{urlencode({'referral_id': referral_id})}"
    return RecordLink(label=RECORDS[words], state="", href=address, opens=True)


def _changes(work: UnitOfWork, row: Referral) -> Iterator[RecordLink]:
    for line in changes_of(work, row.referral_id):
        state = CHANGE_STATES[line.state.status if line.state else "sent"][0]
        yield _kept("change", line.change, state, f"changes/{line.change.change_id}")


def _checks(work: UnitOfWork, row: Referral, reader: Reader) -> Iterator[RecordLink]:
    for check in records.of_referral(work.session, WelfareCheck, row.referral_id):
        found = reader.policy.label("outcomes", check.found) if check.found else RECORDS["under_way"]
        yield _kept("check", check, found, f"checks/{check.check_id}")


def _talks(work: UnitOfWork, row: Referral) -> Iterator[RecordLink]:
    for talk in records.of_referral(work.session, FraudTalk, row.referral_id):
        yield _kept("talk", talk, "", f"fraud-talks/{talk.talk_id}")


def _cases(work: UnitOfWork, row: Referral, reader: Reader) -> Iterator[RecordLink]:
    for case in records.of_referral(work.session, MissingPerson, row.referral_id):
        end = reader.policy.label("outcomes", case.end_code) if case.end_code else RECORDS["under_way"]
        yield _kept("case", case, end, f"missing/{case.case_id}")


def _kept(label: str, record: Record, state: str, address: str) -> RecordLink:
    stands = RECORDS["voided"] if record.voided_at else state
    return RecordLink(label=RECORDS[label], state=stands, href=f"{PREFIX}/{address}")
