"""The records of a judicial office: what may follow what, and what bars it (J-68 … J-70, Z-50 … Z-52)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Conflict, Invalid
from shared.domain.justice.closing import ANSWERS, outcome_of
from shared.domain.justice.codes import DutyFound, DutyOutcome, RecordKind, Stage, Step
from shared.domain.justice.course import Course, after, offered, stage_of
from shared.domain.justice.courses import (
    COURSES,
    FAMILY_DUTY,
    FORWARDING,
    LADDER,
    MEDIATION,
    PROTECTION,
)
from shared.domain.justice.events import Event, standing_of
from shared.domain.justice.family_duty import family_is_complete, next_stage, standing
from tests.policies.plans import JIANGPU, ZICHUAN, plan

ON = date(2026, 11, 18)
RULES = plan(ZICHUAN).justice
SON, DAUGHTER = UUID(int=7), UUID(int=8)


def went(course: Course, *steps: Step | Event) -> list[Event]:
    """A journal in which these steps were taken, each allowed when it was."""
    events = [Event(step=Step.OPENED, on=ON)]
    for step in steps:
        event = step if isinstance(step, Event) else Event(step=step, on=ON)
        after(course, events, event, RULES)
        events.append(event)
    return events


def refused(course: Course, events: list[Event], event: Event) -> str:
    with pytest.raises(Conflict) as raised:
        after(course, events, event, RULES)
    return raised.value.code


def step(step: Step, detail: str = "", member_id: UUID | None = None, *, on: date = ON) -> Event:
    return Event(step=step, on=on, detail=detail, member_id=member_id)


def test_mediation_starts_when_both_sides_have_agreed() -> None:
    """J-69: consent of both sides."""
    one = went(MEDIATION, Step.ELDER_AGREED)

    assert refused(MEDIATION, one, step(Step.STARTED)) == "both_sides_must_agree"
    assert stage_of(MEDIATION, went(MEDIATION, *one[1:], Step.OTHER_AGREED, Step.STARTED)) is Stage.MEDIATING


@pytest.mark.parametrize("word", [Step.ELDER_REFUSED, Step.OTHER_REFUSED])
def test_mediation_never_starts_against_a_clear_refusal(word: Step) -> None:
    """人民调解法 art. 17: one side refuses, so it ends, whoever agreed before."""
    other = Step.OTHER_AGREED if word is Step.ELDER_REFUSED else Step.ELDER_AGREED
    events = went(MEDIATION, other, word)

    assert stage_of(MEDIATION, events) is Stage.ENDED
    assert refused(MEDIATION, events, step(Step.STARTED)) == "one_side_refused"
    assert outcome_of(RecordKind.MEDIATION, events[-1]) == "one_side_refuses"


def test_a_refusal_ends_a_mediation_that_runs() -> None:
    events = went(MEDIATION, Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED, Step.OTHER_REFUSED)

    assert stage_of(MEDIATION, events) is Stage.ENDED


@pytest.mark.parametrize("word", [Step.ELDER_REFUSED, Step.OTHER_REFUSED])
def test_a_refusal_that_was_taken_back_leads_to_where_the_record_stood_before_it(word: Step) -> None:
    """人民调解法 art. 17: a slip of the hand is no clear refusal; both lines stay in the journal."""
    early = went(MEDIATION, Step.ELDER_AGREED, word, Step.REFUSAL_TAKEN_BACK)
    running = went(
        MEDIATION, Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED, word, Step.REFUSAL_TAKEN_BACK
    )

    assert stage_of(MEDIATION, early) is Stage.OPEN
    assert refused(MEDIATION, early, step(Step.STARTED)) == "both_sides_must_agree"
    assert (
        stage_of(MEDIATION, went(MEDIATION, *early[1:], Step.OTHER_AGREED, Step.STARTED)) is Stage.MEDIATING
    )
    assert stage_of(MEDIATION, running) is Stage.MEDIATING
    assert stage_of(MEDIATION, went(MEDIATION, *running[1:], word)) is Stage.ENDED


@pytest.mark.parametrize(
    ("course", "before", "stage"),
    [
        (FORWARDING, (), Stage.OPEN),
        (FORWARDING, (Step.PAPERS_ASKED,), Stage.WAITING_FOR_PAPERS),
        (MEDIATION, (Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED), Stage.MEDIATING),
        (PROTECTION, (), Stage.OPEN),
    ],
)
def test_an_elder_who_wishes_it_after_all_has_the_record_go_on_where_it_stood(
    course: Course, before: tuple[Step, ...], stage: Stage
) -> None:
    """A tap on 老人暂不需要 ended the record for good."""
    ended = went(course, *before, Step.NO_LONGER_WISHED)

    assert offered(course, ended) == (Step.REFUSAL_TAKEN_BACK,)
    assert after(course, ended, step(Step.REFUSAL_TAKEN_BACK), RULES) is stage
    assert refused(course, went(course, *before), step(Step.REFUSAL_TAKEN_BACK)) == "nothing_refused"


def test_a_step_has_no_day_before_that_of_the_step_it_follows() -> None:
    """A court confirmed an agreement weeks before it was made; what leads nowhere comes in any order."""
    before = ON - timedelta(days=3)
    settled = went(MEDIATION, Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED, Step.SETTLED)

    with pytest.raises(Invalid, match="before_what_led_here"):
        after(MEDIATION, settled, step(Step.CONFIRMATION_ASKED, on=before), RULES)
    assert after(MEDIATION, settled, step(Step.CONFIRMATION_ASKED), RULES) is Stage.CONFIRMING
    assert after(MEDIATION, settled, step(Step.NOTED, on=before), RULES) is Stage.SETTLED


def test_only_a_refusal_that_stands_is_taken_back() -> None:
    taken_back = step(Step.REFUSAL_TAKEN_BACK)
    unsettled = went(MEDIATION, Step.ELDER_AGREED, Step.OTHER_AGREED, Step.STARTED, Step.NOT_SETTLED)
    once = went(MEDIATION, Step.OTHER_REFUSED, taken_back)

    assert refused(MEDIATION, unsettled, taken_back) == "nothing_refused"
    assert refused(MEDIATION, once, taken_back) == "nothing_refused"
    assert offered(MEDIATION, unsettled) == ()
    assert offered(MEDIATION, went(MEDIATION, Step.OTHER_REFUSED)) == (Step.REFUSAL_TAKEN_BACK,)
    assert standing_of([taken_back]) == ()


def test_signs_of_violence_end_a_mediation_and_the_asking_side_does_not_read_of_them() -> None:
    """人民调解法 art. 25, X-11."""
    events = went(MEDIATION, Step.ELDER_AGREED, Step.VIOLENCE_SEEN)

    assert stage_of(MEDIATION, events) is Stage.ENDED
    assert outcome_of(RecordKind.MEDIATION, events[-1]) == "not_settled_other_ways_told"


def test_missing_papers_are_told_once() -> None:
    """一次性告知."""
    events = went(FORWARDING, Step.PAPERS_ASKED, Step.PAPERS_CAME)

    assert refused(FORWARDING, events, step(Step.PAPERS_ASKED)) == "papers_asked_once"


def test_nothing_is_forwarded_while_papers_are_missing_unless_it_began_early() -> None:
    waiting = went(FORWARDING, Step.PAPERS_ASKED)
    ends = step(Step.LIMITATION_KNOWN, on=ON + timedelta(days=6))
    early = went(FORWARDING, Step.PAPERS_ASKED, ends, Step.STARTED_EARLY, Step.FORWARDED)
    come = went(FORWARDING, Step.PAPERS_ASKED, Step.PAPERS_CAME, Step.FORWARDED)

    assert refused(FORWARDING, waiting, step(Step.FORWARDED)) == "papers_missing"
    assert {stage_of(FORWARDING, each) for each in (early, come)} == {Stage.FORWARDED}


@pytest.mark.parametrize(("left", "may"), [(0, True), (6, True), (7, False), (30, False), (-1, False)])
def test_aid_begins_before_the_papers_only_with_less_than_seven_days_left(left: int, *, may: bool) -> None:
    """法律援助法 art. 44: 距法定时效或者期限届满不足七日."""
    events = [step(Step.OPENED), step(Step.LIMITATION_KNOWN, on=ON + timedelta(days=left))]

    if may:
        assert after(FORWARDING, events, step(Step.STARTED_EARLY), RULES) is Stage.OPEN
    else:
        assert refused(FORWARDING, events, step(Step.STARTED_EARLY)) == "limitation_not_near"


def test_a_step_out_of_place_is_refused_with_what_is_possible() -> None:
    with pytest.raises(Conflict) as raised:
        after(FORWARDING, went(FORWARDING), step(Step.AID_GRANTED), RULES)

    assert raised.value.code == "step_not_possible"
    assert Step.FORWARDED in raised.value.params["possible_steps"]


@pytest.mark.parametrize("kind", RecordKind)
def test_every_stage_may_be_ended_whoever_else_has_not_answered(kind: RecordKind) -> None:
    """Who died or took an application back waited for the centre's or the court's word for good."""
    table = COURSES[kind].table

    assert {at for at, taken in table if taken is Step.ENDED} == {Stage.OPEN, *table.values()} - {Stage.ENDED}


@pytest.mark.parametrize(("referral", "kind"), ANSWERS.items())
def test_every_outcome_with_which_a_record_closes_is_one_of_its_kind(referral: str, kind: RecordKind) -> None:
    known = plan(JIANGPU).kind(referral).outcomes
    closing = {outcome_of(kind, step(each, known[0])) for _, each in COURSES[kind].table} - {""}

    assert closing
    assert closing <= set(known)


def family(*events: Event) -> list[Event]:
    return went(FAMILY_DUTY, step(Step.MEMBER_NAMED, "son", SON), *events)


def stages_of(*taken: tuple[Step, str]) -> list[Event]:
    return family(*(step(each, came, SON) for each, came in taken))


def test_the_ladder_is_climbed_stage_by_stage() -> None:
    """Z-51: 提醒沟通、规劝约束、司法调解."""
    named = family()

    assert refused(FAMILY_DUTY, named, step(Step.PERSUADED, "promises", SON)) == "stage_skipped"
    assert refused(FAMILY_DUTY, named, step(Step.WENT_TO_LAW, "promises", SON)) == "stage_skipped"
    assert next_stage(named, SON, RULES.duty_stages) == RULES.duty_stages[0]


def test_mediation_with_a_member_needs_the_word_of_both() -> None:
    """Z-51: cannot skip to 调解 without consent."""
    events = stages_of((Step.REMINDED, "no_change"), (Step.PERSUADED, "no_change"))
    mediate = step(Step.MEDIATED, "promises", SON)
    agreed = [*events, step(Step.ELDER_AGREED), step(Step.OTHER_AGREED, "", SON)]

    assert refused(FAMILY_DUTY, events, mediate) == "both_sides_must_agree"
    assert refused(FAMILY_DUTY, [*events, step(Step.ELDER_AGREED)], mediate) == "both_sides_must_agree"
    assert after(FAMILY_DUTY, agreed, mediate, RULES) is Stage.OPEN


def test_whoever_refuses_mediation_is_followed_by_the_law() -> None:
    """Z-52: 必要时协助追究其法律责任."""
    events = stages_of((Step.REMINDED, "no_change"), (Step.PERSUADED, "no_change"))
    events.append(step(Step.OTHER_REFUSED, "", SON))
    law = step(Step.WENT_TO_LAW, "no_change", SON)

    assert refused(FAMILY_DUTY, events, step(Step.MEDIATED, "promises", SON)) == "one_side_refused"
    assert after(FAMILY_DUTY, events, law, RULES) is Stage.OPEN


def test_one_members_word_is_not_anothers() -> None:
    events = family(step(Step.MEMBER_NAMED, "daughter", DAUGHTER), step(Step.REMINDED, "no_change", SON))

    assert refused(FAMILY_DUTY, events, step(Step.PERSUADED, "no_change", DAUGHTER)) == "stage_skipped"
    assert refused(FAMILY_DUTY, events, step(Step.OTHER_AGREED, "", UUID(int=9))) == "member_unknown"


def test_whoever_could_not_be_reached_is_tried_again_and_whoever_fulfils_is_done() -> None:
    unreached = stages_of((Step.REMINDED, "unreached"))
    fulfils = stages_of((Step.REMINDED, "fulfils"))
    calendar = plan(ZICHUAN).work_days.calendar("Asia/Shanghai", plan(ZICHUAN).jurisdiction.hours, ON)

    assert standing(unreached, SON, RULES, calendar).next_step is Step.REMINDED
    assert standing(fulfils, SON, RULES, calendar).next_step is None


CALENDAR = plan(ZICHUAN).work_days.calendar("Asia/Shanghai", plan(ZICHUAN).jurisdiction.hours, ON)


def assessed(found: DutyFound, on: date = ON) -> Event:
    return step(Step.ASSESSED, found, SON, on=on)


def test_each_member_is_assessed_every_quarter_whatever_was_found() -> None:
    """Z-50: 了解与老年人分开居住的家庭成员是否履行赡养扶养义务, each quarter."""
    named = standing(family(), SON, RULES, CALENDAR)
    later = standing(family(assessed(DutyFound.FULFILS, date(2026, 11, 30))), SON, RULES, CALENDAR)

    assert (named.found, named.assess_by) == ("", date(2027, 2, 18))
    assert (later.found, later.assess_by) == (DutyFound.FULFILS, date(2027, 2, 28))
    assert refused(FAMILY_DUTY, family(), step(Step.ASSESSED, "fulfils", DAUGHTER)) == "member_unknown"


def test_whoever_is_found_to_fulfil_the_duty_is_not_reminded_until_they_fall_short_again() -> None:
    at_once = family(assessed(DutyFound.FULFILS))
    again_on = ON + timedelta(days=90)
    climbed = family(step(Step.REMINDED, "fulfils", SON), assessed(DutyFound.FALLS_SHORT, again_on))
    unknown = family(step(Step.REMINDED, "fulfils", SON), assessed(DutyFound.UNKNOWN, again_on))

    assert standing(at_once, SON, RULES, CALENDAR).next_step is None
    assert standing([*at_once, assessed(DutyFound.FALLS_SHORT)], SON, RULES, CALENDAR).next_step is LADDER[0]
    after_it = standing(climbed, SON, RULES, CALENDAR)
    assert after_it.next_step is Step.PERSUADED
    assert after_it.due_on is not None
    assert after_it.due_on > again_on
    assert standing(unknown, SON, RULES, CALENDAR).next_step is None


def test_an_assessment_in_the_middle_of_the_ladder_moves_no_day() -> None:
    reminded = step(Step.REMINDED, "no_change", SON)
    before = standing(family(reminded), SON, RULES, CALENDAR)
    found = assessed(DutyFound.FALLS_SHORT, ON + timedelta(days=5))

    assert standing(family(reminded, found), SON, RULES, CALENDAR).due_on == before.due_on


def test_a_family_is_complete_until_another_member_is_named() -> None:
    """Z-50: member list complete."""
    complete = family(Step.FAMILY_COMPLETE)

    assert not family_is_complete(family())
    assert family_is_complete(complete)
    assert not family_is_complete([*complete, step(Step.MEMBER_NAMED, "daughter", DAUGHTER)])
    assert refused(FAMILY_DUTY, went(FAMILY_DUTY), step(Step.FAMILY_COMPLETE)) == "member_unknown"


@given(
    taken=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    *LADDER,
                    Step.ASSESSED,
                    Step.ELDER_AGREED,
                    Step.ELDER_REFUSED,
                    Step.OTHER_AGREED,
                    Step.OTHER_REFUSED,
                ]
            ),
            st.sampled_from(DutyOutcome),
        ),
        max_size=12,
    )
)
def test_no_history_reaches_a_stage_without_the_one_before_it(taken: list[tuple[Step, DutyOutcome]]) -> None:
    """Whatever is tried, in whatever order: nobody is mediated unasked, and none but 调解 is left out."""
    events = family()
    for each, outcome in taken:
        event = step(each, outcome, SON)
        try:
            after(FAMILY_DUTY, events, event, RULES)
        except Conflict:
            continue
        earlier = [other.step for other in events]
        if each is Step.PERSUADED:
            assert Step.REMINDED in earlier
        if each is Step.MEDIATED:
            assert {Step.PERSUADED, Step.ELDER_AGREED, Step.OTHER_AGREED} <= set(earlier)
        if each is Step.WENT_TO_LAW:
            assert Step.PERSUADED in earlier
            assert {Step.MEDIATED, Step.ELDER_REFUSED, Step.OTHER_REFUSED} & set(earlier)
        events.append(event)


@given(steps=st.lists(st.sampled_from(Step), max_size=10), kind=st.sampled_from(RecordKind))
def test_what_is_offered_is_what_the_table_takes(steps: list[Step], kind: RecordKind) -> None:
    course = COURSES[kind]
    events = [step(Step.OPENED), *(step(each) for each in steps)]
    possible = offered(course, events)

    for each in Step:
        if each not in possible and each not in course.bars:
            assert refused(course, events, step(each)) == "step_not_possible"
