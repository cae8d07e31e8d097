"""Who acts, and as which of their units: live membership decides, on every request."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Protocol
from uuid import UUID

from shared.contracts.access import Principal, Role
from shared.domain.errors import Forbidden
from shared.domain.kinds import EndsBy
from shared.domain.periods import local_day
from shared.domain.referral.moves import PERMITTED, TABLE, Move, Party, Status
from shared.domain.referral.routing import MAY_DECLINE_HELD
from shared.domain.referral.state import Actor
from shared.policies.book import PolicyBook
from shared.process.openings import policy_at
from shared.process.tables import Referral

WORKERS = (Role.OFFICER, Role.UNIT_LEAD, Role.CADRE, Role.COORDINATOR, Role.DUTY_OFFICER)
"""Who works on what was handed to their unit."""

READERS = (*WORKERS, Role.VISITOR, Role.CLERK)
"""Who may look after what their unit has handed to others."""

ROLES: Mapping[Move, tuple[Role, ...]] = {
    **dict.fromkeys((Move.ACKNOWLEDGE, Move.ACCEPT, Move.RELEASE, Move.DECLINE, Move.COMPLETE), WORKERS),
    **dict.fromkeys((Move.PAUSE, Move.GO_ON, Move.ASK_TIME, Move.DELEGATE, Move.ASK_SUPPORT), WORKERS),
    **dict.fromkeys((Move.GRANT_TIME, Move.REFUSE_TIME), WORKERS),
    Move.REASSIGN: (Role.UNIT_LEAD,),
    Move.NAME_CAUSE: WORKERS,
    **dict.fromkeys(
        (Move.TELL_ELDER, Move.NOTE, Move.CONFIRM, Move.SEND_BACK, Move.WITHDRAW, Move.URGE), READERS
    ),
    Move.APPOINT: (Role.COORDINATOR,),
    Move.INSTRUCT: (Role.COORDINATOR, Role.UNIT_LEAD),
}
"""Who may make a move at all; the domain's table says for which unit and when."""


class Parties(Protocol):
    """Whose a referral is: its row, or as much of it as a glance shows."""

    @property
    def unit_id(self) -> str: ...  # noqa: D102 - as in the row
    @property
    def requesting_unit_id(self) -> str: ...  # noqa: D102
    @property
    def coordinator_unit_id(self) -> str: ...  # noqa: D102
    @property
    def holder_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def grantor_unit_id(self) -> str: ...  # noqa: D102
    @property
    def delegate_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def delegate_from_on(self) -> date | None: ...  # noqa: D102
    @property
    def delegate_to_on(self) -> date | None: ...  # noqa: D102
    @property
    def jurisdiction_id(self) -> str: ...  # noqa: D102


def units_in(row: Parties, person: Principal) -> tuple[str, ...]:
    """Those of the person's units that are a party of the referral."""
    parties = {row.unit_id, row.requesting_unit_id, row.coordinator_unit_id, row.grantor_unit_id}
    return tuple([unit for unit in person.units if unit in parties])


def parties_of(row: Parties, actor: Actor, on: date) -> frozenset[Party]:
    """What this person is to the referral that day, by its row: as `Actor.parties` says by its state."""
    return _parties_of(row, actor.account_id, (actor.unit_id,), is_lead=actor.is_lead, on=on)


def _parties_of(
    row: Parties, account_id: UUID, units: tuple[str, ...], *, is_lead: bool, on: date
) -> frozenset[Party]:
    is_received = row.unit_id in units
    found = {
        Party.RECEIVER: is_received,
        Party.LEADER: is_received and is_lead,
        Party.GRANTOR: row.grantor_unit_id in units,
        Party.HOLDER: holds_it(row, account_id, on),
        Party.REQUESTER: row.requesting_unit_id in units,
        Party.COORDINATOR: row.coordinator_unit_id in units,
    }
    return frozenset([party for party, is_so in found.items() if is_so])


def today_of(row: Parties, now: datetime, book: PolicyBook) -> date:
    """The business day of the instant where the referral belongs."""
    return local_day(now, policy_at(book, row.jurisdiction_id, now).jurisdiction.zone)


def holds_it(row: Parties, account_id: UUID, on: date) -> bool:
    """Whether the work is that person's on the day: claimed, or stood in for."""
    return account_id == row.holder_id or stands_in(row, account_id, on)


def stands_in(row: Parties, account_id: UUID, on: date) -> bool:
    """Whether that person acts for the holder on the day (委托)."""
    if row.delegate_id != account_id or row.delegate_from_on is None or row.delegate_to_on is None:
        return False
    return row.delegate_from_on <= on <= row.delegate_to_on


def actor_for(row: Parties, person: Principal, move: Move, on: date) -> Actor:
    """As whom a person makes the move: for a unit that may make it, else for any that is a party.

    Raises Forbidden to who sees it and belongs to no party: a coordinator looking on, a holder who has left.
    """
    units = units_in(row, person)
    if not units:
        raise Forbidden("not_of_a_party", move=move)
    actors = _actors(person, units)
    able = [actor for actor in actors if PERMITTED[move] & parties_of(row, actor, on)]
    return (able or actors)[0]


def possible_moves(row: Referral, person: Principal, ends_by: EndsBy, on: date) -> tuple[Move, ...]:
    """The verbs that this person may use now, in the order of the table of moves, and no others."""
    units = units_in(row, person)
    if not units:
        return ()
    parties = _parties_of(row, person.account_id, units, is_lead=person.plays(Role.UNIT_LEAD), on=on)
    verbs = _verbs(row.status, person.roles, parties)
    barred = _barred(row, parties, ends_by) if verbs else set()
    return tuple([move for move in verbs if move not in barred])


@cache
def _verbs(status: Status, roles: tuple[Role, ...], parties: frozenset[Party]) -> tuple[Move, ...]:
    """What the table of moves allows in that state to such a party with those roles."""
    return tuple(
        move
        for move, able in ROLES.items()
        if (status, move) in TABLE and PERMITTED[move] & parties and not set(able).isdisjoint(roles)
    )


def _barred(row: Referral, parties: frozenset[Party], ends_by: EndsBy) -> set[Move]:
    """What the table allows and this referral does not."""
    is_ended_by_fact = ends_by is EndsBy.FACT
    is_anothers = row.holder_id is not None and not parties & MAY_DECLINE_HELD
    found = {
        Move.ACKNOWLEDGE: row.acknowledged_at is not None,
        Move.DECLINE: row.is_appointed or is_anothers,
        Move.COMPLETE: is_ended_by_fact,
        Move.WITHDRAW: is_ended_by_fact,
        Move.TELL_ELDER: is_ended_by_fact or row.subject_id is None,
        Move.PAUSE: row.paused_until is not None,
        Move.GO_ON: row.paused_until is None,
        Move.ASK_TIME: bool(row.grantor_unit_id),
        Move.ASK_SUPPORT: is_ended_by_fact or row.lead_id is not None,
        Move.NAME_CAUSE: all(each["cause"] for each in row.breaches),
    }
    return {move for move, is_barred in found.items() if is_barred}


def _actors(person: Principal, units: tuple[str, ...]) -> list[Actor]:
    is_lead = person.plays(Role.UNIT_LEAD)
    return [Actor(account_id=person.account_id, unit_id=unit, is_lead=is_lead) for unit in units]
