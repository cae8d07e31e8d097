"""How many examples a property is tried with, and whether the same ones each time."""

import os

from hypothesis import Phase, settings

# How long an example takes says how busy the machine is, and nothing about the rule.
settings.register_profile("thorough", deadline=None)
# Whoever waits for the answer gets it from a tenth of the examples, others each time; CI tries them all.
settings.register_profile("quick", deadline=None, max_examples=10)
# Who only counts failures wants the same examples each time, and none made smaller for a reader.
settings.register_profile(
    "mutation", deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("thorough" if os.environ.get("CI") else "quick")
)
