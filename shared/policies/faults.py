"""What can be wrong in a policy file: all faults are collected and told at once."""

from dataclasses import dataclass, field

from shared.policies.messages import FAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: its file, path and line (0: not known), and which rule of the language it breaks."""

    file: str
    path: str
    line: int
    code: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The fault and what to do about it, in Chinese."""
        return FAULTS[self.code].format(**dict(self.params))

    def __str__(self) -> str:
        """One line for a terminal."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} [{self.path}] {self.text}"


class PolicyFaults(Exception):
    """The policy files cannot be used; `faults` holds every one of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(slots=True)
class Faults:
    """The faults found so far."""

    found: list[Fault] = field(default_factory=list)

    def stop_if_any(self) -> None:
        """Raise PolicyFaults with everything found; later checks would only repeat them."""
        if self.found:
            raise PolicyFaults(
                tuple(sorted(self.found, key=lambda fault: (fault.file, fault.line, fault.path)))
            )


UNREAD = frozenset(
    {
        "missing",
        "wrong_type",
        "empty_list",
        "out_of_range",
        "unknown_code",
        "unknown_zone",
        "bad_limit",
        "limit_too_long",
        "bad_time",
        "bad_hours",
        "bad_festival",
    }
)
"""Faults after which a value is not the author's but something harmless, so that reading could go on."""


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read of a policy: a later check must not be taken in by what stands there instead."""

    faults: tuple[Fault, ...]

    def spoils(self, *sections: str) -> bool:
        """Whether something in these sections is not what the author wrote."""
        return any(fault.code in UNREAD and _section(fault.path) in sections for fault in self.faults)

    def explains(self, later: Fault) -> bool:
        """Whether the later fault only follows from one of these, at its place or inside of it.

        A word may be that of whatever could not be read.
        """
        return any(
            later.code == "unused_label" or f"{fault.path}.".startswith((f"{later.path}.", f"{later.path}["))
            for fault in self.faults
            if fault.code in UNREAD
        )


def _section(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]
