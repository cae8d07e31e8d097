"""Structured logs: JSON lines on standard error, with what looks personal masked on its way out.

Codes and ids belong in a log; a name, a number or an address never does. A key on the deny-list is withheld
whatever its value, and numbers that slipped into any text are masked.
"""

import logging
import re
import sys
from collections.abc import Mapping

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.platform.settings import Settings

WITHHELD = "[withheld]"
DENIED_KEYS = frozenset(
    {
        *(
            "name",
            "elder_name",
            "full_name",
            "id_card",
            "id_number",
            "mobile",
            "phone",
            "telephone",
            "address",
        ),
        *("answer", "body", "note", "payload", "text", "words"),
        *("cookie", "password", "secret", "token"),
    }
)
"""Keys whose value is never logged: who somebody is, what somebody said, and what opens a door."""
TOO_TALKATIVE = ("httpcore", "httpx")
"""Libraries that log each address they call: the address of a webhook is its password."""

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])")


def configure_logs(settings: Settings, *, process: str) -> None:
    """Send our own lines and those of every library through the same masking, as one JSON object each."""
    known: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *known,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*known, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _Process(process),
            structlog.processors.format_exc_info,
            withhold_personal_data,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    for library in TOO_TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)


def withhold_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The processor that masks; also usable alone, which the scan of a test does."""
    return {
        key: WITHHELD if key.lower() in DENIED_KEYS else mask_value(value) for key, value in event.items()
    }


def mask_value(value: object) -> object:
    """The value with every ID and mobile number in it masked, however deep it is nested."""
    if isinstance(value, Mapping):
        return {
            key: WITHHELD if str(key).lower() in DENIED_KEYS else mask_value(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [mask_value(item) for item in value]
    if isinstance(value, bool | int | float) or value is None:
        return mask_number(value)
    return mask_text(str(value))


def mask_text(text: str) -> str:
    """The text with every ID and mobile number replaced."""
    return MOBILE.sub(WITHHELD, ID_NUMBER.sub(WITHHELD, text))


def mask_number(number: float | None) -> object:
    """The number itself, unless it is an ID or mobile number that lost its quotes."""
    return number if mask_text(str(number)) == str(number) else WITHHELD


class _Process:
    """Adds which of our processes speaks."""

    def __init__(self, process: str) -> None:
        self._process = process

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event.setdefault("process", self._process)
        return event
