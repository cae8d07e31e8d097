"""The office's records beside a referral, for the inbox (本单位台账)."""

from flask import url_for

from services.justice import messages
from services.justice.handlers.opening import may_open
from services.justice.handlers.reading import was_completed
from services.justice.repository import records
from shared.domain.justice.closing import ANSWERS
from shared.domain.justice.codes import RecordKind
from shared.domain.referral.moves import Status
from shared.inbox.reader import Reader
from shared.inbox.records import RecordLink
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral


class JusticeRecords:
    """Each record of the referral; whoever has claimed it may begin those that it has not."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
        """What is kept, then what may be begun: the one that answers the referral first."""
        kept = records.of_referral(work.session, row.referral_id)
        there = tuple(
            RecordLink(
                label=messages.KINDS[record.kind],
                state=messages.STAGES[record.stage],
                href=url_for("records.one", record_id=record.record_id),
            )
            for record in kept
            if record.unit_id == row.unit_id
        )
        return there + self._to_begin(row, reader, {record.kind for record in kept})

    def stateable(
        self,
        work: UnitOfWork,
        row: Referral,
        outcomes: tuple[str, ...],
        reader: Reader,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """What the record that answers the referral says.

        Every one without it, after it was sent back, and if it ended while the referral lay elsewhere.
        """
        kept = records.of_referral(work.session, row.referral_id)
        wanted = ANSWERS.get(row.kind)
        mine = [each for each in kept if each.kind is wanted and each.unit_id == row.unit_id]
        answers = [each for each in mine if each.outcome or not each.ended_at]
        if not answers or was_completed(work.session, row.referral_id):
            return outcomes
        return tuple(outcome for outcome in outcomes if outcome == answers[0].outcome)

    def _to_begin(self, row: Referral, reader: Reader, kept: set[RecordKind]) -> tuple[RecordLink, ...]:
        if row.status is not Status.ACCEPTED or not reader.holds(row):
            return ()
        return tuple(
            RecordLink(
                label=messages.OPENS[kind],
                state="",
                href=url_for("records.new", referral=row.referral_id, kind=kind.value),
                opens=True,
            )
            for kind in RecordKind
            if kind not in kept and may_open(row, kind)
        )
