"""A town whose elders have visit cycles, decided in this process and written as the worker writes them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from deploy.cli.reconcile import Found, Tools, repair
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.coordination.app import around
from services.identity.handlers.directory import PutArea, put_area
from shared.contracts import names
from shared.contracts.access import Role
from shared.contracts.visit_cycle import CycleExplanation, CycleProjection, PendingCycleRows, StartVisitCycle
from shared.domain.codes import RecipientRole, Urgency
from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import Facts
from shared.domain.visit_cycle.state import CycleState
from shared.persistence.tables import Outbox
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.notices import Notice
from shared.process.writing import WORKER, ProcessRows
from shared.temporal.converter import WirePayloads
from shared.temporal.errors import ProcessNotFound
from shared.temporal.gateway import Gateway
from tests.builders import a_cycle, a_plan, a_weekly
from tests.inbox.town import AREA, NOW, PLACE, RELAY, SERVICE_OFFICE, Town
from tests.web.browsing import Browser

NEXT_AREA = "310110008002"


class Street(Town):
    """The town, and the visit cycles of its elders."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.rows = ProcessRows(self.database(Login.WORKER), self.book)
        self.cycles: dict[UUID, CycleState] = {}
        with self.database(Login.IDENTITY).begin(self._installer(), NOW) as work:
            put_area(PutArea(area_code=NEXT_AREA, name="隔壁居委会", kind="committee"), work)
        self.joins("auditor", "秦审", Role.AUDITOR, unit=SERVICE_OFFICE, areas=(AREA,))
        self.joins("outsider", "外人", Role.COORDINATOR, unit=SERVICE_OFFICE, areas=(NEXT_AREA,))
        self.coordination = around(self.desk(Login.COORDINATION), self, settings=settings, clock=self.clock)

    def explain_cycle(self, enrolment_id: UUID) -> CycleExplanation:
        """The process's own word, from the state that this street keeps for it."""
        if enrolment_id not in self.cycles:
            raise ProcessNotFound("process_not_found")
        state = self.cycles[enrolment_id]
        return CycleExplanation(seq=state.seq, is_closed=False, next_wake_at=None, next_steps=())

    def begins(self, enrolment_id: UUID, enrolled_at: datetime, facts: Facts | None = None) -> None:
        """The elder's cycle begins then and catches up to now."""
        plan = a_plan(a_weekly(), policy_id=PLACE)
        state = a_cycle(enrolled_at=enrolled_at, plan=plan, coming=facts)
        state = replace(state, enrolment_id=enrolment_id, jurisdiction_id=PLACE, area_code=AREA)
        self._write(cycle.begin(state, self.clock.now()))

    def goes_on_unwritten(self, enrolment_id: UUID) -> None:
        """The process decides something that PostgreSQL does not know yet."""
        self.cycles[enrolment_id] = cycle.tick(self.cycles[enrolment_id], self.clock.now()).state

    def loses(self, enrolment_id: UUID) -> None:
        """Temporal has lost the elder's process; `tanfang reconcile` has it started anew."""
        tools = Tools(
            database=self.database(Login.CARE_REGISTER),
            worker=self.database(Login.WORKER),
            gateway=Gateway.from_settings(self.settings, identity="reconcile"),
            desk=RegisterDesk(vault=self.vault, book=self.book),
            now=self.clock.now(),
        )
        repair(Found(jurisdiction_id=PLACE, never_started=(), gone=(enrolment_id,)), tools)
        start = self.told(enrolment_id, names.VISIT_CYCLE)[-1]
        converter = WirePayloads()
        (begun,) = converter.from_payloads(converter.to_payloads([start.payload]), [StartVisitCycle])
        self._write(cycle.begin(begun.state, self.clock.now()))

    def tells(self, account_id: UUID, *due: datetime) -> None:
        """Notices that somebody is to acknowledge from those instants on."""
        with self.database(Login.WORKER).begin(WORKER, self.clock.now()) as work:
            work.session.add_all(
                Notice(
                    notice_id=uuid4(),
                    jurisdiction_id=PLACE,
                    area_code=AREA,
                    account_id=account_id,
                    recipient_role=RecipientRole.MEMBERS,
                    unit_id=SERVICE_OFFICE,
                    code="offered",
                    params={"kind": "chase", "count": 1},
                    urgency=Urgency.ROUTINE,
                    created_at=each,
                    not_before=each,
                )
                for each in due
            )

    def told(self, enrolment_id: UUID, name: str) -> list[Outbox]:
        """What the elder's process was told under that name, oldest first."""
        with self.database(Login.RELAY).begin(RELAY, self.clock.now()) as work:
            found = select(Outbox).filter_by(key=names.visit_cycle_id(enrolment_id), name=name)
            return list(work.session.scalars(found.order_by(Outbox.id)))

    def opens(self, login: str) -> Browser:
        """Somebody's browser at coordination."""
        browser = Browser(self.coordination)
        browser.client.set_cookie("tf_sid", self.sign_in(login))
        return browser

    def _write(self, decision: CycleDecision) -> None:
        state = decision.state
        self.cycles[state.enrolment_id] = state
        batch = PendingCycleRows(
            seq=state.seq, task_at=self.clock.now(), row=decision.row, rows=decision.rows, due=decision.due
        )
        self.rows.write_cycle(
            CycleProjection(
                workflow_id=names.visit_cycle_id(state.enrolment_id),
                enrolment_id=state.enrolment_id,
                elder_id=state.elder_id,
                jurisdiction_id=state.jurisdiction_id,
                area_code=state.area_code,
                batches=(batch,),
            )
        )
        self.deliver()


@pytest.fixture(scope="module")
def street(settings: Settings) -> Iterator[Street]:
    built = Street(settings)
    yield built
    built.close()


@pytest.fixture(autouse=True)
def _wednesday_at_ten(street: Street) -> None:
    street.clock.at = NOW
