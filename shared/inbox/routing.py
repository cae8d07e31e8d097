"""Where a referral goes on by the policy in force: after a refusal, and to the unit that is named."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from shared.domain.conditions import Subject, holds
from shared.domain.errors import Invalid
from shared.domain.kinds import KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.policies.book import PolicyBook
from shared.policies.hand_over import hand_over
from shared.policies.model import Policy
from shared.policies.resolve import Setting, as_support, kind_spec
from shared.process.directory import load_directory
from shared.process.openings import policy_at
from shared.process.subjects import subject_of
from shared.process.tables import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class NextUnit:
    """A unit and the kind as that unit works it: its own calendar, limits and ladders."""

    unit_id: str
    kind: KindSpec


def setting_of(session: Session, policy: Policy, subject: Subject) -> Setting:
    """What routes are resolved against: the policy, the elder, and the units as they stand."""
    directory = load_directory(session, policy.jurisdiction.id)
    return Setting(policy=policy, subject=subject, directory=directory)


def next_by_policy(session: Session, row: Referral, *, book: PolicyBook, now: datetime) -> NextUnit | None:
    """The next unit on the kind's routes for this elder; None leaves it to the coordinator.

    Support (协办) was asked of one unit: where that one cannot give it, somebody decides.
    """
    if row.lead_id is not None:
        return None
    setting = setting_for(session, row, book=book, now=now)
    units = _units_on_route(row.kind, setting)
    later = units[units.index(row.unit_id) + 1 :] if row.unit_id in units else units
    following = next((unit for unit in later if unit != row.unit_id and setting.directory.unit(unit)), None)
    return None if following is None else _worked_by(following, row.kind, setting)


def kind_as_worked_by(
    session: Session, row: Referral, unit_id: str, *, book: PolicyBook, now: datetime
) -> NextUnit:
    """The kind, or a share of it, as a named unit works it.

    Raises Invalid for a unit not of this place, and `goes_through_another` for one to which whoever names it
    hands nothing directly.
    """
    setting = setting_for(session, row, book=book, now=now)
    if setting.directory.unit(unit_id) is None:
        raise Invalid("unknown_receiving_unit", unit_id=unit_id)
    if between := stands_between(row, unit_id, setting):
        raise Invalid("goes_through_another", through=between)
    named = _worked_by(unit_id, row.kind, setting)
    is_share = row.lead_id is not None
    return replace(named, kind=as_support(named.kind, setting.policy)) if is_share else named


def stands_between(row: Referral, unit_id: str, setting: Setting) -> str:
    """The name of the unit through which the plan wants this to go (X-13); empty if it goes directly.

    Support is asked by the unit that has the work; where none has it, the coordinator names one.
    """
    asks = row.unit_id if row.status is Status.ACCEPTED else row.coordinator_unit_id
    handed = hand_over(setting, asks, unit_id)
    between = None if handed.is_direct else setting.directory.unit(handed.unit_id)
    return between.name if between else ""


def setting_for(session: Session, row: Referral, *, book: PolicyBook, now: datetime) -> Setting:
    """What a referral's selectors are resolved against today: its elder, by the policy in force."""
    policy = policy_at(book, row.jurisdiction_id, now)
    on = local_day(now, policy.jurisdiction.zone)
    return setting_of(session, policy, subject_of(session, row.subject_id, area_code=row.area_code, on=on))


def _units_on_route(kind: str, setting: Setting) -> list[str]:
    routes = setting.policy.kind(kind).routes
    return [setting.unit_id(route.to) for route in routes if holds(route.when, setting.subject)]


def _worked_by(unit_id: str, kind: str, setting: Setting) -> NextUnit:
    spec = kind_spec(kind, replace(setting, receiving_unit_id=unit_id))
    return NextUnit(unit_id=unit_id, kind=spec)
