"""The finite words of the field, as codes. What people read on the screen comes from the policy files."""

from enum import StrEnum


class Circumstance(StrEnum):
    """Why an elder is in special difficulty (困难类别); a person may have several (J-08, Z-01)."""

    LIVING_ALONE = "living_alone"
    EMPTY_NEST = "empty_nest"
    LEFT_BEHIND = "left_behind"
    ELDERS_ONLY_HOUSEHOLD = "elders_only_household"
    CARE_DEPENDENT = "care_dependent"
    DEMENTIA = "dementia"
    SEVERE_DISABILITY = "severe_disability"
    SPECIAL_FAMILY_PLANNING = "special_family_planning"
    TEMPORARY_HARDSHIP = "temporary_hardship"
    OTHER = "other"


class Tier(StrEnum):
    """The three classes of the Zichuan plan (重点 / 次重点 / 一般, Z-12)."""

    FOCUS = "focus"
    SECONDARY = "secondary"
    GENERAL = "general"


class Ability(StrEnum):
    """Ability to live on one's own (身体能力), in the words of GB/T 42195; other scales are kept apart."""

    INTACT = "intact"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    COMPLETE = "complete"


class Mobility(StrEnum):
    """How an elder gets about when no assessment says it."""

    SELF_CARING = "self_caring"
    LIMITED = "limited"
    BEDRIDDEN = "bedridden"


class Health(StrEnum):
    """General health as surveyed; unknown is the absence of a value, never GOOD."""

    GOOD = "good"
    CHRONIC_STABLE = "chronic_stable"
    POOR = "poor"
    SERIOUSLY_ILL = "seriously_ill"


class VisitMode(StrEnum):
    """How the contact was made (方式)."""

    AT_HOME = "at_home"
    AT_DOOR = "at_door"
    PHONE = "phone"
    VIDEO = "video"
    CHANCE_MEETING = "chance_meeting"
    REMOTE_MONITORING = "remote_monitoring"


class Force(StrEnum):
    """Who made the contact: the eight visiting forces and their kin (探访力量, Z-18)."""

    VISITOR = "visitor"
    COMMITTEE_CADRE = "committee_cadre"
    CARE_INSTITUTION = "care_institution"
    SOCIAL_WORKER = "social_worker"
    FAMILY_DOCTOR = "family_doctor"
    SENIORS_ASSOCIATION = "seniors_association"
    PROPERTY_COMPANY = "property_company"
    VOLUNTEER = "volunteer"
    NEIGHBOUR_OR_KIN = "neighbour_or_kin"
    CARE_INSURANCE_CARER = "care_insurance_carer"
    POLICE = "police"


class Reach(StrEnum):
    """What came of the try: only the first two saw or heard the elder (domain §0.2-1)."""

    SPOKEN_WITH = "spoken_with"
    SEEN = "seen"
    NO_ANSWER_PHONE = "no_answer_phone"
    NO_ANSWER_DOOR = "no_answer_door"
    OTHERS_ANSWERED = "others_answered"

    @property
    def is_reached(self) -> bool:
        """Whether the elder in person was reached."""
        return self in {Reach.SPOKEN_WITH, Reach.SEEN}

    def fits(self, mode: VisitMode) -> bool:
        """Whether a try of that kind can end so: nobody leaves a door unanswered by telephone."""
        match self:
            case Reach.NO_ANSWER_PHONE:
                return mode in {VisitMode.PHONE, VisitMode.VIDEO}
            case Reach.NO_ANSWER_DOOR:
                return mode in {VisitMode.AT_HOME, VisitMode.AT_DOOR}
        return True


class StateKind(StrEnum):
    """What keeps an elder from being visited as planned (状态, domain §0.2-3)."""

    IN_HOSPITAL = "in_hospital"
    AWAY = "away"
    SHORT_STAY = "short_stay"
    DECLINES_VISITS = "declines_visits"
    PRESUMED_DEAD = "presumed_dead"
    PRESUMED_MOVED = "presumed_moved"


class StateStatus(StrEnum):
    """A state acts from the moment it is reported; a second person confirms or refuses it."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ENDED = "ended"


class ExportPurpose(StrEnum):
    """What a printed form is made for (用途); kept with who made it and when."""

    REPORTING = "reporting"
    FILING = "filing"
    FIELD_WORK = "field_work"
    INSPECTION = "inspection"


class Urgency(StrEnum):
    """Routine notices keep office hours; urgent ones go out at any hour (domain §0.2-5)."""

    ROUTINE = "routine"
    URGENT = "urgent"


class RecipientRole(StrEnum):
    """Whom a rung or a warning reaches inside a unit: a role, never a person's name."""

    ASSIGNEE = "assignee"
    MEMBERS = "members"
    LEAD = "lead"
    HOLDER = "holder"
