"""Giving elders to visitors: for good, or for some days in somebody's place (指派、顶岗)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.visits.codes import AssignmentKind
from services.visits.handlers.commands import Assign, Assigned, HandOver
from services.visits.handlers.desk import Desk
from services.visits.handlers.door import elder_and_card
from services.visits.repository import assignments
from services.visits.repository.assignments import Candidate, NewAssignment, Standing
from services.visits.repository.book import account_names
from services.visits.repository.contacts import Place
from shared.domain.errors import Conflict, Invalid, NotFound
from shared.domain.periods import local_day
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard, ElderCards
from shared.process.subjects import EnrolledElder, enrolled_elders, hold_contacts, leaving_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorChoice:
    """An elder, who visits them now and later, and who could; nobody who has left is given to anybody."""

    elder: EnrolledElder
    card: ElderCard
    policy: Policy
    standing: tuple[Standing, ...]
    candidates: tuple[Candidate, ...]
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundChoice:
    """A visitor's whole round, and who could take it over; `covered`: whom they could take back (顶岗)."""

    account_id: UUID
    name: str
    cards: tuple[ElderCard, ...]
    covered: tuple[ElderCard, ...]
    candidates: tuple[Candidate, ...]
    today: date


def assign(command: Assign, uow: UnitOfWork, desk: Desk) -> Assigned:
    """Give the elders to the visitor; who had them before keeps them until the day before.

    For good, nobody stands in for who had them either.

    Raises NotFound for an elder outside the territory, Conflict `has_left` for one who is visited no more,
    Invalid for an account that is unknown, locked or cannot go there, and for days that make no sense. Of two
    who do so at the same moment, the later one has given the elder.
    """
    _check(command, uow, desk)
    for enrolment_id in sorted(set(command.enrolment_ids)):
        hold_contacts(uow.session, enrolment_id)
    known = enrolled_elders(uow.session, command.enrolment_ids)
    missing = [str(each) for each in command.enrolment_ids if each not in known]
    if missing:
        raise NotFound("enrolment_not_found", enrolment_ids=missing)
    _refuse_who_left(known.values(), uow, desk)
    _refuse_who_cannot_go(command, known.values(), uow, desk)
    if command.kind is AssignmentKind.REGULAR:
        assignments.end_all(uow.session, known, before=command.from_on)
    new = [_new(command, elder) for elder in known.values()]
    assignments.add_assignments(uow.session, new, by=uow.principal.account_id, now=uow.now)
    _record(command, known.values(), uow)
    return Assigned(
        account_id=command.account_id,
        enrolment_ids=command.enrolment_ids,
        from_on=command.from_on,
        to_on=command.to_on,
    )


def hand_over(command: HandOver, uow: UnitOfWork, desk: Desk) -> Assigned:
    """Give everybody whom the leaving visitor looks after on the first day to another one, in one step.

    Whom they stand in for themselves goes along until that ends. For good to themselves: they are back, and
    nobody stands in for them any more. Raises Invalid `nobody_to_hand_over`, `hands_over_to_themselves`, and
    what `assign` raises.
    """
    is_back = command.leaving_id == command.account_id and command.kind is AssignmentKind.REGULAR
    if command.leaving_id == command.account_id and not is_back:
        raise Invalid("hands_over_to_themselves")
    held = _held_by(command.leaving_id, uow, on=command.from_on)
    given = _covered(command.leaving_id, held, uow, on=command.from_on) if is_back else held
    if not given:
        raise Invalid("nobody_to_hand_over")
    for each in sorted(given):
        hold_contacts(uow.session, each)
    for until in set(given.values()):
        ids = tuple(each for each, last in given.items() if last == until)
        assign(_part(command, ids, until), uow, desk)
    return Assigned(
        account_id=command.account_id,
        enrolment_ids=tuple(given),
        from_on=command.from_on,
        to_on=command.to_on,
    )


def round_to_hand_over(leaving_id: UUID, uow: UnitOfWork, desk: Desk) -> RoundChoice:
    """A visitor's round and who could take it over: visitors whose territory holds all of it."""
    policy = desk.policy_at(uow.principal.jurisdiction_id, uow.now)
    today = local_day(uow.now, policy.jurisdiction.zone)
    held = _held_by(leaving_id, uow, on=today)
    covered = _covered(leaving_id, held, uow, on=today)
    cards = ElderCards(desk.vault).for_enrolments(uow.session, held)
    areas = [card.area_code for card in cards.values()]
    able = assignments.candidates_for(uow.session, areas, on=today)
    can_go = any(each.account_id == leaving_id for each in able)
    name = account_names(uow.session, [leaving_id]).get(leaving_id)
    if name is None:
        raise NotFound("visitor_not_found")
    return RoundChoice(
        account_id=leaving_id,
        name=name,
        cards=tuple(cards.values()),
        covered=tuple(card for each, card in cards.items() if each in covered and can_go),
        candidates=tuple(each for each in able if each.account_id != leaving_id),
        today=today,
    )


def choice(enrolment_id: UUID, uow: UnitOfWork, desk: Desk) -> VisitorChoice:
    """Who visits the elder and who could. Raises NotFound outside the territory."""
    elder, card = elder_and_card(enrolment_id, uow, desk)
    policy = desk.policy_at(elder.jurisdiction_id, uow.now)
    today = local_day(uow.now, policy.jurisdiction.zone)
    return VisitorChoice(
        elder=elder,
        card=card,
        policy=policy,
        standing=tuple(assignments.standing_for(uow.session, enrolment_id, on=today)),
        candidates=tuple(assignments.candidates_for(uow.session, [elder.area_code], on=today)),
        today=today,
    )


def _part(command: HandOver, ids: tuple[UUID, ...], until: date | None) -> Assign:
    """What becomes of those whom the leaving visitor has until then: their own for None."""
    kind = command.kind if until is None else AssignmentKind.SUBSTITUTE
    to_on = min((each for each in (until, command.to_on) if each), default=None)
    return Assign(
        enrolment_ids=ids, account_id=command.account_id, kind=kind, from_on=command.from_on, to_on=to_on
    )


def _held_by(account_id: UUID, uow: UnitOfWork, *, on: date) -> dict[UUID, date | None]:
    """Whom somebody hands over; an assignment outlives the elder's leaving, and means nothing then."""
    held = assignments.held_by(uow.session, account_id, on=on)
    elders = enrolled_elders(uow.session, held)
    return {each: until for each, until in held.items() if each in elders and elders[each].left_at is None}


def _covered(
    account_id: UUID, held: dict[UUID, date | None], uow: UnitOfWork, *, on: date
) -> dict[UUID, date | None]:
    """Their own whom somebody else visits on the day (顶岗)."""
    visited = assignments.elders_of(uow.session, account_id, on=on)
    return {each: None for each, until in held.items() if until is None and each not in visited}


def _refuse_who_left(elders: Iterable[EnrolledElder], uow: UnitOfWork, desk: Desk) -> None:
    left = next((each for each in elders if each.left_at is not None), None)
    if left is not None:
        policy = desk.policy_at(left.jurisdiction_id, uow.now)
        raise Conflict("has_left", enrolment_id=left.enrolment_id, **leaving_in_words(left, policy))


def _refuse_who_cannot_go(
    command: Assign, elders: Iterable[EnrolledElder], uow: UnitOfWork, desk: Desk
) -> None:
    policy = desk.policy_at(uow.principal.jurisdiction_id, uow.now)
    on = max(command.from_on, local_day(uow.now, policy.jurisdiction.zone))
    areas = [each.area_code for each in elders]
    if not assignments.can_go(uow.session, command.account_id, areas, on=on):
        raise Invalid("visitor_cannot_go", account_id=command.account_id)


def _check(command: Assign, uow: UnitOfWork, desk: Desk) -> None:
    if not assignments.is_active_account(uow.session, command.account_id):
        raise Invalid("unknown_visitor", account_id=command.account_id)
    if command.to_on is not None and command.to_on < command.from_on:
        raise Invalid("ends_before_it_begins", from_on=command.from_on, to_on=command.to_on)
    policy = desk.policy_at(uow.principal.jurisdiction_id, uow.now)
    within = policy.timing.assignment_days
    if abs((command.from_on - local_day(uow.now, policy.jurisdiction.zone)).days) > within:
        raise Invalid("begins_too_far", days=within)
    if command.kind is AssignmentKind.REGULAR:
        return
    days = policy.timing.substitution_days
    if command.to_on is None or (command.to_on - command.from_on).days > days:
        raise Invalid("substitute_needs_an_end", days=days)


def _new(command: Assign, elder: EnrolledElder) -> NewAssignment:
    return NewAssignment(
        assignment_id=uuid4(),
        enrolment_id=elder.enrolment_id,
        account_id=command.account_id,
        kind=command.kind,
        from_on=command.from_on,
        to_on=command.to_on,
        place=Place(jurisdiction_id=elder.jurisdiction_id, area_code=elder.area_code),
    )


def _record(command: Assign, elders: Iterable[EnrolledElder], uow: UnitOfWork) -> None:
    detail = {
        "account_id": command.account_id,
        "kind": command.kind,
        "from_on": command.from_on,
        "to_on": command.to_on,
    }
    for elder in elders:
        uow.record(stream=f"elder:{elder.elder_id}", action="visitor_assigned", detail=detail)
