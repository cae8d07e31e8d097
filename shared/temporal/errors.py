"""What can go wrong between a service and a process, besides a rule that says no."""

from shared.domain.errors import NotFound


class ProcessAway(Exception):
    """Temporal does not answer: nothing was decided, and the same request may be sent again (503)."""


class OutcomeUnknown(Exception):
    """The answer did not come in time: the command may still be carried out. Ask again with its key (504)."""


class ProcessFault(Exception):
    """The process failed on the command: a bug on one side of the wire; nothing has changed (500)."""


class ProcessNotFound(NotFound):
    """There is no such process, or none yet: its start may still wait in the outbox (404)."""
