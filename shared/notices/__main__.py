"""`python -m shared.notices`: sends notices until SIGTERM; what is under way is finished first."""

import signal
from collections.abc import Callable
from contextlib import closing
from types import FrameType

import structlog

from shared.notices.channels import outside_channels
from shared.notices.sending import Sender
from shared.notices.waiting import WaitingNotices
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.http import HttpClient
from shared.platform.logins import Login
from shared.platform.logs import configure_logs
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook

log = structlog.get_logger(__name__)


class Stopping:
    """Whether SIGTERM or Ctrl-C has come.

    A plain flag: an Event's lock may be held by the very thread that the signal interrupts.
    """

    def __init__(self) -> None:
        """Listen from now on."""
        self._told = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)

    def __call__(self) -> bool:
        """Whether to stop."""
        return self._told

    def _tell(self, _number: int, _frame: FrameType | None) -> None:
        self._told = True


def send(settings: Settings, is_stopping: Callable[[], bool]) -> None:
    """Send until told to stop."""
    with closing(Database(settings, Login.RELAY)) as database, HttpClient() as http:
        outside = outside_channels(settings, http)
        log.info("sender_started", channels=[channel.code.value for channel in outside])
        sender = Sender(
            WaitingNotices(database),
            outside,
            book=PolicyBook.load(),
            clock=clock_for(settings, database),
            most_tries=settings.notice_tries,
        )
        sender.run(is_stopping)
    log.info("sender_stopped")


def main() -> None:
    """Start with what the environment says."""
    stopping = Stopping()
    settings = Settings.from_env()
    configure_logs(settings, process="notices")
    send(settings, stopping)


if __name__ == "__main__":
    main()
