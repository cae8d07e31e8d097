"""The conditions of a policy (谁、何时): who is meant, as `all`, `any`, `not` and the tests of one table."""

from enum import StrEnum
from typing import Any

from shared.domain.conditions import VALUE_TYPES, Answer, Condition, Criterion, CriterionName
from shared.policies.messages import LIST_MARK
from shared.policies.places import TOWN
from shared.policies.reader import MANY, Reader
from shared.policies.spelling import AREA, codes_of


def read_condition(reader: Reader, key: str) -> Condition:
    """Who is meant; everybody if it is not written."""
    return _condition(reader.child(key), key) if reader.has(key) else Condition()


def _condition(reader: Reader, key: str) -> Condition:
    if not reader.table:
        reader.report("", "no_condition", key=key)
    every, some, never = (_combined(reader, key) for key in ("all", "any", "not"))
    names = codes_of(CriterionName)
    named = [names[key] for key in reader.table if key in names]
    tests = tuple([Criterion(name=name, values=_answers(reader, name)) for name in named])
    return Condition(tests=tests, every=every, some=some, never=never)


def _combined(reader: Reader, key: str) -> tuple[Condition, ...]:
    """Of no condition nobody could say whether all or any of them hold."""
    return tuple([_condition(row, key) for row in reader.rows(key, least=1)]) if reader.has(key) else ()


def _answers(reader: Reader, name: CriterionName) -> tuple[Answer, ...]:
    kind = VALUE_TYPES[name]
    is_list = name.endswith(("_in", "_any"))
    if issubclass(kind, StrEnum):
        return reader.some_of(name, kind)
    if name is CriterionName.GROUP_IN:
        return reader.named(name, "groups")
    if name is CriterionName.AREA_IN:
        return _areas(reader, name)
    if kind is bool:
        return (reader.flag(name),)
    if name in LABELLED:
        return _labelled(reader, name, reader.integers(name) if is_list else (reader.integer(name),))
    return (reader.integer(name, most=MOST_YEARS if name in YEARS else MANY),)


def _areas(reader: Reader, key: str) -> tuple[str, ...]:
    """Prefixes of territories of the place; one of another place, or with a slip in it, means nobody."""
    around = str(_section(reader, "jurisdiction").get("area_code", ""))
    units = [unit for unit in _section(reader, "units").values() if isinstance(unit, dict)]
    plays = [(unit, unit.get("roles")) for unit in units]
    towns = tuple(
        [str(unit.get("area_code")) for unit, roles in plays if isinstance(roles, list) and TOWN in roles]
    )
    for value in (values := reader.texts(key)):
        if not AREA.fullmatch(value):
            reader.report(key, "bad_area", key=key, value=value)
        elif not value.startswith(around) or (towns and not value.startswith(towns)):
            reader.report(key, "not_inside", key=key, value=value)
    return values


def _labelled(reader: Reader, name: CriterionName, values: tuple[int, ...]) -> tuple[int, ...]:
    known = _section(reader, "labels").get(LABELLED[name], {})
    for value in [str(each) for each in values if str(each) not in known]:
        reader.report(name, "unknown_code", key=name, value=value, known=LIST_MARK.join(known))
    return values


def _section(reader: Reader, name: str) -> dict[str, Any]:
    found = reader.layered.table.get(name)
    return found if isinstance(found, dict) else {}


LABELLED = {
    CriterionName.DISABILITY_LEVEL_IN: "disability_levels",
    CriterionName.CARE_LEVEL_AT_LEAST: "care_levels",
}
"""Numbers that are codes: each has a word, and one without is a slip."""

YEARS = frozenset({CriterionName.AGE_AT_LEAST, CriterionName.AGE_BELOW, CriterionName.YOUNGEST_BELOW})
MOST_YEARS = 130
"""Nobody has lived longer."""
