"""The finite words of visiting that no other part needs; labels are in `messages.py`."""

from enum import StrEnum


class EntryConsent(StrEnum):
    """Who agreed to the entry (入户同意): one tap at the door, and its lack blocks no record (§0.2-7)."""

    ORAL = "oral"
    SUPPORTER = "supporter"
    STANDING = "standing"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class AssignmentKind(StrEnum):
    """Whether a visitor looks after an elder for good, or stands in for somebody for some days."""

    REGULAR = "regular"
    SUBSTITUTE = "substitute"


class NeedStanding(StrEnum):
    """What became of a need (需求): met, a hazard removed (销号), or not wanted and asked about again."""

    MET = "met"
    REMOVED = "removed"
    UNWANTED = "unwanted"


class Gap(StrEnum):
    """What a record lacks; it is stored and counted all the same, and shown until completed (J-22)."""

    FINDINGS = "findings"
    CONSENT = "consent"
    LATE_REASON = "late_reason"
