"""A town whose people have telephones, notices that wait for them, and a provider that may fail."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from shared.contracts.access import Principal, Role
from shared.domain.codes import RecipientRole, Urgency
from shared.notices.channels import outside_channels
from shared.notices.sending import Sender
from shared.notices.waiting import WaitingNotices
from shared.persistence.engine import Database
from shared.platform.http import HttpClient
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook, own_book
from shared.process.notices import Notice
from shared.process.writing import WORKER
from tests.builders import at
from tests.fakes import StandingClock
from tests.notices.receiver import Receiver, listening

PLACE = "zibo_zichuan"
AREA = "370302115201"
VILLAGE = f"{PLACE}:village-{AREA}"
PHONE = "13812345678"
MORNING = at("2026-11-18 10:00")
"""A Wednesday, in office hours."""

TRIES = 3


class Town:
    """People and what they are to be told, as identity and the worker put it there."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._databases = {login: Database(settings, login) for login in Login}

    def close(self) -> None:
        for database in self._databases.values():
            database.close()

    def database(self, login: Login) -> Database:
        return self._databases[login]

    def empty(self) -> None:
        """Nothing waits any more: each test has the sender for itself."""
        with psycopg.connect(self.settings.database_url(Login.OWNER)) as owner:
            owner.execute("TRUNCATE notices.notice, notices.attempt")

    def person(self, phone: str | None = PHONE) -> UUID:
        """A member of staff, with a number or without."""
        account_id = uuid4()
        with self.database(Login.IDENTITY).begin(self.staff(account_id), MORNING) as work:
            work.session.execute(
                text(
                    "INSERT INTO identity.account (account_id, jurisdiction_id, login, name, phone,"
                    " password_hash, created_at) VALUES (:id, :place, :login, '张红', :phone, '', :now)"
                ),
                {"id": account_id, "place": PLACE, "login": account_id.hex, "phone": phone, "now": MORNING},
            )
        return account_id

    def staff(self, account_id: UUID) -> Principal:
        return Principal(account_id=account_id, jurisdiction_id=PLACE, areas=("370302",))

    def tell(self, account_id: UUID, **changes: Any) -> UUID:
        """The worker records what the person is to be told; a routine warning unless said otherwise."""
        notice = Notice(
            notice_id=uuid4(),
            jurisdiction_id=PLACE,
            area_code=AREA,
            account_id=account_id,
            recipient_role=RecipientRole.ASSIGNEE,
            unit_id=VILLAGE,
            enrolment_id=uuid4(),
            code="warning",
            params={"obligation": "weekly_visit", "missing": 1, "count": 1},
            urgency=Urgency.ROUTINE,
            created_at=MORNING,
            not_before=MORNING,
        )
        for name, value in changes.items():
            setattr(notice, name, value)
        with self.database(Login.WORKER).begin(WORKER, MORNING) as work:
            work.session.add(notice)
        return notice.notice_id

    def row(self, notice_id: UUID) -> Any:  # noqa: ANN401 - a row
        """One notice as it stands."""
        return self._read("SELECT * FROM notices.notice WHERE notice_id = :id", id=notice_id)[0]

    def attempts(self, notice_id: UUID) -> list[tuple[str, str, str]]:
        """Channel, outcome and code of each try."""
        rows = self._read("SELECT * FROM notices.attempt WHERE notice_id = :id ORDER BY id", id=notice_id)
        return [(row.channel, row.outcome, row.detail) for row in rows]

    def to_phone(self, now: datetime) -> set[UUID]:
        """About what the coordinator has to ring somebody (待电话通知)."""
        coordinator = Principal(
            account_id=uuid4(), jurisdiction_id=PLACE, roles=(Role.COORDINATOR,), areas=("370302",)
        )
        with self.database(Login.COORDINATION).begin(coordinator, now) as work:
            waiting = text("SELECT notice_id FROM notices.unanswered WHERE not_before <= :now")
            return set(work.session.scalars(waiting, {"now": now}))

    def _read(self, statement: str, **values: Any) -> list[Any]:
        with self.database(Login.RELAY).begin(WORKER, MORNING) as work:
            return list(work.session.execute(text(statement), values).all())


@pytest.fixture(scope="session")
def book() -> PolicyBook:
    """The policies of both places."""
    return own_book()


@pytest.fixture(scope="module")
def settled_town(settings: Settings) -> Iterator[Town]:
    """The town of this test module."""
    town = Town(settings)
    yield town
    town.close()


@pytest.fixture
def town(settled_town: Town) -> Town:
    """The town with nothing to tell."""
    settled_town.empty()
    return settled_town


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The provider behind the webhook and the text messages."""
    with listening() as found:
        yield found


@pytest.fixture
def clock() -> StandingClock:
    """Two minutes after ten on a Wednesday: what was due at ten has settled."""
    return StandingClock(at("2026-11-18 10:02"))


class Senders:
    """Makes senders over the same notices, one for each choice of channels."""

    def __init__(self, town: Town, book: PolicyBook, clock: StandingClock, http: HttpClient) -> None:
        self._town = town
        self._book = book
        self._clock = clock
        self._http = http

    def on(
        self, *, webhook_url: str | None = None, sms_url: str | None = None, book: PolicyBook | None = None
    ) -> Sender:
        """A sender with these channels; none leaves the pages."""
        settings = Settings(
            public_origin="https://tanfang.example",
            webhook_url=webhook_url,
            sms_url=sms_url,
            sms_token="secret",
        )
        return Sender(
            WaitingNotices(self._town.database(Login.RELAY)),
            outside_channels(settings, self._http),
            book=book or self._book,
            clock=self._clock,
            most_tries=TRIES,
        )


@pytest.fixture
def senders(town: Town, book: PolicyBook, clock: StandingClock) -> Iterator[Senders]:
    """Senders over the town's notices."""
    with HttpClient() as http:
        yield Senders(town, book, clock, http)


@pytest.fixture
def sender(senders: Senders, receiver: Receiver) -> Sender:
    """A sender whose one way out is the robot."""
    return senders.on(webhook_url=receiver.webhook_url)
