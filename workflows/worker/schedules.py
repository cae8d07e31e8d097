"""What starts by itself: once a day the review, every half minute the watch."""

from collections.abc import Callable
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from shared.contracts import names
from shared.policies.book import OFFICIAL_ZONE

DAILY_REVIEW_ID = "daily-review"
WATCH_ID = "watch"

AT_HOUR, AT_MINUTE = 0, 10
"""Shortly after midnight: what ended yesterday has ended before anybody looks at today's round."""

CATCH_UP = timedelta(hours=20)
"""After an outage the review of today is still held; the one of the day before yesterday is not."""


WATCH_EVERY = timedelta(seconds=30)
"""Work that waits for nobody is found within a minute."""

STALE_AFTER = timedelta(minutes=1)
"""After an outage one look is enough."""


async def keep_schedules(client: Client) -> None:
    """Make the Schedules, or bring them up to date; safe to call by every worker that starts."""
    for schedule_id, wanted in ((DAILY_REVIEW_ID, daily_review()), (WATCH_ID, watch())):
        try:
            await client.create_schedule(schedule_id, wanted)
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(schedule_id).update(_as_wanted(wanted))


def watch() -> Schedule:
    """The watch, every half minute, never two at a time."""
    return Schedule(
        action=ScheduleActionStartWorkflow(names.WATCH, id=WATCH_ID, task_queue=names.QUEUES[names.WATCH]),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=WATCH_EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=STALE_AFTER),
    )


def daily_review() -> Schedule:
    """The review, once a day, never two at a time."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            names.DAILY_REVIEW, id=DAILY_REVIEW_ID, task_queue=names.QUEUES[names.DAILY_REVIEW]
        ),
        spec=ScheduleSpec(
            calendars=[
                ScheduleCalendarSpec(hour=[ScheduleRange(AT_HOUR)], minute=[ScheduleRange(AT_MINUTE)])
            ],
            time_zone_name=OFFICIAL_ZONE,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


def _as_wanted(wanted: Schedule) -> Callable[[ScheduleUpdateInput], ScheduleUpdate]:
    """The Schedule of this version; whoever has paused it had a reason."""

    def updated(found: ScheduleUpdateInput) -> ScheduleUpdate:
        wanted.state = found.description.schedule.state
        return ScheduleUpdate(schedule=wanted)

    return updated
