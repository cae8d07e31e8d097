"""What waits for a second person (待核实): states, classes, removals, fields on which sources differ."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.care_register.codes import ElderField, RemovalReason
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.fields import FACT_FIELDS, value_of
from services.care_register.handlers.people import (
    CHANGE_VALUE,
    CLASS_REASON,
    open_note,
    open_person,
    texts_of,
)
from services.care_register.handlers.reading import discretion, without_hidden
from services.care_register.repository import changes, classes, elders, enrolments, reported, states
from services.care_register.repository.changes import ChangeRow
from services.care_register.repository.classes import ClassRow
from services.care_register.repository.elders import SealedElder
from services.care_register.repository.enrolments import EnrolmentRow
from services.care_register.repository.reported import ReportedRow
from services.care_register.repository.states import StateRow
from shared.domain.facts import ElderFacts
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.masking import mask_id_number
from shared.policies.resolve import confirm_override_by
from shared.process.discretion import Discretion
from shared.process.news import NewsWords, words_of
from shared.process.subjects import enrolled_elders

MOST_SHOWN = 100
"""So many of a kind are shown at once; the next ones follow when these are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose case it is."""

    enrolment_id: UUID
    name: str
    area_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingState:
    """A reported state; `is_mine`: who reads it reported it and cannot confirm it."""

    subject: Subject
    state: StateRow
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingClass:
    """A proposed class and the one that stands, if somebody has confirmed one.

    reason, confirm_by: of a class by hand, which `is_mine` says that the reader asked for and cannot confirm.
    """

    subject: Subject
    proposed: ClassRow
    standing: ClassRow | None
    reason: str
    confirm_by: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRemoval:
    """A removal that somebody has asked for."""

    subject: Subject
    reason: RemovalReason | None
    requested_at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingChange:
    """What two sources say differently of one field."""

    subject: Subject
    proposal_id: UUID
    field: ElderField
    stands: str
    other: str
    source: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingNews:
    """What the police have told of an elder; `stands` is the address that would change."""

    subject: Subject
    news: ReportedRow
    stands: str
    words: NewsWords
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Everything in the territory that waits for a person to decide."""

    news: Sequence[WaitingNews]
    states: Sequence[WaitingState]
    classes: Sequence[WaitingClass]
    removals: Sequence[WaitingRemoval]
    changes: Sequence[WaitingChange]


def queue(work: UnitOfWork, desk: Desk) -> Queue:
    """What waits for a person; states come by the limit of their confirmation."""
    news = reported.waiting_changes(work.session, limit=MOST_SHOWN)
    # A state that only carries a piece of news is decided on with it.
    carried = {each.state_id for each in news}
    said = states.reported_states(work.session, limit=MOST_SHOWN + len(carried))
    waiting = [each for each in said if each.state_id not in carried][:MOST_SHOWN]
    proposed = classes.proposed_classes(work.session, limit=MOST_SHOWN)
    leaving = enrolments.removals(work.session, limit=MOST_SHOWN)
    differing = changes.waiting_changes(work.session, limit=MOST_SHOWN)
    people = _People.of(
        work,
        desk,
        enrolment_ids=[
            *(each.enrolment_id for each in news),
            *(each.enrolment_id for each in waiting),
            *(each.enrolment_id for each in proposed),
            *(each.enrolment_id for each in leaving),
        ],
        elder_ids={each.elder_id for each in differing},
    )
    me = work.principal.account_id
    words = words_of(work.session, [each.change_id for each in news], vault=desk.vault)
    return Queue(
        news=[_news(each, people, me, words=words.get(each.change_id, NewsWords())) for each in news],
        states=[_state(each, people, me) for each in waiting],
        classes=_classes(work, proposed, people, reader=discretion(work, desk)),
        removals=[_removal(each, people, me) for each in leaving],
        changes=[_change(each, people) for each in differing if each.elder_id in people.of_elder],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """The enrolments and persons of one queue, read and opened once."""

    rows: Mapping[UUID, EnrolmentRow]
    of_elder: Mapping[UUID, UUID]
    elders: Mapping[UUID, SealedElder]
    facts: Mapping[UUID, ElderFacts]
    desk: Desk

    @classmethod
    def of(
        cls, work: UnitOfWork, desk: Desk, *, enrolment_ids: Sequence[UUID], elder_ids: Collection[UUID]
    ) -> "_People":
        """Those of the enrolments, and the open enrolments of those elders."""
        rows = enrolments.some_enrolments(work.session, enrolment_ids=enrolment_ids, elder_ids=elder_ids)
        known = enrolled_elders(work.session, [row.enrolment_id for row in rows if row.elder_id in elder_ids])
        return cls(
            rows={row.enrolment_id: row for row in rows},
            of_elder={row.elder_id: row.enrolment_id for row in rows},
            elders=elders.elders(work.session, {row.elder_id for row in rows}),
            facts={each.elder_id: each.facts for each in known.values()},
            desk=desk,
        )

    def subject(self, enrolment_id: UUID) -> Subject:
        """Whose case it is; an enrolment lies in the area of what waits about it, so it is there."""
        row = self.rows[enrolment_id]
        name = open_person(self.elders[row.elder_id], self.desk).name
        return Subject(enrolment_id=enrolment_id, name=name, area_code=row.area_code)


def _state(state: StateRow, people: _People, me: UUID) -> WaitingState:
    return WaitingState(
        subject=people.subject(state.enrolment_id), state=state, is_mine=state.reported_by == me
    )


def _news(row: ReportedRow, people: _People, me: UUID, *, words: NewsWords) -> WaitingNews:
    return WaitingNews(
        subject=people.subject(row.enrolment_id),
        news=row,
        stands=open_person(people.elders[people.rows[row.enrolment_id].elder_id], people.desk).address,
        words=replace(words, id_number=mask_id_number(words.id_number)),
        is_mine=row.reported_by == me,
    )


def _removal(row: EnrolmentRow, people: _People, me: UUID) -> WaitingRemoval:
    return WaitingRemoval(
        subject=people.subject(row.enrolment_id),
        reason=row.removal_reason,
        requested_at=row.removal_requested_at,
        is_mine=row.removal_requested_by == me,
    )


def _classes(
    work: UnitOfWork, proposed: Sequence[ClassRow], people: _People, *, reader: Discretion
) -> list[WaitingClass]:
    standing = classes.confirmed_classes(work.session, [each.enrolment_id for each in proposed])
    me = work.principal.account_id
    return [
        _class(each, people, reader, standing=standing.get(each.enrolment_id), me=me) for each in proposed
    ]


def _class(
    row: ClassRow, people: _People, reader: Discretion, *, standing: ClassRow | None, me: UUID
) -> WaitingClass:
    enrolment = people.rows[row.enrolment_id]
    elder = people.elders[enrolment.elder_id]
    policy = people.desk.policy(enrolment.jurisdiction_id, row.proposed_at)
    return WaitingClass(
        subject=people.subject(row.enrolment_id),
        proposed=without_hidden(row, reader.hidden(row.enrolment_id, enrolment.area_code)),
        standing=standing,
        reason=open_note(
            row.reason_sealed, CLASS_REASON, row.classification_id, elder=elder, desk=people.desk
        ),
        confirm_by=confirm_override_by(policy, row.proposed_at) if row.is_by_hand else None,
        is_mine=row.is_by_hand and row.proposed_by == me,
    )


def _standing(change: ChangeRow, elder: SealedElder, people: _People) -> str:
    if change.field in FACT_FIELDS:
        return value_of(people.facts[change.elder_id], change.field)
    return texts_of(open_person(elder, people.desk))[change.field]


def _change(change: ChangeRow, people: _People) -> WaitingChange:
    elder = people.elders[change.elder_id]
    other = open_note(change.value_sealed, CHANGE_VALUE, change.proposal_id, elder=elder, desk=people.desk)
    return WaitingChange(
        subject=people.subject(people.of_elder[change.elder_id]),
        proposal_id=change.proposal_id,
        field=change.field,
        stands=_standing(change, elder, people),
        other=other,
        source=change.source,
        dated_on=change.dated_on,
    )
