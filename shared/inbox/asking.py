"""From an act to the command that the referral's workflow judges."""

from collections.abc import Callable, Mapping

from shared.domain.errors import Invalid
from shared.domain.referral.commands import Appoint, Complete, Decline, MakeMove
from shared.domain.referral.moves import Move
from shared.domain.referral.referral import ReferralAnswer
from shared.inbox.acts import Act, Prepared
from shared.inbox.desk import Judge


def ask(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    """Ask the workflow to make the move; raises what it raises."""
    return _BY_MOVE.get(act.move, _move)(judge, act, prepared)


def _move(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    command = MakeMove(
        request_id=act.request_id,
        move=act.move,
        actor=prepared.actor,
        acted_at=act.at,
        reason=act.code,
        note_id=prepared.note_id,
    )
    return judge.make(act.referral_id, command)


def _decline(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    goes_to = prepared.goes_to
    command = Decline(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        reason=act.code,
        note_id=prepared.note_id,
        next_unit_id=goes_to.unit_id if goes_to else "",
        next_kind=goes_to.kind if goes_to else None,
    )
    return judge.decline(act.referral_id, command)


def _complete(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    command = Complete(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        outcome=act.code,
        note_id=prepared.note_id,
    )
    return judge.complete(act.referral_id, command)


def _appoint(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    if prepared.goes_to is None:
        raise Invalid("unknown_receiving_unit", unit_id=act.code)
    command = Appoint(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        unit_id=prepared.goes_to.unit_id,
        kind=prepared.goes_to.kind,
        note_id=prepared.note_id,
    )
    return judge.appoint(act.referral_id, command)


_BY_MOVE: Mapping[Move, Callable[[Judge, Act, Prepared], ReferralAnswer]] = {
    Move.DECLINE: _decline,
    Move.COMPLETE: _complete,
    Move.APPOINT: _appoint,
}
