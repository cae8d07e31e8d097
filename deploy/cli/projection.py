"""What another policy or another year of holidays would change for the elders and the work at hand.

Nothing is written. Elders and referrals are named by their ids: who may see the names looks them up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from deploy.cli import messages
from deploy.cli.standing import Standing
from shared.domain.calendars import deadline, is_provisional
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.domain.kinds import ClockRule, KindSpec
from shared.domain.periods import local_day
from shared.domain.referral.moves import Status
from shared.policies.directory import UnitDirectory
from shared.policies.model import Policy
from shared.policies.resolve import Setting, kind_spec, route
from shared.process.subjects import EnrolledElder, enrolled_elders, visited_elders
from shared.process.tables import Referral

ENDED = (Status.CLOSED, Status.WITHDRAWN)
CLOCKS = ("accept", "complete")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedElder:
    """One elder who would be classed, or visited, otherwise: what would go, and what would come instead."""

    enrolment_id: UUID
    area_code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedReferral:
    """One open referral that would go elsewhere, or have another limit. Instants UTC."""

    referral_id: UUID
    kind: str
    what: str
    before: str
    after: str
    is_provisional: bool

    def line(self, policy: Policy) -> str:
        """Which work, what it was and what it would be, in the words of a policy that knows it."""
        moves = messages.MOVES_FOR_NOW if self.is_provisional else messages.MOVES
        what = messages.WHAT_MOVES.get(self.what) or policy.label("clocks", self.what)
        return messages.REFERRAL_CHANGED.format(
            place=policy.jurisdiction.id,
            referral=self.referral_id,
            kind=policy.label("kinds", self.kind),
            what=what,
            words=moves.format(before=self.before, after=self.after),
        )


def changed_elders(session: Session, old: Policy, new: Policy, now: datetime) -> Iterator[ChangedElder]:
    """Everybody of the place whose class, groups or obligations would change today."""
    on = local_day(now, new.jurisdiction.zone)
    standings = Standing(old), Standing(new)
    for elder in visited_elders(session):
        if elder.jurisdiction_id != new.jurisdiction.id:
            continue
        subject = Subject(facts=elder.facts, on=on)
        before, after = (standing.of(subject) for standing in standings)
        if set(before) != set(after):
            yield ChangedElder(
                enrolment_id=elder.enrolment_id,
                area_code=elder.area_code,
                before=_without(before, after),
                after=_without(after, before),
            )


def moved_referrals(
    session: Session, old: Policy, new: Policy, directory: UnitDirectory
) -> Iterator[MovedReferral]:
    """Every open referral of the place whose unit or limits would be others under the new policy."""
    open_ones = session.scalars(
        select(Referral)
        .where(Referral.jurisdiction_id == new.jurisdiction.id, Referral.status.not_in(ENDED))
        .order_by(Referral.offered_at)
    ).all()
    elders = enrolled_elders(session, [row.subject_id for row in open_ones if row.subject_id])
    for row in open_ones:
        elder = elders.get(row.subject_id) if row.subject_id else None
        yield from _moves(row, old, new, _setting(row, elder, old, directory))


def _without(words: tuple[str, ...], others: tuple[str, ...]) -> str:
    return messages.BESIDE.join(each for each in words if each not in others) or messages.NOTHING


def _setting(row: Referral, elder: EnrolledElder | None, policy: Policy, directory: UnitDirectory) -> Setting:
    on = local_day(row.offered_at, policy.jurisdiction.zone)
    subject = elder.on(on) if elder else Subject(facts=ElderFacts(area_code=row.area_code), on=on)
    return Setting(policy=policy, subject=subject, directory=directory, receiving_unit_id=row.unit_id)


def _moves(row: Referral, old: Policy, new: Policy, setting: Setting) -> Iterator[MovedReferral]:
    known = {kind.code for kind in new.kinds}
    if row.kind not in known:
        yield _moved(row, "kind", row.kind, "-")
        return
    before, after = (_spec(row.kind, setting, policy) for policy in (old, new))
    units = [route(policy, row.kind, setting.subject, setting.directory) for policy in (old, new)]
    if units[0] != units[1]:
        yield _moved(row, "unit", *units)
    running = {stored["name"] for stored in row.clocks}
    for clock in (each for each in CLOCKS if each in running):
        ends = [_end(getattr(spec, clock), row, spec) for spec in (before, after)]
        if ends[0] != ends[1]:
            may_move = bool(ends[1] and is_provisional(ends[1], after.calendar))
            yield replace(_moved(row, clock, *map(_written, ends)), is_provisional=may_move)


def _spec(kind: str, setting: Setting, policy: Policy) -> KindSpec:
    return kind_spec(kind, replace(setting, policy=policy))


def _end(clock: ClockRule, row: Referral, spec: KindSpec) -> datetime | None:
    return deadline(clock.limit, row.offered_at, spec.calendar) if clock.limit else None


def _moved(row: Referral, what: str, before: str, after: str) -> MovedReferral:
    return MovedReferral(
        referral_id=row.referral_id,
        kind=row.kind,
        what=what,
        before=before,
        after=after,
        is_provisional=False,
    )


def _written(at: datetime | None) -> str:
    return at.isoformat(timespec="minutes") if at else "-"
