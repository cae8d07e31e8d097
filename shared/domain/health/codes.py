"""The finite words of the community health centre; labels come from the policy files."""

from enum import StrEnum


class Vital(StrEnum):
    """What is measured at a follow-up."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    GLUCOSE = "glucose"
    PULSE = "pulse"


class Standing(StrEnum):
    """How an elder stands with their family doctor (签约)."""

    UNSIGNED = "unsigned"
    IN_FORCE = "in_force"
    DUE = "due"
    LAPSED = "lapsed"


class Owing(StrEnum):
    """How a follow-up or a round stands: not yet, about now, too late."""

    LATER = "later"
    DUE = "due"
    OVERDUE = "overdue"


class FollowUpWay(StrEnum):
    """How the elder was followed up (随访方式)."""

    AT_HOME = "at_home"
    IN_CLINIC = "in_clinic"
    PHONE = "phone"


class FollowUpResult(StrEnum):
    """What came of it (随访结果)."""

    STABLE = "stable"
    NOT_CONTROLLED = "not_controlled"
    SENT_TO_HOSPITAL = "sent_to_hospital"
    NOT_REACHED = "not_reached"


class SignHandling(StrEnum):
    """What was done about an abnormal reading: the one thing besides its name that others may know."""

    TO_REFER = "to_refer"
    REFERRED = "referred"
    ELDER_DECLINES = "elder_declines"


class BedStatus(StrEnum):
    """Where a home bed stands (家庭病床): applied for, seen, in use, ended either way, or all struck out."""

    APPLIED = "applied"
    SEEN = "seen"
    OPEN = "open"
    DISCHARGED = "discharged"
    NOT_OPENED = "not_opened"
    VOIDED = "voided"

    @property
    def is_over(self) -> bool:
        """Whether nothing is owed any more."""
        return self in {BedStatus.DISCHARGED, BedStatus.NOT_OPENED, BedStatus.VOIDED}


class BedMove(StrEnum):
    """What is done about a home bed, in this order; rounds repeat."""

    APPLY = "apply"
    FIRST_VISIT = "first_visit"
    AGREE = "agree"
    ROUND = "round"
    DISCHARGE = "discharge"
    GIVE_UP = "give_up"


class ContactPost(StrEnum):
    """Which of the two contacts (双岗联系人) of a 计划生育特殊家庭 somebody is."""

    STREET_CADRE = "street_cadre"
    VILLAGE_CADRE = "village_cadre"


class Evidence(StrEnum):
    """A record of the centre that an outcome of a referral must rest on."""

    CONTRACT = "contract"
    FOLLOW_UP = "follow_up"
    HOME_BED = "home_bed"
    HOME_BED_GIVEN_UP = "home_bed_given_up"
