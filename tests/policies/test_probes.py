"""No dead configuration: a value written otherwise changes some decision (rule 4 of the house)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shared.domain.classification import classify
from shared.domain.codes import Circumstance, Force, Mobility, Reach, StateKind, VisitMode
from shared.domain.late_entry import happened
from shared.domain.visit_modes import Attempt, judge
from shared.policies.model import Policy
from shared.policies.resolve import (
    Setting,
    kind_spec,
    obligations_of,
    plan_for,
    responsible_unit,
    route,
    unseen_limit_days,
)
from tests.builders import at
from tests.policies.occasions import OCCASION_PROBES
from tests.policies.plans import JIANGPU, TODAY, ZICHUAN, directory, elder, plan, subject, with_value

Decision = Callable[[Policy], object]
FRAIL = {"mobility": Mobility.BEDRIDDEN}


def classes(**known: object) -> Decision:
    return lambda policy: classify(elder(policy.jurisdiction.id, **known), policy.classification, TODAY)


def the_plan(policy: Policy) -> object:
    carried = plan_for(policy, subject(policy, **FRAIL), directory(policy))
    return carried.obligations, carried.late_entry_hours, carried.first_visit_days, carried.calendar.hours


def timing(policy: Policy) -> object:
    carried = plan_for(policy, subject(policy), directory(policy))
    return carried.return_check_hours, carried.overtaken_minutes, policy.timing


def owed(policy: Policy) -> object:
    rules = obligations_of(policy, subject(policy, **FRAIL))
    return [(rule.code, rule.in_principle) for rule in rules]


def worked(kind: str, **known: object) -> Decision:
    def spec(policy: Policy) -> object:
        who, units = subject(policy, **known), directory(policy)
        unit_id = route(policy, kind, who, units)
        setting = Setting(policy=policy, subject=who, directory=units, receiving_unit_id=unit_id)
        carried = kind_spec(kind, setting)
        return unit_id, carried.accept, carried.complete, carried.calendar, carried.coordinator_unit_id

    return spec


def shown(kind: str) -> Decision:
    def offered(policy: Policy) -> object:
        rule = policy.kind(kind)
        return rule.emergency_numbers, rule.elders_word, rule.restricted_to, rule.external

    return offered


def counted(mode: VisitMode, reach: Reach = Reach.SPOKEN_WITH, **known: object) -> Decision:
    return lambda policy: judge(
        Attempt(mode=mode, reach=reach, force=Force.VISITOR), subject(policy, **known), policy.contacts
    )


def answering(policy: Policy) -> object:
    return responsible_unit(policy, subject(policy), directory(policy))


def unseen(policy: Policy) -> object:
    return unseen_limit_days(policy, subject(policy))


def recorded(policy: Policy) -> object:
    return policy.recording


def believed(policy: Policy) -> object:
    received = at("2026-11-18 10:00")
    off_after = timedelta(minutes=policy.recording.clock_off_minutes)
    return happened(
        received - timedelta(hours=3),
        sender_now=received - timedelta(minutes=4),
        received_at=received,
        off_after=off_after,
    )


def ruled(kind: StateKind) -> Decision:
    return lambda policy: policy.state(kind)


def circumstances(policy: Policy) -> object:
    return policy.circumstances


def verified(policy: Policy) -> object:
    return policy.verification


PROBES: list[tuple[str, str, object, Decision]] = [
    (ZICHUAN, "jurisdiction.zone", "Asia/Tokyo", worked("drill")),
    (ZICHUAN, "jurisdiction.hours", [["09:00", "12:00"], ["13:00", "17:00"]], worked("chase")),
    (ZICHUAN, "jurisdiction.notice_hours", [["09:00", "17:00"]], the_plan),
    (ZICHUAN, "jurisdiction.coordinator_unit", "health_bureau", worked("chase")),
    (ZICHUAN, "jurisdiction.working_group_unit", "health_bureau", worked("mediation")),
    (ZICHUAN, "jurisdiction.duty_room", "coordinator", worked("not_seen")),
    (ZICHUAN, "jurisdiction.committee_prefix", "hamlet", worked("chase")),
    (JIANGPU, "units.duty_room.hours", [["08:00", "20:00"]], worked("not_seen_red_flag")),
    (ZICHUAN, "units.town_115.area_code", "370302999", worked("mediation")),
    (ZICHUAN, "units.town_115.roles", ["grid"], worked("mediation")),
    (JIANGPU, "responsible[1].to", "unit:health_centre", answering),
    (ZICHUAN, "circumstances.active", ["living_alone"], circumstances),
    (ZICHUAN, "classification.tiers[10].tier", "general", classes()),
    (ZICHUAN, "classification.tiers[3].presumptive", False, classes(**FRAIL)),
    (ZICHUAN, "classification.tiers[3].to_verify", [], classes(**FRAIL)),
    (ZICHUAN, "classification.tiers[3].when", {"age_at_least": 99}, classes(**FRAIL)),
    (ZICHUAN, "classification.not_eligible[1].when", {"age_below": 75}, classes()),
    (ZICHUAN, "classification.checks[0].when", {"household_above": 2}, classes(household_size=2)),
    (JIANGPU, "classification.groups[2].when", {"age_at_least": 99}, classes(**FRAIL)),
    (ZICHUAN, "verification.survey.within", "1 working_days", verified),
    (ZICHUAN, "obligations.weekly_visit.times", 2, the_plan),
    (ZICHUAN, "obligations.weekly_visit.period", "month", the_plan),
    (ZICHUAN, "obligations.weekly_visit.who.tier_in", ["secondary"], owed),
    (ZICHUAN, "obligations.weekly_visit.first_window.binds_from_days", 5, the_plan),
    (ZICHUAN, "obligations.weekly_visit.adjusted.active_days", 5, the_plan),
    (ZICHUAN, "obligations.weekly_visit.exceptions.allowed", False, owed),
    (ZICHUAN, "obligations.weekly_visit.warnings[0].day", 3, the_plan),
    (ZICHUAN, "obligations.weekly_visit.warnings[0].time", "09:00", the_plan),
    (ZICHUAN, "obligations.weekly_visit.warnings[0].whom", "town", the_plan),
    (JIANGPU, "obligations.daily_care.distinct.days", False, the_plan),
    (JIANGPU, "obligations.committee_monthly.responsible", "unit:health_centre", the_plan),
    (JIANGPU, "obligations.focus_home_care.counting", "any_contact", counted(VisitMode.PHONE, **FRAIL)),
    (ZICHUAN, "counting.by_health.modes[1].modes", ["phone"], counted(VisitMode.PHONE, **FRAIL)),
    (ZICHUAN, "counting.by_health.modes[3].to_verify", [], counted(VisitMode.PHONE)),
    (JIANGPU, "counting.by_cadre.forces", ["visitor"], counted(VisitMode.AT_HOME)),
    (ZICHUAN, "contact.device_modes", [], counted(VisitMode.REMOTE_MONITORING)),
    (ZICHUAN, "contact.seen.suffices_in", [], counted(VisitMode.AT_HOME, Reach.SEEN)),
    (ZICHUAN, "states.away.usual_days", 3, ruled(StateKind.AWAY)),
    (ZICHUAN, "states.away.max_days", 30, ruled(StateKind.AWAY)),
    (ZICHUAN, "states.away.second_person", "1 working_days", ruled(StateKind.AWAY)),
    (ZICHUAN, "states.declines_visits.reask_days", 60, ruled(StateKind.DECLINES_VISITS)),
    (ZICHUAN, "states.declines_visits.alternative_modes", [], ruled(StateKind.DECLINES_VISITS)),
    (ZICHUAN, "states.presumed_dead.stops_contact", False, ruled(StateKind.PRESUMED_DEAD)),
    (ZICHUAN, "timing.first_visit.days", 5, the_plan),
    (ZICHUAN, "timing.return_check.hours", 12, timing),
    (ZICHUAN, "timing.overtaken.minutes", 30, timing),
    (ZICHUAN, "timing.ruling.declines", 2, timing),
    (ZICHUAN, "timing.acknowledge.within", "1 working_hours", timing),
    (ZICHUAN, "timing.late_notice.minutes", 10, timing),
    (ZICHUAN, "timing.substitution.max_days", 90, timing),
    (ZICHUAN, "unseen[1].days", 30, unseen),
    (ZICHUAN, "recording.late_entry.counts_until_hours", 24, the_plan),
    (ZICHUAN, "recording.late_entry.reason_after", "1 days at 24:00", recorded),
    (ZICHUAN, "recording.late_entry.clock_off_minutes", 3, believed),
    (ZICHUAN, "recording.findings.mind.options", ["no_change"], recorded),
    (ZICHUAN, "recording.service.items", ["health"], recorded),
    (ZICHUAN, "recording.contents.mapping.rescue_content.items", ["health"], recorded),
    (ZICHUAN, "recording.not_seen.red_flags", ["smell"], recorded),
    (ZICHUAN, "ladders.chase.rungs[1].after", "5 working_hours", worked("chase")),
    (ZICHUAN, "ladders.chase.rungs[1].whom", "town", worked("chase")),
    (ZICHUAN, "ladders.chase.rungs[1].action", "supervise", worked("chase")),
    (ZICHUAN, "kinds.mediation.accept.limit", "2 working_days", worked("mediation")),
    (ZICHUAN, "kinds.mediation.accept.reminders", [60], worked("mediation")),
    (ZICHUAN, "kinds.mediation.accept.ladder", "urgent", worked("mediation")),
    (ZICHUAN, "kinds.mediation.complete.limit", "20 days", worked("mediation")),
    (ZICHUAN, "kinds.not_seen.variants[0].complete.limit", "2 hours", worked("not_seen", **FRAIL)),
    (ZICHUAN, "kinds.mediation.routes[0].to", "unit:health_bureau", worked("mediation")),
    (ZICHUAN, "kinds.welfare_check.emergency_numbers", ["110"], shown("welfare_check")),
    (ZICHUAN, "kinds.population_change.elders_word", "elder", shown("population_change")),
    (ZICHUAN, "kinds.family_planning_care.restricted_to", [], shown("family_planning_care")),
    (
        ZICHUAN,
        "kinds.legal_aid_forwarding.external.aid_decision.limit",
        "10 working_days",
        shown("legal_aid_forwarding"),
    ),
]


@pytest.mark.parametrize(
    ("place", "path", "value", "decision"),
    [*PROBES, *OCCASION_PROBES],
    ids=[f"{place}:{path}" for place, path, *_ in (*PROBES, *OCCASION_PROBES)],
)
def test_a_value_written_otherwise_changes_a_decision(
    place: str, path: str, value: object, decision: Decision
) -> None:
    assert decision(with_value(place, path, value)) != decision(plan(place))


def test_every_section_of_the_files_has_a_probe() -> None:
    """`labels`, `documents` and `policy` are words; `floors` has its own test, by refusal."""
    probed = {path.split(".")[0].split("[")[0] for _, path, *_ in PROBES}
    probed |= {path.split(".")[0].split("[")[0] for _, path, *_ in OCCASION_PROBES}
    written = {path.split(".")[0].split("[")[0] for path in plan(ZICHUAN).origins}

    assert written - probed == {"floors"}


def test_a_circumstance_of_the_elder_moves_between_the_units_that_answer() -> None:
    policy = with_value(JIANGPU, "responsible[0].when", {"age_at_least": 99})
    mourning = subject(policy, circumstances=(Circumstance.SPECIAL_FAMILY_PLANNING,))

    assert responsible_unit(policy, mourning, directory(policy)) == "shanghai_jiangpu:service_office"
