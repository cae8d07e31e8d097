"""What a rule answers when it cannot do what was asked: a code with parameters, never a sentence."""

from collections.abc import Mapping


class RuleBroken(Exception):
    """A rule refuses a command. `code` names the rule, `params` hold ids, codes and instants only."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class Conflict(RuleBroken):
    """Somebody else was first, or the state has moved on."""


class Forbidden(RuleBroken):
    """This person, or the unit acted for, may not do this."""


class Invalid(RuleBroken):
    """The command itself is incomplete or contradicts itself."""


class NotFound(RuleBroken):
    """What was named does not exist, or this person may not know that it does."""
