"""What a service announces to a workflow: stored with the fact, delivered by the relay."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Verb(StrEnum):
    """How a message reaches its workflow."""

    START = "start"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """One message to one workflow.

    `key` is the workflow id: messages of one key arrive in commit order. `name` is the workflow type (start)
    or the update's name. `payload` is one contract dataclass. `message_id` is the update id and the business
    key: the same id announced twice is stored once.
    """

    message_id: UUID
    key: str
    verb: Verb
    name: str
    payload: object
