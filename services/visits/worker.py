"""Lets processes change the facts of visits, on its own queue: when this is down, only their step waits.

`python -m services.visits.worker` serves it alone; `worker` is for who hosts several.
"""

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from services.visits.handlers.desk import Desk
from services.visits.handlers.effects import carry_out
from shared.contracts import names
from shared.contracts.activities import CHANGE_VISITS
from shared.contracts.effects import CarriedOut, CarryOut
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.facts_worker import facts_worker, serve_facts

_log = structlog.get_logger("tanfang.visits.worker")

AT_ONCE = 2


class VisitsActivities:
    """What processes may ask of visits."""

    def __init__(self, database: Database, desk: Desk, clock: Clock) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    @activity.defn(name=CHANGE_VISITS.name)
    def change(self, asked: CarryOut) -> CarriedOut:
        """Carry out what follows from work that has ended elsewhere; twice without harm."""
        came = carry_out(asked, lambda who: self._database.begin(who, self._clock.now()), self._desk)
        _log.info("effect_carried_out", effect_id=str(asked.effect_id), came=came.came, reason=came.reason)
        return came


def worker(client: Client, settings: Settings, database: Database) -> Worker:
    """The worker of visits' facts. `database` is the login of visits, closed by whoever opened it."""
    activities = VisitsActivities(database, Desk.from_settings(settings), clock_for(settings, database))
    return facts_worker(client, queue=names.VISITS_FACTS, activities=[activities.change], at_once=AT_ONCE)


if __name__ == "__main__":
    serve_facts(Login.VISITS, names.VISITS_FACTS, worker)
