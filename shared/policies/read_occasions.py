"""Reading the sections about what is out of the usual: overlays, festivals, alarms, reports."""

import re

from shared.domain.alarms import AlarmRules, Severity, SignalRule
from shared.domain.calendars import Limit
from shared.domain.codes import VisitMode
from shared.domain.overlays import ExtraContacts, Occasion, OverlayRule, OverlayRules, WarningColour
from shared.domain.readings import ReadingRule, ReadingRules
from shared.domain.reports import ReportRule
from shared.policies.festivals import Festival, Reckoning, comes_every_year, is_term
from shared.policies.read_conditions import read_condition
from shared.policies.reader import Reader

WHOLE = 100
MOST_DAYS = 180
"""A festival that lasts longer would meet the next one."""

FESTIVAL = re.compile(r"^(?:(solar|lunar) (\d{1,2})-(\d{1,2})|term (\S+))$")


def read_overlays(root: Reader) -> OverlayRules:
    """The sections [overlays] and [overlay_sharing]."""
    sharing = root.child("overlay_sharing")
    return OverlayRules(
        overlays=tuple(_overlay(each) for each in root.entries("overlays")),
        may_share=sharing.flag("allowed"),
        shares=sharing.flag("switched_on"),
    )


def read_festivals(root: Reader, key: str = "festivals") -> tuple[Festival, ...]:
    """A section of festivals: on which day, and how many days around it."""
    return tuple(_festival(each) for each in root.entries(key))


def read_alarms(root: Reader) -> AlarmRules:
    """The section [alarms]."""
    reader = root.child("alarms")
    merging, storm, night = reader.child("merging"), reader.child("storm"), reader.child("night")
    return AlarmRules(
        severities=tuple(_severity(each) for each in reader.entries("severities")),
        signals=tuple(
            SignalRule(
                signal=row.text("signal"), when=read_condition(row, "when"), severity=row.text("severity")
            )
            for row in reader.rows("signals")
        ),
        merge_minutes=merging.integer("minutes"),
        storm_percent=storm.integer("percent", least=1, most=WHOLE),
        storm_minutes=storm.integer("minutes"),
        night_from=night.clock("from"),
        night_until=night.clock("until"),
        readings=_readings(reader),
    )


def _readings(reader: Reader) -> ReadingRules:
    waking = reader.child("waking")
    return ReadingRules(
        rows=tuple(_reading(row) for row in reader.rows("readings")),
        waking_from=waking.clock("from"),
        waking_until=waking.clock("until"),
    )


def _reading(row: Reader) -> ReadingRule:
    if row.has("below") == row.has("above"):
        row.report("", "missing", key="below / above")
    return ReadingRule(
        device=row.text("device"),
        when=read_condition(row, "when"),
        hours=row.integer("hours", least=1),
        is_waking=row.flag("waking", default=False),
        below=row.decimal("below") if row.has("below") else None,
        above=row.decimal("above") if row.has("above") else None,
        signal=row.text("signal"),
    )


def read_reports(root: Reader) -> tuple[ReportRule, ...]:
    """The section [reports]."""
    return tuple(
        ReportRule(
            code=each.code,
            triggers=each.texts("triggers"),
            contents=each.texts("contents"),
            phone=each.limit("phone"),
            phone_at_latest=each.limit("phone_at_latest"),
            written=each.limit("written"),
            again_every=each.limit("again_every"),
            final=each.limit("final"),
            signed_by=each.text("signed_by"),
            ladder=each.text("ladder"),
            source=each.source,
        )
        for each in root.entries("reports")
    )


def _overlay(reader: Reader) -> OverlayRule:
    return OverlayRule(
        code=reader.code,
        occasion=reader.one_of("occasion", Occasion),
        names=reader.texts("names", ()),
        colours=reader.some_of("colours", WarningColour, ()),
        extra=tuple(_extra(row) for row in reader.rows("extra")),
        tells_care_team=reader.flag("tells_care_team", default=False),
        prepares_transfer=reader.flag("prepares_transfer", default=False),
        source=reader.source,
    )


def _extra(row: Reader) -> ExtraContacts:
    return ExtraContacts(
        when=read_condition(row, "when"),
        times=row.integer("times", least=1),
        each_day=row.flag("each_day", default=False),
        modes=row.some_of("modes", VisitMode),
        first_within=_optional(row, "first_within"),
        first_modes=row.some_of("first_modes", VisitMode, ()),
        source=row.source,
    )


def _severity(reader: Reader) -> Severity:
    return Severity(
        code=reader.code,
        answer_within=reader.limit("answer_within"),
        phone_within=_optional(reader, "phone_within"),
        on_site_by_day=_optional(reader, "on_site_by_day"),
        on_site_by_night=_optional(reader, "on_site_by_night"),
        ladder=reader.text("ladder"),
        report=reader.text("report", ""),
        source=reader.source,
    )


def _festival(reader: Reader) -> Festival:
    reckoning, month, day, term = _day_of(reader)
    return Festival(
        code=reader.code,
        reckoning=reckoning,
        month=month,
        day=day,
        term=term,
        days_before=reader.integer("days_before", 0, most=MOST_DAYS),
        days_after=reader.integer("days_after", 0, most=MOST_DAYS),
        source=reader.source,
    )


def _day_of(reader: Reader) -> tuple[Reckoning, int, int, str]:
    """How the day is counted; after a fault New Year's Day, so that reading goes on."""
    value = reader.text("on")
    match = FESTIVAL.match(value)
    if match and match[4] and is_term(match[4]):
        return Reckoning.TERM, 0, 0, match[4]
    if match and match[1]:
        reckoning, month, day = Reckoning(match[1]), int(match[2]), int(match[3])
        if comes_every_year(reckoning, month, day):
            return reckoning, month, day, ""
    reader.report("on", "bad_festival", key="on", value=value)
    return Reckoning.SOLAR, 1, 1, ""


def _optional(reader: Reader, key: str) -> Limit | None:
    return reader.limit(key) if reader.has(key) else None
