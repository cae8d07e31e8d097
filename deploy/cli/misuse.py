"""A command that was asked for wrongly says so in the words of those who type it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

from deploy.cli import messages

QUOTED = re.compile(r"'(.+)'")


class Misused(click.UsageError):
    """The same refusal with our words, and the same exit code."""

    def show(self, file: IO[Any] | None = None) -> None:
        """How the command is written, where its help is, and what was wrong."""
        del file
        if self.ctx is not None:
            usage = self.ctx.get_usage().partition(": ")[2]
            click.echo(messages.USAGE.format(usage=usage), err=True)
            click.echo(messages.HELP.format(command=self.ctx.command_path), err=True)
        click.echo(messages.REFUSED.format(why=self.message), err=True)


@contextmanager
def told_in_our_words() -> Iterator[None]:
    """Raises Misused for what click refuses; a command without anything shows its help."""
    try:
        yield
    except (NoArgsIsHelpError, Misused):
        raise
    except click.UsageError as error:
        raise Misused(_why(error), error.ctx) from error


def _why(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return messages.MISSING.format(name=_name(error))
        case click.NoSuchOption() | click.BadOptionUsage():
            words = messages.NO_OPTION if isinstance(error, click.NoSuchOption) else messages.NO_VALUE
            return words.format(name=error.option_name)
        case click.NoSuchCommand():
            return messages.NO_COMMAND.format(name=error.command_name)
        case click.BadParameter():
            return messages.WRONG.format(name=_name(error), why=_why_not(error))
    return messages.NOT_ASKED_FOR.format(message=error.message)


def _why_not(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    quoted = QUOTED.search(error.message)
    if isinstance(kind, click.Path) and quoted:
        return messages.NO_PATH.format(path=quoted[1])
    return messages.NO_DAY if isinstance(kind, click.DateTime) else error.message


def _name(error: click.BadParameter) -> str:
    if error.param_hint:
        return str(error.param_hint)
    return error.param.get_error_hint(error.ctx).strip("'") if error.param else ""
