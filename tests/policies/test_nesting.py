"""What is nested too deep is refused before anybody walks through it."""

import pytest

from shared.policies.faults import Faults
from shared.policies.files import parse_file


@pytest.mark.parametrize(
    "deep",
    [
        "[classification" + ".a" * 90 + "]",
        "x = " + "{ a = " * 90 + "1" + " }" * 90,
        "x = " + "[" * 2000 + "]" * 2000,
        "x.y = [\n" * 1 + "[" * 60 + "]" * 60 + "\n]",
        "a." * 1100 + "b = 1",
    ],
)
def test_what_is_nested_too_deep_is_a_fault_with_its_line_and_no_crash(deep: str) -> None:
    faults = Faults()

    assert parse_file("plan.toml", f"[policy]\ninherits = 'x[[{{'\n{deep}\n[a]\n", faults) is None
    (fault,) = faults.found
    assert (fault.code, fault.file) == ("too_deep", "plan.toml")
    assert fault.line == (4 if "\n" in deep else 3)
    assert "40" in fault.text
