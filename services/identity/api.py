"""Identity for programs: tokens, one's own sign-ins, and the administration of accounts."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from services.identity import devices, refusals
from services.identity.handlers import accounts, directory
from services.identity.handlers import sign_in as handlers
from services.identity.handlers.accounts import OpenAccount, Rights
from services.identity.handlers.own_password import ChangePassword
from services.identity.handlers.sign_in import IssueToken, SignedIn, SignInRefused, SignInTry
from services.identity.repository.accounts import AccountLine
from services.identity.schemas import (
    AccountPageSchema,
    AccountQuerySchema,
    AccountSchema,
    ChangePasswordSchema,
    CredentialsSchema,
    IssueTokenSchema,
    NamedCodeSchema,
    OpenAccountSchema,
    PhoneSchema,
    PrincipalSchema,
    ResetPasswordSchema,
    RightsSchema,
    SignInLineSchema,
    TokenSchema,
)
from shared.contracts.access import Principal, Role
from shared.persistence.unit_of_work import UnitOfWork
from shared.web import current, signin
from shared.web.access import allow, public, signed_in
from shared.web.api import ApiBlueprint
from shared.web.paging import Page, decode_cursor, page_of

blueprint = ApiBlueprint("identity", __name__)


@blueprint.route("/sign-ins", methods=["POST"])
@public
@blueprint.open
@blueprint.arguments(CredentialsSchema)
@blueprint.response(HTTPStatus.CREATED, TokenSchema)
def sign_in(credentials: dict[str, str]) -> SignedIn:
    """Sign in with a password; answers a token for `Authorization: Bearer`."""
    kit = current.kit()
    tried = SignInTry(
        **credentials,
        ip=devices.address(),
        ip_prefix=devices.address_prefix(),
        user_agent_family=devices.family(),
    )
    outcome = handlers.sign_in(
        tried, kit.database, now=current.now(), demonstration=kit.settings.demonstration
    )
    if isinstance(outcome, SignInRefused):
        raise refusals.problem_for(outcome)
    return outcome


@blueprint.route("/sign-ins/current", methods=["DELETE"])
@signed_in
@blueprint.response(HTTPStatus.NO_CONTENT)
def sign_out() -> None:
    """Close the sign-in behind this request."""
    with current.begin() as work:
        handlers.sign_out(signin.hash_of_request(), work)


@blueprint.route("/me")
@signed_in
@blueprint.response(HTTPStatus.OK, PrincipalSchema)
def me() -> Principal:
    """Who is signed in, with the rights of this moment."""
    return current.principal()


@blueprint.route("/me/sign-ins")
@signed_in
@blueprint.response(HTTPStatus.OK, SignInLineSchema(many=True))
def my_sign_ins() -> object:
    """Where this person is signed in."""
    with current.begin() as work:
        return handlers.my_sign_ins(work)


@blueprint.route("/me/sign-ins/<uuid:sign_in_id>", methods=["DELETE"])
@signed_in
@blueprint.response(HTTPStatus.NO_CONTENT)
def revoke_my_sign_in(sign_in_id: UUID) -> None:
    """Close one's own sign-in on another device."""
    with current.begin() as work:
        handlers.revoke_my_sign_in(sign_in_id, work)


@blueprint.route("/me/password", methods=["PUT"])
@signed_in
@blueprint.arguments(ChangePasswordSchema)
@blueprint.response(HTTPStatus.NO_CONTENT)
def change_password(command: ChangePassword) -> None:
    """Change one's own password; all other sign-ins are closed."""
    if problem := refusals.on_change(command):
        raise problem


@blueprint.route("/me/tokens", methods=["POST"])
@signed_in
@blueprint.arguments(IssueTokenSchema)
@blueprint.response(HTTPStatus.CREATED, TokenSchema)
def issue_token(command: IssueToken) -> dict[str, Any]:
    """Make a bearer token for a program."""
    with current.begin() as work:
        token, expires_at = handlers.issue_token(command, work)
    return {"token": token, "expires_at": expires_at}


@blueprint.route("/accounts")
@allow(Role.ADMIN)
@blueprint.arguments(AccountQuerySchema, location="query")
@blueprint.response(HTTPStatus.OK, AccountPageSchema)
def list_accounts(query: dict[str, Any]) -> Page[AccountLine]:
    """Accounts of the own jurisdiction, by login."""
    after = decode_cursor(query["after"], size=1)[0] if query["after"] else None
    with current.begin() as work:
        rows = accounts.list_accounts(work, search=query["search"], after=after, limit=query["limit"])
    return page_of(rows, limit=query["limit"], keys=lambda row: (row.login,))


@blueprint.route("/accounts", methods=["POST"])
@allow(Role.ADMIN)
@blueprint.arguments(OpenAccountSchema)
@blueprint.once(AccountSchema, status=HTTPStatus.CREATED)
def open_account(work: UnitOfWork, command: OpenAccount) -> AccountLine:
    """Open an account."""
    account_id = accounts.open_account(command, work)
    return accounts.account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>")
@allow(Role.ADMIN)
@blueprint.response(HTTPStatus.OK, AccountSchema)
def account(account_id: UUID) -> AccountLine:
    """One account."""
    with current.begin() as work:
        return accounts.account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>/rights", methods=["PUT"])
@allow(Role.ADMIN)
@blueprint.arguments(RightsSchema)
@blueprint.response(HTTPStatus.OK, AccountSchema)
def change_rights(rights: Rights, account_id: UUID) -> AccountLine:
    """Replace roles, units and areas; counts from the next request of that person."""
    with current.begin() as work:
        accounts.change_rights(account_id, rights, work)
        return accounts.account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>/phone", methods=["PUT"])
@allow(Role.ADMIN)
@blueprint.arguments(PhoneSchema)
@blueprint.response(HTTPStatus.OK, AccountSchema)
def change_phone(body: dict[str, str | None], account_id: UUID) -> AccountLine:
    """Replace the number under which the person is told of notices."""
    with current.begin() as work:
        accounts.change_phone(account_id, body["phone"], work)
        return accounts.account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>/lock", methods=["PUT"])
@allow(Role.ADMIN)
@blueprint.response(HTTPStatus.NO_CONTENT)
def lock(account_id: UUID) -> None:
    """Lock an account and close its sign-ins."""
    with current.begin() as work:
        accounts.lock_account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>/lock", methods=["DELETE"])
@allow(Role.ADMIN)
@blueprint.response(HTTPStatus.NO_CONTENT)
def unlock(account_id: UUID) -> None:
    """Let a locked account sign in again."""
    with current.begin() as work:
        accounts.unlock_account(account_id, work)


@blueprint.route("/accounts/<uuid:account_id>/password", methods=["PUT"])
@allow(Role.ADMIN)
@blueprint.arguments(ResetPasswordSchema)
@blueprint.response(HTTPStatus.NO_CONTENT)
def reset_password(body: dict[str, str], account_id: UUID) -> None:
    """Give an account a new password and close its sign-ins."""
    with current.begin() as work:
        accounts.reset_password(account_id, body["password"], work)


@blueprint.route("/accounts/<uuid:account_id>/sign-ins", methods=["DELETE"])
@allow(Role.ADMIN)
@blueprint.response(HTTPStatus.NO_CONTENT)
def revoke_sign_ins(account_id: UUID) -> None:
    """Close every sign-in and token of an account at once."""
    with current.begin() as work:
        accounts.revoke_sign_ins(account_id, work)


@blueprint.route("/units")
@signed_in
@blueprint.response(HTTPStatus.OK, NamedCodeSchema(many=True))
def units() -> object:
    """The units of the own jurisdiction."""
    with current.begin() as work:
        return directory.units(work)


@blueprint.route("/areas")
@signed_in
@blueprint.response(HTTPStatus.OK, NamedCodeSchema(many=True))
def areas() -> object:
    """The areas of the own jurisdiction."""
    with current.begin() as work:
        return directory.areas(work)
