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
