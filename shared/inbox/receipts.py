"""What must be said besides the outcome: the level found, the elder's own word (反馈), a report's receipt.

A report that the law demands (强制报告) ends with when it was made and who took it, and not otherwise.
Nobody takes it back; that it was none after all is for two persons of two units to add, and ends nothing.
"""

from shared.domain.errors import Conflict, Invalid
from shared.domain.referral.moves import Move
from shared.domain.zones import to_wall
from shared.inbox.acts import Act
from shared.inbox.glance import Seen
from shared.inbox.handling.messages import RECEIPT
from shared.policies.book import PolicyBook
from shared.policies.handling import effect_rule
from shared.process.openings import policy_at


def check_outcome(seen: Seen, act: Act, *, book: PolicyBook) -> str:
    """The words to be kept with the outcome, as of `check_receipt`.

    Raises Invalid `level_needed` for an assessment without a level of its scale, or a level without one, and
    `feedback_needed` where the elder's own word confirms it and is not said.
    """
    policy = policy_at(book, seen.jurisdiction_id, act.at)
    asked = policy.kind(seen.kind).feedback
    if act.move is Move.CONFIRM and asked and act.code not in asked:
        raise Invalid("feedback_needed", move=act.move)
    if act.move is Move.COMPLETE:
        rule = effect_rule(policy.kind(seen.kind).effects, act.code)
        if act.level not in (policy.levels_of(rule.scale) or ("",)):
            raise Invalid("level_needed", move=act.move)
    return check_receipt(seen, act, book=book)


def check_receipt(seen: Seen, act: Act, *, book: PolicyBook) -> str:
    """The words of the receipt to be kept with the outcome; empty for what needs none.

    Raises Invalid `receipt_needed` without both parts or with a time to come, Conflict `report_stands` to who
    would take it back. A supporting unit (协办) reports nothing itself, and has none.
    """
    policy = policy_at(book, seen.jurisdiction_id, act.at)
    kind = policy.kind(seen.kind)
    if act.move not in {Move.COMPLETE, Move.WITHDRAW} or not kind.needs_receipt:
        return ""
    if act.code in kind.support_outcomes:
        return ""
    if act.move is Move.WITHDRAW:
        raise Conflict("report_stands", kind=seen.kind)
    wall = to_wall(act.at, policy.jurisdiction.zone).replace(tzinfo=None)
    if act.reported_at is None or not act.receipt.strip() or act.reported_at > wall:
        raise Invalid("receipt_needed", move=act.move)
    return RECEIPT.format(at=act.reported_at, receipt=act.receipt.strip())
