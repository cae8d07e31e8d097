"""After everything that was done: nobody's name, number or telephone in any history or log."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from deploy.cli.demo.files import places
from deploy.local.stack import Stack
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.temporal.codec import ENCODING, EncryptedPayloads
from tests.story.office import Office


def test_no_history_and_no_log_names_anybody(stack: Stack, office: Office) -> None:
    """§6 rule 6: ids and codes alone, even where payloads are decrypted."""
    secrets = sorted(everything_personal())
    seen = asyncio.run(histories(stack))

    assert len(seen) > 20, "there must be something to look at"
    assert [(where, found) for where, text in seen.items() if (found := among(secrets, text))] == []
    kept = written(stack.folder)
    assert {"temporal.sqlite", "worker.log"} <= kept.keys(), "there must be something to look at"
    assert [(name, found) for name, text in kept.items() if (found := among(secrets, text))] == []


def everything_personal() -> Iterator[str]:
    """What must show nowhere: of elders name, number and telephone; of staff the name."""
    for place in places():
        for elder in place.elders:
            yield from filter(None, (elder["name"], elder["id_number"], elder["phone"]))
        yield from (str(account["name"]) for account in place.accounts)


def written(folder: Path) -> dict[str, bytes]:
    """The logs and the files of Temporal; SQLite's journal comes and goes with each transaction."""
    kept = {}
    for file in [*(folder / "logs").iterdir(), *folder.glob("temporal.sqlite*")]:
        with suppress(FileNotFoundError):
            kept[file.name] = file.read_bytes()
    return kept


def among(secrets: list[str], text: bytes) -> list[str]:
    """Those that occur, as they are or as JSON escapes them."""
    return [
        secret for secret in secrets if secret.encode() in text or json.dumps(secret)[1:-1].encode() in text
    ]


async def histories(stack: Stack) -> dict[str, bytes]:
    """Every history of every run, payloads decrypted, by workflow id and run."""
    client = await Client.connect(stack.temporal.address)
    sealing = EncryptedPayloads(Vault.from_settings(settings_of(stack)))
    return {
        f"{found.id}/{found.run_id}": await legible(client, sealing, found.id, found.run_id)
        async for found in client.list_workflows("")
    }


async def legible(client: Client, sealing: EncryptedPayloads, workflow_id: str, run_id: str) -> bytes:
    history = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
    text = b"".join(event.SerializeToString() for event in history.events)
    sealed = [payload for event in history.events for payload in payloads_of(event)]
    opened = await sealing.decode([each for each in sealed if each.metadata.get("encoding") == ENCODING])
    return text + b"".join(payload.data for payload in opened)


def payloads_of(message: Message) -> Iterator[Payload]:
    """Every payload within, wherever it stands."""
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_MESSAGE:
            for inner in messages_in(value):
                yield from payloads_of(inner)


def messages_in(value: Any) -> Iterator[Message]:  # noqa: ANN401 - whatever a field holds
    """One message, a list of them, or the values of a map; anything else holds none."""
    values = value.values() if hasattr(value, "values") else value
    found = [values] if isinstance(values, Message) else list(values)
    yield from (each for each in found if isinstance(each, Message))


def settings_of(stack: Stack) -> Settings:
    """What opens the payloads of this stack."""
    keys, index = stack.environment["TANFANG_MASTER_KEYS"], stack.environment["TANFANG_INDEX_KEY"]
    return Settings(master_keys=keys, index_key=index)
