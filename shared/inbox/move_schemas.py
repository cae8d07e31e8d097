"""What comes with each move that a person can make, by its form and by the API."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import fields, post_load, validate

from shared.domain.referral.moves import Move
from shared.inbox.codes import SendBackReason, WithdrawReason
from shared.web.schemas import KitSchema

LONGEST_TEXT = 2000
LONGEST_CODE = 120
WALL_TIME = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What comes with a move: a code where it asks for one, days, and words."""

    code: str = ""
    text: str = ""
    from_on: date | None = None
    reported_at: datetime | None = None
    receipt: str = ""
    level: str = ""
    to_on: date | None = None


class MoveSchema(KitSchema):
    """A move that needs nothing but may say something."""

    text = fields.String(load_default="", validate=validate.Length(max=LONGEST_TEXT))

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> Said:
        """As the handlers take it."""
        return Said(**loaded)


class WordsSchema(MoveSchema):
    """A move that is nothing without words."""

    text = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_TEXT))


class DeclineSchema(MoveSchema):
    """A refusal with a reason of the kind's own list."""

    reason = fields.String(required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE))


class ConfirmSchema(MoveSchema):
    """That the outcome is accepted, with what the elder says where the kind asks for it."""

    feedback = fields.String(load_default="", attribute="code", validate=validate.Length(max=LONGEST_CODE))


class SendBackSchema(MoveSchema):
    """Why the outcome is not accepted."""

    reason = fields.Enum(SendBackReason, required=True, by_value=True, attribute="code")


class WithdrawSchema(MoveSchema):
    """Why the referral is taken back."""

    reason = fields.Enum(WithdrawReason, required=True, by_value=True, attribute="code")


class CompleteSchema(MoveSchema):
    """The outcome, one of the kind's own list."""

    outcome = fields.String(
        required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE)
    )
    reported_at = fields.NaiveDateTime(
        format=WALL_TIME,
        load_default=None,
        allow_none=True,
        metadata={"description": "wall time at which the police were told, for reports that the law demands"},
    )
    receipt = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_CODE),
        metadata={"description": "who took the report, or its number"},
    )
    level = fields.String(
        load_default="",
        validate=validate.Length(max=LONGEST_CODE),
        metadata={"description": "what an assessment found, a level of the scale that the policy names"},
    )


class AppointSchema(MoveSchema):
    """The unit that is to do it."""

    unit_id = fields.String(
        required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE)
    )


class PauseSchema(WordsSchema):
    """On which ground the clocks stand still, until which day, and why in words."""

    ground = fields.String(required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE))
    until_on = fields.Date(required=True, attribute="to_on")


class SupportSchema(WordsSchema):
    """The unit that is to support, and what is asked of it."""

    unit_id = fields.String(
        required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE)
    )


class CauseSchema(MoveSchema):
    """Why a limit was passed."""

    cause = fields.String(required=True, attribute="code", validate=validate.Length(min=1, max=LONGEST_CODE))


class ColleagueSchema(MoveSchema):
    """Who of the unit is to do it."""

    account_id = fields.UUID(required=True)

    @post_load
    def make(self, loaded: dict[str, Any], **_: object) -> Said:
        """As the handlers take it."""
        return Said(code=str(loaded.pop("account_id")), **loaded)


class DelegateSchema(ColleagueSchema):
    """Who stands in, from which day to which."""

    from_on = fields.Date(required=True)
    to_on = fields.Date(required=True)


BODIES: dict[Move, type[MoveSchema]] = {
    Move.ACKNOWLEDGE: MoveSchema,
    Move.ACCEPT: MoveSchema,
    Move.RELEASE: MoveSchema,
    Move.DECLINE: DeclineSchema,
    Move.NOTE: WordsSchema,
    Move.COMPLETE: CompleteSchema,
    Move.CONFIRM: ConfirmSchema,
    Move.SEND_BACK: SendBackSchema,
    Move.WITHDRAW: WithdrawSchema,
    Move.APPOINT: AppointSchema,
    Move.URGE: MoveSchema,
    Move.INSTRUCT: WordsSchema,
    Move.PAUSE: PauseSchema,
    Move.GO_ON: MoveSchema,
    Move.ASK_TIME: WordsSchema,
    Move.GRANT_TIME: MoveSchema,
    Move.REFUSE_TIME: WordsSchema,
    Move.REASSIGN: ColleagueSchema,
    Move.DELEGATE: DelegateSchema,
    Move.ASK_SUPPORT: SupportSchema,
    Move.NAME_CAUSE: CauseSchema,
    Move.TELL_ELDER: WordsSchema,
}
"""The body of each move that a person can make."""
