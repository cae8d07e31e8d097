"""The intent to tell somebody, as the worker writes it: what comes of it belongs to others."""

from collections.abc import Mapping
from typing import Any

from shared.persistence.base import table_of
from shared.process.notices import Notice

Row = Mapping[str, Any]

NOTICE = table_of(Notice)

NOTICE_COLUMNS = (
    "notice_id",
    "jurisdiction_id",
    "area_code",
    "account_id",
    "recipient_role",
    "unit_id",
    "referral_id",
    "enrolment_id",
    "code",
    "params",
    "urgency",
    "created_at",
    "not_before",
)
"""What the worker says; sending, reading and acknowledging are noted by who does it."""
