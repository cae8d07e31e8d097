"""What happens next, in words: the steps that an elder's cycle last projected (「接下来」)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.coordination.messages import OBLIGATIONS, STORY, WEEKDAYS
from shared.domain.codes import RecipientRole
from shared.domain.plan import Recipient
from shared.domain.visit_cycle.rows import NextStep, StepCode
from shared.domain.zones import to_wall
from shared.inbox.names import Names
from shared.policies.model import Policy
from shared.process.tables import Referral, VisitCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who puts codes into words: the policy's labels and the names of staff and units."""

    policy: Policy
    names: Names

    def obligation(self, code: str) -> str:
        """What is owed, as the policy calls it."""
        return OBLIGATIONS.get(code) or self.policy.label("obligations", code)

    def moment(self, at: datetime, *, ends: bool = True) -> str:
        """「11月20日（周五）12:00」; a midnight at which something ends is 24:00 of the day before."""
        wall = to_wall(at, self.policy.jurisdiction.zone)
        clock = f"{wall:%H:%M}"
        if ends and clock == "00:00":
            wall, clock = wall - timedelta(days=1), "24:00"
        return STORY["moment"].format(
            month=wall.month, day=wall.day, weekday=WEEKDAYS[wall.weekday()], clock=clock
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What lies ahead of an elder, in words: what runs already, then the steps in order of time."""

    running: str = ""
    steps: tuple[str, ...] = ()


def steps_of(cycle: VisitCycle) -> tuple[NextStep, ...]:
    """The steps as the process last projected them."""
    return tuple(_step(stored) for stored in cycle.next_steps)


def next_in_words(cycle: VisitCycle, referrals: Sequence[Referral], speaker: Speaker) -> Ahead:
    """「周五12:00 提醒探访员（每周探访还差1次）」 and so on, in order of time; what runs stands apart.

    While a state lasts nobody is reminded, and nothing that ends unmet is chased (§0.2-3).
    """
    quiet = speaker.policy.label("states", cycle.quiet_because) if cycle.quiet_because else ""
    chase = next((row for row in referrals if row.referral_id == cycle.chase_referral_id), None)
    said = [
        (step.at, _said(step, speaker, is_chased=chase is not None, quiet=quiet))
        for step in steps_of(cycle)
        if not (quiet and step.code is StepCode.WARN)
    ]
    if chase and chase.next_wake_at and chase.holder_id is None:
        climbs = STORY["chase_climbs"].format(when=speaker.moment(chase.next_wake_at, ends=False))
        said.append((chase.next_wake_at, climbs))
    return Ahead(
        running=STORY["chase"].format(rung=chase.rung) if chase else "",
        steps=tuple(words for _, words in sorted(said, key=lambda each: each[0])),
    )


def _said(step: NextStep, speaker: Speaker, *, is_chased: bool, quiet: str) -> str:
    code: str = step.code
    if step.code is StepCode.CLOSE and (quiet or is_chased):
        code = "close_quiet" if quiet else "close_chased"
    return STORY[code].format(
        state=quiet,
        when=speaker.moment(step.at, ends=step.code is not StepCode.OPEN),
        what=speaker.obligation(step.obligation),
        missing=step.missing,
        whom=_whom(step, speaker),
    )


def _whom(step: NextStep, speaker: Speaker) -> str:
    if step.recipient is None:
        return ""
    if step.recipient.role is RecipientRole.ASSIGNEE:
        return STORY["assignee"]
    role = speaker.policy.label("recipients", step.recipient.role)
    return f"{speaker.names.unit(step.recipient.unit_id)}{role}"


def _step(stored: Mapping[str, Any]) -> NextStep:
    recipient = stored.get("recipient")
    return NextStep(
        at=datetime.fromisoformat(stored["at"]),
        code=StepCode(stored["code"]),
        obligation=stored["obligation"],
        missing=stored["missing"],
        recipient=_recipient(recipient) if recipient else None,
    )


def _recipient(stored: Mapping[str, Any]) -> Recipient:
    return Recipient(role=RecipientRole(stored["role"]), unit_id=stored["unit_id"])
