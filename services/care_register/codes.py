"""The finite words of the care register that its tables, handlers and pages share."""

from enum import StrEnum


class EnrolmentStatus(StrEnum):
    """Where an elder stands in the register (线索、摸底、意愿待核、在册、退出; domain §5.4)."""

    LEAD = "lead"
    SURVEY = "survey"
    AWAITING_CONSENT = "awaiting_consent"
    ACTIVE = "active"
    LEFT = "left"

    @property
    def is_visited(self) -> bool:
        """Whether visits are owed: the first one is what settles an open wish (Z-02)."""
        return self in {EnrolmentStatus.AWAITING_CONSENT, EnrolmentStatus.ACTIVE}


class Sex(StrEnum):
    """Sex as in GB/T 2261.1; UNKNOWN where nobody said."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class RemovalReason(StrEnum):
    """Why an elder leaves the register (退出原因); every one needs evidence and a second person."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    LONG_STAY = "long_stay"
    NO_LONGER_ELIGIBLE = "no_longer_eligible"
    OWN_WISH = "own_wish"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


class ProposalStatus(StrEnum):
    """What became of something proposed; a newer proposal makes an older one superseded."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class SaidBy(StrEnum):
    """Who said that an elder is in a state (说明人, domain §0.2-3)."""

    ELDER = "elder"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    COMMITTEE = "committee"
    INSTITUTION = "institution"
    POLICE = "police"
    VISITOR = "visitor"
    ROSTER = "roster"


class ConsentItem(StrEnum):
    """What an elder consents to, each on its own (知情同意分项, domain §2.6)."""

    PHONE = "phone"
    HOME_ENTRY = "home_entry"
    HEALTH_DATA = "health_data"
    DEVICE_DATA = "device_data"
    SHARING = "sharing"
    PHOTO = "photo"
    EMERGENCY_ENTRY = "emergency_entry"


class ConsentMethod(StrEnum):
    """How consent was given or withdrawn."""

    ORAL = "oral"
    SIGNED = "signed"
    WITNESSED = "witnessed"
    RECORDED = "recorded"


class ElderField(StrEnum):
    """A field on which two lists may differ: what names the person, and what was found out."""

    NAME = "name"
    ID_NUMBER = "id_number"
    SEX = "sex"
    BIRTH_ON = "birth_on"
    PHONE = "phone"
    ADDRESS = "address"
    CONTACTS = "contacts"
    DOOR_NOTE = "door_note"
    NOTES = "notes"
    ABILITY = "ability"
    CARE_LEVEL = "care_level"
    DISABILITY_LEVEL = "disability_level"
    MOBILITY = "mobility"
    HEALTH = "health"


class PlaceKind(StrEnum):
    """What a row of the placing table goes by: a stretch of lanes of a road, or a village's name."""

    ROAD = "road"
    VILLAGE = "village"


class BatchStatus(StrEnum):
    """Where an uploaded roster stands: looked at, or with rows that are being taken in."""

    PREVIEWED = "previewed"
    CONFIRMING = "confirming"


class RowOutcome(StrEnum):
    """What became of one row of a roster."""

    PENDING = "pending"
    CHOSEN = "chosen"
    ENROLLED = "enrolled"
    MERGED = "merged"
    CONFLICT = "conflict"
    UNCHANGED = "unchanged"
    FAILED = "failed"
