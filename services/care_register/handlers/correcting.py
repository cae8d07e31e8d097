"""Corrections: a changed fact proposes another class, a person confirms it, the history keeps both (Z-14)."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from services.care_register.codes import ElderField, ProposalStatus
from services.care_register.handlers.assessing import store_facts
from services.care_register.handlers.classifying import propose_classification
from services.care_register.handlers.cycles import renew_plan
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.fields import FACT_FIELDS, same_ability, with_value
from services.care_register.handlers.finding import (
    came_first,
    elder_of,
    facts_of,
    history_of,
    open_enrolment,
)
from services.care_register.handlers.hardship import hardship_until
from services.care_register.handlers.people import CHANGE_VALUE, open_note
from services.care_register.handlers.personal import CorrectPerson, correct_person
from services.care_register.handlers.reading import discretion
from services.care_register.repository import changes, elders, enrolments
from services.care_register.repository.changes import ChangeRow
from services.care_register.repository.elders import Tag
from services.care_register.repository.enrolments import EnrolmentRow
from shared.contracts.wire import encode
from shared.domain.codes import Circumstance
from shared.domain.errors import NotFound
from shared.domain.facts import ElderFacts
from shared.persistence.unit_of_work import UnitOfWork
from shared.platform.privacy import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFacts:
    """All facts as they are now; `facts.circumstances` is complete: what is missing in it ends.

    source, dated_on: where new circumstances come from (J-02). hardship_until: when a hardship ends.
    """

    enrolment_id: UUID
    facts: ElderFacts
    source: str
    dated_on: date
    hardship_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherValue:
    """What another list of that date says of one field."""

    proposal_id: UUID
    field: ElderField
    value: str
    source: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideChange:
    """A person takes over what another list says, or keeps what stands."""

    proposal_id: UUID
    is_confirmed: bool


def correct_facts(command: CorrectFacts, work: UnitOfWork, desk: Desk) -> UUID | None:
    """Store the facts; the id of the class proposed because of them, if they ask for another one.

    Raises NotFound, Conflict `has_left`, Invalid `hardship_too_long`.
    """
    row = open_enrolment(work, command.enrolment_id)
    before = facts_of(work, row)
    command = _what_counts(command, work, row, desk, before=before)
    _store(command, work, row, before=before)
    _put_on_record(command, work, row, desk, before=before)
    proposed = propose_classification(work, row, desk)
    renew_plan(work, row, desk)
    return proposed


def decide_change(command: DecideChange, work: UnitOfWork, desk: Desk) -> None:
    """Settle one conflict between sources. Raises NotFound, Conflict `already_decided`."""
    change = changes.lock_change(work.session, command.proposal_id)
    if change is None:
        raise NotFound("change_not_found", proposal_id=command.proposal_id)
    if change.status is not ProposalStatus.PROPOSED:
        raise came_first(work, "already_decided", by=change.decided_by, at=change.decided_at)
    status = ProposalStatus.CONFIRMED if command.is_confirmed else ProposalStatus.REFUSED
    decided = {"status": status, "decided_at": work.now, "decided_by": work.principal.account_id}
    changes.decide_change(work.session, change.proposal_id, decided)
    standing = enrolments.open_enrolment_of(work.session, change.elder_id)
    if not command.is_confirmed or standing is None:
        return
    elder = elder_of(work, standing)
    value = open_note(change.value_sealed, CHANGE_VALUE, change.proposal_id, elder=elder, desk=desk)
    if change.field in FACT_FIELDS:
        _take_over_fact(change, value, work, standing, desk)
        return
    correction = CorrectPerson(enrolment_id=standing.enrolment_id, changes={change.field: value})
    correct_person(correction, work, desk)


def propose_change(change: OtherValue, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> None:
    """Queue what another list says of a field; the register keeps its own value until a person decides."""
    key = desk.vault.open(elder_of(work, row).key)
    changes.add_change(
        work.session,
        {
            "proposal_id": change.proposal_id,
            "elder_id": row.elder_id,
            "jurisdiction_id": row.jurisdiction_id,
            "area_code": row.area_code,
            "field": change.field,
            "value_sealed": key.seal(change.value, place_of(CHANGE_VALUE, change.proposal_id)),
            "source": change.source,
            "dated_on": change.dated_on,
            "proposed_at": work.now,
            "proposed_by": work.principal.account_id,
        },
    )


def _take_over_fact(change: ChangeRow, value: str, work: UnitOfWork, row: EnrolmentRow, desk: Desk) -> None:
    """The one fact changes; everything else stays as it is."""
    known = with_value(facts_of(work, row), change.field, value)
    detail = {"fields": [change.field], "source": change.source, "proposal_id": change.proposal_id}
    store_facts(known, work, row, desk, detail=detail)


def _what_counts(
    command: CorrectFacts, work: UnitOfWork, row: EnrolmentRow, desk: Desk, *, before: ElderFacts
) -> CorrectFacts:
    """What was typed, with what the form does not show: who is not shown a circumstance does not end it."""
    hidden = discretion(work, desk).hidden(row.enrolment_id, row.area_code)
    kept = hidden & set(before.circumstances)
    circumstances = tuple(each for each in Circumstance if each in {*command.facts.circumstances, *kept})
    until = hardship_until(
        command.facts,
        circumstances,
        command.hardship_until,
        passing=desk.policy(row.jurisdiction_id, work.now).passing,
        on=command.dated_on,
    )
    ability = same_ability(before, command.facts)
    facts = replace(command.facts, circumstances=circumstances, ability=ability)
    return replace(command, facts=facts, hardship_until=until)


def _put_on_record(
    command: CorrectFacts, work: UnitOfWork, row: EnrolmentRow, desk: Desk, *, before: ElderFacts
) -> None:
    """Which facts have changed; what they were before is sealed."""
    changed = sorted(
        name
        for name in ElderFacts.__dataclass_fields__
        if name not in {"area_code", "birth_on"} and getattr(before, name) != getattr(command.facts, name)
    )
    work.record(
        stream=history_of(row.elder_id),
        action="facts_corrected",
        detail={"fields": changed, "source": command.source},
        sealed=desk.vault.open(elder_of(work, row).key).seal(
            encode(asdict(before)), history_of(row.elder_id)
        ),
        jurisdiction_id=row.jurisdiction_id,
    )


def _store(command: CorrectFacts, work: UnitOfWork, row: EnrolmentRow, *, before: ElderFacts) -> None:
    common = _common(work, row)
    values = {
        "area_code": row.area_code,
        "jurisdiction_id": row.jurisdiction_id,
        **elders.fact_values(command.facts),
        "hardship_until": command.hardship_until,
        "updated_at": work.now,
    }
    elders.put_facts(work.session, row.elder_id, values)
    wanted = set(command.facts.circumstances)
    elders.end_tags(work.session, row.elder_id, set(before.circumstances) - wanted, on=command.dated_on)
    new = [
        Tag(circumstance=each, source=command.source, dated_on=command.dated_on)
        for each in Circumstance
        if each in wanted - set(before.circumstances)
    ]
    elders.put_tags(work.session, row.elder_id, new, common=common)


def _common(work: UnitOfWork, row: EnrolmentRow) -> dict[str, object]:
    return {
        "jurisdiction_id": row.jurisdiction_id,
        "area_code": row.area_code,
        "recorded_at": work.now,
    }
