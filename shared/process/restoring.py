"""The start of a referral whose process is gone, from its rows and from what the policy says of it.

What it decides by (the kind, the units behind its ladder, the elder's class) is resolved as at an offer;
where it stands is what its process wrote last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contracts import names
from shared.contracts.outbox import OutboxMessage, Verb
from shared.contracts.referral import StartReferral
from shared.contracts.wire import read_parsed
from shared.domain.calendars import Limit
from shared.domain.kinds import KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.moves import Move
from shared.domain.referral.restoring import Record, Terms, restored
from shared.domain.referral.rows import LedgerCode, LedgerRow, SupportRow
from shared.domain.referral.standing import Standing
from shared.domain.referral.state import Breach, Clock
from shared.domain.visit_cycle.state import FoundChase
from shared.policies.book import PolicyBook
from shared.policies.directory import UnitDirectory
from shared.policies.handling import join_of
from shared.policies.resolve import Setting, as_support, idle_after, kind_spec, time_terms
from shared.process.directory import load_directory
from shared.process.moving import obligation_of
from shared.process.openings import policy_at
from shared.process.subjects import subject_of
from shared.process.tables import Referral, ReferralLedger, VisitCycle

COLUMNS = tuple(field.name for field in fields(Standing))
LINE = tuple(field.name for field in fields(LedgerRow))


def restart_message(start: StartReferral, now: datetime) -> OutboxMessage:
    """The referral goes on; announced twice it goes on once, because one that runs is not started again."""
    referral_id = start.state.referral_id
    return OutboxMessage(
        message_id=uuid5(referral_id, f"restored/{now.isoformat()}"),
        key=names.referral_id(referral_id),
        verb=Verb.START,
        name=names.REFERRAL,
        payload=start,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What restoring the referrals of one place reads: their rows, the policies, the units as they stand."""

    session: Session
    book: PolicyBook
    directory: UnitDirectory

    @classmethod
    def of(cls, session: Session, book: PolicyBook, place: str) -> Self:
        """Those of the place."""
        return cls(session=session, book=book, directory=load_directory(session, place))


def restarted(referral_id: UUID, sources: Sources) -> StartReferral:
    """Its start, as if it had carried on in a new run.

    Raises NotRestorableError as `restored` does, LookupError if today's policies know the kind no more.
    """
    session = sources.session
    row = session.execute(select(Referral).where(Referral.referral_id == referral_id)).scalar_one()
    record = Record(
        standing=_standing(row),
        seq=row.seq,
        ledger=_ledger(session, referral_id),
        supports=_supports(session, referral_id),
    )
    return StartReferral(state=restored(record, _terms(row, record.ledger, sources)), is_begun=True)


def found_chases(session: Session, enrolments: Collection[UUID]) -> dict[UUID, FoundChase]:
    """The chase that each of these cycles had open when it was last heard of."""
    open_ones = (
        select(VisitCycle.enrolment_id, Referral)
        .join(Referral, Referral.referral_id == VisitCycle.chase_referral_id)
        .where(VisitCycle.enrolment_id.in_(enrolments), Referral.closed_at.is_(None))
    )
    return {
        enrolment_id: FoundChase(
            referral_id=row.referral_id, opened_at=row.offered_at, obligation=obligation_of(session, row)
        )
        for enrolment_id, row in session.execute(open_ones)
    }


def _standing(row: Referral) -> Standing:
    values = {name: getattr(row, name) for name in COLUMNS}
    values["clocks"] = tuple(read_parsed(Clock, each) for each in row.clocks)
    values["breaches"] = tuple(read_parsed(Breach, each) for each in row.breaches)
    return Standing(**values)


def _ledger(session: Session, referral_id: UUID) -> tuple[LedgerRow, ...]:
    in_order = (ReferralLedger.seq, ReferralLedger.task_at, ReferralLedger.position)
    of_referral = select(ReferralLedger).where(ReferralLedger.referral_id == referral_id)
    rows = session.scalars(of_referral.order_by(*in_order))
    return tuple(LedgerRow(**{name: getattr(row, name) for name in LINE}) for row in rows)


def _supports(session: Session, referral_id: UUID) -> tuple[SupportRow, ...]:
    of_lead = select(Referral.referral_id, Referral.unit_id, Referral.offered_at)
    found = session.execute(of_lead.where(Referral.lead_id == referral_id))
    return tuple(
        SupportRow(referral_id=row.referral_id, unit_id=row.unit_id, at=row.offered_at) for row in found
    )


def _terms(row: Referral, ledger: Sequence[LedgerRow], sources: Sources) -> Terms:
    """Each by the policy of the day on which it came to the referral."""
    book = sources.book
    offered_at = _last(ledger, LedgerCode.OFFERED) or row.offered_at
    claimed = policy_at(book, row.jurisdiction_id, row.held_since or offered_at)
    declined = policy_at(book, row.jurisdiction_id, _last(ledger, Move.DECLINE) or row.offered_at)
    supported = policy_at(book, row.jurisdiction_id, _last(ledger, Move.ASK_SUPPORT) or offered_at)
    return Terms(
        kind=_kind(_setting(row, offered_at, sources), row, obligation_of(sources.session, row)),
        idle_after=idle_after(claimed, row.kind),
        rule_within=declined.timing.rule_within,
        more_time=_more_time(row, _last(ledger, Move.ASK_TIME), sources),
        join=join_of(supported.handling, supported.kind(row.kind).handling),
    )


def _kind(setting: Setting, row: Referral, obligation: str) -> KindSpec:
    """As its unit works it, or its share of it."""
    kind = kind_spec(row.kind, replace(setting, obligation=obligation))
    return kind if row.lead_id is None else as_support(kind, setting.policy)


def _more_time(row: Referral, asked_at: datetime | None, sources: Sources) -> Limit | None:
    if asked_at is None:
        return None
    setting = _setting(row, asked_at, sources)
    policy = policy_at(sources.book, row.jurisdiction_id, asked_at)
    terms = time_terms(row.kind, replace(setting, policy=policy))
    return terms.by if terms else None


def _setting(row: Referral, at: datetime, sources: Sources) -> Setting:
    """The policy that the referral carries, if it is a file or on record; else the one of the day."""
    policy = sources.book.with_hash(row.policy_hash) or policy_at(sources.book, row.jurisdiction_id, at)
    on = local_day(at, policy.jurisdiction.zone)
    return Setting(
        policy=policy,
        subject=subject_of(sources.session, row.subject_id, area_code=row.area_code, on=on),
        directory=sources.directory,
        receiving_unit_id=row.unit_id,
    )


def _last(ledger: Sequence[LedgerRow], code: str) -> datetime | None:
    return next((row.at for row in reversed(ledger) if row.code == code), None)
