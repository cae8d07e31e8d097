"""From an act to the command that the referral's workflow judges."""

from collections.abc import Callable, Mapping
from uuid import UUID

from shared.domain.errors import Invalid
from shared.domain.referral.commands import (
    Appoint,
    AskTime,
    Complete,
    Decline,
    Delegate,
    MakeMove,
    Pause,
    Reassign,
)
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
        idle_after=prepared.terms.idle_after,
        support=prepared.terms.support,
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
        rule_within=prepared.terms.rule_within,
    )
    return judge.decline(act.referral_id, command)


def _complete(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    command = Complete(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        outcome=act.code,
        note_id=prepared.note_id,
        level=act.level,
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


def _pause(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    if act.to_on is None:
        raise Invalid("pause_needs_later_date")
    command = Pause(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        ground=act.code,
        until_on=act.to_on,
        terms=prepared.terms.pause,
        note_id=prepared.note_id,
    )
    return judge.pause(act.referral_id, command)


def _ask_time(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    command = AskTime(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        terms=prepared.terms.time,
        note_id=prepared.note_id,
    )
    return judge.ask_time(act.referral_id, command)


def _reassign(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    command = Reassign(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        to_id=_colleague(act, prepared),
        held_by=prepared.terms.held_by,
        note_id=prepared.note_id,
        idle_after=prepared.terms.idle_after,
    )
    return judge.reassign(act.referral_id, command)


def _delegate(judge: Judge, act: Act, prepared: Prepared) -> ReferralAnswer:
    if act.from_on is None or act.to_on is None:
        raise Invalid("delegation_days")
    command = Delegate(
        request_id=act.request_id,
        actor=prepared.actor,
        acted_at=act.at,
        to_id=_colleague(act, prepared),
        from_on=act.from_on,
        to_on=act.to_on,
        note_id=prepared.note_id,
    )
    return judge.delegate(act.referral_id, command)


def _colleague(act: Act, prepared: Prepared) -> UUID:
    if prepared.terms.to_id is None:
        raise Invalid("not_a_colleague", account_id=act.code)
    return prepared.terms.to_id


_BY_MOVE: Mapping[Move, Callable[[Judge, Act, Prepared], ReferralAnswer]] = {
    Move.DECLINE: _decline,
    Move.COMPLETE: _complete,
    Move.APPOINT: _appoint,
    Move.PAUSE: _pause,
    Move.ASK_TIME: _ask_time,
    Move.REASSIGN: _reassign,
    Move.DELEGATE: _delegate,
}
