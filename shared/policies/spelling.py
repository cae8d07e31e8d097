"""How single values of a policy are written: codes, area codes, exact numbers, and texts for people."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeVar

Code = TypeVar("Code", bound=StrEnum)
AREA = re.compile(r"[0-9]{6}(?:[0-9]{3}(?<!000)){0,2}")
DECIMAL = re.compile(r"^\d+(?:\.\d+)?$", re.ASCII)


@cache
def codes_of(known: type[Code]) -> Mapping[str, Code]:
    """Every code of a closed set, by how it is written."""
    return {code.value: code for code in known}


def fault_of_text(written: object) -> str:
    """The code of what is wrong with a text; empty if nothing is."""
    if not isinstance(written, str):
        return "wrong_type"
    if not written.strip():
        return "empty_text"
    return "" if written.isprintable() else "unprintable"
