"""Whether one rule asks at least as much as another, as far as their words show it (Z-05).

Nothing here tries elders out: what is not shown by the words is not taken for granted, so that nobody whom no
sample stood for is visited less.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from shared.domain.conditions import Answer, Condition, Criterion, CriterionName
from shared.domain.plan import Period
from shared.domain.visit_modes import CountingRule, ModeRule
from shared.policies.visiting import LONGEST_DAYS, SHORTEST_DAYS, Floor, ObligationRule

EVERYBODY = Condition()
MONTHS_IN_A_QUARTER = 3

Case = tuple[tuple[Criterion, ...], tuple[Condition, ...]]
"""Tests that all hold, and conditions of which none does."""


def brings(rule: Floor | ObligationRule, other: Floor | ObligationRule) -> int:
    """How many contacts the rule brings into any window of the other at least, wherever its own begin."""
    if (rule.period, rule.length_days) == (other.period, other.length_days):
        return rule.times
    if rule.period is Period.MONTH and other.period is Period.QUARTER:
        return rule.times * MONTHS_IN_A_QUARTER
    longest = LONGEST_DAYS.get(rule.period, rule.length_days)
    whole = (SHORTEST_DAYS.get(other.period, other.length_days) + 1) // longest - 1
    return rule.times * max(whole, 0)


def asks_as_much(rule: ObligationRule, known: ObligationRule) -> bool:
    """Whether whoever does what the rule asks has done what the known one asks as well."""
    return (
        covers(rule.who, known.who)
        and brings(rule, known) >= known.times
        and rule.distinct_days >= known.distinct_days
        and rule.min_gap_hours >= known.min_gap_hours
        and rule.in_principle <= known.in_principle
        and _begins_and_warns(rule, known)
    )


def _begins_and_warns(rule: ObligationRule, known: ObligationRule) -> bool:
    """By the days of one period; those of another cannot be compared, and are for that file to say."""
    if rule.period is not known.period:
        return True
    warned = [
        any(own.whom == each.whom and (own.day, own.time) <= (each.day, each.time) for own in rule.warnings)
        for each in known.warnings
    ]
    return (
        all(warned)
        and rule.binds_from_days <= known.binds_from_days
        and rule.active_days <= known.active_days
    )


def counted_more(own: CountingRule, known: CountingRule) -> tuple[str, str] | None:
    """By which rule a contact counts that the known ones withhold, and by which of those; else None."""
    if known.forces and not (own.forces and {*own.forces} <= {*known.forces}):
        return own.source, known.source
    is_total = known.modes[-1].when == EVERYBODY
    always = set.intersection(*({*row.modes} for row in known.modes)) if is_total else set()
    for number, row in enumerate(own.modes):
        same = _same_people(row, own.modes[:number], known.modes)
        allowed = {*same.modes} if same else always
        if not {*row.modes} <= allowed:
            withheld = [each.source for each in known.modes if not {*row.modes} <= {*each.modes}]
            return row.source, same.source if same else [known.source, *withheld][-1]
    return None


def _same_people(row: ModeRule, before: tuple[ModeRule, ...], known: tuple[ModeRule, ...]) -> ModeRule | None:
    """The known row that decides for everybody for whom this one does; None if no single one shows it."""
    for each in known:
        if covers(each.when, row.when):
            return each
        if not any(covers(earlier.when, each.when) for earlier in before):
            return None
    return None


def covers(wide: Condition, narrow: Condition) -> bool:
    """Whether the words show that everybody whom `narrow` describes is described by `wide` too."""
    return all(_holds_in(wide, case) for case in _cases(narrow))


def _cases(condition: Condition) -> Iterator[Case]:
    """The condition as cases of which one holds."""
    parts = [[*_cases(part)] for part in condition.every]
    if condition.some:
        parts.append([case for part in condition.some for case in _cases(part)])
    for cases in product(*parts):
        tests = (*condition.tests, *(test for each, _ in cases for test in each))
        yield tests, (*condition.never, *(out for _, each in cases for out in each))


def _holds_in(wide: Condition, case: Case) -> bool:
    tests, never = case
    return (
        all(any(_follows(test, known) for known in tests) for test in wide.tests)
        and all(_holds_in(part, case) for part in wide.every)
        and (not wide.some or any(_holds_in(part, case) for part in wide.some))
        and all(any(covers(known, part) for known in never) for part in wide.never)
    )


def _follows(test: Criterion, known: Criterion) -> bool:
    """Whether the one test holds wherever the known one does."""
    return test.name is known.name and COMPARED.get(test.name, _is_within)(test.values, known.values)


def _is_within(wide: tuple[Answer, ...], narrow: tuple[Answer, ...]) -> bool:
    return {*narrow} <= {*wide}


def _lies_in(wide: tuple[Answer, ...], narrow: tuple[Answer, ...]) -> bool:
    return all(any(str(area).startswith(str(around)) for around in wide) for area in narrow)


def _is_no_lower(wide: tuple[Answer, ...], narrow: tuple[Answer, ...]) -> bool:
    return int(narrow[0]) >= int(wide[0])


def _is_no_higher(wide: tuple[Answer, ...], narrow: tuple[Answer, ...]) -> bool:
    return int(narrow[0]) <= int(wide[0])


COMPARED: Mapping[CriterionName, Callable[[tuple[Answer, ...], tuple[Answer, ...]], bool]] = {
    CriterionName.AGE_AT_LEAST: _is_no_lower,
    CriterionName.ASSESSED_DAYS_AGO_OVER: _is_no_lower,
    CriterionName.CARE_LEVEL_AT_LEAST: _is_no_lower,
    CriterionName.HOUSEHOLD_ABOVE: _is_no_lower,
    CriterionName.AGE_BELOW: _is_no_higher,
    CriterionName.YOUNGEST_BELOW: _is_no_higher,
    CriterionName.AREA_IN: _lies_in,
}
"""How the values of a test show that one is wider; of lists and answers the wider holds every value."""
