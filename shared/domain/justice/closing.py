"""Which step of a record ends the referral that it answers, and with which outcome."""

from collections.abc import Mapping

from shared.domain.justice.codes import RecordKind, Step
from shared.domain.justice.events import Event

ANSWERS: Mapping[str, RecordKind] = {
    "legal_consultation": RecordKind.CONSULTATION,
    "legal_aid_forwarding": RecordKind.FORWARDING,
    "mediation": RecordKind.MEDIATION,
}
"""The kind of referral -> the record that answers it. The others stand beside one and end on their own."""

ANSWERING = frozenset(ANSWERS.values())

BESIDE = (RecordKind.PROTECTION, RecordKind.FAMILY_DUTY)

OUTCOMES: Mapping[tuple[RecordKind, Step], str] = {
    (RecordKind.FORWARDING, Step.FORWARDED): "forwarded",
    (RecordKind.FORWARDING, Step.NO_LONGER_WISHED): "elder_no_longer_wishes",
    (RecordKind.MEDIATION, Step.SETTLED): "settled",
    (RecordKind.MEDIATION, Step.NOT_SETTLED): "not_settled_other_ways_told",
    (RecordKind.MEDIATION, Step.ELDER_REFUSED): "one_side_refuses",
    (RecordKind.MEDIATION, Step.OTHER_REFUSED): "one_side_refuses",
    (RecordKind.MEDIATION, Step.NO_LONGER_WISHED): "elder_no_longer_wishes",
    # The asking side may be close to whoever did it: it does not learn that there was a report.
    (RecordKind.MEDIATION, Step.VIOLENCE_SEEN): "not_settled_other_ways_told",
}


def outcome_of(kind: RecordKind, event: Event) -> str:
    """The outcome with which the step ends the referral; empty if it goes on."""
    if (kind, event.step) == (RecordKind.CONSULTATION, Step.ADVISED):
        return event.detail
    return OUTCOMES.get((kind, event.step), "")
