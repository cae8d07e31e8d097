"""From JSON back to a contract dataclass. How each type is read is worked out once, not for each payload."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

Reader: TypeAlias = Callable[[Any], Any]
T = TypeVar("T")


def read(kind: type[T], value: object) -> T:
    """The value as `kind`; fields that it does not know pass. Raises TypeError or ValueError for another."""
    found: T = _reader(cast("Any", kind))(value)
    return found


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - any annotation
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        return _optional(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _object
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    raise TypeError(f"{kind} does not cross a process boundary")


def _exactly(kind: type) -> Reader:
    def reader(value: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
        return value

    return reader


def _optional(kind: Any) -> Reader:  # noqa: ANN401 - an annotation
    [inner] = [each for each in get_args(kind) if each is not type(None)]
    of_inner = _reader(inner)
    return lambda value: None if value is None else of_inner(value)


def _tuple(kinds: tuple[Any, ...]) -> Reader:
    if kinds[-1] is Ellipsis:
        of_each = _reader(kinds[0])
        return lambda values: tuple(of_each(each) for each in _list(values))
    readers = [_reader(each) for each in kinds]
    return lambda values: tuple(reader(each) for reader, each in zip(readers, _list(values), strict=True))


def _dataclass(kind: Any) -> Reader:  # noqa: ANN401 - a dataclass
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}

    def reader(value: object) -> object:
        given = _object(value)
        return kind(**{name: of(given[name]) for name, of in readers.items() if name in given})

    return reader


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"expected a number, got {type(value).__name__}")
    return float(value)


_list, _object = _exactly(list), _exactly(dict)

_PLAIN: Mapping[Any, Reader] = MappingProxyType(
    {
        Any: lambda value: value,
        str: _exactly(str),
        int: _exactly(int),
        bool: _exactly(bool),
        float: _number,
        type(None): _exactly(type(None)),
        datetime: datetime.fromisoformat,
        date: date.fromisoformat,
        timedelta: lambda value: timedelta(seconds=_number(value)),
        UUID: UUID,
    }
)
