"""Logs: one JSON object a line, and nothing personal in any of them."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from shared.platform.logs import WITHHELD, configure_logs, mask_text, mask_value
from shared.platform.settings import Settings

ID_NUMBER = "370302193803150026"
OLD_NUMBER = "370302380315002"
MOBILE = "13812345678"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the root logger as pytest had it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_our_lines_and_those_of_libraries_take_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(Settings(), process="visits")
    structlog.stdlib.get_logger("tanfang").info(
        "contact_recorded", contact_id="c-1", phone=MOBILE, note="她说……"
    )
    logging.getLogger("urllib3").warning("retry for %s", MOBILE, extra={"id_number": ID_NUMBER})
    ours, theirs = lines(capsys)
    assert ours["event"] == "contact_recorded"
    assert (ours["process"], ours["level"], ours["contact_id"]) == ("visits", "info", "c-1")
    assert (ours["phone"], ours["note"]) == (WITHHELD, WITHHELD)
    assert str(ours["timestamp"]).endswith("Z")
    assert theirs["event"] == f"retry for {WITHHELD}"
    assert theirs["id_number"] == WITHHELD


def test_a_traceback_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(Settings(), process="visits")
    try:
        int(f"cannot read {ID_NUMBER}")
    except ValueError:
        structlog.stdlib.get_logger("tanfang").exception("failed")
    (line,) = lines(capsys)
    assert "ValueError" in str(line["exception"])
    assert ID_NUMBER not in str(line)


@pytest.mark.parametrize(
    "personal",
    [
        ID_NUMBER,
        "37030219380315002X",
        OLD_NUMBER,
        MOBILE,
        "+86 138 1234 5678",
        "138-1234-5678",
        f"电话{MOBILE}。",
    ],
)
def test_numbers_are_masked_wherever_they_stand(personal: str) -> None:
    masked = mask_text(f"before {personal} after")
    assert WITHHELD in masked
    assert "5678" not in masked
    assert "5002" not in masked


@given(before=st.text("abc 。：", max_size=5), after=st.text("abc 。：", max_size=5))
def test_masking_leaves_no_number_and_changes_nothing_else(before: str, after: str) -> None:
    assert ID_NUMBER not in str(mask_value({"k": [before + " " + ID_NUMBER + " " + after]}))
    assert mask_text(before + after) == before + after


@pytest.mark.parametrize(
    "harmless",
    [
        "zibo_zichuan:village-370302115201",
        "7f9c24e8-3b12-4d5f-9c0a-138123456789",
        200,
        3.5,
        None,
        True,
        "2026-11-21",
    ],
)
def test_ids_codes_and_counts_stay(harmless: object) -> None:
    assert mask_value(harmless) == harmless


def test_a_number_that_lost_its_quotes_is_masked() -> None:
    assert mask_value({"count": 3, "value": int(MOBILE)}) == {"count": 3, "value": WITHHELD}
