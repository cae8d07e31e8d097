"""Beside `make run` a command speaks to what runs there, as its note says; elsewhere settings say to what."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

NOTE = Path(__file__).parents[2] / ".tanfang" / "settings.json"
_SAY_WHERE = ("TANFANG_ENVIRONMENT", "TANFANG_DATABASE_", "TANFANG_TEMPORAL_ADDRESS")


def settings_beside(note: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The settings of the stack that `make run` started here; none if some already say where things are."""
    if any(name.startswith(_SAY_WHERE) for name in environ):
        return {}
    return dict(json.loads(note.read_text(encoding="utf-8"))) if note.exists() else {}


def join_what_runs_here() -> None:
    """Take those settings before a command reads its own."""
    os.environ.update(settings_beside(NOTE, os.environ))
