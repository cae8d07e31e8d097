"""`tanfang reconcile`: find enrolments whose visit cycle is missing, and start it from what is on record.

The register and the visits know everything that a cycle must have learned; a cycle that starts late catches
up in one decision. The demonstration starts its processes this way, and so does an office after a disaster.
Referrals without a process are brought back beside them (`restore.py`).
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from deploy.cli.policy import DIFFERENT
from deploy.cli.restore import EVERYWHERE, REPAIRER, restore_all
from services.care_register.handlers.cycles import StartCycle, start_cycle
from services.care_register.handlers.desk import Desk
from shared.contracts import names
from shared.contracts.access import Principal, Role
from shared.domain.visit_cycle.extras import owed_until, promised
from shared.domain.visit_cycle.facts import ContactFact, ExtraVisit
from shared.persistence.clock_shift import clock_for
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.restoring import found_chases
from shared.process.subjects import hold_contacts, visited_elders
from shared.temporal.client import connect
from shared.temporal.gateway import Gateway
from workflows.worker.schedules import keep_schedules

RUNNING = text("SELECT enrolment_id FROM process.visit_cycle")
COUNTED = text("SELECT enrolment_id, seq FROM process.visit_cycle")
CONTACTS = text(
    "SELECT contact_id, occurred_at, recorded_at, is_reached, counts_for FROM visits.contact_fact"
    " WHERE enrolment_id = :enrolment_id ORDER BY occurred_at"
)
OPENED = text(
    "SELECT w.obligation, min(w.opens_at) AS opens_at"
    " FROM process.visit_window AS w JOIN process.visit_cycle AS c USING (enrolment_id)"
    " WHERE enrolment_id = :enrolment_id AND w.closes_at > c.task_at - CASE"
    " WHEN c.chase_referral_id IS NULL AND c.quiet_because IS NULL THEN make_interval(hours => :late)"
    " ELSE interval '1 year' END GROUP BY w.obligation"
)
"""From when on windows are judged again: those that could still turn when the process was last heard of.

Where somebody is looked for, or not because of a state, what was missed before counts as well.
"""
ASKED = text(
    "SELECT extra_id, due_on, asked_at FROM coordination.extra_visit_fact WHERE enrolment_id = :enrolment_id"
)
PROMISED = text(
    "SELECT contact_id, next_contact_on, recorded_at FROM visits.promised_contact"
    " WHERE enrolment_id = :enrolment_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in one place: never started, or started and gone."""

    jurisdiction_id: str
    never_started: tuple[UUID, ...]
    gone: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a reconciliation works with."""

    database: Database
    worker: Database
    gateway: Gateway
    desk: Desk
    now: datetime


@click.command("reconcile")
@click.option("--dry-run", is_flag=True, help="Only say what is missing.")
def reconcile(*, dry_run: bool) -> None:
    """Start visit cycles and referrals that are on record and that nobody runs.

    A referral goes on where it stood, with its holder, clocks and breaches. Ends with 1 if one of them cannot
    be started, and says why.
    """
    settings = Settings.from_env()
    did = "found" if dry_run else "started"
    for found in reconcile_all(settings, dry_run=dry_run):
        _say(found.jurisdiction_id, did, len(found.never_started), len(found.gone), "visit cycles")
    failures: list[str] = []
    for lost in restore_all(settings, dry_run=dry_run):
        _say(lost.jurisdiction_id, did, len(lost.never_begun), len(lost.gone), "referrals")
        if lost.effects:
            click.echo(f"{lost.jurisdiction_id}: {did} {len(lost.effects)} effects of work that has ended")
        failures += lost.failures
    if not dry_run:
        asyncio.run(_start_by_itself(settings))
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        sys.exit(DIFFERENT)


async def _start_by_itself(settings: Settings) -> None:
    """The review and the watch, too, are gone with Temporal's data, and workers make them when they start."""
    await keep_schedules(await connect(settings, identity="reconcile"))


def _say(place: str, did: str, new: int, gone: int, what: str) -> None:
    click.echo(f"{place}: {did} {new} new, {gone} gone {what}")


def reconcile_all(settings: Settings, *, dry_run: bool = False, asks: bool = True) -> Iterator[Found]:
    """Go through every place. `asks`: whether each process is asked if it is still there."""
    database = Database(settings, Login.CARE_REGISTER)
    tools = Tools(
        database=database,
        worker=Database(settings, Login.WORKER),
        gateway=Gateway.from_settings(settings, identity="reconcile"),
        desk=Desk(vault=Vault.from_settings(settings), book=own_book()),
        now=clock_for(settings, database).now(),
    )
    for jurisdiction_id in tools.desk.book.jurisdictions():
        found = _find(jurisdiction_id, tools, asks=asks)
        if not dry_run:
            repair(found, tools)
        yield found


def _find(jurisdiction_id: str, tools: Tools, *, asks: bool) -> Found:
    """Raises ProcessAway if Temporal cannot say what runs."""
    with tools.database.begin(_repairer(jurisdiction_id, tools), tools.now) as work:
        known = set(work.session.scalars(RUNNING))
        visited = [elder.enrolment_id for elder in visited_elders(work.session)]
    runs = tools.gateway.is_running
    return Found(
        jurisdiction_id=jurisdiction_id,
        never_started=tuple(each for each in visited if each not in known),
        gone=tuple(
            each for each in visited if asks and each in known and not runs(names.visit_cycle_id(each))
        ),
    )


def repair(found: Found, tools: Tools) -> None:
    """Announce the starts. What is announced twice within the hour starts once."""
    policy = tools.desk.policy(found.jurisdiction_id, tools.now)
    zone, late = policy.jurisdiction.zone, policy.recording.counts_until_hours
    with tools.worker.begin(EVERYWHERE, tools.now) as work:
        chases = found_chases(work.session, found.gone)
    with tools.database.begin(_repairer(found.jurisdiction_id, tools), tools.now) as work:
        counted: dict[UUID, int] = {row.enrolment_id: row.seq for row in work.session.execute(COUNTED)}
        for enrolment_id in (*found.never_started, *found.gone):
            seq = counted.get(enrolment_id, 0)
            start = StartCycle(
                enrolment_id=enrolment_id,
                contacts=_contacts(work.session, enrolment_id),
                extras=tuple(_extras(work.session, enrolment_id, zone)),
                opened=_opened(work.session, enrolment_id, late=late),
                attempt=f"{tools.now:%Y%m%d%H}/{seq}",
                after_seq=seq,
                chase=chases.get(enrolment_id),
            )
            start_cycle(start, work, tools.desk)


def _contacts(session: Session, enrolment_id: UUID) -> tuple[ContactFact, ...]:
    """What visits know of the elder, oldest first; a contact stored beside it would reach nobody."""
    hold_contacts(session, enrolment_id)
    rows = session.execute(CONTACTS, {"enrolment_id": enrolment_id})
    return tuple(
        ContactFact(
            contact_id=row.contact_id,
            occurred_at=row.occurred_at,
            known_at=row.recorded_at,
            is_reached=row.is_reached,
            counts_for=tuple(row.counts_for),
        )
        for row in rows
    )


def _opened(session: Session, enrolment_id: UUID, *, late: int) -> dict[str, datetime]:
    asked = {"enrolment_id": enrolment_id, "late": late}
    return {row.obligation: row.opens_at for row in session.execute(OPENED, asked)}


def _extras(session: Session, enrolment_id: UUID, zone: str) -> Iterator[ExtraVisit]:
    """The visits that were asked for, and those promised at a contact."""
    for row in session.execute(ASKED, {"enrolment_id": enrolment_id}):
        yield owed_until(row.due_on, extra_id=row.extra_id, known_at=row.asked_at, zone=zone)
    for row in session.execute(PROMISED, {"enrolment_id": enrolment_id}):
        yield promised(row.contact_id, row.next_contact_on, known_at=row.recorded_at, zone=zone)


def _repairer(jurisdiction_id: str, tools: Tools) -> Principal:
    area = tools.desk.policy(jurisdiction_id, tools.now).jurisdiction.area_code
    return Principal(
        account_id=REPAIRER,
        jurisdiction_id=jurisdiction_id,
        roles=(Role.OPERATOR,),
        areas=(area,),
        name="tanfang",
    )
