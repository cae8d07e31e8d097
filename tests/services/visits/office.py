"""The register at work beside the visits, and what becomes of an alarm meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from services.care_register.codes import SaidBy
from services.care_register.handlers.desk import Desk as RegisterDesk
from services.care_register.handlers.states import (
    DecideState,
    EndState,
    ReportState,
    decide_state,
    end_state,
    report_state,
)
from services.visits.handlers.desk import Desk
from services.visits.handlers.rounds import Round, todays_round
from services.visits.repository.rounds import open_alarms
from shared.contracts.access import Role
from shared.contracts.referral import StartReferral
from shared.domain.codes import Reach, StateKind, VisitMode
from shared.domain.referral.commands import FollowFact
from shared.domain.referral.state import ReferralState
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.writing import ProcessRows
from shared.temporal.converter import WirePayloads
from tests.fakes import JudgeInProcess
from tests.services.visits.conftest import CLERKS, NOW, VISITOR, ZICHUAN, Begin, somebody

COLLEAGUE = somebody(43, ZICHUAN, "370302", role=Role.CLERK)
NO_ANSWER: dict[str, Any] = {"mode": VisitMode.AT_HOME, "reach": Reach.NO_ANSWER_DOOR}
SOON = NOW + timedelta(minutes=10)
Carried = TypeVar("Carried")


class Office:
    """The register at work: what it says of states reaches the process as the relay would bring it."""

    def __init__(self, settings: Settings, desk: Desk, outbox: Callable[[str], list[Any]]) -> None:
        self.register = Database(settings, Login.CARE_REGISTER)
        self.worker = Database(settings, Login.WORKER)
        self._judge = JudgeInProcess(ProcessRows(self.worker, desk.book))
        self._desk = RegisterDesk(vault=desk.vault, book=desk.book)
        self._outbox = outbox
        self._delivered: set[UUID] = set()

    def close(self) -> None:
        self.register.close()
        self.worker.close()

    def reports(self, elder: UUID, kind: StateKind = StateKind.IN_HOSPITAL) -> UUID:
        """The clerk is told on the telephone; answers the state."""
        said = ReportState(enrolment_id=elder, kind=kind, said_by=SaidBy.FAMILY, starts_at=NOW)
        with self.register.begin(CLERKS[ZICHUAN], SOON) as work:
            return report_state(said, work, self._desk).state_id

    def decides(self, state_id: UUID, *, is_confirmed: bool) -> None:
        """A colleague rings the ward."""
        with self.register.begin(COLLEAGUE, SOON + timedelta(hours=1)) as work:
            decide_state(DecideState(state_id=state_id, is_confirmed=is_confirmed), work)

    def ends(self, state_id: UUID) -> None:
        """The elder is home again."""
        with self.register.begin(COLLEAGUE, NOW + timedelta(days=1)) as work:
            end_state(EndState(state_id=state_id), work)

    def told(self, alarm: UUID | None) -> list[str]:
        """What the unit has been told of the alarm."""
        return [] if alarm is None else self._judge.told.get(alarm, [])

    def redelivers(self, alarm: UUID | None) -> None:
        """The last message that waited comes once more."""
        message = self._outbox(f"referral/{alarm}")[-1]
        self._delivered.remove(message.message_id)

    def process(self, alarm: UUID | None) -> ReferralState:
        """The alarm's process, once everything that waits for it has been delivered."""
        assert alarm is not None
        for message in self._outbox(f"referral/{alarm}"):
            if message.message_id in self._delivered:
                continue
            self._delivered.add(message.message_id)
            if message.verb == "start":
                self._judge.begin(_carried(message.payload, StartReferral), NOW)
            else:
                fact = _carried(message.payload, FollowFact)
                self._judge.follow(alarm, fact, fact.at)
        return self._judge.states[alarm]


def the_round(begin: Begin, desk: Desk) -> Round:
    with begin(VISITOR, SOON) as work:
        return todays_round(work, desk)


def still_open(elder: UUID, begin: Begin) -> bool:
    with begin() as work:
        return elder in open_alarms(work.session, [elder])


def _carried(payload: object, shape: type[Carried]) -> Carried:
    """The message as it arrives in the process."""
    converter = WirePayloads()
    (read,) = converter.from_payloads(converter.to_payloads([payload]), [shape])
    return read  # type: ignore[no-any-return]
