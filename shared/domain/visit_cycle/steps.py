"""What happens next to an elder and why: the warnings and closings that stand unless somebody visits."""

from shared.domain.visit_cycle.rows import NextStep, StepCode
from shared.domain.visit_cycle.state import CycleState, Window

SHOWN = 6
"""So many steps fit on a page; the rest follows from them."""


def next_steps(state: CycleState) -> tuple[NextStep, ...]:
    """The steps ahead in order of time: for each open window its next warning and its closing.

    What has not begun yet (a home bed agreed on this week) is named too, and everything if nothing is open.
    """
    steps = [step for window in state.windows if window.is_owed for step in _steps_of(window)]
    begun = {window.rule.code for window in state.windows} if steps else set()
    steps += [
        NextStep(at=cursor.opens_at, code=StepCode.OPEN, obligation=cursor.obligation, missing=0)
        for cursor in state.cursors
        if cursor.obligation not in begun
    ]
    return tuple(sorted(steps, key=lambda step: step.at)[:SHOWN])


def _steps_of(window: Window) -> list[NextStep]:
    missing = window.rule.times - window.done
    code = window.rule.code
    steps = [NextStep(at=window.closes_at, code=StepCode.CLOSE, obligation=code, missing=missing)]
    if window.warned < len(window.warning_times):
        warning = window.rule.warnings[window.warned]
        at = window.warning_times[window.warned]
        steps.append(
            NextStep(at=at, code=StepCode.WARN, obligation=code, missing=missing, recipient=warning.recipient)
        )
    return steps
