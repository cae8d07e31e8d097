"""The finite words of the inbox that its tables, handlers and pages share."""

from enum import StrEnum


class Consent(StrEnum):
    """The elder's word as it stands in the file; whoever does not agree has no referral, and so no file."""

    AGREED = "agreed"
    BY_PROXY = "by_proxy"
    NOT_NEEDED = "not_needed"


class NoteKind(StrEnum):
    """What a text is to the referral."""

    PROGRESS = "progress"
    REASON = "reason"
    OUTCOME = "outcome"
    COMMENT = "comment"
    INSTRUCTION = "instruction"
    REMARK = "remark"
    UNFOUNDED = "unfounded"


class View(StrEnum):
    """The lists of an inbox: waiting (待认领), mine, my unit's, sent, watched (关注), overdue, done."""

    POOL = "pool"
    MINE = "mine"
    UNIT = "unit"
    SENT = "sent"
    WATCHING = "watching"
    OVERDUE = "overdue"
    DONE = "done"


class SendBackReason(StrEnum):
    """Why the referring side does not accept an outcome."""

    NOT_SOLVED = "not_solved"
    ELDER_NOT_TOLD = "elder_not_told"
    UNCLEAR = "unclear"


class WithdrawReason(StrEnum):
    """Why a referral is taken back."""

    SOLVED_OTHERWISE = "solved_otherwise"
    ELDER_DECLINES = "elder_declines"
    MISTAKE = "mistake"


class Word(StrEnum):
    """What the elder said when asked: a consent, or a refusal that leaves the need as 暂不需要."""

    AGREED = "agreed"
    BY_PROXY = "by_proxy"
    NOT_NEEDED = "not_needed"
    DISAGREES = "disagrees"
