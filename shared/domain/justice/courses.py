"""The courses of the office's five kinds of record, and what each step asks of whoever takes it."""

from collections.abc import Mapping, Sequence

from shared.domain.justice.codes import RecordKind, Stage, Step
from shared.domain.justice.course import Course
from shared.domain.justice.events import REFUSALS, TAKEN_BACK, Event, happened, last
from shared.domain.justice.family_duty import bar_on_family, bar_on_member, bar_on_stage
from shared.domain.justice.rules import JusticeRules

CONSENTS = (Step.ELDER_AGREED, Step.OTHER_AGREED)
AHEAD = frozenset({Step.LIMITATION_KNOWN, Step.VISIT_AGREED})
"""Steps whose day lies ahead; every other one has happened."""

LADDER = (Step.REMINDED, Step.PERSUADED, Step.MEDIATED, Step.WENT_TO_LAW)


def _asked_before(events: Sequence[Event], _event: Event, _rules: JusticeRules) -> str:
    """What is missing is said once and completely (一次性告知)."""
    return "papers_asked_once" if happened(events, Step.PAPERS_ASKED) else ""


def _not_urgent(events: Sequence[Event], event: Event, rules: JusticeRules) -> str:
    """Aid begins before the papers only while the limitation is about to run out (法律援助法 art. 44)."""
    ends = last(events, Step.LIMITATION_KNOWN)
    near = ends is not None and 0 <= (ends.on - event.on).days < rules.early_start_days
    return "" if near else "limitation_not_near"


def _papers_missing(events: Sequence[Event], _event: Event, _rules: JusticeRules) -> str:
    waits = happened(events, Step.PAPERS_ASKED) and not happened(events, Step.PAPERS_CAME)
    return "papers_missing" if waits and not happened(events, Step.STARTED_EARLY) else ""


def _not_agreed(events: Sequence[Event], _event: Event, _rules: JusticeRules) -> str:
    """Never against a clear refusal (人民调解法 art. 17, J-69)."""
    if happened(events, *REFUSALS):
        return "one_side_refused"
    return "" if all(happened(events, word) for word in CONSENTS) else "both_sides_must_agree"


def _not_refused(events: Sequence[Event], _event: Event, _rules: JusticeRules) -> str:
    """Only a no that stands can be taken back."""
    return "" if happened(events, *TAKEN_BACK) else "nothing_refused"


_OPEN, _ENDED = Stage.OPEN, Stage.ENDED

CONSULTATION = Course(
    table={
        (_OPEN, Step.ADVISED): _ENDED,
        (_OPEN, Step.VISIT_AGREED): _OPEN,
        (_OPEN, Step.NOTED): _OPEN,
        (_OPEN, Step.VIOLENCE_SEEN): _OPEN,
        (_OPEN, Step.ENDED): _ENDED,
    }
)

FORWARDING = Course(
    table={
        (_OPEN, Step.FORWARDED): Stage.FORWARDED,
        (_OPEN, Step.PAPERS_ASKED): Stage.WAITING_FOR_PAPERS,
        (_OPEN, Step.LIMITATION_KNOWN): _OPEN,
        (_OPEN, Step.STARTED_EARLY): _OPEN,
        (_OPEN, Step.NOTED): _OPEN,
        (_OPEN, Step.NO_LONGER_WISHED): _ENDED,
        (_OPEN, Step.ENDED): _ENDED,
        (Stage.WAITING_FOR_PAPERS, Step.PAPERS_CAME): _OPEN,
        (Stage.WAITING_FOR_PAPERS, Step.LIMITATION_KNOWN): Stage.WAITING_FOR_PAPERS,
        (Stage.WAITING_FOR_PAPERS, Step.STARTED_EARLY): Stage.WAITING_FOR_PAPERS,
        (Stage.WAITING_FOR_PAPERS, Step.FORWARDED): Stage.FORWARDED,
        (Stage.WAITING_FOR_PAPERS, Step.NOTED): Stage.WAITING_FOR_PAPERS,
        (Stage.WAITING_FOR_PAPERS, Step.NO_LONGER_WISHED): _ENDED,
        (Stage.WAITING_FOR_PAPERS, Step.ENDED): _ENDED,
        (Stage.FORWARDED, Step.AID_GRANTED): Stage.AID_GRANTED,
        (Stage.FORWARDED, Step.AID_REFUSED): Stage.AID_REFUSED,
        (Stage.FORWARDED, Step.PAPERS_CAME): Stage.FORWARDED,
        (Stage.FORWARDED, Step.NOTED): Stage.FORWARDED,
        (Stage.FORWARDED, Step.ENDED): _ENDED,
        (Stage.AID_GRANTED, Step.AID_APPOINTED): _ENDED,
        (Stage.AID_GRANTED, Step.NOTED): Stage.AID_GRANTED,
        (Stage.AID_GRANTED, Step.ENDED): _ENDED,
        (Stage.AID_REFUSED, Step.OBJECTED): Stage.OBJECTED,
        (Stage.AID_REFUSED, Step.NOTED): Stage.AID_REFUSED,
        (Stage.AID_REFUSED, Step.ENDED): _ENDED,
        (Stage.OBJECTED, Step.AID_GRANTED): Stage.AID_GRANTED,
        (Stage.OBJECTED, Step.OBJECTION_ANSWERED): _ENDED,
        (Stage.OBJECTED, Step.NOTED): Stage.OBJECTED,
        (Stage.OBJECTED, Step.ENDED): _ENDED,
        (_ENDED, Step.REFUSAL_TAKEN_BACK): _OPEN,
    },
    bars={
        Step.REFUSAL_TAKEN_BACK: _not_refused,
        Step.PAPERS_ASKED: _asked_before,
        Step.STARTED_EARLY: _not_urgent,
        Step.FORWARDED: _papers_missing,
    },
)

MEDIATION = Course(
    table={
        (_OPEN, Step.ELDER_AGREED): _OPEN,
        (_OPEN, Step.OTHER_AGREED): _OPEN,
        (_OPEN, Step.STARTED): Stage.MEDIATING,
        (_OPEN, Step.ELDER_REFUSED): _ENDED,
        (_OPEN, Step.OTHER_REFUSED): _ENDED,
        (_OPEN, Step.NOTED): _OPEN,
        (_OPEN, Step.VIOLENCE_SEEN): _ENDED,
        (_OPEN, Step.NO_LONGER_WISHED): _ENDED,
        (_OPEN, Step.ENDED): _ENDED,
        (Stage.MEDIATING, Step.SETTLED): Stage.SETTLED,
        (Stage.MEDIATING, Step.NOT_SETTLED): _ENDED,
        (Stage.MEDIATING, Step.SESSION_HELD): Stage.MEDIATING,
        (Stage.MEDIATING, Step.ELDER_REFUSED): _ENDED,
        (Stage.MEDIATING, Step.OTHER_REFUSED): _ENDED,
        (Stage.MEDIATING, Step.VIOLENCE_SEEN): _ENDED,
        (Stage.MEDIATING, Step.NO_LONGER_WISHED): _ENDED,
        (Stage.MEDIATING, Step.ENDED): _ENDED,
        (Stage.SETTLED, Step.CONFIRMATION_ASKED): Stage.CONFIRMING,
        (Stage.SETTLED, Step.NOTED): Stage.SETTLED,
        (Stage.SETTLED, Step.ENDED): _ENDED,
        (Stage.CONFIRMING, Step.CONFIRMED): _ENDED,
        (Stage.CONFIRMING, Step.ENDED): _ENDED,
        (_ENDED, Step.REFUSAL_TAKEN_BACK): _OPEN,
    },
    bars={Step.STARTED: _not_agreed, Step.REFUSAL_TAKEN_BACK: _not_refused},
)

PROTECTION = Course(
    table={
        (_OPEN, Step.EVIDENCE_KEPT): _OPEN,
        (_OPEN, Step.FILED): Stage.FILED,
        (_OPEN, Step.FILED_URGENTLY): Stage.FILED,
        (_OPEN, Step.VIOLENCE_SEEN): _OPEN,
        (_OPEN, Step.NOTED): _OPEN,
        (_OPEN, Step.NO_LONGER_WISHED): _ENDED,
        (_OPEN, Step.ENDED): _ENDED,
        (Stage.FILED, Step.ORDER_MADE): Stage.IN_FORCE,
        (Stage.FILED, Step.ORDER_REFUSED): Stage.ORDER_REFUSED,
        **{
            (stage, step): stage
            for stage in (Stage.FILED, Stage.ORDER_REFUSED, Stage.IN_REVIEW)
            for step in (Step.VIOLENCE_SEEN, Step.NOTED)
        },
        (Stage.FILED, Step.ENDED): _ENDED,
        (Stage.ORDER_REFUSED, Step.REVIEW_ASKED): Stage.IN_REVIEW,
        (Stage.ORDER_REFUSED, Step.ENDED): _ENDED,
        (Stage.IN_REVIEW, Step.ORDER_MADE): Stage.IN_FORCE,
        (Stage.IN_REVIEW, Step.REVIEW_ANSWERED): _ENDED,
        (Stage.IN_REVIEW, Step.ENDED): _ENDED,
        (Stage.IN_FORCE, Step.FILED): Stage.FILED,
        (Stage.IN_FORCE, Step.VIOLENCE_SEEN): Stage.IN_FORCE,
        (Stage.IN_FORCE, Step.NOTED): Stage.IN_FORCE,
        (Stage.IN_FORCE, Step.ENDED): _ENDED,
        (_ENDED, Step.REFUSAL_TAKEN_BACK): _OPEN,
    },
    bars={Step.REFUSAL_TAKEN_BACK: _not_refused},
)

FAMILY_DUTY = Course(
    table={
        **{(_OPEN, step): _OPEN for step in LADDER},
        (_OPEN, Step.MEMBER_NAMED): _OPEN,
        (_OPEN, Step.FAMILY_COMPLETE): _OPEN,
        (_OPEN, Step.ASSESSED): _OPEN,
        **{(_OPEN, word): _OPEN for word in (*CONSENTS, *REFUSALS)},
        (_OPEN, Step.MEMBER_STRUCK): _OPEN,
        (_OPEN, Step.VIOLENCE_SEEN): _OPEN,
        (_OPEN, Step.NOTED): _OPEN,
        (_OPEN, Step.PACK_EXPORTED): _OPEN,
        (_OPEN, Step.ENDED): _ENDED,
        (_ENDED, Step.PACK_EXPORTED): _ENDED,
    },
    bars={
        **dict.fromkeys(LADDER, bar_on_stage),
        Step.FAMILY_COMPLETE: bar_on_family,
        Step.ASSESSED: bar_on_member,
        Step.MEMBER_STRUCK: bar_on_member,
        Step.OTHER_AGREED: bar_on_member,
        Step.OTHER_REFUSED: bar_on_member,
    },
)

COURSES: Mapping[RecordKind, Course] = {
    RecordKind.CONSULTATION: CONSULTATION,
    RecordKind.FORWARDING: FORWARDING,
    RecordKind.MEDIATION: MEDIATION,
    RecordKind.PROTECTION: PROTECTION,
    RecordKind.FAMILY_DUTY: FAMILY_DUTY,
}
