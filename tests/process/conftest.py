"""A village of Zichuan with people in it, and the writer of process state on a real PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import enrol
from shared.contracts.access import Principal
from shared.contracts.outbox import OutboxMessage
from shared.contracts.referral import PendingReferralRows, ReferralProjection, StartReferral
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.domain.referral import referral
from shared.domain.referral.referral import ReferralDecision
from shared.domain.referral.standing import standing_of
from shared.domain.referral.state import ReferralState
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook, own_book
from shared.process.directory import load_directory
from shared.process.openings import Opening, start_referral
from shared.process.subjects import enrolled_elders
from shared.process.writing import WORKER, ProcessRows
from tests.builders import at
from tests.services.care_register.conftest import CLERK, an_elder

PLACE = "zibo_zichuan"
VILLAGE_AREA = "370302115201"
VILLAGE = f"{PLACE}:village-{VILLAGE_AREA}"
BUREAU = f"{PLACE}:civil_affairs_bureau"
JUSTICE = f"{PLACE}:justice_bureau"

TUESDAY = at("2026-11-17 10:00")
OFFERED = datetime(2026, 11, 20, 2, tzinfo=UTC)


class Village:
    """People and their units, put there as identity and visits would."""

    def __init__(self, settings: Settings) -> None:
        always = {Login.WORKER: WORKER}
        self._databases = {each: Database(settings, each, always=always.get(each)) for each in Login}
        self.somebody = Principal(account_id=uuid4(), jurisdiction_id=PLACE, areas=("370302",))
        for unit_id in (VILLAGE, BUREAU, JUSTICE):
            self.opens_unit(unit_id)

    def close(self) -> None:
        for database in self._databases.values():
            database.close()

    def database(self, login: Login) -> Database:
        return self._databases[login]

    def run(self, login: Login, statement: str, /, **values: Any) -> None:
        """One statement as one login."""
        with self.database(login).begin(self.somebody, TUESDAY) as work:
            work.session.execute(text(statement), values)

    def opens_unit(self, unit_id: str) -> None:
        """A unit without anybody in it."""
        self.run(
            Login.IDENTITY,
            "INSERT INTO identity.unit (unit_id, jurisdiction_id, code, name, kind)"
            " VALUES (:unit_id, :place, :code, :code, 'committee')",
            unit_id=unit_id,
            place=PLACE,
            code=unit_id.partition(":")[2],
        )

    def hires(self, role: str) -> UUID:
        """Somebody has an account with that role."""
        account_id = uuid4()
        self.run(
            Login.IDENTITY,
            "INSERT INTO identity.account"
            " (account_id, jurisdiction_id, login, name, password_hash, created_at)"
            " VALUES (:account_id, :place, :login, 'A', '', :now)",
            account_id=account_id,
            place=PLACE,
            login=account_id.hex,
            now=TUESDAY,
        )
        self.run(
            Login.IDENTITY,
            "INSERT INTO identity.account_role VALUES (:account_id, :role, :place)",
            account_id=account_id,
            role=role,
            place=PLACE,
        )
        return account_id

    def joins(self, unit_id: str, *, position: str = "member", role: str = "cadre") -> UUID:
        """Somebody joins a unit."""
        account_id = self.hires(role)
        self.run(
            Login.IDENTITY,
            "INSERT INTO identity.membership (account_id, unit_id, from_on, position, jurisdiction_id)"
            " VALUES (:account_id, :unit_id, :from_on, :position, :place)",
            account_id=account_id,
            unit_id=unit_id,
            from_on=date(2026, 1, 1),
            position=position,
            place=PLACE,
        )
        return account_id

    def visits(self, enrolment_id: UUID) -> UUID:
        """Somebody who may go there is assigned to the elder."""
        account_id = self.hires("visitor")
        self.run(
            Login.IDENTITY,
            "INSERT INTO identity.territory (account_id, area_prefix, from_on, jurisdiction_id)"
            " VALUES (:account_id, :area, :from_on, :place)",
            account_id=account_id,
            area=VILLAGE_AREA,
            from_on=date(2026, 1, 1),
            place=PLACE,
        )
        self.run(
            Login.VISITS,
            "INSERT INTO visits.assignment (assignment_id, enrolment_id, account_id, kind, from_on,"
            " assigned_by, assigned_at, jurisdiction_id, area_code)"
            " VALUES (:id, :enrolment_id, :account_id, 'regular', :from_on, :id, :now, :place, :area)",
            id=uuid4(),
            enrolment_id=enrolment_id,
            account_id=account_id,
            from_on=date(2026, 1, 1),
            now=TUESDAY,
            place=PLACE,
            area=VILLAGE_AREA,
        )
        return account_id

    def announce(self, *messages: OutboxMessage) -> None:
        """Tell processes something, as visits would."""
        with self.database(Login.VISITS).begin(self.somebody, datetime.now(UTC)) as work:
            for message in messages:
                work.announce(message)

    def read(self, statement: str, **values: Any) -> list[Any]:
        """What the worker sees."""
        with self.database(Login.WORKER).begin(WORKER, TUESDAY) as work:
            return list(work.session.execute(text(statement), values).all())

    def sent(self, key: str) -> list[Any]:
        """What waits for a process, as the relay sees it."""
        with self.database(Login.RELAY).begin(WORKER, TUESDAY) as work:
            asked = text(
                "SELECT verb, name, payload, message_id FROM kit.outbox WHERE key = :key ORDER BY id"
            )
            return list(work.session.execute(asked, {"key": key}).all())


@pytest.fixture(scope="session")
def book() -> PolicyBook:
    """The policies of both places."""
    return own_book()


@pytest.fixture(scope="module")
def village(settings: Settings) -> Iterator[Village]:
    """The village of this test module."""
    built = Village(settings)
    yield built
    built.close()


@pytest.fixture
def writer(village: Village, book: PolicyBook) -> ProcessRows:
    """What the activities write through."""
    return ProcessRows(village.database(Login.WORKER), book)


def projected(*decisions: ReferralDecision, task_at: datetime) -> ReferralProjection:
    """The decisions as one activity writes them."""
    state = decisions[-1].state
    batches = [
        PendingReferralRows(seq=each.state.seq, task_at=task_at, rows=each.rows, due=each.due)
        for each in decisions
    ]
    return ReferralProjection(standing=standing_of(state), batches=tuple(batches))


def opened(
    worker: Database, book: PolicyBook, *, offered_at: datetime, elder: UUID | None = None, **asked: str
) -> StartReferral:
    """Work as the policy opens it in the village: about the elder, or about nobody in the register."""
    with worker.begin(WORKER, offered_at) as work:
        directory = load_directory(work.session, PLACE)
        known = enrolled_elders(work.session, [elder] if elder else [])
    on = offered_at.date()
    nobody = Subject(facts=ElderFacts(area_code=VILLAGE_AREA), on=on)
    opening = Opening(
        referral_id=uuid4(),
        jurisdiction_id=PLACE,
        subject=known[elder].on(on) if elder else nobody,
        offered_at=offered_at,
        subject_id=elder,
        **asked,
    )
    return start_referral(book, directory, opening)


def begun(worker: Database, book: PolicyBook, start: StartReferral) -> ReferralState:
    """Its first moment is over and written."""
    offered_at = start.state.offered_at
    decision = referral.begin(start.state, offered_at)
    ProcessRows(worker, book).write_referral(projected(decision, task_at=offered_at))
    return decision.state


@pytest.fixture(scope="module")
def tanfang(settings: Settings) -> CliRunner:
    """The command, pointed at this module's database."""
    return CliRunner(
        env={
            "TANFANG_ENVIRONMENT": "test",
            "TANFANG_DATABASE_HOST": settings.database_host,
            "TANFANG_DATABASE_PORT": str(settings.database_port),
            "TANFANG_DATABASE_NAME": settings.database_name,
        }
    )


@pytest.fixture(scope="module")
def elder(village: Village, book: PolicyBook) -> UUID:
    """Somebody of the village, healthy and 76."""
    desk = Desk(vault=Vault.from_settings(Settings()), book=book)
    with village.database(Login.CARE_REGISTER).begin(CLERK, OFFERED) as work:
        return enrol(an_elder(), work, desk).enrolment_id


@pytest.fixture(scope="module")
def modification(village: Village, book: PolicyBook, elder: UUID) -> ReferralState:
    """Work at home asked for the elder: 30 working days from 20 November, so into January."""
    start = opened(
        village.database(Login.WORKER),
        book,
        kind="aging_modification",
        offered_at=OFFERED,
        elder=elder,
        requesting_unit_id=VILLAGE,
    )
    return begun(village.database(Login.WORKER), book, start)
