"""One elder's story in words: what was done, what the processes decided, what happens next and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from services.coordination.messages import STORY
from services.coordination.next_steps import Ahead, Speaker, next_in_words, steps_of
from services.coordination.operating import ProcessQuery, Trace, read_traces
from services.coordination.policy_page.lines import PolicyLine
from services.coordination.policy_page.visits import owed_to
from services.coordination.repository import reading
from shared.domain.errors import NotFound
from shared.domain.indicators import MET
from shared.domain.periods import day_start, local_day
from shared.domain.referral.rows import LedgerCode
from shared.domain.visit_cycle.state import WindowOutcome
from shared.inbox.names import load_names
from shared.inbox.words import Line, Words
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.discretion import Discretion, discretion_of
from shared.process.elders import ElderCard, ElderCards
from shared.process.health_signs import HealthSign, health_signs
from shared.process.subjects import EnrolledElder, enrolled_elders
from shared.process.tables import Referral, ReferralLedger, VisitCycle, VisitWindow

SHOWN = 60
"""So many of each kind of event stand on the page; the visit book has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that happened: `tone` colours its mark, `kind` names it for filters and for the eye.

    `on` is given where the day is all that may be known; `at` is then its start.
    """

    at: datetime
    on: date | None = None
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
    ahead: Ahead
    windows: tuple[VisitWindow, ...]
    owed: tuple[PolicyLine, ...]
    referrals: tuple[Referral, ...]
    traces: Sequence[Trace]
    lines: tuple[StoryLine, ...]
    signs: tuple[HealthSign, ...]
    in_home_bed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is on record of the elder, read once."""

    cycle: VisitCycle | None
    visitor_id: UUID | None
    referrals: tuple[Referral, ...]
    windows: tuple[VisitWindow, ...]
    contacts: Sequence[Row[Any]]
    voided: Sequence[Row[Any]]


def read_story(work: UnitOfWork, enrolment_id: UUID, *, policy: Policy, cards: ElderCards) -> ElderStory:
    """The story of one elder of the territory. Raises NotFound for anybody else's."""
    session = work.session
    elder = enrolled_elders(session, [enrolment_id]).get(enrolment_id)
    card = cards.for_enrolments(session, [enrolment_id]).get(enrolment_id)
    if elder is None or card is None:
        raise NotFound("enrolment_not_found")
    reader = discretion_of(session, work.principal, policy)
    found = _found(session, elder, reader)
    speaker = _speaker(work, found, policy)
    today = local_day(work.now, policy.jurisdiction.zone)
    return ElderStory(
        elder=replace(elder, facts=reader.shown(elder.facts, enrolment_id)),
        card=card,
        cycle=found.cycle,
        visitor=speaker.names.account(found.visitor_id),
        area=reading.area_name(session, elder.area_code),
        ahead=next_in_words(found.cycle, found.referrals, speaker) if found.cycle else Ahead(),
        windows=found.windows,
        owed=() if elder.left_at else tuple(owed_to(policy, elder.on(today))),
        in_home_bed=elder.facts.home_bed is not None and elder.facts.home_bed.holds_on(today),
        referrals=found.referrals,
        traces=read_traces(session, ProcessQuery(subject_id=enrolment_id, ended=True), policy=policy).items,
        lines=_lines(work, found, speaker),
        signs=health_signs(session, enrolment_id),
    )


def _found(session: Session, elder: EnrolledElder, reader: Discretion) -> _Found:
    enrolment_id = elder.enrolment_id
    return _Found(
        cycle=reading.cycle(session, enrolment_id),
        visitor_id=reading.assignee_of(session, enrolment_id),
        referrals=tuple(
            row
            for row in reading.referrals_of(session, enrolment_id)
            if not reader.hides_kind(row.kind, enrolment_id, elder.area_code)
        ),
        windows=tuple(reading.windows_of(session, enrolment_id, limit=SHOWN)),
        contacts=reading.contacts_of(session, enrolment_id, limit=SHOWN),
        voided=reading.voided_of(session, enrolment_id, limit=SHOWN),
    )


def _speaker(work: UnitOfWork, found: _Found, policy: Policy) -> Speaker:
    told = [step.recipient.unit_id for step in steps_of(found.cycle) if step.recipient] if found.cycle else []
    visitors = [each.visited_by for each in found.contacts] + [each.voided_by for each in found.voided]
    holders = [row.holder_id for row in found.referrals]
    units = [unit for row in found.referrals for unit in (row.unit_id, row.requesting_unit_id)]
    accounts = [found.visitor_id, *visitors, *holders]
    return Speaker(policy=policy, names=load_names(work.session, accounts=accounts, units=[*told, *units]))


def _lines(work: UnitOfWork, found: _Found, speaker: Speaker) -> tuple[StoryLine, ...]:
    lines = [
        *(_contact(each, speaker) for each in found.contacts),
        *(_voided(each, speaker) for each in found.voided),
        *(_window(each, speaker) for each in found.windows if each.closes_at <= work.now),
        *_ledger(work, found.referrals, speaker),
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True)[: 2 * SHOWN])


def _contact(contact: Row[Any], speaker: Speaker) -> StoryLine:
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


def _voided(contact: Row[Any], speaker: Speaker) -> StoryLine:
    label = speaker.policy.label
    return StoryLine(
        at=contact.voided_at,
        kind="contact",
        words=STORY["voided"].format(
            when=speaker.moment(contact.occurred_at, ends=False),
            mode=label("modes", contact.mode),
            reach=label("reaches", contact.reach),
        ),
        detail=STORY["voided_by"].format(
            who=speaker.names.account(contact.voided_by), why=label("void_reasons", contact.void_reason)
        ),
        tone="warn",
    )


def _window(window: VisitWindow, speaker: Speaker) -> StoryLine:
    label = speaker.policy.label
    has_turned = window.was in _TURNED and window.was is not window.outcome
    turned = "window_turned" if has_turned else "window"
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


def _ledger(work: UnitOfWork, referrals: Sequence[Referral], speaker: Speaker) -> list[StoryLine]:
    kinds: Mapping[UUID, str] = {row.referral_id: row.kind for row in referrals}
    if not kinds:
        return []
    entries = reading.ledger_of(work.session, list(kinds), limit=SHOWN)
    names = load_names(
        work.session,
        accounts=[entry.account_id for entry in entries],
        units=[entry.unit_id for entry in entries],
    )
    words = Words(policy=speaker.policy)
    actions = reading.rung_actions(work.session, list(kinds))
    shielded = {kind.code for kind in speaker.policy.kinds if kind.shields_reporter}
    lines: list[StoryLine] = []
    for entry in entries:
        kind = kinds[entry.referral_id]
        if kind not in shielded:
            said = words.line(entry, names, text="", action=_action(entry, actions))
            lines.append(_said(entry, said, words.kind(kind)))
        elif entry.code == LedgerCode.OFFERED:
            lines.append(_only_there(entry, kind, speaker.policy))
    return lines


def _said(entry: ReferralLedger, said: Line, kind: str) -> StoryLine:
    return StoryLine(
        at=entry.at,
        kind="referral",
        words=STORY["referral"].format(kind=kind, line=said.what),
        detail=said.who,
        tone=said.tone,
        referral_id=entry.referral_id,
    )


def _only_there(entry: ReferralLedger, kind: str, policy: Policy) -> StoryLine:
    """A report that few read: that there is one, by the day: the minute is that of a visit (X-11)."""
    zone = policy.jurisdiction.zone
    on = local_day(entry.at, zone)
    words = policy.public_kind(kind)
    return StoryLine(
        at=day_start(on, zone), on=on, kind="referral", words=words, referral_id=entry.referral_id
    )


def _action(entry: ReferralLedger, actions: Mapping[tuple[UUID, str], str]) -> str:
    return actions.get((entry.referral_id, entry.detail), "") if entry.code == LedgerCode.CLIMBED else ""


_TURNED = frozenset({WindowOutcome.MISSED, WindowOutcome.EXCEPTED, WindowOutcome.MET, WindowOutcome.MET_LATE})
