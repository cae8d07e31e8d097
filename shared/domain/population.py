"""What the police tell of residents (人口、居住地等信息变化情况, J-71), and what each news asks for."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.calendars import Limit
from shared.domain.codes import StateKind


class PopulationChange(StrEnum):
    """What has changed: 死亡, 迁出本辖区, 辖区内搬家, 登记项目变更."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    MOVED_WITHIN = "moved_within"
    CORRECTED = "corrected"

    @property
    def ends_enrolment(self) -> bool:
        """Whether the elder leaves the register once it is confirmed."""
        return self in {PopulationChange.DIED, PopulationChange.MOVED_AWAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationRule:
    """How one kind of news is dealt with.

    within: by when the register has decided on it. state: what acts on visits meanwhile, at once.
    second_person: whether somebody other than who reported it confirms.
    """

    kind: PopulationChange
    within: Limit
    state: StateKind | None
    second_person: bool
