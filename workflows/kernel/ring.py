"""The last answered requests of a process: update ids stop protecting at continue-as-new, this does not."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

from workflows.kernel.options import REMEMBERED

Answer = TypeVar("Answer")


class Ring(Generic[Answer]):
    """Answers by request id, the oldest forgotten first."""

    def __init__(self, answers: Iterable[tuple[str, Answer]] = (), *, size: int = REMEMBERED) -> None:
        """Start with what an earlier run remembered."""
        self._size = size
        self._answers = OrderedDict(answers)

    def __contains__(self, request_id: str) -> bool:
        return request_id in self._answers

    def answer_to(self, request_id: str) -> Answer:
        """What that request was answered. Raises KeyError for one that is not remembered."""
        return self._answers[request_id]

    def remember(self, request_id: str, answer: Answer) -> None:
        """Keep the answer and forget the oldest one beyond the size."""
        self._answers[request_id] = answer
        while len(self._answers) > self._size:
            self._answers.popitem(last=False)

    def items(self) -> tuple[tuple[str, Answer], ...]:
        """What the next run carries on, oldest first."""
        return tuple(self._answers.items())
