"""Family-doctor contracts (家庭医生签约): until when one holds, who must be asked, and how many take part.

A contract alone proves little (只签不约): participation is told together with how many were followed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.health.codes import Standing
from shared.domain.health.rules import ContractRules
from shared.domain.periods import months_after

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """How many of the elders have a contract in force, and how many of these were followed up under it."""

    elders: int
    signed: int
    followed_up: int

    @property
    def signed_percent(self) -> float | None:
        """签约率; none without anybody."""
        return _percent(self.signed, self.elders)

    @property
    def followed_up_percent(self) -> float | None:
        """Of those signed, how many have really been served (履约率); none without anybody."""
        return _percent(self.followed_up, self.signed)


def last_day(signed_on: date, rules: ContractRules) -> date:
    """The last day on which a contract signed that day holds."""
    return months_after(signed_on, rules.months) - ONE_DAY


def renewal_begins(ends_on: date | None, signed_on: date) -> date:
    """From which day a contract signed today counts: after the one still in force, else at once."""
    return max(signed_on, ends_on + ONE_DAY) if ends_on else signed_on


def standing(ends_on: date | None, on: date, rules: ContractRules) -> Standing:
    """How somebody stands whose newest contract ends then; None means that there never was one."""
    if ends_on is None:
        return Standing.UNSIGNED
    if on > ends_on:
        return Standing.LAPSED
    if on > ends_on - timedelta(days=rules.renew_within_days):
        return Standing.DUE
    return Standing.IN_FORCE


def is_signed(found: Standing) -> bool:
    """Whether a contract is in force."""
    return found in {Standing.IN_FORCE, Standing.DUE}


def participation(elders: Iterable[tuple[Standing, bool]]) -> Participation:
    """Count elders, each by their standing and whether they were followed up under the contract."""
    known = list(elders)
    signed = [was_followed_up for found, was_followed_up in known if is_signed(found)]
    return Participation(elders=len(known), signed=len(signed), followed_up=sum(signed))


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
