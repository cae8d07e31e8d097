"""The finite words of the judicial office's records."""

from enum import StrEnum


class RecordKind(StrEnum):
    """What is kept: 法律咨询, 法律援助转交, 调解, 人身安全保护令协助, 赡养督促."""

    CONSULTATION = "consultation"
    FORWARDING = "forwarding"
    MEDIATION = "mediation"
    PROTECTION = "protection"
    FAMILY_DUTY = "family_duty"


class Channel(StrEnum):
    """How somebody is advised: by telephone, in the office, at home."""

    PHONE = "phone"
    OFFICE = "office"
    HOME = "home"


class Stage(StrEnum):
    """Where a record stands."""

    OPEN = "open"
    WAITING_FOR_PAPERS = "waiting_for_papers"
    FORWARDED = "forwarded"
    AID_GRANTED = "aid_granted"
    AID_REFUSED = "aid_refused"
    OBJECTED = "objected"
    MEDIATING = "mediating"
    SETTLED = "settled"
    CONFIRMING = "confirming"
    FILED = "filed"
    ORDER_REFUSED = "order_refused"
    IN_REVIEW = "in_review"
    IN_FORCE = "in_force"
    ENDED = "ended"


class Step(StrEnum):
    """What happens in a record, one entry of its journal each."""

    OPENED = "opened"
    NOTED = "noted"
    VIOLENCE_SEEN = "violence_seen"
    NO_LONGER_WISHED = "no_longer_wished"
    ENDED = "ended"
    PERSON_NAMED = "person_named"

    VISIT_AGREED = "visit_agreed"
    ADVISED = "advised"

    LIMITATION_KNOWN = "limitation_known"
    PAPERS_ASKED = "papers_asked"
    PAPERS_CAME = "papers_came"
    STARTED_EARLY = "started_early"
    FORWARDED = "forwarded"
    AID_GRANTED = "aid_granted"
    AID_REFUSED = "aid_refused"
    AID_APPOINTED = "aid_appointed"
    OBJECTED = "objected"
    OBJECTION_ANSWERED = "objection_answered"

    ELDER_AGREED = "elder_agreed"
    OTHER_AGREED = "other_agreed"
    ELDER_REFUSED = "elder_refused"
    OTHER_REFUSED = "other_refused"
    REFUSAL_TAKEN_BACK = "refusal_taken_back"
    STARTED = "started"
    SESSION_HELD = "session_held"
    SETTLED = "settled"
    NOT_SETTLED = "not_settled"
    CONFIRMATION_ASKED = "confirmation_asked"
    CONFIRMED = "confirmed"

    EVIDENCE_KEPT = "evidence_kept"
    FILED = "filed"
    FILED_URGENTLY = "filed_urgently"
    ORDER_MADE = "order_made"
    ORDER_REFUSED = "order_refused"
    REVIEW_ASKED = "review_asked"
    REVIEW_ANSWERED = "review_answered"

    MEMBER_NAMED = "member_named"
    MEMBER_STRUCK = "member_struck"
    FAMILY_COMPLETE = "family_complete"
    ASSESSED = "assessed"
    REMINDED = "reminded"
    PERSUADED = "persuaded"
    MEDIATED = "mediated"
    WENT_TO_LAW = "went_to_law"
    PACK_EXPORTED = "pack_exported"


class DutyOutcome(StrEnum):
    """What came of one stage with a member of the family."""

    FULFILS = "fulfils"
    PROMISES = "promises"
    NO_CHANGE = "no_change"
    UNREACHED = "unreached"


class DutyFound(StrEnum):
    """What an assessment found: whether a member of the family fulfils the duty (履行赡养扶养义务)."""

    FULFILS = "fulfils"
    FALLS_SHORT = "falls_short"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What a member of the family is to the elder."""

    SON = "son"
    DAUGHTER = "daughter"
    SPOUSE = "spouse"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    OTHER = "other"
