"""The sender's loop: what is due is told on every channel, tried again with growing pauses, at last given up.

At least once: a sender that dies between sending and noting it sends again, under the same key. A notice that
is given up, like any that nobody acknowledges, stands under 待电话通知: a person telephones.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import OperationalError

from shared.domain.calendars import next_open
from shared.domain.codes import Urgency
from shared.domain.periods import local_day
from shared.notices.channels import Busy, Channel, InApp, Message, Undeliverable
from shared.notices.waiting import Attempt, Sending, Settled, WaitingNotices
from shared.notices.words import words_of
from shared.platform.clock import Clock
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.notices import AttemptOutcome, ChannelCode
from shared.process.openings import policy_at

POLL_SECONDS = 1.0

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)

log = structlog.get_logger(__name__)


class Sender:
    """Sends notices until told to stop."""

    def __init__(
        self,
        waiting: WaitingNotices,
        outside: Sequence[Channel],
        *,
        book: PolicyBook,
        clock: Clock,
        most_tries: int,
    ) -> None:
        """Send what `waiting` gives on the channels that lead outside; without any, pages are enough."""
        self._waiting = waiting
        self._outside = tuple(outside)
        self._book = book
        self._clock = clock
        self._most_tries = most_tries

    def run(self, is_stopping: Callable[[], bool]) -> None:
        """Send what is due, look again each second; while PostgreSQL is away, wait for it."""
        while not is_stopping():
            if not self._send_next_safely():
                time.sleep(POLL_SECONDS)

    def send_next(self) -> bool:
        """Take and send what is most urgent; False if nothing is due."""
        sending = self._waiting.take(self._clock.now())
        if sending is None:
            return False
        policy = policy_at(self._book, sending.jurisdiction_id, self._clock.now())
        opens_at = self._opens_at(sending, policy)
        if opens_at is not None:
            self._settle(sending, (), Settled(try_at=opens_at))
            return True
        attempts = tuple(self._attempts(sending, policy))
        self._settle(sending, attempts, self._judged(sending, attempts))
        return True

    def _send_next_safely(self) -> bool:
        try:
            return self.send_next()
        except OperationalError as error:
            log.warning("database_away", error=type(error).__name__)
        except Exception:
            # What breaks on one notice waits until its lease runs out; the others go on.
            log.exception("sending_failed")
        return False

    def _opens_at(self, sending: Sending, policy: Policy) -> datetime | None:
        """When a late routine notice may go out, if not now. The writer saw to those that are on time."""
        now, place = self._clock.now(), policy.jurisdiction
        is_late = now - sending.waiting_since >= timedelta(minutes=policy.timing.late_notice_minutes)
        if sending.urgency is Urgency.URGENT or not is_late or not self._outside:
            return None
        day = local_day(now, place.zone)
        opens_at = next_open(now, policy.work_days.calendar(place.zone, place.notice_hours, day))
        return opens_at if opens_at > now else None

    def _attempts(self, sending: Sending, policy: Policy) -> Iterator[Attempt]:
        words = words_of(policy, sending.code, sending.params, count=sending.count)
        phone = self._waiting.phone_of(sending.account_id, self._clock.now()) if self._outside else None
        message = Message(key=sending.key, text=words, phone=phone)
        for channel in self._channels(sending):
            yield self._attempt(channel, message)

    def _channels(self, sending: Sending) -> tuple[Channel, ...]:
        """The page has it once and for all; what leads outside is tried each time."""
        return self._outside if sending.tries and self._outside else (InApp(), *self._outside)

    def _attempt(self, channel: Channel, message: Message) -> Attempt:
        outcome, may_help = AttemptOutcome.FAILED, False
        try:
            detail = channel.send(message).detail
            outcome = AttemptOutcome.DELIVERED
        except Undeliverable as error:
            detail = str(error)
        except Busy as error:
            detail, may_help = str(error), True
        except Exception as error:
            # A message that breaks a channel must not keep the others from their people.
            log.exception("channel_failed", key=str(message.key), channel=channel.code)
            detail, may_help = type(error).__name__, True
        return Attempt(
            channel=channel.code, at=self._clock.now(), outcome=outcome, detail=detail, may_help=may_help
        )

    def _judged(self, sending: Sending, attempts: Sequence[Attempt]) -> Settled:
        """One channel that leads outside is enough; without any, the page is."""
        now = self._clock.now()
        deciding = [each for each in attempts if each.channel is not ChannelCode.IN_APP] or attempts
        if any(each.outcome is AttemptOutcome.DELIVERED for each in deciding):
            return Settled(sent_at=now)
        if sending.tries + 1 >= self._most_tries or not any(each.may_help for each in deciding):
            return Settled(given_up_at=now)
        return Settled(try_at=now + min(FIRST_PAUSE * 2**sending.tries, LONGEST_PAUSE))

    def _settle(self, sending: Sending, attempts: Sequence[Attempt], settled: Settled) -> None:
        self._waiting.settle(sending, attempts, settled, now=self._clock.now())
        outcomes = {each.channel.value: each.detail for each in attempts}
        say = log.warning if settled.given_up_at else log.info
        say(
            _event(settled, tried=bool(attempts)),
            key=str(sending.key),
            code=sending.code,
            notices=len(sending.notice_ids),
            tries=sending.tries + bool(attempts),
            outcomes=outcomes,
        )


def _event(settled: Settled, *, tried: bool) -> str:
    if settled.sent_at:
        return "notice_sent"
    if settled.given_up_at:
        return "notice_given_up"
    return "notice_put_off" if tried else "notice_held"
