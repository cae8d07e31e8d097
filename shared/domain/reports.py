"""The duty room's reports of an emergency (值班报告): first, continuing and final (J-41, X-21)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.domain.calendars import Limit, WorkCalendar, deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """One kind of report: what calls for it and by when each part is due, counted from confirmation.

    phone_at_latest: past it the delay itself is a breach. signed_by: who signs the final one.
    """

    code: str
    triggers: tuple[str, ...]
    contents: tuple[str, ...]
    phone: Limit
    phone_at_latest: Limit
    written: Limit
    again_every: Limit
    final: Limit
    signed_by: str
    ladder: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReport:
    """By when the telephone and the written first report are due."""

    phone_by: datetime
    phone_at_latest_by: datetime
    written_by: datetime


def report_for(rules: tuple[ReportRule, ...], trigger: str) -> ReportRule | None:
    """The report that such an event calls for, or None: not every incident is reported upwards."""
    return next((rule for rule in rules if trigger in rule.triggers), None)


def first_report(rule: ReportRule, confirmed_at: datetime, calendar: WorkCalendar) -> FirstReport:
    """首报: by telephone, then in writing."""
    return FirstReport(
        phone_by=deadline(rule.phone, confirmed_at, calendar),
        phone_at_latest_by=deadline(rule.phone_at_latest, confirmed_at, calendar),
        written_by=deadline(rule.written, confirmed_at, calendar),
    )


def lacking(rule: ReportRule, told: Collection[str]) -> tuple[str, ...]:
    """What a report still lacks of its contents, in their order; it is sent all the same."""
    return tuple(each for each in rule.contents if each not in told)


def continuing_by(rule: ReportRule, last_reported_at: datetime, calendar: WorkCalendar) -> datetime:
    """续报: by when the next one is due while the event goes on."""
    return deadline(rule.again_every, last_reported_at, calendar)


def final_by(rule: ReportRule, ended_at: datetime, calendar: WorkCalendar) -> datetime:
    """终报: by when it is due once the event is over."""
    return deadline(rule.final, ended_at, calendar)
