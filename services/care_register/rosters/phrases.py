"""What is said of a row: each finding with its cell, in words."""

from collections.abc import Iterable, Sequence

from services.care_register.rosters.messages import (
    FAILURES,
    FINDINGS,
    HEADINGS,
    OUTCOMES,
    UNNAMED_COLUMN,
    UNREAD,
    UNREAD_COLUMN,
)
from shared.domain.roster.findings import VERDICTS, Finding, Verdict
from shared.domain.roster.sheet import Unread, UnreadColumn
from shared.domain.roster.words import Column
from shared.policies.messages import LIST_MARK


def say(finding: Finding) -> str:
    """What was found and what to do, e.g. 「E17：…」."""
    sentence = FINDINGS[finding.code].format(**dict(finding.params))
    return f"{finding.cell}：{sentence}" if finding.cell else sentence


def say_all(findings: Iterable[Finding]) -> list[str]:
    """Every finding, the gravest first."""
    return [say(each) for each in sorted(findings, key=lambda each: _GRAVITY.index(VERDICTS[each.code]))]


def say_unread(columns: Iterable[UnreadColumn]) -> list[str]:
    """The columns that nothing was taken from, a sentence for each reason."""
    by_reason: dict[Unread, list[str]] = {}
    for each in columns:
        words = UNREAD_COLUMN if each.heading else UNNAMED_COLUMN
        said = words.format(letters=each.letters, heading=each.heading)
        by_reason.setdefault(each.why, []).append(said)
    usual: dict[Column, str] = {}
    for heading, means in HEADINGS.items():
        usual.setdefault(means, heading)
    return [
        UNREAD[why].format(columns=LIST_MARK.join(said), usual=LIST_MARK.join(usual.values()))
        for why, said in by_reason.items()
    ]


def say_outcome(outcome: str, failure: str) -> str:
    """What became of a row, and why if it was not taken in."""
    words = OUTCOMES[outcome]
    return f"{words}：{FAILURES.get(failure, failure)}" if failure else words


_GRAVITY: Sequence[Verdict] = (Verdict.REFUSED, Verdict.NEEDS_CONFIRMING, Verdict.ACCEPTED)
