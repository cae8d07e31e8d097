"""How long ago what is put on record may have happened."""

from datetime import datetime, timedelta

from services.public_security.handlers.office import policy_of
from shared.domain.errors import Invalid
from shared.inbox.desk import Desk
from shared.persistence.unit_of_work import UnitOfWork


def check_written(happened_at: datetime, work: UnitOfWork, desk: Desk, *, code: str) -> None:
    """What is put on record has happened, and not longer ago than the plan lets records be written later.

    Raises Invalid `<code>_in_future` and `<code>_too_long_ago`.
    """
    if happened_at > work.now:
        raise Invalid(f"{code}_in_future")
    within = policy_of(work, desk).timing.written_later_days
    if work.now - happened_at > timedelta(days=within):
        raise Invalid(f"{code}_too_long_ago", days=within)
