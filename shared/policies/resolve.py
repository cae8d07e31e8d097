"""From a policy to one elder: plan, kinds of work, routes and recipients. Pure; nothing is read from disk."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.calendars import Limit, WorkCalendar, deadline
from shared.domain.codes import RecipientRole, StateKind, Tier, Urgency
from shared.domain.conditions import Subject, holds, met_since
from shared.domain.kinds import ClockRule, EndsBy, KindSpec, Rung
from shared.domain.periods import local_day
from shared.domain.plan import Obligation, Plan, Recipient, WindowWarning
from shared.domain.referral.commands import TimeTerms
from shared.domain.visit_modes import Attempt, Verdict, judge, set_apart
from shared.policies.directory import UnitDirectory
from shared.policies.model import Policy
from shared.policies.places import LEAD, Hours, Selector, split_selector
from shared.policies.referring import ClockSpec, ReferralKind
from shared.policies.visiting import ObligationRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """All that a selector is resolved against: the policy, the elder on the day, the unit tree, and the work.

    `obligation` is the code that the work is about, if any: it may have a responsible unit of its own.
    """

    policy: Policy
    subject: Subject
    directory: UnitDirectory
    receiving_unit_id: str = ""
    obligation: str = ""

    def unit_id(self, selector: str) -> str:
        """The unit that the selector means; one that nobody has set up keeps its name: that is a vacancy."""
        name, argument, _ = split_selector(selector)
        if name == "unit":
            return self.directory.id_of(argument)
        if name == "district":
            return self.own(self.policy.playing(argument, self.subject.facts.area_code))
        return UNITS[Selector(name)](self)

    def recipient(self, selector: str) -> Recipient:
        """Whom the selector means, as a role inside a unit."""
        name, _, suffix = split_selector(selector)
        if name == Selector.ASSIGNEE:
            return Recipient(role=RecipientRole.ASSIGNEE)
        if name == Selector.HOLDER:
            return Recipient(role=RecipientRole.HOLDER)
        role = RecipientRole.LEAD if suffix == LEAD else RecipientRole.MEMBERS
        return Recipient(role=role, unit_id=self.unit_id(selector))

    def own(self, code: str) -> str:
        """The id of the policy's own unit with that code."""
        return self.directory.id_of(code)

    def responsible(self) -> str:
        """The selector of the unit that answers for the elder, or for the obligation at hand."""
        own = [each for each in self.policy.obligations if each.code == self.obligation and each.responsible]
        if own:
            return next((each for each in own if holds(each.who, self.subject)), own[0]).responsible
        return next(route.to for route in self.policy.responsible if holds(route.when, self.subject))


UNITS: Mapping[Selector, Callable[[Setting], str]] = {
    Selector.RESPONSIBLE_UNIT: lambda setting: setting.unit_id(setting.responsible()),
    Selector.COMMITTEE: lambda setting: (
        setting.directory.committee_of(setting.subject.facts.area_code)
        or setting.unit_id(Selector.COORDINATOR)
    ),
    Selector.TOWN: lambda setting: setting.directory.town_of(setting.subject.facts.area_code),
    Selector.RECEIVING_UNIT: lambda setting: setting.receiving_unit_id,
    Selector.PARENT_UNIT: lambda setting: setting.directory.parent_of(setting.receiving_unit_id),
    Selector.COORDINATOR: lambda setting: setting.own(setting.policy.jurisdiction.coordinator_unit),
    Selector.WORKING_GROUP: lambda setting: setting.own(setting.policy.jurisdiction.working_group_unit),
    Selector.DUTY_ROOM: lambda setting: setting.unit_id(setting.policy.jurisdiction.duty_room),
}
"""How each selector finds its unit. ASSIGNEE and HOLDER are persons: they name none."""


def plan_for(policy: Policy, subject: Subject, directory: UnitDirectory) -> Plan:
    """Everything that the elder's visit cycle must know, under the policy, on the subject's day (<= 4 kB)."""
    setting = Setting(policy=policy, subject=subject, directory=directory)
    place, timing = policy.jurisdiction, policy.timing
    owed = obligations_of(policy, subject)
    return Plan(
        policy_id=policy.id,
        policy_hash=policy.hash,
        zone=place.zone,
        obligations=tuple(_obligation(rule, replace(setting, obligation=rule.code)) for rule in owed),
        calendar=policy.work_days.calendar(place.zone, place.notice_hours, subject.on),
        late_entry_hours=policy.recording.counts_until_hours,
        first_visit_days=timing.first_visit_days,
        return_check_hours=timing.return_check_hours,
        overtaken_minutes=timing.overtaken_minutes,
    )


def obligations_of(policy: Policy, subject: Subject) -> tuple[ObligationRule, ...]:
    """What is owed to the elder, each with its clause: layers add up."""
    return tuple(rule for rule in policy.obligations if holds(rule.who, subject))


def responsible_unit(policy: Policy, subject: Subject, directory: UnitDirectory, obligation: str = "") -> str:
    """The id of the unit that answers for the elder, or for one obligation towards the elder."""
    setting = Setting(policy=policy, subject=subject, directory=directory, obligation=obligation)
    return setting.unit_id(Selector.RESPONSIBLE_UNIT)


def route(policy: Policy, kind: str, subject: Subject, directory: UnitDirectory, obligation: str = "") -> str:
    """The id of the unit that receives work of the kind for the elder (kind x area x circumstances)."""
    setting = Setting(policy=policy, subject=subject, directory=directory, obligation=obligation)
    return setting.unit_id(next(each.to for each in policy.kind(kind).routes if holds(each.when, subject)))


def kind_spec(kind: str, setting: Setting) -> KindSpec:
    """The kind as one receiving unit works it, for one elder (<= 2 kB): limits, ladders, calendar."""
    policy = setting.policy
    rule = _variant(policy.kind(kind), setting.subject)
    on = setting.subject.on
    return KindSpec(
        code=rule.code,
        policy_id=policy.id,
        policy_hash=policy.hash,
        accept=_clock(rule.accept, setting),
        complete=_clock(rule.complete, setting),
        calendar=policy.work_days.near(on).calendar(policy.jurisdiction.zone, _hours(setting), on),
        ends_by=rule.ends_by,
        needs_confirmation=rule.needs_confirmation,
        outcomes=rule.outcomes,
        urgency=rule.urgency,
        declines_before_ruling=policy.timing.declines_before_ruling,
        overtaken_minutes=policy.timing.overtaken_minutes,
        coordinator_unit_id=setting.unit_id(Selector.COORDINATOR),
        is_drill=rule.is_drill,
    )


def as_support(kind: KindSpec, policy: Policy) -> KindSpec:
    """The kind as a supporting unit works its share (协办): nobody but the lead's own side confirms."""
    outcomes = policy.kind(kind.code).stated(as_support=True)
    return replace(kind, needs_confirmation=False, outcomes=outcomes)


def time_terms(kind: str, setting: Setting) -> TimeTerms | None:
    """How much more time may be granted for the kind, how often and by which unit; None for none (延期)."""
    policy = setting.policy
    rule = next(each for each in policy.handling.handlings if each.code == policy.kind(kind).handling)
    if rule.extension is None:
        return None
    grantor = setting.unit_id(rule.extended_by)
    return TimeTerms(by=rule.extension, at_most=rule.extensions_at_most, grantor_unit_id=grantor)


def idle_after(policy: Policy, kind: str) -> Limit | None:
    """How long nobody may hear of a claim (闲置时限). Only routine work goes back by itself.

    For the rest minutes count, and a ladder climbs for it.
    """
    rule = policy.kind(kind)
    is_bound = rule.urgency is Urgency.ROUTINE and rule.ends_by is EndsBy.OUTCOME and not rule.is_drill
    return policy.timing.idle_after if is_bound else None


def unseen_limit_days(policy: Policy, subject: Subject) -> int:
    """After how many days without being seen the elder is flagged (久未见到, domain §0.2-5)."""
    return next(limit.days for limit in policy.unseen if holds(limit.when, subject))


def worth(policy: Policy, attempt: Attempt, subject: Subject, state: StateKind | None) -> Verdict:
    """What a try to reach the elder is worth, in a state or in none (J-06, Z-66)."""
    verdict = judge(attempt, subject, policy.contacts)
    if state is None:
        return verdict
    origin = policy.why(f"states.{state}.alternative_modes")
    source = (origin.source or origin.standing) if origin else ""
    return set_apart(verdict, attempt.mode, policy.state(state).alternative_modes, source=source)


def tiers_of(policy: Policy) -> tuple[Tier, ...]:
    """The tiers that the plan tells apart, the first named first; none in a place that has only groups."""
    return tuple(dict.fromkeys(rule.tier for rule in policy.classification.tiers))


def groups_of(policy: Policy) -> tuple[str, ...]:
    """The care groups of the plan."""
    return tuple(dict.fromkeys(rule.group for rule in policy.classification.groups))


def confirm_override_by(policy: Policy, since: datetime) -> datetime:
    """By when a second person is to confirm a class that somebody asked for against the rules (人工调整)."""
    return deadline(policy.override.second_person, since, _office_calendar(policy, since))


def verify_by(policy: Policy, code: str, since: datetime) -> datetime:
    """By when what is in doubt (待核实) is to be found out, from the moment on at which the doubt arose."""
    return deadline(policy.verification[code], since, _office_calendar(policy, since))


def _office_calendar(policy: Policy, at: datetime) -> WorkCalendar:
    place = policy.jurisdiction
    return policy.work_days.calendar(place.zone, place.hours, local_day(at, place.zone))


def _variant(rule: ReferralKind, subject: Subject) -> ReferralKind:
    fitting = next((each for each in rule.variants if holds(each.when, subject)), None)
    if fitting is None:
        return rule
    accept = fitting.accept or rule.accept
    return replace(rule, accept=accept, complete=fitting.complete or rule.complete)


def _obligation(rule: ObligationRule, setting: Setting) -> Obligation:
    return Obligation(
        code=rule.code,
        period=rule.period,
        times=rule.times,
        length_days=rule.length_days,
        distinct_days=rule.distinct_days,
        min_gap_hours=rule.min_gap_hours,
        binds_from_days=rule.binds_from_days,
        active_days=rule.active_days,
        warnings=tuple(
            WindowWarning(day=each.day, time=each.time, recipient=setting.recipient(each.whom))
            for each in rule.warnings
        ),
        from_on=met_since(rule.who, setting.subject),
    )


def _clock(spec: ClockSpec, setting: Setting) -> ClockRule:
    rungs = setting.policy.ladders[spec.ladder] if spec.ladder else ()
    return ClockRule(
        limit=spec.limit,
        reminders=spec.reminders,
        ladder=tuple(
            Rung(number=number, after=rung.after, recipient=setting.recipient(rung.whom), action=rung.action)
            for number, rung in enumerate(rungs, start=1)
        ),
    )


def _hours(setting: Setting) -> Hours:
    """The receiving unit's own hours; a committee keeps those of the jurisdiction."""
    unit = setting.directory.unit(setting.receiving_unit_id)
    own = [each.hours for each in setting.policy.units if unit and each.code == unit.code]
    return own[0] if own else setting.policy.jurisdiction.hours
