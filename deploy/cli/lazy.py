"""A group of commands, each imported only when it is asked for; what a person can mend ends in one line."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import click
import psycopg
from sqlalchemy.exc import OperationalError

from deploy.cli.misuse import told_in_our_words
from shared.platform.settings import SettingsRefusedError
from shared.policies.faults import PolicyFaults
from shared.temporal.errors import ProcessAway

DATABASE_AWAY = "start the database, or say where it is with TANFANG_DATABASE_HOST and TANFANG_DATABASE_PORT"

ADMINISTRATOR = "its administrator is TANFANG_DATABASE_ADMIN with TANFANG_DATABASE_ADMIN_PASSWORD"

TEMPORAL_AWAY = "start it, or say where it is with TANFANG_TEMPORAL_ADDRESS"


class LazyGroup(click.Group):
    """Finds a command in a table: its name -> "module:attribute"."""

    def __init__(
        self,
        *,
        table: Mapping[str, str],
        name: str | None = None,
        help: str = "",  # noqa: A002 - click's own name
        callback: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(name=name, help=help, callback=callback)
        self._table = table

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read what was typed. Raises Misused."""
        with told_in_our_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command. Raises Misused, or ClickException with what to do for settings, plans, servers."""
        try:
            with told_in_our_words():
                return super().invoke(ctx)
        except (SettingsRefusedError, PolicyFaults) as error:
            raise click.ClickException(str(error)) from error
        except ProcessAway as error:
            raise click.ClickException(f"Temporal does not answer at {error}; {TEMPORAL_AWAY}") from error
        except OperationalError as error:
            why = str(error.orig).partition("\n")[0]
            raise click.ClickException(f"{why}; {DATABASE_AWAY}") from error
        except psycopg.OperationalError as error:
            # Roles and rights are made and read before there is anything that SQLAlchemy could speak to.
            why = str(error).partition("\n")[0]
            raise click.ClickException(f"{why}; {DATABASE_AWAY}; {ADMINISTRATOR}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        del ctx
        return sorted(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None if there is none."""
        del ctx
        if cmd_name not in self._table:
            return None
        module, _, attribute = self._table[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - narrows what import_module leaves untyped
        return command
