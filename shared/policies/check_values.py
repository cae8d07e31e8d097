"""Values that can be read and yet cannot be meant: a number that nobody answers, a bound above its bound."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Protocol

from shared.domain.conditions import Condition, CriterionName
from shared.policies.check_names import Found, unknown
from shared.policies.faults import Faults
from shared.policies.forms import BESIDE, SheetCode
from shared.policies.layers import Layered
from shared.policies.model import Policy
from shared.policies.places import TOWN, TOWN_KINDS

CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What stands in ids and addresses."""

NUMBER_TO_DIAL = re.compile(r"[0-9]{3,11}")
AREA_DIALLED = re.compile(r"0[0-9]{2,3}")
LANDLINE_DIGITS = (7, 8)
EVERYBODY = Condition()
FIRST_YEAR, LAST_YEAR = 1949, 2099
"""A paper of another year is a slip, and what begins in another is never in force."""

MONTH = 30
Bound = Any
"""A number or a clock: two that are compared are of one kind."""


class _Asking(Protocol):
    @property
    def when(self) -> Condition: ...


def check_values(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every such value."""
    for part in (_codes, _towns, _years, _sheets, _numbers, _bounds, _rests):
        for path, code, params in part(policy):
            faults.found.append(layered.fault(path, code, **params))


def _codes(policy: Policy) -> Found:
    place = policy.jurisdiction
    named = [("jurisdiction.id", place.id), ("jurisdiction.committee_prefix", place.committee_prefix)]
    named += [(f"units.{unit.code}", unit.code) for unit in policy.units]
    for path, code in named:
        if not CODE.fullmatch(code):
            yield path, "bad_code", {"value": code}
    for unit in policy.units:
        if not unit.area_code.startswith(place.area_code):
            path = f"units.{unit.code}.area_code"
            yield path, "not_inside", {"key": path, "value": unit.area_code}


def _towns(policy: Policy) -> Found:
    """Whoever looks for the town of an elder, or for a unit by its name, finds one and no other."""
    areas, names = dict[str, str](), dict[str, str]()
    for unit in policy.units:
        path = f"units.{unit.code}"
        if (unit.kind in TOWN_KINDS) is not (TOWN in unit.roles):
            yield f"{path}.kind", "town_by_half", {"key": path}
        if TOWN in unit.roles and (other := areas.setdefault(unit.area_code, unit.code)) != unit.code:
            said = {"key": unit.code, "other": other, "value": unit.area_code}
            yield f"{path}.area_code", "same_area", said
        if (other := names.setdefault(unit.name, unit.code)) != unit.code:
            yield f"{path}.name", "same_name", {"key": unit.code, "other": other}


def _years(policy: Policy) -> Found:
    days: dict[str, date | None] = {"policy.in_force_from": policy.in_force_from}
    days |= {f"documents.{code}.issued_on": paper.issued_on for code, paper in policy.documents.items()}
    for path, day in days.items():
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            bounds = {"least": str(FIRST_YEAR), "most": str(LAST_YEAR)}
            yield path, "out_of_range", {"key": path.rpartition(".")[2], "value": str(day.year), **bounds}


def _sheets(policy: Policy) -> Found:
    """A form that is printed has a heading above each column that is filled in, and none besides."""
    recording = policy.recording
    inner = {
        SheetCode.VISIT_RECORD: [policy.label("service_items", code) for code in recording.service_items],
        SheetCode.VISIT_BOOK: [policy.label("findings", each.code) for each in recording.findings],
    }
    for sheet in policy.forms.sheets:
        path, count = f"forms.sheets.{sheet.code}", len(sheet.columns)
        yield from unknown(path, [sheet.code], [*SheetCode])
        first, last = BESIDE.get(sheet.code, (0, 0))
        names = inner.get(SheetCode(sheet.code), []) if sheet.code in BESIDE else []
        if sheet.code in BESIDE and count != first + len(names) + last:
            said = {"count": str(first + len(names) + last), "value": str(count)}
            yield f"{path}.columns", "wrong_columns", {"key": "columns", **said}
        elif names:
            yield from unknown(f"{path}.columns", sheet.columns[first : count - last], names)


def _numbers(policy: Policy) -> Found:
    """What is dialled in an emergency is a telephone number."""
    for kind in policy.kinds:
        path = f"kinds.{kind.code}.emergency_numbers"
        for number in kind.emergency_numbers:
            if not NUMBER_TO_DIAL.fullmatch(number):
                yield path, "bad_number", {"key": "emergency_numbers", "value": number}
    area = policy.jurisdiction.phone_area
    if not AREA_DIALLED.fullmatch(area.code):
        yield "jurisdiction.phone_code", "bad_number", {"key": "phone_code", "value": area.code}
    if area.digits not in LANDLINE_DIGITS:
        least, most = map(str, LANDLINE_DIGITS)
        said = {"key": "phone_digits", "value": str(area.digits), "least": least, "most": most}
        yield "jurisdiction.phone_digits", "out_of_range", said


def _bounds(policy: Policy) -> Found:
    """What a form offers is not refused when it comes back, and a first step is not later than the last."""
    for path, lower, least, upper, most in _pairs(policy):
        if least > most:
            yield f"{path}.{lower}", "upside_down", {"key": lower, "above": upper, "value": str(least)}


def _pairs(policy: Policy) -> Iterator[tuple[str, str, Bound, str, Bound]]:
    """A path, and what may not be above what."""
    care, passing, readings = policy.health_care, policy.passing, policy.alarms.readings
    first, last = passing.review_days, passing.max_days
    yield "circumstances.temporary", "review_days", first, "max_days", last
    for rule in policy.states:
        for key, days in (("usual_days", rule.usual_days), ("reask_days", rule.reask_days)):
            yield f"states.{rule.kind}", key, days, "max_days", rule.max_days
    for vital in care.vitals:
        yield f"health_care.vitals.{vital.vital}", "least", vital.least, "most", vital.most
    yield from _thresholds(policy)
    bed, term = care.home_bed, care.contract.months * MONTH
    yield "health_care.home_bed", "round_days", bed.round_days, "review_days", bed.review_days
    yield "health_care.contract", "renew_within_days", care.contract.renew_within_days, "months", term
    yield "alarms.waking", "from", readings.waking_from, "until", readings.waking_until
    for handling in policy.handling.handlings:
        for pause in (each for each in policy.handling.pauses if each.code in handling.pauses):
            above = f"handlings.{handling.code}.paused_days_at_most"
            yield f"pauses.{pause.code}", "max_days", pause.max_days, above, handling.paused_days_at_most


def _thresholds(policy: Policy) -> Iterator[tuple[str, str, Bound, str, Bound]]:
    """A sign that lies outside of what may be written down is never seen."""
    known = {vital.vital: vital for vital in policy.health_care.vitals}
    for index, row in enumerate(policy.health_care.thresholds):
        path, vital = f"health_care.thresholds[{index}]", known.get(row.vital)
        for key, value in (("at_least", row.at_least), ("at_most", row.at_most)):
            if vital and value is not None:
                yield path, "least", vital.least, key, value
                yield path, key, value, "most", vital.most


def _rests(policy: Policy) -> Found:
    """Whoever asks what holds for an elder finds a row."""
    if not _takes_everybody(policy.unseen):
        yield "unseen", "no_rest", {"key": "unseen"}
    signals = policy.alarms.signals
    for signal in sorted({row.signal for row in signals}):
        if not _takes_everybody([row for row in signals if row.signal == signal]):
            yield "alarms.signals", "no_rest", {"key": signal}
    tests = (test for rule in policy.classification.eligible for test in rule.when.tests)
    if CriterionName.AGE_BELOW not in {test.name for test in tests}:
        yield "classification.not_eligible", "missing", {"key": CriterionName.AGE_BELOW}


def _takes_everybody(rows: Iterable[_Asking]) -> bool:
    return any(row.when == EVERYBODY for row in rows)
