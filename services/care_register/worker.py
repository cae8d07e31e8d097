"""Lets processes change the register's facts, on its own queue: when this is down, only their step waits.

`python -m services.care_register.worker` serves it alone; `worker` is for who hosts several.
"""

from dataclasses import fields
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from services.care_register.handlers.aftermath import carry_out
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.review import review
from shared.contracts import names
from shared.contracts.access import Principal
from shared.contracts.activities import CHANGE_REGISTER, REVIEW
from shared.contracts.effects import CarriedOut, CarryOut
from shared.contracts.review import ReviewAsOf, Reviewed
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.clock import Clock
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.facts_worker import facts_worker, serve_facts

REVIEWER = UUID("00000000-0000-4000-8000-00000000da11")
"""The account under which the daily review stands in the history: nobody's, and the same everywhere."""


_log = structlog.get_logger("tanfang.register.worker")

AT_ONCE = 4
"""So many changes at a time: a confirmed death does not wait for the end of the daily review."""


class RegisterActivities:
    """What processes may ask of the register."""

    def __init__(self, database: Database, desk: Desk, clock: Clock) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    @activity.defn(name=REVIEW.name)
    def review(self, asked: ReviewAsOf) -> Reviewed:
        """Review every jurisdiction; the same instant again changes nothing more."""
        found = [self._review_of(place, asked) for place in self._desk.book.jurisdictions()]
        return Reviewed(
            **{one.name: sum(getattr(each, one.name) for each in found) for one in fields(Reviewed)}
        )

    @activity.defn(name=CHANGE_REGISTER.name)
    def change(self, asked: CarryOut) -> CarriedOut:
        """Carry out what follows from work that has ended elsewhere; twice without harm."""
        came = carry_out(asked, lambda who: self._database.begin(who, self._clock.now()), self._desk)
        _log.info("effect_carried_out", effect_id=str(asked.effect_id), came=came.came, reason=came.reason)
        return came

    def _review_of(self, jurisdiction_id: str, asked: ReviewAsOf) -> Reviewed:
        place = self._desk.policy(jurisdiction_id, asked.as_of).jurisdiction
        reviewer = Principal(
            account_id=REVIEWER, jurisdiction_id=jurisdiction_id, areas=(place.area_code,), name="review"
        )
        return review(lambda: self._database.begin(reviewer, asked.as_of), self._desk)


def worker(client: Client, settings: Settings, database: Database) -> Worker:
    """The worker of the register's facts.

    `database` is the register's login, closed by whoever opened it.
    """
    desk = Desk(vault=Vault.from_settings(settings), book=own_book())
    activities = RegisterActivities(database, desk, clock_for(settings, database))
    return facts_worker(
        client,
        queue=names.CARE_REGISTER_FACTS,
        activities=[activities.review, activities.change],
        at_once=AT_ONCE,
    )


if __name__ == "__main__":
    serve_facts(Login.CARE_REGISTER, names.CARE_REGISTER_FACTS, worker)
