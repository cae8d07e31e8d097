"""`tanfang accounts`: the first administrator of a jurisdiction, whom nobody on a page could make."""

from uuid import UUID

import click
from marshmallow import ValidationError

from services.identity.handlers import accounts
from services.identity.handlers.accounts import OpenAccount
from services.identity.messages import (
    ACCOUNT_OPENED,
    FIELD_LABELS,
    NO_PLACE,
    PROMPT,
    PROMPT_AGAIN,
    WORDINGS,
)
from services.identity.schemas import OpenAccountSchema
from shared.contracts.access import Principal, Role
from shared.domain.errors import RuleBroken
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.web.errors import flat_field_errors

_INSTALLER = UUID(int=0)


@click.group("accounts")
def group() -> None:
    """Open accounts from the command line."""


@group.command("open-admin")
@click.option("--jurisdiction", "jurisdiction_id", required=True, help="Name of its policy file.")
@click.option("--login", required=True)
@click.option("--name", required=True, help="The person's own name.")
@click.password_option(prompt=PROMPT, confirmation_prompt=PROMPT_AGAIN)
def open_admin(jurisdiction_id: str, login: str, name: str, password: str) -> None:
    """Open an account that may open the others."""
    if jurisdiction_id not in own_book().jurisdictions():
        raise click.BadParameter(NO_PLACE.format(place=jurisdiction_id), param_hint="--jurisdiction")
    command = _asked(login=login, name=name, password=password)
    settings = Settings.from_env()
    database = Database(settings, Login.IDENTITY)
    installer = Principal(account_id=_INSTALLER, jurisdiction_id=jurisdiction_id, name="tanfang")
    try:
        with database.begin(installer, clock_for(settings, database).now()) as work:
            accounts.open_account(command, work)
    except RuleBroken as error:
        raise click.ClickException(WORDINGS[error.code].detail.format_map(error.params)) from error
    click.echo(ACCOUNT_OPENED.format(login=login))


def _asked(**said: str) -> OpenAccount:
    """The same as from a program: with a login that nobody can type at the door the first door stays shut."""
    try:
        command: OpenAccount = OpenAccountSchema().load({**said, "rights": {"roles": [Role.ADMIN.value]}})
    except ValidationError as error:
        wrong = flat_field_errors(error.messages)
        words = [f"{FIELD_LABELS[field]}：{'；'.join(faults)}" for field, faults in wrong.items()]
        raise click.ClickException("\n".join(words)) from error
    return command
