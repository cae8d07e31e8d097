"""The base of every schema: unknown fields refused, errors in Chinese, and the fields many share."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

from shared.platform.characters import seen
from shared.web.messages import BAD_AREA_CODE, CHARACTERS, FIELD_MESSAGES, ITEMS

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
_AREA_CODE = r"^[0-9]{12}$"


class KitSchema(Schema):
    """Base schema: strict about unknown fields, and every message in Chinese."""

    class Meta:
        """Refuse what is not declared."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 - marshmallow reads a plain class attribute
        "type": FIELD_MESSAGES["Invalid input type."],
        "unknown": FIELD_MESSAGES["Unknown field."],
    }

    @pre_load
    def _take_blanks_for_nothing(self, sent: object, **_: object) -> object:
        """Spaces say nothing, to a program's request as in a form: they are no name and no reason.

        Nor does what nobody sees and comes along with what is pasted, nor an end of line around it, which a
        pattern lets pass.
        """
        return {name: _said(words) for name, words in sent.items()} if isinstance(sent, dict) else sent

    def on_bind_field(
        self,
        field_name: str,  # noqa: ARG002 - marshmallow passes it
        field_obj: fields.Field[Any],
    ) -> None:
        """Give the field, and the fields and validators inside it, our words; keep days within calendars."""
        _speak_chinese(field_obj)
        _keep_within_calendars(field_obj)


class Instant(fields.AwareDateTime):
    """An instant: any zone comes in, UTC goes on, and a time without a zone is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", default_timezone=None, **kwargs)

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        instant = super()._deserialize(value, attr, data, **kwargs)
        # Beyond these years no clock of ours counts, and a shift of zone would leave the calendar.
        if not EARLIEST_YEAR <= instant.year <= LATEST_YEAR:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return instant.astimezone(UTC)


class WholeNumber(fields.Integer):
    """A whole number, also as a form writes it; 1.5 is none, and was taken for 1; nor is true."""

    def _validated(self, value: object) -> int:
        if isinstance(value, float | bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class AreaCode(fields.String):
    """A 12-digit area code (区划代码); a shorter prefix is not one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Regexp(_AREA_CODE, error=BAD_AREA_CODE), **kwargs)


class ProblemSchema(KitSchema):
    """Any refusal, as `application/problem+json` (RFC 9457)."""

    type = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "stable; programs branch on this alone"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    what_now = fields.List(fields.String(), required=True)
    retryable = fields.Boolean(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    facts = fields.Dict(keys=fields.String(), values=fields.String())
    request_id = fields.String(required=True)


def _said(words: object) -> object:
    if isinstance(words, list):
        return [_said(each) if isinstance(each, str) else each for each in words]
    if not isinstance(words, str):
        return words
    kept = seen(words).strip("\r\n")
    return "" if kept.isspace() else kept


def _speak_chinese(field_obj: fields.Field[Any]) -> None:
    field_obj.error_messages = {
        key: FIELD_MESSAGES.get(words, words) if isinstance(words, str) else words
        for key, words in field_obj.error_messages.items()
    }
    for validator in field_obj.validators:
        _translate_validator(validator)
        if isinstance(field_obj, fields.List | fields.Dict):
            _count_items(validator)
    for inner in _inner_fields(field_obj):
        _speak_chinese(inner)


def _keep_within_calendars(field_obj: fields.Field[Any]) -> None:
    if isinstance(field_obj, fields.Date):
        field_obj.validators = [*field_obj.validators, _within_calendars]


def _within_calendars(day: date) -> None:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(FIELD_MESSAGES["Not a valid date."])


def _translate_validator(validator: object) -> None:
    for name in dir(validator):
        words = (
            getattr(validator, name) if name.startswith(("error", "default_message", "message_")) else None
        )
        if isinstance(words, str) and words in FIELD_MESSAGES:
            setattr(validator, name, FIELD_MESSAGES[words])


def _count_items(validator: object) -> None:
    """A list is so many items long (项), and a text so many characters (个字)."""
    for name in ("message_min", "message_max", "message_all", "message_equal"):
        words = getattr(validator, name, None)
        if isinstance(words, str):
            setattr(validator, name, words.replace(CHARACTERS, ITEMS))


def _inner_fields(field_obj: fields.Field[Any]) -> list[fields.Field[Any]]:
    if isinstance(field_obj, fields.List):
        return [field_obj.inner]
    if isinstance(field_obj, fields.Dict):
        return [inner for inner in (field_obj.key_field, field_obj.value_field) if inner is not None]
    return []
