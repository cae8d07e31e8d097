"""What identity's forms and API take and give."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.identity.codes import Position
from services.identity.handlers.accounts import OpenAccount, Rights
from services.identity.handlers.own_password import ChangePassword
from services.identity.handlers.sign_in import LONGEST_TOKEN_LIFE, IssueToken
from services.identity.messages import LOGIN_PATTERN, ONE_LINE, PASSWORDS_DIFFER
from shared.contracts.access import Role
from shared.web.paging import PageQuerySchema
from shared.web.schemas import Instant, KitSchema, WholeNumber

_LOGIN = r"^[a-z][a-z0-9.\-]{2,31}$"
_AREA_PREFIX = r"^[0-9]{6,12}$"
_BELONGING = rf"^[^/]+/({'|'.join(Position)})$"
_LONGEST_PASSWORD = 200
_NAME = (validate.Length(min=1, max=40), validate.Regexp(r"^[^\t\r\n]+$", error=ONE_LINE))
_PHONE = validate.Regexp(r"^(?=(?:[^0-9]*[0-9]){5})[0-9+\- ]{5,20}$")


class CredentialsSchema(KitSchema):
    """Who somebody says they are."""

    login = fields.String(required=True, validate=validate.Length(max=100))
    password = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))


class SignInFormSchema(CredentialsSchema):
    """The same from the sign-in page, with the page to return to."""

    next = fields.String(load_default="")


class TokenSchema(KitSchema):
    """A bearer token; it is told this once."""

    token = fields.String(required=True)
    expires_at = Instant(required=True)


class IssueTokenSchema(KitSchema):
    """What a program's token may do, and for how long."""

    label = fields.String(required=True, validate=validate.Length(min=1, max=60))
    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=validate.Length(min=1))
    days = WholeNumber(required=True, validate=validate.Range(min=1, max=LONGEST_TOKEN_LIFE.days))

    @post_load
    def as_command(self, data: dict[str, Any], **_: object) -> IssueToken:
        """The command."""
        return IssueToken(label=data["label"], roles=tuple(data["roles"]), lives=timedelta(days=data["days"]))


class PrincipalSchema(KitSchema):
    """Who is signed in, with the rights of this moment."""

    account_id = fields.UUID(required=True)
    jurisdiction_id = fields.String(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.Enum(Role, by_value=True), required=True)
    units = fields.List(fields.String(), required=True)
    areas = fields.List(fields.String(), required=True)


class SignInLineSchema(KitSchema):
    """One place where somebody is signed in."""

    sign_in_id = fields.UUID(required=True)
    created_at = Instant(required=True)
    last_seen_at = Instant(required=True)
    expires_at = Instant(required=True)
    user_agent_family = fields.String(required=True)
    ip_prefix = fields.String(required=True)


class ChangePasswordSchema(KitSchema):
    """One's own password, from a program."""

    old = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))
    new = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))

    @post_load
    def as_command(self, data: dict[str, Any], **_: object) -> ChangePassword:
        """The command."""
        return ChangePassword(old=data["old"], new=data["new"])


class ChangePasswordFormSchema(ChangePasswordSchema):
    """The same typed by a person, the new one twice."""

    again = fields.String(required=True)

    @validates_schema
    def _same_twice(self, data: dict[str, Any], **_: object) -> None:
        if data["new"] != data["again"]:
            raise ValidationError(PASSWORDS_DIFFER, "again")


class ResetPasswordSchema(KitSchema):
    """A new password given by an administrator."""

    password = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))


class PhoneSchema(KitSchema):
    """Under which number somebody is told of notices; null for none."""

    phone = fields.String(required=True, allow_none=True, validate=_PHONE)


class PhoneFormSchema(KitSchema):
    """The same as a page sends it: left empty for none."""

    phone = fields.String(load_default=None, validate=_PHONE)


class RightsSchema(KitSchema):
    """Roles, units with a position, and area prefixes; what is not listed is taken away."""

    roles = fields.List(fields.Enum(Role, by_value=True), load_default=list)
    units = fields.Dict(keys=fields.String(), values=fields.Enum(Position, by_value=True), load_default=dict)
    areas = fields.List(fields.String(validate=validate.Regexp(_AREA_PREFIX)), load_default=list)

    @post_load
    def as_rights(self, data: dict[str, Any], **_: object) -> Rights:
        """The value."""
        return _rights(data, data["units"])


class RightsFormSchema(KitSchema):
    """The same as a page sends it: a unit with a position, and others besides as `unit/position`."""

    roles = fields.List(fields.Enum(Role, by_value=True), load_default=list)
    unit_id = fields.String(load_default="")
    position = fields.Enum(Position, by_value=True, load_default=Position.MEMBER)
    also = fields.List(fields.String(validate=validate.Regexp(_BELONGING)), load_default=list)
    areas = fields.List(fields.String(validate=validate.Regexp(_AREA_PREFIX)), load_default=list)

    @post_load
    def as_rights(self, data: dict[str, Any], **_: object) -> object:
        """The value."""
        return rights_of_form(data)


class OpenAccountSchema(KitSchema):
    """A new account, from a program."""

    login = fields.String(required=True, validate=validate.Regexp(_LOGIN, error=LOGIN_PATTERN))
    name = fields.String(required=True, validate=_NAME)
    phone = fields.String(load_default=None, validate=_PHONE)
    password = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))
    rights = fields.Nested(RightsSchema, load_default=Rights)

    @post_load
    def as_command(self, data: dict[str, Any], **_: object) -> OpenAccount:
        """The command."""
        return OpenAccount(**data)


class OpenAccountFormSchema(RightsFormSchema):
    """A new account as a page sends it."""

    login = fields.String(required=True, validate=validate.Regexp(_LOGIN, error=LOGIN_PATTERN))
    name = fields.String(required=True, validate=_NAME)
    phone = fields.String(load_default=None, validate=_PHONE)
    password = fields.String(required=True, validate=validate.Length(max=_LONGEST_PASSWORD))

    @post_load
    def as_rights(self, data: dict[str, Any], **_: object) -> OpenAccount:
        """The command."""
        return OpenAccount(
            login=data["login"],
            name=data["name"],
            phone=data["phone"],
            password=data["password"],
            rights=rights_of_form(data),
        )


class BelongingSchema(KitSchema):
    """A unit that an account belongs to."""

    unit_id = fields.String(required=True)
    name = fields.String(required=True)
    position = fields.Enum(Position, by_value=True, required=True)


class AccountSchema(KitSchema):
    """An account with the rights of today."""

    account_id = fields.UUID(required=True)
    login = fields.String(required=True)
    name = fields.String(required=True)
    phone = fields.String(allow_none=True)
    active = fields.Boolean(required=True)
    is_demo = fields.Boolean(required=True)
    roles = fields.List(fields.Enum(Role, by_value=True), required=True)
    units = fields.List(fields.Nested(BelongingSchema), required=True)
    areas = fields.List(fields.String(), required=True)


class AccountPageSchema(KitSchema):
    """Some accounts, and the cursor of the next ones."""

    items = fields.List(fields.Nested(AccountSchema), required=True)
    next = fields.String(allow_none=True)


class AccountQuerySchema(PageQuerySchema):
    """Which accounts to list."""

    search = fields.String(load_default=None, validate=validate.Length(max=40))


class NamedCodeSchema(KitSchema):
    """A unit or an area to choose from."""

    code = fields.String(required=True)
    name = fields.String(required=True)


def rights_of_form(data: dict[str, Any]) -> Rights:
    """Rights from the fields of a page."""
    kept = (each.rpartition("/") for each in data["also"])
    units = {unit_id: Position(position) for unit_id, _, position in kept}
    chosen = {data["unit_id"]: data["position"]} if data["unit_id"] else {}
    return _rights(data, units | chosen)


def _rights(data: dict[str, Any], units: Mapping[str, Position]) -> Rights:
    """A role that is said twice is one role."""
    return Rights(roles=tuple(dict.fromkeys(data["roles"])), units=units, areas=tuple(data["areas"]))
