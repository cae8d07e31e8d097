"""A cycle started anew goes on with the chase that its lost process had opened (issue 2: reconcile)."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.plan import Plan
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.rows import ChaseEnd, ChaseVerb
from shared.domain.visit_cycle.state import Chase, CycleState, FoundChase
from tests.builders import MONTHLY, WEEKLY, a_contact, a_cycle, a_monthly, a_plan, a_state, at
from tests.domain.cycles import MONDAY, SUNDAY_NIGHT, told

LOST_AT = at("2026-11-25 10:00")
FOUND_AT = at("2026-11-26 09:00")


def a_found(opened_at: datetime = SUNDAY_NIGHT, obligation: str = WEEKLY) -> FoundChase:
    return FoundChase(referral_id=uuid4(), opened_at=opened_at, obligation=obligation)


def anew(found: FoundChase, plan: Plan | None = None) -> CycleDecision:
    """The cycle as reconcile starts it, from the enrolment on; nobody has been seen."""
    state = a_cycle(enrolled_at=MONDAY, plan=plan)
    return cycle.begin(replace(state, found=found), FOUND_AT)


def chase_of(decision: CycleDecision) -> Chase:
    assert decision.state.chase is not None
    return decision.state.chase


@given(
    before=st.lists(st.integers(0, 9 * 24), max_size=6, unique=True),
    meanwhile=st.lists(st.integers(9 * 24 + 11, 12 * 24), max_size=2, unique=True),
)
def test_it_ends_where_the_lost_one_would_be_and_asks_nothing_twice(
    before: list[int], meanwhile: list[int]
) -> None:
    """Its chase is never opened again, and learns of an end that came while nobody listened."""
    state = a_cycle(enrolled_at=MONDAY)
    contacts = [a_contact(MONDAY + timedelta(hours=hours)) for hours in sorted(before)]
    later = [a_contact(MONDAY + timedelta(hours=hours)) for hours in sorted(meanwhile)]
    lost = cycle.begin(replace(state, coming=Facts(contacts=tuple(contacts))), LOST_AT).state
    would_be = cycle.take_in(lost, Facts(contacts=tuple(later)), at("2026-11-29 09:00"))

    again = cycle.begin(
        replace(state, coming=Facts(contacts=(*contacts, *later)), found=found_in(lost)),
        at("2026-11-29 09:00"),
    )

    assert replace(again.state, seq=0) == replace(would_be.state, seq=0)
    assert again.rows.chases == would_be.rows.chases


def found_in(state: CycleState) -> FoundChase | None:
    """What its rows tell of the chase: which, and since when."""
    if state.chase is None:
        return None
    return FoundChase(referral_id=state.chase.referral_id, opened_at=SUNDAY_NIGHT, obligation=WEEKLY)


def test_a_chase_that_today_s_plan_would_have_opened_earlier_is_the_one_that_runs() -> None:
    """Another class since: a second chase beside the first would send two people to look for one elder."""
    found = a_found(at("2026-11-24 00:00"))
    decision = anew(found)

    assert (chase_of(decision).referral_id, decision.rows.chases) == (found.referral_id, ())
    assert decision.row.chase_referral_id == found.referral_id
    assert chase_of(decision).obligations == (WEEKLY,)
    assert decision.state.found is None


def test_a_chase_that_today_s_plan_would_not_have_opened_goes_on_until_somebody_has_seen_the_elder() -> None:
    """Domain §0.2-2: nobody calls off the search for an elder, another class of theirs least of all."""
    found = a_found()
    decision = anew(found, plan=a_plan(a_monthly()))
    assert (chase_of(decision).obligations, decision.rows.chases) == ((WEEKLY,), ())

    kept = cycle.change_plan(decision.state, a_plan(a_monthly()), FOUND_AT).state
    seen = told(kept, a_contact(at("2026-11-26 10:00"), MONTHLY))
    (move,) = seen.rows.chases
    assert (move.verb, move.referral_id, move.end) == (
        ChaseVerb.CONCLUDE,
        found.referral_id,
        ChaseEnd.CONTACT,
    )


def test_what_is_missed_while_it_runs_is_looked_after_by_it() -> None:
    found = a_found(at("2026-11-20 10:00"), obligation="")

    assert chase_of(anew(found)).obligations == ("", WEEKLY)
    assert anew(found).rows.chases == ()


def test_who_is_somewhere_else_keeps_the_found_chase_quiet() -> None:
    away = a_state(at("2026-11-24 10:00"))
    state = replace(a_cycle(enrolled_at=MONDAY, coming=Facts(states=(away,))), found=a_found(FOUND_AT))
    decision = cycle.begin(replace(state, plan=a_plan(a_monthly())), FOUND_AT)

    assert chase_of(decision).is_suspended
