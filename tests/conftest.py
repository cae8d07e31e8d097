"""What every test stands on: how examples are made, and servers where a test of this run may ask for one."""

import gc
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SELDOM = 50_000
"""After how many new objects garbage is looked for: a test makes little, and the whole process ends soon."""

WITHOUT_SERVERS = (HERE / "domain", HERE / "policies")


def pytest_configure(config: pytest.Config) -> None:
    """Make the servers known, unless only rules and numbers are tested.

    What pytest makes of a test file is kept even where PYTHONDONTWRITEBYTECODE is set: to make it anew at
    each start, out of every test and the whole of Hypothesis, takes half as long as to try the rules.
    """
    sys.dont_write_bytecode = False
    config.pluginmanager.import_plugin("tests.examples")
    asked = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    if not all(any(path.is_relative_to(pure) for pure in WITHOUT_SERVERS) for path in asked):
        config.pluginmanager.import_plugin("tests.servers")


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: nobody need look for garbage in it at each turn."""
    gc.freeze()
    gc.set_threshold(SELDOM)
