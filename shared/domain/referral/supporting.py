"""Lead and supporting units (主办、协办): each supporter works by a referral of its own, with its own clocks.

So each keeps its own breaches, and what one unit does costs the other one message at most.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.domain.errors import Conflict, Invalid
from shared.domain.kinds import Join
from shared.domain.referral.commands import MakeMove
from shared.domain.referral.moves import Move
from shared.domain.referral.rows import PartingRow, ReferralRows, SupportRow
from shared.domain.referral.state import ReferralState, Supporter


def ask_support(state: ReferralState, command: MakeMove) -> ReferralState:
    """Another unit supports. Raises Invalid without one, Conflict for one that has the work already."""
    asked = command.support
    if asked is None:
        raise Invalid("unknown_receiving_unit")
    if state.lead_id is not None:
        raise Conflict("supporter_asks_nobody", unit_id=state.unit_id)
    if asked.unit_id == state.unit_id or asked.unit_id in _open_units(state):
        raise Conflict("supports_already", unit_id=asked.unit_id)
    supporter = Supporter(referral_id=asked.referral_id, unit_id=asked.unit_id)
    return replace(state, supporters=(*state.supporters, supporter), join=asked.join)


def opened(command: MakeMove) -> ReferralRows:
    """The supporter's referral opens with the command that asked for it."""
    if command.move is not Move.ASK_SUPPORT or command.support is None:
        return ReferralRows()
    row = SupportRow(
        referral_id=command.support.referral_id, unit_id=command.support.unit_id, at=command.acted_at
    )
    return ReferralRows(supports=(row,))


def check_join(state: ReferralState) -> None:
    """Whether the lead unit may end now. Raises Conflict naming the units for which it must wait."""
    waiting = _open_units(state)
    has_one = len(waiting) < len(state.supporters)
    if not waiting or state.join is Join.LEAD or (state.join is Join.ANY and has_one):
        return
    raise Conflict("supporters_open", units=waiting, count=len(waiting))


def joined(state: ReferralState, supporter_id: UUID | None) -> ReferralState:
    """A supporter has ended, however that came about."""
    after = tuple(
        replace(each, is_open=False) if each.referral_id == supporter_id else each
        for each in state.supporters
    )
    return replace(state, supporters=after)


def parted(state: ReferralState, at: datetime) -> ReferralRows:
    """Who learns that this one has ended: the lead it supported, supporters that it needs no more."""
    if state.status.is_open:
        return ReferralRows()
    lead = [state.lead_id] if state.lead_id else []
    others = [each.referral_id for each in state.supporters if each.is_open]
    return ReferralRows(
        partings=tuple(
            PartingRow(referral_id=each, is_lead=each == state.lead_id, outcome=state.outcome, at=at)
            for each in (*lead, *others)
        )
    )


def _open_units(state: ReferralState) -> tuple[str, ...]:
    return tuple(each.unit_id for each in state.supporters if each.is_open)
