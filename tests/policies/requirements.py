"""Each clause of the two plans that is a rule: where a policy says it, and what shows that it holds.

`python -m tests.policies.requirements` writes the table `requirements.md`; a test compares it.
"""

from pathlib import Path

from tests.policies.functions import FUNCTIONS
from tests.policies.jiangpu_rules import JIANGPU_RULES
from tests.policies.rule_checks import Rule
from tests.policies.zichuan_rules import ZICHUAN_RULES

TABLE = Path(__file__).with_name("requirements.md")


def all_rules() -> tuple[Rule, ...]:
    """Every rule of both plans, in order."""
    return tuple(sorted((*JIANGPU_RULES, *ZICHUAN_RULES), key=lambda rule: rule.id))


def table() -> str:
    """The table as it is kept: requirement, paths, test."""
    lines = ["# Requirements that are rules", "", "| requirement | policy path | test |", "|---|---|---|"]
    for rule in all_rules():
        paths = ", ".join(f"`{path}`" for path in rule.paths)
        lines.append(f"| {rule.id} | {rule.place}: {paths} | `test_requirements.py[{rule.id}]` |")
    lines += [
        "",
        "# Requirements that are not",
        "",
        "| requirement | what it asks of the program |",
        "|---|---|",
    ]
    lines += [f"| {code} | {what} |" for code, what in sorted(FUNCTIONS.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
