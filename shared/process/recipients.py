"""From a role inside a unit to the people behind it today: whom a notice goes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text
from sqlalchemy.orm import Session

from shared.contracts.access import Role
from shared.domain.codes import RecipientRole
from shared.domain.plan import Recipient

MEMBERS = text(
    "SELECT m.unit_id, m.account_id, m.position, m.roles FROM identity.unit_members AS m"
    " JOIN identity.unit_directory AS u ON u.unit_id = m.unit_id AND u.active"
    " WHERE m.unit_id IN :units AND m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day)"
    " ORDER BY m.unit_id, m.account_id"
).bindparams(bindparam("units", expanding=True))
ASSIGNEE = text("SELECT account_id FROM visits.assignee WHERE enrolment_id = :enrolment_id")

WORKERS = frozenset({Role.OFFICER, Role.UNIT_LEAD, Role.CADRE, Role.COORDINATOR, Role.DUTY_OFFICER})
"""Who works on what was handed to a unit; only where a unit has none of them its other members are told."""

POSITIONS = ("lead", "deputy")
"""Who stands for a unit, in this order: a deputy only where there is no lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What people are told about: an elder's enrolment, and who holds the work, if anybody does."""

    enrolment_id: UUID | None
    holder_id: UUID | None = None


class People:
    """Who is behind the recipients of one transaction, read with one statement for all units.

    Nobody is behind a unit that has been closed (停用), whoever still belongs to it: that is a vacancy.
    """

    def __init__(self, session: Session, recipients: Iterable[Recipient], *, about: About, day: date) -> None:
        """Read the members of the recipients' units on the day."""
        self._session = session
        self._about = about
        units = {recipient.unit_id for recipient in recipients if recipient.unit_id}
        asked = {"units": list(units), "day": day}
        self._members = session.execute(MEMBERS, asked).all() if units else []

    def behind(self, recipient: Recipient) -> tuple[UUID, ...]:
        """The accounts to tell; none means that the place is vacant."""
        match recipient.role:
            case RecipientRole.HOLDER:
                return (self._about.holder_id,) if self._about.holder_id else ()
            case RecipientRole.ASSIGNEE:
                return self._assignee()
            case RecipientRole.LEAD:
                return self._leads(recipient.unit_id)
            case RecipientRole.MEMBERS:
                return self._workers(recipient.unit_id)

    def _assignee(self) -> tuple[UUID, ...]:
        rows = self._session.execute(ASSIGNEE, {"enrolment_id": self._about.enrolment_id})
        return tuple(rows.scalars())

    def _leads(self, unit_id: str) -> tuple[UUID, ...]:
        members = self._of(unit_id)
        found = (
            tuple(row.account_id for row in members if row.position == position) for position in POSITIONS
        )
        return next(filter(None, found), ())

    def _workers(self, unit_id: str) -> tuple[UUID, ...]:
        members = self._of(unit_id)
        workers = [row for row in members if WORKERS.intersection(row.roles)]
        return tuple(row.account_id for row in workers or members)

    def _of(self, unit_id: str) -> list[Row[Any]]:
        return [row for row in self._members if row.unit_id == unit_id]
