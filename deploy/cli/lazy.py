"""A group of commands, each imported only when it is asked for."""

from collections.abc import Mapping
from importlib import import_module

import click


class LazyGroup(click.Group):
    """Finds a command in a table: its name -> "module:attribute"."""

    def __init__(self, *, table: Mapping[str, str], name: str | None = None, help: str = "") -> None:  # noqa: A002 - click's own name
        super().__init__(name=name, help=help)
        self._table = table

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
