"""A station of Jiangpu with its inbox and its own records, and an elder whose number it knows."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.enrolling import enrol
from services.care_register.handlers.people import Person
from services.care_register.worker import RegisterActivities
from services.identity.handlers.directory import PutArea, put_area
from services.public_security.app import own_work
from shared.contracts import names
from shared.contracts.access import Principal, Role
from shared.contracts.effects import Carried, CarriedOut, CarryOut, RefusedEffect
from shared.domain.id_numbers import check_character
from shared.inbox.blueprint import OwnWork
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.elders import ElderCards
from shared.process.writing import ProcessRows
from shared.temporal.converter import WirePayloads
from tests.inbox.town import AREA, NOW, PLACE, POLICE, RELAY, SERVICE_OFFICE, Town
from tests.services.care_register.conftest import an_elder
from tests.web.browsing import Browser

CLERK = Principal(
    account_id=UUID(int=2),
    jurisdiction_id=PLACE,
    roles=(Role.CLERK,),
    units=(SERVICE_OFFICE,),
    areas=("310110008",),
)


NEXT_STREET = "310110009"


class Station:
    """The station's people, their browsers, and what the register makes of their news."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.own: OwnWork = own_work(ElderCards(town.vault))
        self.register = RegisterDesk(vault=town.vault, book=town.book)
        installer = Principal(account_id=UUID(int=1), jurisdiction_id=PLACE)
        with town.database(Login.IDENTITY).begin(installer, NOW) as work:
            put_area(PutArea(area_code=f"{NEXT_STREET}000", name="平凉路街道", kind="town"), work)
        town.joins("police", "刘警官", Role.OFFICER, unit=POLICE, areas=("310110008",))
        town.joins("chief", "高所长", Role.OFFICER, Role.UNIT_LEAD, unit=POLICE)
        self._sequence = 0

    def browser(self, login: str = "police") -> Browser:
        return self.town.browser(login, "public_security", own=self.own)

    def enrolled(self, name: str = "王秀英", address: str = "长阳路123弄7号502室") -> tuple[UUID, str]:
        """An elder of the street enters the register: the enrolment and the ID number."""
        self._sequence += 1
        body = f"31011019450307{self._sequence:03d}"
        number = body + check_character(body)
        person = Person(name=name, id_number=number, address=address)
        command = an_elder(1, person=person, area_code=AREA, enrolled_at=NOW - timedelta(days=30))
        with self.town.database(Login.CARE_REGISTER).begin(CLERK, NOW - timedelta(days=30)) as work:
            return enrol(command, work, self.register).enrolment_id, number

    def deliver_news(self) -> list[CarriedOut]:
        """What the relay and the register's worker do with the news that waits."""
        with self.town.database(Login.RELAY).begin(RELAY, self.town.clock.now()) as work:
            waiting = work.session.query(Outbox).filter_by(name=names.AFTERMATH, sent_at=None).all()
            for message in waiting:
                message.sent_at = self.town.clock.now()
        converter, done = WirePayloads(), []
        for message in waiting:
            (payload,) = converter.to_payloads([message.payload])
            (asked,) = converter.from_payloads([payload], [CarryOut])
            facts = RegisterActivities(
                self.town.database(Login.CARE_REGISTER), self.register, self.town.clock
            )
            answer = facts.change(asked)
            if answer.came is Carried.REFUSED:
                self.is_refused(asked, answer.reason)
            done.append(answer)
        return done

    def is_refused(self, asked: CarryOut, reason: str) -> None:
        """What the process of an effect does when the register's rules refuse it."""
        refused = RefusedEffect(asked=asked, reason=reason, refused_at=self.town.clock.now())
        ProcessRows(self.town.database(Login.WORKER), self.town.book).note_refused(refused)


@pytest.fixture(scope="module")
def built(settings: Settings) -> Iterator[Station]:
    town = Town(settings)
    yield Station(town)
    town.close()


@pytest.fixture
def station(built: Station) -> Station:
    """The station, on a Wednesday at ten."""
    built.town.clock.at = NOW
    return built
