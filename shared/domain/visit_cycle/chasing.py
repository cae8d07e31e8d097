"""The chase (追访) as its cycle sees it: one open per elder, opened by a missed window, ended by a fact.

The cycle opens and ends it; climbing the ladder is the referral's own work (domain §0.2-2).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from shared.domain.codes import StateStatus
from shared.domain.visit_cycle.facts import ContactFact, ExceptionFact, StateFact
from shared.domain.visit_cycle.judging import ONE_OFFS, quiet_because
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseMove, ChaseVerb, CycleRows
from shared.domain.visit_cycle.state import Answered, Chase, CycleState, FoundChase

Chased = tuple[CycleState, CycleRows]


def missed(state: CycleState, code: str, *, at: datetime) -> Chased:
    """What a missed obligation asks for: the chase; none while a state keeps it quiet."""
    acting = [each for each in state.known.states if each.is_active]
    if not acting:
        return _chase(state, code, at=at)
    if any(each.status is StateStatus.CONFIRMED for each in acting):
        return state, CycleRows()
    return replace(state, spared=tuple(dict.fromkeys((*state.spared, code)))), CycleRows()


def _chase(state: CycleState, code: str, *, at: datetime) -> Chased:
    """Open the chase, or let the open one cover this obligation as well."""
    if state.chase is not None:
        covered = dict.fromkeys((*state.chase.obligations, code))
        return replace(state, chase=replace(state.chase, obligations=tuple(covered))), CycleRows()
    referral_id = chase_id(state.enrolment_id, at)
    move = ChaseMove(verb=ChaseVerb.OPEN, referral_id=referral_id, at=at, obligations=(code,))
    opened = replace(state, chase=Chase(referral_id=referral_id, obligations=(code,)))
    return opened, CycleRows(chases=(move,))


def chase_id(enrolment_id: UUID, opened_at: datetime) -> UUID:
    """The referral id of the chase opened then: the same whenever the cycle gets to compute it."""
    return uuid5(enrolment_id, f"chase/{opened_at.isoformat()}")


def found(state: CycleState, chase: FoundChase) -> Chased:
    """The chase that an earlier process had opened goes on: no second one beside it, none that nobody ends.

    A start anew judges by today's plan and may have opened another one, earlier, or none.
    """
    state = replace(state, found=None)
    keep = ChaseMove(verb=ChaseVerb.KEEP, referral_id=chase.referral_id, at=chase.opened_at)
    obligations = state.chase.obligations if state.chase else (chase.obligation,)
    rows = CycleRows(chases=(keep,))
    if state.chase is None or state.chase.referral_id != chase.referral_id:
        state, ended = conclude(state, end=ChaseEnd.RELEASED, fact_id=None, at=chase.opened_at)
        rows += ended
    is_suspended = quiet_because(state.known.states) is not None
    kept = Chase(referral_id=chase.referral_id, obligations=obligations, is_suspended=is_suspended)
    return replace(state, chase=kept), rows


def answered(state: CycleState, contact: ContactFact, *, at: datetime) -> Chased:
    """Take from the chase what the contact counts for; nothing left ends it."""
    if not contact.counts_for:
        return state, CycleRows()
    state = replace(state, spared=_left(state.spared, contact, state))
    chase = state.chase
    if chase is None:
        return state, CycleRows()
    left = _left(chase.obligations, contact, state)
    taken = tuple(code for code in chase.obligations if code not in left)
    if taken:
        note = Answered(contact_id=contact.contact_id, obligations=taken)
        state = replace(state, answered=(*state.answered, note))
    if left:
        return replace(state, chase=replace(chase, obligations=left)), CycleRows()
    return conclude(state, end=ChaseEnd.CONTACT, fact_id=contact.contact_id, at=at)


def answered_no_more(state: CycleState, voided: ContactFact, *, at: datetime) -> Chased:
    """What the voided contact took from the chase is looked after again, unless somebody has been since."""
    mine = [each for each in state.answered if each.contact_id == voided.contact_id]
    state = replace(state, answered=tuple(each for each in state.answered if each not in mine))
    rows = CycleRows()
    for code in (code for each in mine for code in each.obligations):
        state, more = missed_unless_answered(state, code, since=voided.occurred_at, at=at)
        rows += more
    return state, rows


def missed_unless_answered(state: CycleState, code: str, *, since: datetime, at: datetime) -> Chased:
    """Chase it, unless a contact then or later counts for it: the second that closes a window is the next's.

    Which contact spared the elder the chase is noted: it may be voided as well.
    """
    contacts = (each for each in state.known.contacts if each.occurred_at >= since and each.counts_for)
    answering = [each for each in contacts if not _left((code,), each, state)]
    if not answering:
        return missed(state, code, at=at)
    first = min(answering, key=lambda each: each.occurred_at)
    note = Answered(contact_id=first.contact_id, obligations=(code,))
    return replace(state, answered=(*state.answered, note)), CycleRows()


def follow_state(state: CycleState, fact: StateFact, *, at: datetime) -> Chased:
    """A reported state quiets the chase at once, a confirmed one ends it; it wakes when none is left.

    A refused one leaves the elder as if nobody had said it: what was spared meanwhile is chased now.
    """
    if fact.status is StateStatus.REFUSED and quiet_because(state.known.states) is None:
        return _woken(state, fact, at=at)
    if fact.status is not StateStatus.REPORTED:
        state = replace(state, spared=())
    return _quieted(state, fact, at=at)


def _woken(state: CycleState, fact: StateFact, *, at: datetime) -> Chased:
    state, rows = _quieted(state, fact, at=at)
    for code in state.spared:
        state, more = _chase(state, code, at=at)
        rows += more
    return replace(state, spared=()), rows


def _quieted(state: CycleState, fact: StateFact, *, at: datetime) -> Chased:
    if state.chase is None:
        return state, CycleRows()
    if fact.status is StateStatus.CONFIRMED:
        return conclude(state, end=ChaseEnd.STATE, fact_id=fact.state_id, at=at)
    is_suspended = quiet_because(state.known.states) is not None
    if is_suspended is state.chase.is_suspended:
        return state, CycleRows()
    verb = ChaseVerb.SUSPEND if is_suspended else ChaseVerb.RESUME
    move = ChaseMove(verb=verb, referral_id=state.chase.referral_id, at=at, fact_id=fact.state_id)
    suspended = replace(state, chase=replace(state.chase, is_suspended=is_suspended))
    return suspended, CycleRows(chases=(move,))


def _left(obligations: tuple[str, ...], contact: ContactFact, state: CycleState) -> tuple[str, ...]:
    """What the contact leaves to be chased.

    A one-off is answered by any contact that counts, and so is what another class of the elder does not ask
    for any more: nothing could count for it again.
    """
    asked = {rule.code for rule in state.plan.obligations} - ONE_OFFS
    return tuple(code for code in obligations if code in asked and code not in contact.counts_for)


def excepted(state: CycleState, exception: ExceptionFact, *, at: datetime) -> Chased:
    """An approved exception takes its obligation from the chase (domain §0.2-4)."""
    state = replace(state, spared=_unexcepted(state.spared, exception))
    if state.chase is None:
        return state, CycleRows()
    left = _unexcepted(state.chase.obligations, exception)
    if left:
        return replace(state, chase=replace(state.chase, obligations=left)), CycleRows()
    return conclude(state, end=ChaseEnd.EXCEPTION, fact_id=exception.exception_id, at=at)


def released(state: CycleState, codes: Collection[str], *, at: datetime) -> Chased:
    """What nobody owes any more is not chased any more either."""
    state = replace(state, spared=tuple(code for code in state.spared if code not in codes))
    if state.chase is None:
        return state, CycleRows()
    left = tuple(code for code in state.chase.obligations if code not in codes)
    if left:
        return replace(state, chase=replace(state.chase, obligations=left)), CycleRows()
    return conclude(state, end=ChaseEnd.RELEASED, fact_id=None, at=at)


def _unexcepted(obligations: tuple[str, ...], exception: ExceptionFact) -> tuple[str, ...]:
    return tuple(code for code in obligations if exception.obligation not in {"", code})


def conclude(state: CycleState, *, end: ChaseEnd, fact_id: UUID | None, at: datetime) -> Chased:
    """End the chase by a fact, if one is open."""
    if state.chase is None:
        return state, CycleRows()
    move = ChaseMove(
        verb=ChaseVerb.CONCLUDE, referral_id=state.chase.referral_id, at=at, end=end, fact_id=fact_id
    )
    return replace(state, chase=None), CycleRows(chases=(move,))
