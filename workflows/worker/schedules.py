"""What starts by itself: one Schedule a day for the review."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from shared.contracts import names

DAILY_REVIEW_ID = "daily-review"

AT_HOUR, AT_MINUTE = 0, 10
"""Shortly after midnight: what ended yesterday has ended before anybody looks at today's round."""

ZONE = "Asia/Shanghai"
"""One zone in the whole country."""

CATCH_UP = timedelta(hours=20)
"""After an outage the review of today is still held; the one of the day before yesterday is not."""


async def keep_schedules(client: Client) -> None:
    """Make the Schedules, or bring them up to date; safe to call by every worker that starts."""
    try:
        await client.create_schedule(DAILY_REVIEW_ID, daily_review())
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(DAILY_REVIEW_ID).update(_as_wanted)


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
            time_zone_name=ZONE,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )


def _as_wanted(found: ScheduleUpdateInput) -> ScheduleUpdate:
    """The Schedule of this version; whoever has paused it had a reason."""
    wanted = daily_review()
    wanted.state = found.description.schedule.state
    return ScheduleUpdate(schedule=wanted)
