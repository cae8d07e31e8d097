"""What is still owed to an elder: the projected windows, and the contacts stored since then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.visits.repository.rounds import OpenWindow
from shared.domain.codes import Force
from shared.domain.plan import Obligation, Period
from shared.domain.rounds import Owed
from shared.domain.visit_cycle.facts import ContactFact
from shared.domain.visit_cycle.judging import ONE_OFFS, counted
from shared.policies.model import Policy

SUPPOSED = UUID(int=0)
"""The id of a contact that nobody has made: it only asks what one would count for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Who would make the contact, when, and under which policy."""

    policy: Policy
    force: Force
    now: datetime


def owed_of(
    windows: Sequence[OpenWindow], contacts: Sequence[ContactFact], debtor: Debtor
) -> tuple[Owed, ...]:
    """What is still owed and this force can meet.

    A contact counts here as soon as it is stored: while the processes are away nobody is sent twice.
    """
    forces = {rule.obligation: rule.forces for rule in debtor.policy.contacts.counting}
    mine = [each for each in windows if _can_meet(forces.get(each.obligation, ()), debtor.force)]
    owed = (_owed(window, contacts, debtor) for window in mine)
    return tuple(each for each in owed if each.missing > 0)


def _can_meet(forces: Sequence[Force], force: Force) -> bool:
    return not forces or force in forces


def _owed(window: OpenWindow, contacts: Sequence[ContactFact], debtor: Debtor) -> Owed:
    rule, zone = _rule(window, debtor.policy), debtor.policy.jurisdiction.zone
    inside = [contact for contact in contacts if _belongs(contact, window)]
    done = counted(inside, rule, zone)
    supposed = ContactFact(
        contact_id=SUPPOSED,
        occurred_at=debtor.now,
        known_at=debtor.now,
        is_reached=True,
        counts_for=(window.obligation,),
    )
    return Owed(
        obligation=window.obligation,
        missing=window.required - max(window.done, done),
        required=window.required,
        closes_at=window.closes_at,
        can_count_today=counted([*inside, supposed], rule, zone) > done,
    )


def _belongs(contact: ContactFact, window: OpenWindow) -> bool:
    if not window.opens_at <= contact.occurred_at < window.closes_at:
        return False
    if window.obligation in ONE_OFFS:
        return bool(contact.counts_for)
    return window.obligation in contact.counts_for


def _rule(window: OpenWindow, policy: Policy) -> Obligation:
    written = next((each for each in policy.obligations if each.code == window.obligation), None)
    return Obligation(
        code=window.obligation,
        period=written.period if written else Period.DAYS,
        times=window.required,
        distinct_days=written.distinct_days if written else False,
        min_gap_hours=written.min_gap_hours if written else 0,
    )
