"""What every test stands on: how examples are made, and servers where a test of this run may ask for one."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings

# How long an example takes says how busy the machine is, and nothing about the rule.
hypothesis_settings.register_profile("thorough", deadline=None)
# Whoever waits for the answer gets it from a quarter of the examples, others each time; CI tries them all.
hypothesis_settings.register_profile("quick", deadline=None, max_examples=25)
# Who only counts failures wants the same examples each time, and none made smaller for a reader.
hypothesis_settings.register_profile(
    "mutation", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
hypothesis_settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("thorough" if os.environ.get("CI") else "quick")
)

HERE = Path(__file__).parent
WITHOUT_SERVERS = (HERE / "domain", HERE / "policies")


def pytest_configure(config: pytest.Config) -> None:
    """Make the servers known, unless only rules and numbers are tested."""
    asked = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    if not all(any(path.is_relative_to(pure) for pure in WITHOUT_SERVERS) for path in asked):
        config.pluginmanager.import_plugin("tests.servers")


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: nobody need look for garbage in it at each turn."""
    gc.freeze()
