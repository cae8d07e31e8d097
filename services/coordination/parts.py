"""What coordination's pages reach for: its desk, the policy of the place, the process behind an elder."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import Flask, current_app

from services.coordination.figures import Board
from shared.contracts.visit_cycle import CycleExplanation
from shared.inbox import mounted
from shared.inbox.desk import Desk
from shared.inbox.names import Names, load_names
from shared.persistence.unit_of_work import UnitOfWork
from shared.policies.model import Policy
from shared.process.openings import policy_at
from shared.temporal.errors import ProcessNotFound
from shared.web import current

EXTENSION = "tanfang_gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the process itself says; None if there is no process."""

    explanation: CycleExplanation | None


class Explains(Protocol):
    """Who answers for the processes: `shared.temporal.gateway`."""

    def explain_cycle(self, enrolment_id: UUID) -> CycleExplanation:
        """What a visit cycle does next by its own account. Raises ProcessNotFound, ProcessAway."""
        ...


def install(app: Flask, processes: Explains) -> None:
    """Give the application its way to the processes."""
    app.extensions[EXTENSION] = processes


def desk() -> Desk:
    """The inbox's desk, which holds what the pages share."""
    return mounted.desk()


def policy() -> Policy:
    """The policy in force today at the place of who asks."""
    return policy_at(desk().book, current.principal().jurisdiction_id, current.now())


def explain(enrolment_id: UUID) -> Checked:
    """Ask the process. Raises the gateway's errors when it cannot be asked now."""
    found: Explains = current_app.extensions[EXTENSION]
    try:
        return Checked(explanation=found.explain_cycle(enrolment_id))
    except ProcessNotFound:
        return Checked(explanation=None)


def names_of(work: UnitOfWork, board: Board) -> Names:
    """Names of the staff and units that the board mentions."""
    accounts = [line.account_id for line in board.to_phone] + [line.holder_id for line in board.chases]
    units = [line.unit_id for line in board.chases] + [line.unit_id for line in board.refused]
    return load_names(work.session, accounts=accounts, units=units)
