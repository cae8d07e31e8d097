"""Where a referral goes next by the policy in force: after a refusal, or to the unit that is named."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shared.domain.conditions import Subject, holds
from shared.domain.errors import Invalid
from shared.domain.facts import ElderFacts
from shared.domain.kinds import KindSpec
from shared.domain.zones import to_wall
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec
from shared.process.directory import load_directory
from shared.process.subjects import enrolled_elders
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class NextUnit:
    """A unit and the kind as that unit works it: its own calendar, limits and ladders."""

    unit_id: str
    kind: KindSpec


def next_by_policy(session: Session, row: Referral, *, book: PolicyBook, now: datetime) -> NextUnit | None:
    """The next unit on the kind's routes for this elder; None leaves it to the coordinator."""
    setting = _setting(session, row, book=book, now=now)
    routes = setting.policy.kind(row.kind).routes
    units = [setting.unit_id(route.to) for route in routes if holds(route.when, setting.subject)]
    later = units[units.index(row.unit_id) + 1 :] if row.unit_id in units else units
    unit_id = next((unit for unit in later if unit != row.unit_id and setting.directory.unit(unit)), None)
    return None if unit_id is None else NextUnit(unit_id=unit_id, kind=_kind_for(row.kind, unit_id, setting))


def kind_as_worked_by(
    session: Session, row: Referral, unit_id: str, *, book: PolicyBook, now: datetime
) -> NextUnit:
    """The kind as a named unit works it. Raises Invalid for a unit that this place does not have."""
    setting = _setting(session, row, book=book, now=now)
    if setting.directory.unit(unit_id) is None:
        raise Invalid("unknown_receiving_unit", unit_id=unit_id)
    return NextUnit(unit_id=unit_id, kind=_kind_for(row.kind, unit_id, setting))


def policy_at(book: PolicyBook, jurisdiction_id: str, now: datetime) -> Policy:
    """The place's policy in force on the business day of the instant."""
    first = book.in_force(jurisdiction_id, now.date())
    return book.in_force(jurisdiction_id, to_wall(now, first.jurisdiction.zone).date())


def _setting(session: Session, row: Referral, *, book: PolicyBook, now: datetime) -> Setting:
    policy = policy_at(book, row.jurisdiction_id, now)
    return Setting(
        policy=policy,
        subject=_subject(session, row, policy, now),
        directory=load_directory(session, row.jurisdiction_id),
    )


def _subject(session: Session, row: Referral, policy: Policy, now: datetime) -> Subject:
    """The elder as the rules see them; a unit outside the elder's area knows the area alone."""
    on = to_wall(now, policy.jurisdiction.zone).date()
    known = enrolled_elders(session, [row.subject_id]) if row.subject_id else {}
    elder = known.get(row.subject_id) if row.subject_id else None
    return elder.on(on) if elder else Subject(facts=ElderFacts(area_code=row.area_code), on=on)


def _kind_for(kind: str, unit_id: str, setting: Setting) -> KindSpec:
    return kind_spec(
        kind,
        Setting(
            policy=setting.policy,
            subject=setting.subject,
            directory=setting.directory,
            receiving_unit_id=unit_id,
        ),
    )
