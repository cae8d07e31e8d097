"""What a move on many referrals takes and gives."""

from typing import Any

from marshmallow import fields, post_load, validate

from shared.domain.referral.moves import Move
from shared.inbox.bulk import BULK_MOVES, MOST, Bulk
from shared.inbox.codes import WithdrawReason
from shared.inbox.schemas import AnswerSchema
from shared.web.schemas import KitSchema, ProblemSchema


class BulkSchema(KitSchema):
    """One move on many referrals; `reason` is needed to withdraw."""

    move = fields.Enum(Move, by_value=True, required=True, validate=validate.OneOf(BULK_MOVES))
    ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST))
    reason = fields.Enum(WithdrawReason, by_value=True, load_default=None, attribute="code")

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> Bulk:
        """As the handler takes it."""
        return Bulk(move=loaded["move"], ids=tuple(loaded["ids"]), code=loaded["code"] or "")


class BulkAnswerSchema(KitSchema):
    """What came of one of many: its own status, and where it stands or why it was refused."""

    referral_id = fields.UUID(required=True)
    status = fields.Integer(required=True)
    answer = fields.Nested(AnswerSchema, required=True, allow_none=True)
    problem = fields.Nested(ProblemSchema, required=True, allow_none=True)


class BulkAnswersSchema(KitSchema):
    """An answer for each, in the order in which they were asked."""

    answers = fields.List(fields.Nested(BulkAnswerSchema), required=True)
