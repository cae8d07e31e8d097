"""Every recorded history replays on today's code (architecture §6-7)."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from shared.platform.logs import DENIED_KEYS
from shared.temporal.converter import data_converter
from tests.replay.changed import HesitantReferral
from tests.replay.record import GOLDENS, PROCESSES, STORIES
from workflows.worker.sandbox import sandboxed

RECORDED = sorted(GOLDENS.glob("*.json"))

HARMLESS = {"name", "answer"}
"""The name of a clock, and the answer to a move: codes, both of them."""


def history_of(path: Path) -> WorkflowHistory:
    """A recorded history."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return WorkflowHistory.from_json(kept["workflow_id"], kept["history"])


def replayer(*workflows: type[Any]) -> Replayer:
    """Replays as a worker would run."""
    return Replayer(workflows=workflows, data_converter=data_converter(None), workflow_runner=sandboxed())


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays_on_todays_code(path: Path) -> None:
    await replayer(*PROCESSES).replay_workflow(history_of(path))


async def test_a_change_of_order_is_caught() -> None:
    """Without this test a replayer that notices nothing would look like a gate."""
    with pytest.raises(workflow.NondeterminismError):
        await replayer(HesitantReferral).replay_workflow(
            history_of(GOLDENS / "done_without_confirmation.json")
        )


def test_every_story_has_its_recording() -> None:
    assert {path.stem for path in RECORDED} == {story.__name__ for story in STORIES}


def test_every_process_has_a_recording() -> None:
    begun = [history_of(path).events[0].workflow_execution_started_event_attributes for path in RECORDED]
    processes = {workflow._Definition.must_from_class(each).name for each in PROCESSES}

    assert {each.workflow_type.name for each in begun} == processes


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_a_history_has_no_field_for_what_is_personal(path: Path) -> None:
    """Nothing personal in a payload: ids and codes only."""
    kept = json.loads(path.read_text(encoding="utf-8"))

    assert set(fields_of(payloads_of(kept))) & DENIED_KEYS <= HARMLESS


def test_a_failing_activity_leaves_its_type_in_the_history_and_no_text() -> None:
    """A database error quotes its statement and its values; a history keeps neither."""
    kept = json.loads((GOLDENS / "database_away.json").read_text(encoding="utf-8"))

    said = [payload for payload in payloads_of(kept) if "stack_trace" in payload]
    assert {each["message"] for each in said} == {"ConnectionError"}


def payloads_of(value: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    """Every payload inside, as its own JSON."""
    if isinstance(value, dict) and isinstance(value.get("data"), str):
        yield json.loads(base64.b64decode(value["data"]))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inside:
        yield from payloads_of(each)


def fields_of(values: Iterable[Any]) -> Iterator[str]:
    """Every field's name, however deep."""
    for value in values:
        if isinstance(value, dict):
            yield from value
            yield from fields_of(value.values())
        elif isinstance(value, list):
            yield from fields_of(value)
