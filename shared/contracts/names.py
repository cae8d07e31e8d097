"""Names, queues and ids of the processes: an id is a function, so that a duplicate start is impossible."""

from uuid import UUID

VISIT_CYCLE = "VisitCycle"
REFERRAL = "Referral"
DAILY_REVIEW = "DailyReview"
AFTERMATH = "Aftermath"
WATCH = "Watch"

VISIT_CYCLE_QUEUE = "visit-cycle"
REFERRAL_QUEUE = "referral"
REVIEW_QUEUE = "review"

QUEUES = {
    VISIT_CYCLE: VISIT_CYCLE_QUEUE,
    REFERRAL: REFERRAL_QUEUE,
    DAILY_REVIEW: REVIEW_QUEUE,
    AFTERMATH: REFERRAL_QUEUE,
    WATCH: REVIEW_QUEUE,
}
"""Workflow type -> the task queue its workers poll."""

CARE_REGISTER_FACTS = "care_register-facts"
"""The queue on which the care register lets processes change its facts, through its own handlers."""

VISITS_FACTS = "visits-facts"
"""The same for visits: contacts that others made, and what elders do not want for now."""


def visit_cycle_id(enrolment_id: UUID) -> str:
    """The workflow id of an enrolment's visit cycle: one per enrolment."""
    return f"visit-cycle/{enrolment_id}"


def referral_id(referral: UUID) -> str:
    """The workflow id of a referral."""
    return f"referral/{referral}"


def aftermath_id(effect_id: UUID) -> str:
    """The workflow id of one effect of a piece of work that has ended."""
    return f"aftermath/{effect_id}"
