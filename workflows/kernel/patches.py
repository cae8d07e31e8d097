"""Changes of running processes (`workflow.patched`): each id with the day on which it must be gone.

A patch is needed only where a change reorders commands of a run that is under way. Every run ends within
about 100 events, so an id leaves this table two releases later.
"""

from datetime import date
from types import MappingProxyType

PATCHES: MappingProxyType[str, date] = MappingProxyType({})
"""Patch id -> the day from which no run can still need it."""
