"""The conditions of a policy (谁、何时): who is meant, as `all`, `any`, `not` and the tests of one table."""

from enum import StrEnum

from shared.domain.conditions import VALUE_TYPES, Answer, Condition, Criterion, CriterionName
from shared.policies.reader import Reader, codes_of


def read_condition(reader: Reader, key: str) -> Condition:
    """Who is meant; everybody if it is not written."""
    return _condition(reader.child(key)) if reader.has(key) else Condition()


def _condition(reader: Reader) -> Condition:
    every, some, never = (_combined(reader, key) for key in ("all", "any", "not"))
    names = codes_of(CriterionName)
    named = [names[key] for key in reader.table if key in names]
    tests = tuple([Criterion(name=name, values=_answers(reader, name)) for name in named])
    return Condition(tests=tests, every=every, some=some, never=never)


def _combined(reader: Reader, key: str) -> tuple[Condition, ...]:
    """Of no condition nobody could say whether all or any of them hold."""
    return tuple(map(_condition, reader.rows(key, least=1))) if reader.has(key) else ()


def _answers(reader: Reader, name: CriterionName) -> tuple[Answer, ...]:
    kind = VALUE_TYPES[name]
    is_list = name.endswith(("_in", "_any"))
    if issubclass(kind, StrEnum):
        return reader.some_of(name, kind)
    if name is CriterionName.GROUP_IN:
        return reader.named(name, "groups")
    if kind is str:
        return reader.texts(name)
    if kind is bool:
        return (reader.flag(name),)
    return reader.integers(name) if is_list else (reader.integer(name),)
