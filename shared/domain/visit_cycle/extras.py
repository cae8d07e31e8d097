"""Extra visits (加访): asked for by a person, or promised at a contact; owed by the end of a day."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from shared.domain.periods import day_start
from shared.domain.visit_cycle.facts import ExtraVisit

ONE_DAY = timedelta(days=1)


def owed_until(day: date, *, extra_id: UUID, known_at: datetime, zone: str) -> ExtraVisit:
    """The visit that is owed by the end of that day."""
    return ExtraVisit(extra_id=extra_id, due_by=day_start(day + ONE_DAY, zone), known_at=known_at)


def promised(contact_id: UUID, day: date, *, known_at: datetime, zone: str) -> ExtraVisit:
    """The visit that was promised at a contact (约定再联系, domain §0.2-1): one for each contact."""
    extra_id = uuid5(contact_id, "next_contact")
    return owed_until(day, extra_id=extra_id, known_at=known_at, zone=zone)
