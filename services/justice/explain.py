"""Refusals of the office's rules in words: which step, where the record stands, what is possible now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from services.justice import messages
from services.justice.commands import Acting
from shared.domain.errors import RuleBroken
from shared.domain.justice.codes import Stage, Step
from shared.inbox.desk import Desk
from shared.inbox.explain import explained
from shared.policies.messages import LIST_MARK


@contextmanager
def in_words(desk: Desk, acting: Acting) -> Iterator[None]:
    """Let a refusal leave as a problem that a person can read, as the inbox does."""
    with explained(desk, acting.person, acting.at):
        try:
            yield
        except RuleBroken as error:
            raise type(error)(error.code, **{**error.params, **_words(error)}) from error


def _words(error: RuleBroken) -> dict[str, str]:
    said: dict[str, str] = {}
    if isinstance(step := error.params.get("step"), Step):
        said["step_words"] = messages.STEPS[step]
    if isinstance(stage := error.params.get("stage"), Stage):
        said["stage_words"] = messages.STAGES[stage]
    if isinstance(since := error.params.get("since"), date):
        said["since_words"] = messages.DAY.format(on=since)
    if isinstance(steps := error.params.get("possible_steps"), tuple):
        said["next_steps"] = LIST_MARK.join(messages.STEPS[step] for step in steps) or messages.ONLY_LOOK
    return said
