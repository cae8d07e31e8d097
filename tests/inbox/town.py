"""Jiangpu as far as the inbox needs it: units, people, one elder, and referrals judged in this process."""

from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from flask import Flask
from sqlalchemy import select

from services.care_register.codes import Sex
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import Enrol, enrol
from services.care_register.handlers.people import Person
from services.care_register.repository.elders import Tag
from services.identity.codes import Position
from services.identity.handlers import sign_in
from services.identity.handlers.accounts import PutAccount, Rights, change_phone, put_account
from services.identity.handlers.directory import PutArea, PutUnit, put_area, put_unit
from services.identity.handlers.sign_in import SignedIn, SignInTry
from services.visits.handlers.commands import RecordContact
from services.visits.handlers.desk import Desk as VisitsDesk
from services.visits.handlers.recording import record_contact
from shared.contracts import names
from shared.contracts.access import EVERY_JURISDICTION, Principal, Role
from shared.contracts.referral import StartReferral
from shared.domain.codes import Circumstance, Health, Reach, VisitMode
from shared.domain.conditions import Subject
from shared.domain.facts import ElderFacts
from shared.domain.periods import local_day
from shared.inbox.blueprint import NOTHING_ELSE, OwnWork, inbox_around
from shared.inbox.codes import Consent
from shared.inbox.consent import GivenWord
from shared.inbox.desk import Desk
from shared.inbox.offering import Offer, offer
from shared.persistence.engine import Database
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from shared.platform.privacy import Vault
from shared.platform.settings import Settings
from shared.policies.book import own_book
from shared.process.directory import load_directory
from shared.process.elders import ElderCards
from shared.process.openings import Opening, policy_at, start_referral
from shared.process.writing import ProcessRows
from shared.temporal.converter import WirePayloads
from tests.builders import at
from tests.fakes import JudgeInProcess, StandingClock
from tests.web.browsing import Browser

PLACE = "shanghai_jiangpu"
AREA = "310110008001"
SERVICE_OFFICE, JUSTICE, HEALTH = (
    f"{PLACE}:service_office",
    f"{PLACE}:justice_office",
    f"{PLACE}:health_centre",
)
POLICE = f"{PLACE}:police_station"
CITY = f"{PLACE}:city_construction_centre"
COMMITTEE = f"{PLACE}:committee-{AREA}"
NOW = at("2026-11-18 10:00")
RELAY = Principal(account_id=UUID(int=3), jurisdiction_id=EVERY_JURISDICTION)
PASSWORD = "a quiet 上午 2026"


class Town:
    """The place, its people by login, and a desk for each department."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = StandingClock(NOW)
        self.book = own_book()
        self.vault = Vault.from_settings(settings)
        self._databases = {login: Database(settings, login) for login in Login}
        self.judge = JudgeInProcess(ProcessRows(self.database(Login.WORKER), self.book))
        self.people: dict[str, Principal] = {}
        self._apps: dict[tuple[str, str | None, int], Flask] = {}
        self._open_units()
        self._hire()
        self.elder = self.enrol("张桂花", "长阳路123弄5号601室")

    def close(self) -> None:
        for database in self._databases.values():
            database.close()

    def database(self, login: Login) -> Database:
        return self._databases[login]

    def desk(self, login: Login = Login.DEPARTMENT, unit_id: str | None = None) -> Desk:
        return Desk(
            database=self.database(login),
            judge=self.judge,
            book=self.book,
            vault=self.vault,
            cards=ElderCards(self.vault),
            unit_id=unit_id,
        )

    def app(
        self, service: str = "department", unit_id: str | None = None, own: OwnWork = NOTHING_ELSE
    ) -> Flask:
        """The department's application with this town's parts; `own` is what it has besides the inbox."""
        key = (service, unit_id, id(own))
        if key not in self._apps:
            desk = self.desk(Login(service), unit_id)
            self._apps[key] = inbox_around(service, desk, own, settings=self.settings, clock=self.clock)
        return self._apps[key]

    def browser(
        self,
        login: str,
        service: str = "department",
        unit_id: str | None = None,
        own: OwnWork = NOTHING_ELSE,
    ) -> Browser:
        """Somebody's browser, signed in."""
        browser = Browser(self.app(service, unit_id, own))
        browser.client.set_cookie("tf_sid", self.sign_in(login))
        return browser

    def sign_in(self, login: str) -> str:
        """A fresh sign-in; the opaque token."""
        asked = SignInTry(login=login, password=PASSWORD)
        done = sign_in.sign_in(
            asked, self.database(Login.IDENTITY), now=self.clock.now(), demonstration=False
        )
        assert isinstance(done, SignedIn)
        return done.token

    def joins(
        self, login: str, name: str, *roles: Role, unit: str, also: str = "", areas: tuple[str, ...] = ()
    ) -> Principal:
        """Somebody gets an account and joins a unit, or changes to it; perhaps a second one as well."""
        units = (unit, also) if also else (unit,)
        account_id = uuid5(NAMESPACE_OID, login)
        rights = Rights(roles=roles, units=dict.fromkeys(units, Position.MEMBER), areas=areas)
        account = PutAccount(account_id=account_id, login=login, name=name, password=PASSWORD, rights=rights)
        with self.database(Login.IDENTITY).begin(self._installer(), NOW - timedelta(days=30)) as work:
            put_account(account, work)
        person = Principal(
            account_id=account_id, jurisdiction_id=PLACE, roles=roles, units=units, areas=areas, name=name
        )
        self.people[login] = person
        return person

    def can_be_rung(self, login: str, phone: str) -> None:
        """An administrator notes under what number the person is told."""
        with self.database(Login.IDENTITY).begin(self._installer(), NOW) as work:
            change_phone(self.people[login].account_id, phone, work)

    def enrol(
        self,
        name: str,
        address: str,
        id_number: str = "",
        circumstance: Circumstance = Circumstance.LIVING_ALONE,
    ) -> UUID:
        """An elder enters the register; answers the enrolment."""
        sequence = len(name) + len(address)
        command = Enrol(
            person=Person(
                name=name,
                id_number=id_number,
                birth_on=date(1940, 3, 5),
                sex=Sex.FEMALE,
                phones=("13900001234",),
                address=address,
            ),
            facts=ElderFacts(health=Health.GOOD, surveyed_healthy=True),
            tags=(
                Tag(
                    circumstance=circumstance,
                    source="survey",
                    dated_on=date(2026, 11, sequence % 9 + 1),
                ),
            ),
            area_code=AREA,
            enrolled_at=NOW - timedelta(days=40),
        )
        clerk = Principal(
            account_id=UUID(int=2),
            jurisdiction_id=PLACE,
            roles=(Role.CLERK,),
            units=(SERVICE_OFFICE,),
            areas=("310110008",),
        )
        with self.database(Login.CARE_REGISTER).begin(clerk, NOW - timedelta(days=30)) as work:
            return enrol(command, work, RegisterDesk(vault=self.vault, book=self.book)).enrolment_id

    def offered(
        self,
        business_id: str,
        *,
        kind: str = "legal_consultation",
        by: str = "visitor",
        elder: UUID | None = None,
        **changes: str,
    ) -> UUID:
        """A referral that has been offered and whose process has begun."""
        person = self.people[by]
        asked = Offer(
            business_id=business_id,
            kind=kind,
            enrolment_id=elder or self.elder,
            requesting_unit_id=person.units[0],
            text=changes.get("text", "老人想立遗嘱，不知道怎么写。"),
            word=GivenWord(consent=Consent.AGREED),
        )
        with self.database(Login.VISITS).begin(person, self.clock.now()) as work:
            referral_id = offer(work, asked, book=self.book, vault=self.vault)
        self.deliver()
        return referral_id

    def visited(self, elder: UUID) -> UUID:
        """A contact on record: the visitor has spoken with the elder at home."""
        command = RecordContact(
            contact_id=uuid4(), enrolment_id=elder, mode=VisitMode.AT_HOME, reach=Reach.SPOKEN_WITH
        )
        with self.database(Login.VISITS).begin(self.people["visitor"], self.clock.now()) as work:
            return record_contact(command, work, VisitsDesk(vault=self.vault, book=self.book)).contact_id

    def chased(self) -> UUID:
        """A chase that a missed window has opened for the elder, as the cycle's activity would."""
        return self.chased_for(self.elder)

    def chased_for(self, elder: UUID, *, kind: str = "chase") -> UUID:
        """A search for that elder, as the processes open it."""
        now = self.clock.now()
        subject = Subject(facts=ElderFacts(area_code=AREA), on=local_day(now, "Asia/Shanghai"))
        with self.database(Login.WORKER).begin(RELAY, now) as work:
            directory = load_directory(work.session, PLACE)
        opening = Opening(
            referral_id=uuid4(),
            kind=kind,
            jurisdiction_id=PLACE,
            subject=subject,
            offered_at=now,
            subject_id=elder,
        )
        self.judge.begin(start_referral(self.book, directory, opening), now)
        return opening.referral_id

    def deliver(self) -> None:
        """What the relay does: begin the referrals whose start waits in the outbox."""
        with self.database(Login.RELAY).begin(RELAY, self.clock.now()) as work:
            waiting = work.session.scalars(select(Outbox).filter_by(name=names.REFERRAL, sent_at=None)).all()
            for message in waiting:
                message.sent_at = self.clock.now()
        converter = WirePayloads()
        for message in waiting:
            (payload,) = converter.to_payloads([message.payload])
            (start,) = converter.from_payloads([payload], [StartReferral])
            self.judge.begin(start, self.clock.now())

    def _open_units(self) -> None:
        policy = policy_at(self.book, PLACE, NOW)
        with self.database(Login.IDENTITY).begin(self._installer(), NOW) as work:
            put_area(PutArea(area_code="310110008000", name="江浦路街道", kind="town"), work)
            put_area(PutArea(area_code=AREA, name="辽源花苑居委会", kind="committee"), work)
            for unit in policy.units:
                put_unit(PutUnit(code=unit.code, name=unit.name, kind=unit.kind, service=unit.service), work)
            committee = PutUnit(
                code=f"committee-{AREA}", name="辽源花苑居委会", kind="committee", area_code=AREA
            )
            put_unit(committee, work)

    def _hire(self) -> None:
        self.joins("visitor", "张红", Role.VISITOR, unit=COMMITTEE, areas=(AREA,))
        self.joins("lawyer", "李明", Role.OFFICER, unit=JUSTICE)
        self.joins("second", "王芳", Role.OFFICER, unit=JUSTICE)
        self.joins("doctor", "陈医生", Role.OFFICER, unit=HEALTH)
        self.joins("coordinator", "周敏", Role.COORDINATOR, unit=SERVICE_OFFICE, areas=("310110008",))
        self.joins("police", "刘警官", Role.OFFICER, unit=POLICE)

    @staticmethod
    def _installer() -> Principal:
        return Principal(account_id=UUID(int=1), jurisdiction_id=PLACE)
