"""Who reads a report that the law demands (强制报告), and who may know whose it was (X-11).

Somebody at the door may look at the phone of whoever saw it, and neighbours work in neighbouring offices. The
report is read by who acts on it and by who answers for the unit that found it, or for the unit above where
both are one; its author is known to fewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Who looks, as far as it matters here.

    receives: of the unit that must act. is_asking: of the finder's unit. leads: heads a unit of theirs.
    is_at_doors: goes to see elders and has no other duty. is_police: the unit that must act is 派出所.
    is_above: of the unit above, where the one that found it must also act: nobody else is a second unit.
    """

    is_reporter: bool
    receives: bool
    is_asking: bool
    leads: bool
    is_at_doors: bool
    is_police: bool
    is_above: bool


def reads_report(eyes: Eyes) -> bool:
    """Whether they read what was reported. Others read 「需单独汇报」, the finder at the door too."""
    return (eyes.receives and not eyes.is_at_doors) or (eyes.leads and (eyes.is_asking or eyes.is_above))


def knows_reporter(eyes: Eyes) -> bool:
    """Whether they may know who reported: the finder, who leads the unit that acts, and 派出所 itself."""
    return eyes.is_reporter or (eyes.receives and (eyes.leads or eyes.is_police))


def is_unfounded(said: Iterable[tuple[UUID, str]]) -> bool:
    """Whether a report was none (经核查不属于): two persons of two units say so. The report itself stands."""
    voices = set(said)
    return len({who for who, _ in voices}) > 1 and len({unit for _, unit in voices}) > 1
