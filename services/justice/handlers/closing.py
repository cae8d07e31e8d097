"""Closing a referral from its record: the record is kept first, then the referral's workflow is asked."""

from uuid import UUID

from services.justice.commands import Acting
from services.justice.handlers.sealing import reveal_words
from services.justice.repository import records
from services.justice.repository.records import KeptEntry, KeptRecord
from shared.domain.errors import NotFound
from shared.domain.justice.closing import outcome_of
from shared.domain.justice.codes import Step
from shared.domain.referral.moves import Status
from shared.inbox.acting import holds_it, today_of
from shared.inbox.desk import Desk
from shared.inbox.ending import Ending, state_end
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral


def close_referral(desk: Desk, acting: Acting, record_id: UUID, *, after: Step | None = None) -> bool:
    """State the record's outcome to the side that asked, once; answers whether there was one to state.

    `after` is the step that has just been taken: any but the one that ended the work states nothing, nor does
    that of a colleague (专人) of whoever has claimed the referral, or one in a record whose referral
    another unit has by now. Raises what `state_end` raises: then the record stands as it is, and this may be
    asked again.
    """
    with desk.database.begin(acting.person, acting.at) as work:
        record = records.find(work.session, record_id)
        if record is None:
            raise NotFound("record_not_found")
        answer = _answer(record, records.journal(work.session, record_id))
        is_left = _is_left_to_others(work, desk, record, after)
    if is_left or answer is None or after not in {None, answer.event.step}:
        return False
    key = desk.vault.open(record.key)
    ending = Ending(
        referral_id=record.referral_id,
        outcome=record.outcome,
        text=reveal_words(key, answer.entry_id, answer.words_sealed).reply,
        record=f"{record.kind}/{answer.entry_id}",
    )
    state_end(desk, ending, person=acting.person, at=acting.at)
    return True


def _is_left_to_others(work: UnitOfWork, desk: Desk, record: KeptRecord, after: Step | None) -> bool:
    """Whether another unit has the referral by now, or a colleague has claimed it: then its end is theirs."""
    row = work.session.get(Referral, record.referral_id)
    if row is None or row.unit_id != record.unit_id:
        return True
    if after is None or row.status is not Status.ACCEPTED:
        return False
    return not holds_it(row, work.principal.account_id, today_of(row, work.now, desk.book))


def _answer(record: KeptRecord, entries: list[KeptEntry]) -> KeptEntry | None:
    """The entry that ended the referral's work last, unless it was taken back: then nothing has."""
    if not record.outcome:
        return None
    return next(entry for entry in reversed(entries) if outcome_of(record.kind, entry.event))
