"""The same key acts once: on a page by the key in its form's address, in the API by its header."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from services.justice.commands import Acting, NamePerson, OpenRecord, TakeStep
from shared.contracts.wire import encode
from shared.persistence.idempotency import Answer, claim, keep
from shared.persistence.unit_of_work import UnitOfWork


def once(
    work: UnitOfWork, acting: Acting, command: OpenRecord | TakeStep | NamePerson, act: Callable[[], UUID]
) -> UUID:
    """The record that the command was about; it acts unless the key has acted before.

    Raises IdempotencyMismatchError if the key asked something else.
    """
    body = encode(replace(command, seen=None) if isinstance(command, TakeStep) else command).encode()
    known = claim(work, key=acting.key, body=body)
    if known is not None:
        return UUID(known.body["record_id"])
    record_id = act()
    answer = Answer(status=HTTPStatus.OK, body={"record_id": str(record_id)})
    keep(work, key=acting.key, body=body, answer=answer)
    return record_id
