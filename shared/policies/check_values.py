"""Values that can be read and yet cannot be meant: a number that nobody answers, a bound above its bound."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol

from shared.domain.conditions import Condition, CriterionName
from shared.policies.check_names import Found, unknown
from shared.policies.faults import Faults
from shared.policies.forms import SheetCode
from shared.policies.layers import Layered
from shared.policies.model import Policy

CODE = re.compile(r"[a-z][a-z0-9_]*")
"""What stands in ids and addresses."""

NUMBER_TO_DIAL = re.compile(r"[0-9]{3,11}")
AREA_DIALLED = re.compile(r"0[0-9]{2,3}")
LANDLINE_DIGITS = (7, 8)
EVERYBODY = Condition()


class _Asking(Protocol):
    @property
    def when(self) -> Condition: ...


def check_values(policy: Policy, layered: Layered, faults: Faults) -> None:
    """Note every such value."""
    for part in (_codes, _sheets, _numbers, _bounds, _rests):
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


def _sheets(policy: Policy) -> Found:
    for sheet in policy.forms.sheets:
        yield from unknown(f"forms.sheets.{sheet.code}", [sheet.code], [*SheetCode])


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
    days, passing = ("usual_days", "max_days"), policy.passing
    found: dict[str, tuple[tuple[str, str], Decimal | int, Decimal | int]] = {
        "circumstances.temporary": (("review_days", "max_days"), passing.review_days, passing.max_days),
        **{f"states.{rule.kind}": (days, rule.usual_days, rule.max_days) for rule in policy.states},
        **{
            f"health_care.vitals.{each.vital}": (("least", "most"), each.least, each.most)
            for each in policy.health_care.vitals
        },
    }
    for path, ((lower, upper), least, most) in found.items():
        if least > most:
            yield f"{path}.{lower}", "upside_down", {"key": lower, "above": upper, "value": str(least)}


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
