"""A cycle whose process is gone goes on where it stood: what was judged for good stays as it was told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.state import Cursor, CycleState


def resumed(state: CycleState, opened: Mapping[str, datetime]) -> CycleState:
    """The state with which to begin anew, given when the first window that is to be judged again opened.

    `opened` says so for each obligation. A cycle that has judged nothing for good yet, or never ran, begins
    with the enrolment. Facts that can turn no window any more are left out, but for the last sight.
    """
    since = min(opened.values(), default=state.enrolled_at)
    if since <= state.enrolled_at:
        return state
    reached = (each.occurred_at for each in state.coming.contacts if each.is_reached)
    return replace(
        state,
        cursors=tuple(Cursor(obligation=code, opens_at=at) for code, at in opened.items()),
        coming=_since(state.coming, since),
        last_seen_at=max((at for at in reached if at < since), default=None),
    )


def _since(facts: Facts, since: datetime) -> Facts:
    over = {each.state_id for each in facts.states if each.ends_at is not None and each.ends_at < since}
    return replace(
        facts,
        contacts=tuple(each for each in facts.contacts if each.occurred_at >= since),
        states=tuple(each for each in facts.states if each.state_id not in over),
        exceptions=tuple(each for each in facts.exceptions if each.ends_at >= since),
        extras=tuple(each for each in facts.extras if each.known_at >= since),
    )
