"""What the policy in force and the unit say of a move: it comes with the command, the process judges by it.

A process carries neither the policy nor the list of a unit's people; both are read here, as they stand today.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.domain.errors import Conflict, Invalid
from shared.domain.periods import local_day
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move
from shared.inbox.acts import Act, Terms
from shared.inbox.glance import Seen
from shared.inbox.routing import kind_as_worked_by, setting_for
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.book import PolicyBook
from shared.policies.handling import join_of, pause_terms
from shared.policies.resolve import idle_after, time_terms
from shared.process.openings import policy_at
from shared.process.recipients import WORKERS
from shared.process.tables import Referral

COLLEAGUES = text(
    "SELECT m.account_id, n.name, m.roles FROM identity.unit_members AS m"
    " JOIN identity.account_name AS n USING (account_id)"
    " WHERE m.unit_id = :unit_id AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day)"
    " ORDER BY n.name, m.account_id"
)

LAST_URGED = text(
    "SELECT at, account_id FROM process.referral_ledger"
    " WHERE referral_id = :referral_id AND code = 'urge' ORDER BY at DESC LIMIT 1"
)


def claim_terms(seen: Seen, act: Act, *, book: PolicyBook) -> Terms:
    """What comes with a claim; nothing with any other move.

    Raises Conflict `holds_enough` to who holds as much as the policy lets one person hold.
    """
    if act.move is not Move.ACCEPT:
        return Terms()
    policy = policy_at(book, seen.jurisdiction_id, act.at)
    if seen.held >= policy.timing.held_at_most:
        raise Conflict("holds_enough", at_most=policy.timing.held_at_most)
    return Terms(idle_after=idle_after(policy, seen.kind))


def terms_of(work: UnitOfWork, row: Referral, act: Act, *, book: PolicyBook) -> Terms | None:
    """What comes with a move for which something is looked up; None for any other.

    Raises Invalid `not_a_colleague` for somebody who does not work in the unit, `unknown_reason` and
    `unknown_cause` for what the policy does not list, `delegation_too_long`; Conflict `urged_lately` for what
    was just urged.
    """
    finding = _BY_MOVE.get(act.move)
    return finding(work, row, act, book) if finding else None


def colleagues(session: Session, unit_id: str, on: date) -> list[tuple[UUID, str]]:
    """Who works in the unit on the day and may be given its work, by id and name."""
    found = session.execute(COLLEAGUES, {"unit_id": unit_id, "day": on})
    return [(row.account_id, row.name) for row in found if WORKERS.intersection(row.roles)]


def _declining(_: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    policy = policy_at(book, row.jurisdiction_id, act.at)
    if act.code not in policy.kind(row.kind).decline_reasons:
        raise Invalid("unknown_reason")
    return Terms(rule_within=policy.timing.rule_within)


def _pausing(_: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    policy = policy_at(book, row.jurisdiction_id, act.at)
    return Terms(pause=pause_terms(policy.handling, policy.kind(row.kind).handling, act.code))


def _asking_time(work: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    setting = setting_for(work.session, row, book=book, now=act.at)
    return Terms(time=time_terms(row.kind, replace(setting, receiving_unit_id=row.unit_id)))


def _asking_support(work: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    """The supporter's referral is named by the request: asked again, it is the same one."""
    kind_as_worked_by(work.session, row, act.code, book=book, now=act.at)
    policy = policy_at(book, row.jurisdiction_id, act.at)
    return Terms(
        support=SupportTerms(
            referral_id=support_id(row.referral_id, act),
            unit_id=act.code,
            join=join_of(policy.handling, policy.kind(row.kind).handling),
        )
    )


def support_id(referral_id: UUID, act: Act) -> UUID:
    """The referral of the supporting unit that this act asks for."""
    return uuid5(referral_id, f"support/{act.request_id}")


def _urging(work: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    """Urging is counted and limited: whoever has the work must find time to do it."""
    minutes = policy_at(book, row.jurisdiction_id, act.at).timing.urge_again_minutes
    last = work.session.execute(LAST_URGED, {"referral_id": row.referral_id}).one_or_none()
    if last is not None and act.at - last.at < timedelta(minutes=minutes):
        raise Conflict("urged_lately", holder_id=last.account_id, held_since=last.at, minutes=minutes)
    return Terms()


def _naming_cause(_: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    if act.code not in policy_at(book, row.jurisdiction_id, act.at).timing.breach_causes:
        raise Invalid("unknown_cause")
    return Terms()


def _handing(work: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    policy = policy_at(book, row.jurisdiction_id, act.at)
    on = local_day(act.at, policy.jurisdiction.zone)
    people = {str(account_id): account_id for account_id, _ in colleagues(work.session, row.unit_id, on)}
    if act.code not in people:
        raise Invalid("not_a_colleague", unit_id=row.unit_id)
    return Terms(to_id=people[act.code], held_by=row.holder_id, idle_after=idle_after(policy, row.kind))


def _delegating(work: UnitOfWork, row: Referral, act: Act, book: PolicyBook) -> Terms:
    """Who stands in for longer should have the work itself."""
    policy = policy_at(book, row.jurisdiction_id, act.at)
    today, most = local_day(act.at, policy.jurisdiction.zone), policy.timing.delegation_days
    if act.to_on is not None and (act.to_on - today).days > most:
        raise Invalid("delegation_too_long", days=most)
    return _handing(work, row, act, book)


_BY_MOVE: Mapping[Move, Callable[[UnitOfWork, Referral, Act, PolicyBook], Terms]] = {
    Move.DECLINE: _declining,
    Move.PAUSE: _pausing,
    Move.URGE: _urging,
    Move.ASK_TIME: _asking_time,
    Move.REASSIGN: _handing,
    Move.DELEGATE: _delegating,
    Move.ASK_SUPPORT: _asking_support,
    Move.NAME_CAUSE: _naming_cause,
}
