"""How much memory `make run` takes: proportional set size, in which shared pages count once."""

from collections.abc import Iterator
from pathlib import Path

import psutil

from deploy.local.stack import Stack

MEBIBYTE = 1024 * 1024


def measure_memory(stack: Stack) -> dict[str, float]:
    """Mebibytes by child, with everything that the child has started."""
    return {child.name: sum(map(_pss, _family(child.pid))) / MEBIBYTE for child in stack.children}


def _family(pid: int) -> Iterator[int]:
    parent = psutil.Process(pid)
    yield pid
    yield from (each.pid for each in parent.children(recursive=True))


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    line = next(each for each in lines if each.startswith("Pss:"))
    return int(line.split()[1]) * 1024
