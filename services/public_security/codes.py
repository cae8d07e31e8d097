"""The finite words of the police station that its tables, handlers and pages share."""

from enum import StrEnum


class FeedVerdict(StrEnum):
    """What the station learns of a row: nothing but whether the register has the person."""

    IN_REGISTER = "in_register"
    NOT_IN_REGISTER = "not_in_register"
    REFUSED = "refused"
    SENT_BEFORE = "sent_before"


class FraudRecord(StrEnum):
    """反诈宣传, or what came of a suspicion (劝阻)."""

    EDUCATION = "education"
    DISSUASION = "dissuasion"


class BeatKind(StrEnum):
    """What a row of the table of beats goes by: a stretch of lanes of a road, or a village's name."""

    ROAD = "road"
    VILLAGE = "village"
