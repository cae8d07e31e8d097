"""One elder's story in words: what was done, what the processes decided, what happens next and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.coordination import repository
from services.coordination.messages import STORY
from services.coordination.next_steps import Ahead, Speaker, next_in_words, steps_of
from services.coordination.operating import ProcessQuery, Trace, read_traces
from shared.domain.errors import NotFound
from shared.domain.indicators import MET
from shared.domain.referral.rows import LedgerCode
from shared.domain.visit_cycle.state import WindowOutcome
from shared.inbox.names import load_names
from shared.inbox.words import Words
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.discretion import discretion_of
from shared.process.elders import ElderCard, ElderCards
from shared.process.health_signs import HealthSign, health_signs
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
    ahead: Ahead
    windows: tuple[VisitWindow, ...]
    referrals: tuple[Referral, ...]
    traces: Sequence[Trace]
    lines: tuple[StoryLine, ...]
    signs: tuple[HealthSign, ...]


def read_story(work: UnitOfWork, enrolment_id: UUID, *, policy: Policy, cards: ElderCards) -> ElderStory:
    """The story of one elder of the territory. Raises NotFound for anybody else's."""
    session = work.session
    elder = enrolled_elders(session, [enrolment_id]).get(enrolment_id)
    card = cards.for_enrolments(session, [enrolment_id]).get(enrolment_id)
    if elder is None or card is None:
        raise NotFound("enrolment_not_found")
    cycle = repository.cycle(session, enrolment_id)
    reader = discretion_of(session, work.principal, policy)
    referrals = tuple(
        row
        for row in repository.referrals_of(session, enrolment_id)
        if not reader.hides_kind(row.kind, enrolment_id, elder.area_code)
    )
    windows = tuple(repository.windows_of(session, enrolment_id, limit=SHOWN))
    speaker = _speaker(work, enrolment_id, referrals=referrals, cycle=cycle, policy=policy)
    visitor = repository.assignees(session).get(enrolment_id)
    return ElderStory(
        elder=replace(elder, facts=reader.shown(elder.facts, enrolment_id)),
        card=card,
        cycle=cycle,
        visitor=speaker.names.account(visitor),
        area=repository.area_names(session).get(elder.area_code, elder.area_code),
        ahead=next_in_words(cycle, referrals, speaker) if cycle else Ahead(),
        windows=windows,
        referrals=referrals,
        traces=read_traces(session, ProcessQuery(subject_id=enrolment_id, ended=True), policy=policy).items,
        lines=_lines(work, enrolment_id, windows=windows, referrals=referrals, speaker=speaker),
        signs=health_signs(session, enrolment_id),
    )


def _speaker(
    work: UnitOfWork,
    enrolment_id: UUID,
    *,
    referrals: Sequence[Referral],
    cycle: VisitCycle | None,
    policy: Policy,
) -> Speaker:
    told = [step.recipient.unit_id for step in steps_of(cycle) if step.recipient] if cycle else []
    contacts = repository.contacts_of(work.session, enrolment_id, limit=SHOWN)
    voided = repository.voided_of(work.session, enrolment_id, limit=SHOWN)
    visitors = [contact.visited_by for contact in contacts] + [each.voided_by for each in voided]
    visitor = repository.assignees(work.session).get(enrolment_id)
    holders = [row.holder_id for row in referrals]
    units = [row.unit_id for row in referrals] + [row.requesting_unit_id for row in referrals]
    names = load_names(work.session, accounts=[visitor, *visitors, *holders], units=[*told, *units])
    return Speaker(policy=policy, names=names)


def _lines(
    work: UnitOfWork,
    enrolment_id: UUID,
    *,
    windows: Sequence[VisitWindow],
    referrals: Sequence[Referral],
    speaker: Speaker,
) -> tuple[StoryLine, ...]:
    contacts = repository.contacts_of(work.session, enrolment_id, limit=SHOWN)
    found = [_contact(contact, speaker) for contact in contacts]
    voided = repository.voided_of(work.session, enrolment_id, limit=SHOWN)
    found += [_voided(each, speaker) for each in voided]
    found += [_window(window, speaker) for window in windows if window.closes_at <= work.now]
    found += _ledger(work, referrals, speaker)
    return tuple(sorted(found, key=lambda line: line.at, reverse=True)[: 2 * SHOWN])


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
    entries = repository.ledger_of(work.session, list(kinds), limit=SHOWN)
    names = load_names(
        work.session,
        accounts=[entry.account_id for entry in entries],
        units=[entry.unit_id for entry in entries],
    )
    words = Words(policy=speaker.policy)
    actions = repository.rung_actions(work.session, list(kinds))
    shielded = {kind.code for kind in speaker.policy.kinds if kind.shields_reporter}
    said = [
        (entry, words.line(entry, names, text="", action=_action(entry, actions)))
        for entry in entries
        if kinds[entry.referral_id] not in shielded
    ]
    there = [
        entry
        for entry in entries
        if kinds[entry.referral_id] in shielded and entry.code == LedgerCode.OFFERED
    ]
    return [_only_there(entry, kinds[entry.referral_id], speaker.policy) for entry in there] + [
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


def _only_there(entry: ReferralLedger, kind: str, policy: Policy) -> StoryLine:
    """A report that few read: that there is one, and nothing of what became of it (X-11)."""
    return StoryLine(
        at=entry.at,
        kind="referral",
        words=policy.public_kind(kind),
        detail="",
        tone="",
        referral_id=entry.referral_id,
    )


def _action(entry: ReferralLedger, actions: Mapping[tuple[UUID, str], str]) -> str:
    return actions.get((entry.referral_id, entry.detail), "") if entry.code == LedgerCode.CLIMBED else ""


_TURNED = frozenset({WindowOutcome.MISSED, WindowOutcome.EXCEPTED, WindowOutcome.MET, WindowOutcome.MET_LATE})
