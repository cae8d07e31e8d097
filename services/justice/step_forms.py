"""The form of each step on a record's page: what it asks for, in the words of the policy."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.justice import messages
from services.justice.handlers.checking import NEEDS_TEXT, SEVERAL, choices_of, is_of_a_member
from services.justice.handlers.reading import RecordPage
from shared.domain.justice.closing import ANSWERING, OUTCOMES
from shared.domain.justice.codes import Channel, DutyFound, DutyOutcome, RecordKind, Relation, Step
from shared.domain.justice.courses import AHEAD, CONSENTS, LADDER
from shared.domain.justice.events import Event
from shared.policies.messages import LIST_MARK
from shared.policies.model import Policy

WITHOUT_REPLY = frozenset({Step.VIOLENCE_SEEN})
"""The asking side reads nothing with it."""

GRAVE = frozenset(
    {
        Step.VIOLENCE_SEEN,
        Step.ELDER_REFUSED,
        Step.OTHER_REFUSED,
        Step.REFUSAL_TAKEN_BACK,
        Step.NO_LONGER_WISHED,
    }
)
"""Steps that end the work, or something graver: never the first at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm:
    """One step's form. `last_on`: the latest day that it may have; none for what lies ahead."""

    step: Step
    words: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    takes_several: bool
    needs_text: bool
    asks_reply: bool
    asks_person: bool
    of_a_member: bool
    is_grave: bool
    last_on: str


def step_forms(page: RecordPage, policy: Policy) -> tuple[StepForm, ...]:
    """The forms of the steps that are possible now: what comes next first, what is grave last.

    An answer that nobody waits for any more is not next: the end of its record is.
    """
    steps = (*page.member_steps, *page.steps) if page.members else page.steps
    gone = {Step.PACK_EXPORTED, *_done_for_good(page), *_not_reached(page)}
    following = {member.standing.next_step for member in page.members}
    if page.record.kind in ANSWERING and not page.record.outcome:
        following.add(Step.ENDED)
    forms = [_form(page, step, policy) for step in steps if step not in gone]
    return tuple(sorted(forms, key=lambda form: (form.is_grave, form.step not in following)))


def _done_for_good(page: RecordPage) -> set[Step]:
    """What is taken once: a word that was given, papers that were asked for, a family that is complete."""
    if page.record.kind is RecordKind.FAMILY_DUTY:
        return {Step.FAMILY_COMPLETE} if page.family_is_complete or not page.members else set()
    return {line.event.step for line in page.lines} & {*CONSENTS, Step.PAPERS_ASKED}


def _not_reached(page: RecordPage) -> tuple[Step, ...]:
    """The stages that nobody of the family has come to."""
    steps = (member.standing.next_step or member.standing.last_step for member in page.members)
    furthest = max((LADDER.index(step) for step in steps if step), default=0)
    return LADDER[furthest + 1 :]


def _form(page: RecordPage, step: Step, policy: Policy) -> StepForm:
    kind = page.record.kind
    ends = (kind, step) in OUTCOMES or step is Step.ADVISED
    return StepForm(
        step=step,
        words=messages.STEPS[step],
        hint=messages.HINTS.get(step, ""),
        choices=_choices(step, policy),
        takes_several=step in SEVERAL,
        needs_text=step in NEEDS_TEXT,
        asks_reply=ends and step not in WITHOUT_REPLY,
        asks_person=step is Step.MEMBER_NAMED,
        of_a_member=is_of_a_member(kind, step),
        is_grave=step in GRAVE and kind is not RecordKind.FAMILY_DUTY,
        last_on="" if step in AHEAD else page.today.isoformat(),
    )


def _choices(step: Step, policy: Policy) -> tuple[tuple[str, str], ...]:
    return tuple((code, words_of(step, code, policy)) for code in choices_of(step, policy))


def detail_words(event: Event, policy: Policy) -> str:
    """What came with a step, in words: a channel, a matter, papers, an outcome; a person is not a word."""
    if event.step is Step.PERSON_NAMED:
        return ""
    return LIST_MARK.join(words_of(event.step, code, policy) for code in event.detail.split())


def matters_of(policy: Policy) -> list[tuple[str, str]]:
    """The matters for which aid may be asked; those for which nobody asks what the elder owns say so."""
    return [
        (
            one.code,
            policy.label("aid_matters", one.code) + (messages.NO_MEANS_TEST if one.no_means_test else ""),
        )
        for one in policy.justice.aid_matters
    ]


def words_of(step: Step, code: str, policy: Policy) -> str:
    """What a code that came with a step is called."""
    if step in LADDER:
        return messages.DUTY_OUTCOMES[DutyOutcome(code)]
    if step is Step.ASSESSED:
        return messages.DUTY_FOUND[DutyFound(code)]
    if step is Step.MEMBER_NAMED:
        return messages.RELATIONS[Relation(code)]
    if code in set(Channel):
        return messages.CHANNELS[Channel(code)]
    section = _SECTIONS.get(step)
    return policy.label(section, code) if section else code


_SECTIONS: Mapping[Step, str] = {
    Step.ADVISED: "outcomes",
    Step.PAPERS_ASKED: "aid_papers",
    Step.OPENED: "aid_matters",
}
