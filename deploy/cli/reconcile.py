"""`tanfang reconcile`: find enrolments whose visit cycle is missing, and start it from what is on record.

The register and the visits know everything that a cycle must have learned; a cycle that starts late catches
up in one decision. The demonstration starts its processes this way, and so does an office after a disaster.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from shared.contracts.access import Principal, Role
from shared.domain.visit_cycle.facts import ContactFact
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.process.subjects import visited_elders

REPAIRER = UUID("9d9d4c1e-3c55-4d0e-8f0e-6b1f6f3f0a01")
"""The account under which repairs stand in the history."""

MOST_CONTACTS = 40
"""A start message stays small: the contacts of the last weeks decide every window still open."""

RUNNING = text("SELECT enrolment_id FROM process.visit_cycle")
CONTACTS = text(
    "SELECT contact_id, enrolment_id, occurred_at, recorded_at, is_reached, counts_for"
    " FROM visits.contact_fact ORDER BY occurred_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one place, and what was started."""

    jurisdiction_id: str
    missing: tuple[UUID, ...]


@click.command("reconcile")
@click.option("--dry-run", is_flag=True, help="Only say what is missing.")
def reconcile(*, dry_run: bool) -> None:
    """Start visit cycles that the register asks for and that nobody runs."""
    settings = Settings.from_env()
    for found in reconcile_all(settings, dry_run=dry_run):
        click.echo(
            f"{found.jurisdiction_id}: {len(found.missing)} missing" + (" (dry run)" if dry_run else "")
        )


def reconcile_all(settings: Settings, *, dry_run: bool = False) -> Iterator[Found]:
    """Go through every place. What is announced twice starts once."""
    database = Database(settings, Login.CARE_REGISTER)
    now = clock_for(settings, database).now()
    desk = Desk(vault=Vault.from_settings(settings), book=PolicyBook.load())
    for jurisdiction_id in desk.book.jurisdictions():
        yield _reconcile_place(jurisdiction_id, database, desk, now=now, dry_run=dry_run)


def _reconcile_place(
    jurisdiction_id: str, database: Database, desk: Desk, *, now: datetime, dry_run: bool
) -> Found:
    repairer = _repairer(jurisdiction_id, desk, now)
    with database.begin(repairer, now) as work:
        running = set(work.session.scalars(RUNNING))
        missing = tuple(
            elder.enrolment_id for elder in visited_elders(work.session) if elder.enrolment_id not in running
        )
        contacts = _contacts(work.session)
        for enrolment_id in () if dry_run else missing:
            known = tuple(contacts[enrolment_id][-MOST_CONTACTS:])
            # The attempt names the hour: a start that got lost is announced again, but not every second.
            start = StartCycle(enrolment_id=enrolment_id, contacts=known, attempt=f"{now:%Y%m%d%H}")
            start_cycle(start, work, desk)
    return Found(jurisdiction_id=jurisdiction_id, missing=missing)


def _contacts(session: Session) -> dict[UUID, list[ContactFact]]:
    found: dict[UUID, list[ContactFact]] = defaultdict(list)
    for row in session.execute(CONTACTS):
        fact = ContactFact(
            contact_id=row.contact_id,
            occurred_at=row.occurred_at,
            known_at=row.recorded_at,
            is_reached=row.is_reached,
            counts_for=tuple(row.counts_for),
        )
        found[row.enrolment_id].append(fact)
    return found


def _repairer(jurisdiction_id: str, desk: Desk, now: datetime) -> Principal:
    area = desk.policy(jurisdiction_id, now).jurisdiction.area_code
    return Principal(
        account_id=REPAIRER,
        jurisdiction_id=jurisdiction_id,
        roles=(Role.OPERATOR,),
        areas=(area,),
        name="tanfang",
    )
