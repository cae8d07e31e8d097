"""Probes of what is out of the usual: overlays, alarms, reports, handling; each through its decision."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from shared.domain.alarms import (
    graver,
    is_same_incident,
    is_storm,
    on_site_within,
    severity_of,
)
from shared.domain.calendars import WorkCalendar
from shared.domain.codes import Circumstance, Mobility
from shared.domain.overlays import Occasion, Trigger, WarningColour, extra_owed, overlay_for, required
from shared.domain.reports import continuing_by, final_by, first_report, report_for
from shared.policies.festivals import festivals_on
from shared.policies.forces import counted_as
from shared.policies.forms import class_cell, remark_cell
from shared.policies.hand_over import assistance_spec, fields_for, hand_over
from shared.policies.handling import PausesSoFar, effects_of, extension_of, pause_refused
from shared.policies.model import Policy
from shared.policies.resolve import Setting
from tests.policies.plans import JIANGPU, TODAY, ZICHUAN, directory, subject

Decision = Callable[[Policy], object]
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)


def calendar(policy: Policy) -> WorkCalendar:
    place = policy.jurisdiction
    return policy.work_days.calendar(place.zone, place.hours, TODAY)


def setting(policy: Policy) -> Setting:
    return Setting(policy=policy, subject=subject(policy), directory=directory(policy))


def weather(colour: WarningColour, **known: object) -> Decision:
    def owed(policy: Policy) -> object:
        rule = overlay_for(policy.overlays, Trigger(occasion=Occasion.WEATHER, name="cold", colour=colour))
        assert rule is not None
        extra = extra_owed(rule, subject(policy, **known))
        total = required(1, extra, days=3, rules=policy.overlays)
        return rule.tells_care_team, rule.prepares_transfer, extra, total

    return owed


def festivity(on: date) -> Decision:
    def spans(policy: Policy) -> object:
        found = festivals_on(policy.festivals, on)
        names = [
            overlay_for(policy.overlays, Trigger(occasion=Occasion.FESTIVAL, name=each.code))
            for each in found
        ]
        return found, [rule.code if rule else "" for rule in names]

    return spans


def alarm(signal: str, **known: object) -> Decision:
    def answered(policy: Policy) -> object:
        rules, place = policy.alarms, policy.jurisdiction
        level = severity_of(rules, signal, subject(policy, **known))
        soon = [on_site_within(level, at, zone=place.zone, rules=rules) for at in (NOON, MIDNIGHT)]
        return level, soon, [rung.whom for rung in policy.ladders[level.ladder]]

    return answered


def alarm_net(policy: Policy) -> object:
    rules = policy.alarms
    later = NOON.replace(minute=29)
    storms = [is_storm(rules, alarming=alarming, devices=100) for alarming in (9, 10, 11, 20)]
    worst = graver(rules, rules.severities[1], rules.severities[0])
    return storms, rules.storm_minutes, is_same_incident(rules, NOON, later), worst.code


def reported(policy: Policy) -> object:
    rule = report_for(policy.reports, "death_at_home")
    if rule is None:
        return None
    times = calendar(policy)
    first = first_report(rule, NOON, times)
    again, last = continuing_by(rule, NOON, times), final_by(rule, NOON, times)
    signed = setting(policy).recipient(rule.signed_by)
    return first, again, last, signed, rule.contents, policy.ladders[rule.ladder]


def paused(handling: str) -> Decision:
    def answers(policy: Policy) -> object:
        rules = policy.handling
        tries = [(0, 0, 10), (1, 20, 15), (2, 10, 5), (0, 0, 16)]
        refusals = [
            pause_refused(rules, handling, ground, so_far=PausesSoFar(times=times, days=days), days=more)
            for ground in ("awaiting_papers", "awaiting_third_party")
            for times, days, more in tries
        ]
        granted = [extension_of(rules, handling, granted=number) for number in (0, 1)]
        whom = [each.extended_by for each in rules.handlings]
        return refusals, granted, whom

    return answers


def finished(kind: str, outcome: str) -> Decision:
    return lambda policy: (effects_of(policy.kind(kind).effects, outcome), fields_for(policy, kind))


def handed(policy: Policy) -> object:
    here = setting(policy)
    committee = here.unit_id("committee")
    units = [here.own(unit.code) for unit in policy.units]
    return [hand_over(here, unit, committee) for unit in units], hand_over(here, committee, units[0])


def assisted(code: str) -> Decision:
    def worked(policy: Policy) -> object:
        spec = assistance_spec(code, setting(policy))
        unit = next(each for each in policy.handling.assistance if each.code == code).unit
        return spec.accept.limit, spec.complete.limit, setting(policy).unit_id(unit)

    return worked


def printed(policy: Policy) -> object:
    frail = subject(policy, circumstances=(Circumstance.LIVING_ALONE, Circumstance.CARE_DEPENDENT))
    cells = class_cell(policy.forms, frail, policy.label), remark_cell(policy.forms, frail, policy.label)
    return cells, policy.forms.sheets


def taking_part(policy: Policy) -> object:
    return policy.forces.forces, counted_as(policy.forces, "grid_worker")


def defined(policy: Policy) -> object:
    return policy.definitions, policy.passing, policy.override


def scaled(policy: Policy) -> object:
    return policy.scales


YELLOW, ORANGE, RED = WarningColour.YELLOW, WarningColour.ORANGE, WarningColour.RED
FRAIL = {"mobility": Mobility.BEDRIDDEN}

OCCASION_PROBES: list[tuple[str, str, object, Decision]] = [
    (ZICHUAN, "overlays.weather_yellow.extra[0].times", 2, weather(YELLOW, **FRAIL)),
    (ZICHUAN, "overlays.weather_yellow.extra[0].each_day", False, weather(YELLOW, **FRAIL)),
    (ZICHUAN, "overlays.weather_yellow.extra[0].when", {"age_at_least": 99}, weather(YELLOW, **FRAIL)),
    (ZICHUAN, "overlays.weather_yellow.tells_care_team", False, weather(YELLOW)),
    (ZICHUAN, "overlays.weather_orange.extra[0].first_modes", ["phone"], weather(ORANGE, **FRAIL)),
    (ZICHUAN, "overlays.weather_orange.extra[0].modes", ["at_home"], weather(ORANGE, **FRAIL)),
    (ZICHUAN, "overlays.weather_red.extra[0].first_within", "6 hours", weather(RED, **FRAIL)),
    (ZICHUAN, "overlays.weather_red.prepares_transfer", False, weather(RED)),
    (ZICHUAN, "overlays.weather_blue.colours", ["blue", "yellow"], weather(YELLOW)),
    (ZICHUAN, "overlay_sharing.switched_on", True, weather(YELLOW, **FRAIL)),
    (ZICHUAN, "festivals.double_ninth.on", "lunar 9-8", festivity(date(2026, 10, 15))),
    (ZICHUAN, "festivals.double_ninth.days_before", 0, festivity(date(2026, 10, 15))),
    (ZICHUAN, "festivals.spring_festival.days_after", 7, festivity(date(2026, 3, 1))),
    (ZICHUAN, "overlays.festival.occasion", "special_day", festivity(date(2026, 10, 18))),
    (ZICHUAN, "alarms.signals[0].severity", "p1", alarm("help_button")),
    (ZICHUAN, "alarms.signals[5].when", {"age_at_least": 99}, alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p1.answer_within", "10 minutes", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p1.phone_within", "10 minutes", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p1.on_site_by_day", "40 minutes", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p1.on_site_by_night", "40 minutes", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p1.ladder", "alarm_p0", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.severities.p0.report", "", alarm("help_button")),
    (ZICHUAN, "alarms.night.from", "12:00", alarm("inactivity", **FRAIL)),
    (ZICHUAN, "alarms.merging.minutes", 20, alarm_net),
    (ZICHUAN, "alarms.storm.percent", 15, alarm_net),
    (ZICHUAN, "alarms.storm.minutes", 15, alarm_net),
    (ZICHUAN, "reports.incident.triggers", ["media_risk"], reported),
    (ZICHUAN, "reports.incident.phone", "10 minutes", reported),
    (ZICHUAN, "reports.incident.phone_at_latest", "20 minutes", reported),
    (ZICHUAN, "reports.incident.written", "40 minutes", reported),
    (ZICHUAN, "reports.incident.again_every", "1 hours", reported),
    (ZICHUAN, "reports.incident.final", "12 hours", reported),
    (ZICHUAN, "reports.incident.signed_by", "coordinator.lead", reported),
    (ZICHUAN, "reports.incident.contents", ["nature"], reported),
    (ZICHUAN, "reports.incident.ladder", "urgent", reported),
    (ZICHUAN, "pauses.awaiting_papers.max_days", 5, paused("routine")),
    (ZICHUAN, "handlings.routine.pauses", ["awaiting_elder"], paused("routine")),
    (ZICHUAN, "handlings.routine.pauses_at_most", 1, paused("routine")),
    (ZICHUAN, "handlings.routine.paused_days_at_most", 60, paused("routine")),
    (ZICHUAN, "handlings.routine.extension.at_most", 2, paused("routine")),
    (ZICHUAN, "handlings.routine.extension.by", "3 working_days", paused("routine")),
    (ZICHUAN, "handlings.routine.extension.granted_by", "working_group", paused("routine")),
    (ZICHUAN, "kinds.mediation.handling", "routine", lambda policy: policy.kind("mediation").handling),
    (ZICHUAN, "kinds.mediation.view", "minimal", finished("mediation", "settled")),
    (ZICHUAN, "kinds.mediation.effects", [], finished("mediation", "settled")),
    (
        ZICHUAN,
        "kinds.welfare_check.word_basis",
        "police_law:21",
        lambda policy: policy.kind("welfare_check").word_basis,
    ),
    (ZICHUAN, "views.service.fields", ["name"], finished("mediation", "settled")),
    (JIANGPU, "handing[0].through", "coordinator", handed),
    (JIANGPU, "handing[0].needs_list_item", False, handed),
    (JIANGPU, "handing[0].refusable", False, handed),
    (ZICHUAN, "handing[1].to", "grid", handed),
    (ZICHUAN, "assistance.training.complete", "10 working_days", assisted("training")),
    (ZICHUAN, "assistance.training.accept", "1 working_days", assisted("training")),
    (ZICHUAN, "assistance.training.unit", "town", assisted("training")),
    (ZICHUAN, "forms.class_cell.contents", ["tier"], printed),
    (ZICHUAN, "forms.class_cell.remark", [], printed),
    (ZICHUAN, "forms.class_cell.separator", "；", printed),
    (ZICHUAN, "forms.sheets.summary.columns", ["姓名"], printed),
    (ZICHUAN, "forces.volunteers.counts_as", "visitor", taking_part),
    (ZICHUAN, "participants.grid_worker.counts_as", "committee_cadre", taking_part),
    (ZICHUAN, "circumstances.temporary.review_days", 15, defined),
    (ZICHUAN, "circumstances.temporary.max_days", 90, defined),
    (ZICHUAN, "circumstances.definitions.dementia.evidence", ["committee_statement"], defined),
    (ZICHUAN, "classification.override.valid_days", 90, defined),
    (ZICHUAN, "classification.override.second_person", "1 working_days", defined),
    (ZICHUAN, "scales.shanghai_care_need.levels", ["normal"], scaled),
]
