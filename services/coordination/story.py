"""One elder's story in words: what was done, what the processes decided, what happens next and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.coordination import repository
from services.coordination.messages import OBLIGATIONS, STORY, WEEKDAYS
from shared.domain.codes import RecipientRole
from shared.domain.errors import NotFound
from shared.domain.indicators import MET
from shared.domain.plan import Recipient
from shared.domain.referral.rows import LedgerCode
from shared.domain.visit_cycle.rows import NextStep, StepCode
from shared.domain.visit_cycle.state import WindowOutcome
from shared.domain.zones import to_wall
from shared.inbox.names import Names, load_names
from shared.inbox.words import Words
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.elders import ElderCard, ElderCards
from shared.process.subjects import EnrolledElder, enrolled_elders
from shared.process.tables import Referral, ReferralLedger, VisitCycle, VisitWindow

SHOWN = 60
"""So many of each kind of event stand on the page; the visit book has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that happened: `tone` colours its mark, `kind` names it for filters and for the eye."""

    at: datetime
    kind: str
    words: str
    detail: str = ""
    tone: str = ""
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElderStory:
    """Everything that the elder's page shows."""

    elder: EnrolledElder
    card: ElderCard
    cycle: VisitCycle | None
    visitor: str
    area: str
    steps: tuple[str, ...]
    windows: tuple[VisitWindow, ...]
    referrals: tuple[Referral, ...]
    lines: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Speaker:
    """Who puts codes into words: the policy's labels and the names of staff and units."""

    policy: Policy
    names: Names

    def obligation(self, code: str) -> str:
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


def read_story(work: UnitOfWork, enrolment_id: UUID, *, policy: Policy, cards: ElderCards) -> ElderStory:
    """The story of one elder of the territory. Raises NotFound for anybody else's."""
    session = work.session
    elder = enrolled_elders(session, [enrolment_id]).get(enrolment_id)
    card = cards.for_enrolments(session, [enrolment_id]).get(enrolment_id)
    if elder is None or card is None:
        raise NotFound("enrolment_not_found")
    cycle = repository.cycle(session, enrolment_id)
    referrals = tuple(repository.referrals_of(session, enrolment_id))
    windows = tuple(repository.windows_of(session, enrolment_id, limit=SHOWN))
    speaker = _speaker(work, enrolment_id, referrals=referrals, cycle=cycle, policy=policy)
    visitor = repository.assignees(session).get(enrolment_id)
    return ElderStory(
        elder=elder,
        card=card,
        cycle=cycle,
        visitor=speaker.names.account(visitor),
        area=repository.area_names(session).get(elder.area_code, elder.area_code),
        steps=next_in_words(cycle, referrals, speaker) if cycle else (),
        windows=windows,
        referrals=referrals,
        lines=_lines(work, enrolment_id, windows=windows, referrals=referrals, speaker=speaker),
    )


def steps_of(cycle: VisitCycle) -> tuple[NextStep, ...]:
    """The steps as the process last projected them."""
    return tuple(_step(stored) for stored in cycle.next_steps)


def next_in_words(cycle: VisitCycle, referrals: Sequence[Referral], speaker: "_Speaker") -> tuple[str, ...]:
    """The chase that runs, then 「周五12:00 提醒探访员（每周探访还差1次）」 and so on, in order of time."""
    chase = next((row for row in referrals if row.referral_id == cycle.chase_referral_id), None)
    said = tuple(_said(step, speaker, is_chased=chase is not None) for step in steps_of(cycle))
    return (_chase(chase, speaker), *said) if chase else said


def _chase(row: Referral, speaker: "_Speaker") -> str:
    if row.next_wake_at is None or row.holder_id is not None:
        return STORY["chase"].format(rung=row.rung)
    return STORY["chase_climbs"].format(when=speaker.moment(row.next_wake_at), rung=row.rung)


def _said(step: NextStep, speaker: "_Speaker", *, is_chased: bool) -> str:
    code = "close_chased" if is_chased and step.code is StepCode.CLOSE else step.code
    return STORY[code].format(
        when=speaker.moment(step.at, ends=step.code is not StepCode.OPEN),
        what=speaker.obligation(step.obligation),
        missing=step.missing,
        whom=_whom(step, speaker),
    )


def _whom(step: NextStep, speaker: _Speaker) -> str:
    if step.recipient is None:
        return ""
    if step.recipient.role is RecipientRole.ASSIGNEE:
        return STORY["assignee"]
    role = speaker.policy.label("recipients", step.recipient.role)
    return f"{speaker.names.unit(step.recipient.unit_id)}{role}"


def _speaker(
    work: UnitOfWork,
    enrolment_id: UUID,
    *,
    referrals: Sequence[Referral],
    cycle: VisitCycle | None,
    policy: Policy,
) -> _Speaker:
    told = [step.recipient.unit_id for step in steps_of(cycle) if step.recipient] if cycle else []
    contacts = repository.contacts_of(work.session, enrolment_id, limit=SHOWN)
    visitors = [contact.visited_by for contact in contacts]
    visitor = repository.assignees(work.session).get(enrolment_id)
    holders = [row.holder_id for row in referrals]
    units = [row.unit_id for row in referrals] + [row.requesting_unit_id for row in referrals]
    names = load_names(work.session, accounts=[visitor, *visitors, *holders], units=[*told, *units])
    return _Speaker(policy=policy, names=names)


def _lines(
    work: UnitOfWork,
    enrolment_id: UUID,
    *,
    windows: Sequence[VisitWindow],
    referrals: Sequence[Referral],
    speaker: _Speaker,
) -> tuple[StoryLine, ...]:
    contacts = repository.contacts_of(work.session, enrolment_id, limit=SHOWN)
    found = [_contact(contact, speaker) for contact in contacts]
    found += [_window(window, speaker) for window in windows if window.closes_at <= work.now]
    found += _ledger(work, referrals, speaker)
    return tuple(sorted(found, key=lambda line: line.at, reverse=True)[: 2 * SHOWN])


def _contact(contact: Row[Any], speaker: _Speaker) -> StoryLine:
    label = speaker.policy.label
    counted = STORY["and"].join(speaker.obligation(code) for code in contact.counts_for)
    code = "counted" if counted else "not_counted" if contact.is_reached else "not_reached"
    return StoryLine(
        at=contact.occurred_at,
        kind="contact",
        words=STORY["contact"].format(
            mode=label("modes", contact.mode), reach=label("reaches", contact.reach)
        ),
        detail=STORY[code].format(who=speaker.names.account(contact.visited_by), what=counted),
        tone={"counted": "good", "not_counted": "", "not_reached": "bad"}[code],
    )


def _window(window: VisitWindow, speaker: _Speaker) -> StoryLine:
    label = speaker.policy.label
    turned = "window_turned" if window.was in _TURNED else "window"
    return StoryLine(
        at=window.closes_at,
        kind="window",
        words=STORY[turned].format(
            what=speaker.obligation(window.obligation),
            outcome=label("window_outcomes", window.outcome),
            was=label("window_outcomes", window.was or ""),
        ),
        detail=STORY["done_excused" if window.is_excused else "done"].format(
            required=window.required, done=window.done
        ),
        tone="good" if window.outcome in MET else "bad" if window.outcome is WindowOutcome.MISSED else "",
    )


def _ledger(work: UnitOfWork, referrals: Sequence[Referral], speaker: _Speaker) -> list[StoryLine]:
    kinds: Mapping[UUID, str] = {row.referral_id: row.kind for row in referrals}
    if not kinds:
        return []
    entries = repository.ledger_of(work.session, list(kinds), limit=SHOWN)
    names = load_names(
        work.session,
        accounts=[entry.account_id for entry in entries],
        units=[entry.unit_id for entry in entries],
    )
    words = Words(policy=speaker.policy)
    actions = repository.rung_actions(work.session, list(kinds))
    said = [(entry, words.line(entry, names, text="", action=_action(entry, actions))) for entry in entries]
    return [
        StoryLine(
            at=entry.at,
            kind="referral",
            words=STORY["referral"].format(kind=words.kind(kinds[entry.referral_id]), line=line.what),
            detail=line.who,
            tone=line.tone,
            referral_id=entry.referral_id,
        )
        for entry, line in said
    ]


def _action(entry: ReferralLedger, actions: Mapping[tuple[UUID, str], str]) -> str:
    return actions.get((entry.referral_id, entry.detail), "") if entry.code == LedgerCode.CLIMBED else ""


_TURNED = frozenset({WindowOutcome.MISSED, WindowOutcome.EXCEPTED})


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
