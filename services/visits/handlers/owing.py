"""What is still owed to an elder: the projected windows, and the contacts stored since then."""

from collections.abc import Sequence

from services.visits.repository.rounds import OpenWindow
from shared.domain.codes import Force
from shared.domain.plan import Obligation, Period
from shared.domain.rounds import Owed
from shared.domain.visit_cycle.facts import ContactFact
from shared.domain.visit_cycle.judging import ONE_OFFS, counted
from shared.policies.model import Policy


def owed_of(
    windows: Sequence[OpenWindow], contacts: Sequence[ContactFact], policy: Policy, force: Force
) -> tuple[Owed, ...]:
    """What is still owed and this force can meet.

    A contact counts here as soon as it is stored: while the processes are away nobody is sent twice.
    """
    forces = {rule.obligation: rule.forces for rule in policy.contacts.counting}
    owed = []
    for window in windows:
        possible = forces.get(window.obligation, ())
        missing = window.required - max(window.done, _counted(window, contacts, policy))
        if missing > 0 and (not possible or force in possible):
            each = Owed(
                obligation=window.obligation,
                missing=missing,
                required=window.required,
                closes_at=window.closes_at,
            )
            owed.append(each)
    return tuple(owed)


def _counted(window: OpenWindow, contacts: Sequence[ContactFact], policy: Policy) -> int:
    inside = [
        contact
        for contact in contacts
        if window.opens_at <= contact.occurred_at < window.closes_at
        and (
            window.obligation in contact.counts_for or (window.obligation in ONE_OFFS and contact.counts_for)
        )
    ]
    return counted(inside, _rule(window, policy), policy.jurisdiction.zone)


def _rule(window: OpenWindow, policy: Policy) -> Obligation:
    written = next((each for each in policy.obligations if each.code == window.obligation), None)
    return Obligation(
        code=window.obligation,
        period=written.period if written else Period.DAYS,
        times=window.required,
        distinct_days=written.distinct_days if written else False,
        min_gap_hours=written.min_gap_hours if written else 0,
    )
