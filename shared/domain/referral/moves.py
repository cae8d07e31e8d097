"""The life of a referral as one table: which move leads from which status to which, and who may make it."""

from enum import StrEnum

from shared.domain.errors import Conflict, Forbidden


class Status(StrEnum):
    """Where a referral stands (待认领 → 办理中 → 待确认 → 已办结; 待指定; 已撤回)."""

    OFFERED = "offered"
    TO_RULE = "to_rule"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do."""
        return self not in {Status.CLOSED, Status.WITHDRAWN}


class Move(StrEnum):
    """What can be done to a referral; the label of each comes from the policy files."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    RELEASE = "release"
    DECLINE = "decline"
    NOTE = "note"
    COMPLETE = "complete"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"
    APPOINT = "appoint"
    URGE = "urge"
    INSTRUCT = "instruct"
    PAUSE = "pause"
    GO_ON = "go_on"
    ASK_TIME = "ask_time"
    GRANT_TIME = "grant_time"
    REFUSE_TIME = "refuse_time"
    REASSIGN = "reassign"
    DELEGATE = "delegate"
    ASK_SUPPORT = "ask_support"
    NAME_CAUSE = "name_cause"
    TELL_ELDER = "tell_elder"
    SUSPEND = "suspend"
    RESUME = "resume"
    CONCLUDE = "conclude"
    JOIN = "join"
    HAND_OVER = "hand_over"
    UNMAN = "unman"


class Party(StrEnum):
    """On whose behalf a move is made. PROCESS is a fact delivered by the relay, never a person.

    Whoever stands in for the holder on the day (委托) is the holder; LEADER leads the receiving
    unit; GRANTOR decides on more time.
    """

    RECEIVER = "receiver"
    HOLDER = "holder"
    REQUESTER = "requester"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    GRANTOR = "grantor"
    PROCESS = "process"


_OFFERED, _TO_RULE, _ACCEPTED, _COMPLETED = Status.OFFERED, Status.TO_RULE, Status.ACCEPTED, Status.COMPLETED

TABLE: dict[tuple[Status, Move], Status] = {
    (_OFFERED, Move.ACKNOWLEDGE): _OFFERED,
    (_OFFERED, Move.ACCEPT): _ACCEPTED,
    (_OFFERED, Move.DECLINE): _OFFERED,
    (_ACCEPTED, Move.RELEASE): _OFFERED,
    (_ACCEPTED, Move.DECLINE): _OFFERED,
    (_ACCEPTED, Move.COMPLETE): _COMPLETED,
    (_COMPLETED, Move.CONFIRM): Status.CLOSED,
    (_COMPLETED, Move.SEND_BACK): _ACCEPTED,
    (_OFFERED, Move.REASSIGN): _ACCEPTED,
    **{(_ACCEPTED, move): _ACCEPTED for move in (Move.PAUSE, Move.GO_ON, Move.REASSIGN, Move.DELEGATE)},
    **{(_ACCEPTED, move): _ACCEPTED for move in (Move.ASK_TIME, Move.GRANT_TIME, Move.REFUSE_TIME)},
    (_ACCEPTED, Move.ASK_SUPPORT): _ACCEPTED,
    **{(status, Move.TELL_ELDER): status for status in (_ACCEPTED, _COMPLETED)},
    **{(status, Move.NAME_CAUSE): status for status in (_OFFERED, _TO_RULE, _ACCEPTED, _COMPLETED)},
    **{(status, Move.JOIN): status for status in (_OFFERED, _TO_RULE, _ACCEPTED, _COMPLETED)},
    (_TO_RULE, Move.APPOINT): _OFFERED,
    (_OFFERED, Move.APPOINT): _OFFERED,
    (_ACCEPTED, Move.APPOINT): _OFFERED,
    **{(status, Move.NOTE): status for status in (_OFFERED, _ACCEPTED, _COMPLETED)},
    **{(status, Move.URGE): status for status in (_OFFERED, _TO_RULE, _ACCEPTED)},
    **{(status, Move.INSTRUCT): status for status in (_OFFERED, _TO_RULE, _ACCEPTED, _COMPLETED)},
    **{(status, Move.WITHDRAW): Status.WITHDRAWN for status in (_OFFERED, _TO_RULE, _ACCEPTED)},
    **{(status, Move.SUSPEND): status for status in (_OFFERED, _TO_RULE, _ACCEPTED)},
    **{(status, Move.RESUME): status for status in (_OFFERED, _TO_RULE, _ACCEPTED)},
    **{(status, Move.HAND_OVER): _OFFERED for status in (_OFFERED, _TO_RULE, _ACCEPTED)},
    (_COMPLETED, Move.HAND_OVER): _COMPLETED,
    **{(status, Move.UNMAN): _OFFERED for status in (_OFFERED, _ACCEPTED)},
    **{(status, Move.CONCLUDE): Status.CLOSED for status in (_OFFERED, _TO_RULE, _ACCEPTED, _COMPLETED)},
}
"""(status, move) -> status. What is not here is refused, and the refusal says what is possible."""

PERMITTED: dict[Move, frozenset[Party]] = {
    Move.ACKNOWLEDGE: frozenset({Party.RECEIVER}),
    Move.ACCEPT: frozenset({Party.RECEIVER}),
    Move.RELEASE: frozenset({Party.HOLDER}),
    Move.DECLINE: frozenset({Party.RECEIVER, Party.HOLDER}),
    Move.NOTE: frozenset({Party.RECEIVER, Party.HOLDER, Party.REQUESTER, Party.COORDINATOR}),
    Move.COMPLETE: frozenset({Party.HOLDER}),
    Move.CONFIRM: frozenset({Party.REQUESTER, Party.COORDINATOR}),
    Move.SEND_BACK: frozenset({Party.REQUESTER, Party.COORDINATOR}),
    Move.WITHDRAW: frozenset({Party.REQUESTER, Party.COORDINATOR}),
    Move.APPOINT: frozenset({Party.COORDINATOR}),
    Move.URGE: frozenset({Party.REQUESTER, Party.COORDINATOR}),
    Move.INSTRUCT: frozenset({Party.COORDINATOR}),
    Move.PAUSE: frozenset({Party.HOLDER}),
    Move.GO_ON: frozenset({Party.HOLDER}),
    Move.ASK_TIME: frozenset({Party.HOLDER}),
    Move.GRANT_TIME: frozenset({Party.GRANTOR}),
    Move.REFUSE_TIME: frozenset({Party.GRANTOR}),
    Move.REASSIGN: frozenset({Party.LEADER}),
    Move.DELEGATE: frozenset({Party.LEADER, Party.HOLDER}),
    Move.ASK_SUPPORT: frozenset({Party.HOLDER}),
    Move.NAME_CAUSE: frozenset({Party.HOLDER, Party.LEADER, Party.COORDINATOR}),
    Move.TELL_ELDER: frozenset({Party.HOLDER, Party.REQUESTER}),
    Move.SUSPEND: frozenset({Party.PROCESS}),
    Move.RESUME: frozenset({Party.PROCESS}),
    Move.CONCLUDE: frozenset({Party.PROCESS}),
    Move.JOIN: frozenset({Party.PROCESS}),
    Move.HAND_OVER: frozenset({Party.PROCESS}),
    Move.UNMAN: frozenset({Party.PROCESS}),
}


def possible(status: Status, parties: frozenset[Party]) -> tuple[Move, ...]:
    """The moves that these parties may make now, in the order of the table of moves."""
    return tuple(move for move in Move if (status, move) in TABLE and PERMITTED[move] & parties)


def after(status: Status, move: Move, parties: frozenset[Party]) -> Status:
    """The status after the move.

    Raises Conflict if the status does not allow it, Forbidden if these parties may not make it.
    """
    following = TABLE.get((status, move))
    if following is None:
        raise Conflict("move_not_possible", move=move, status=status, possible=possible(status, parties))
    if not PERMITTED[move] & parties:
        raise Forbidden("move_not_permitted", move=move, possible=possible(status, parties))
    return following
