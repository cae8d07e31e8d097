"""Visit cycles of one elder, brought to where a test begins: a Monday; the week ends on Sunday night."""

from datetime import datetime

from shared.domain.visit_cycle import cycle
from shared.domain.visit_cycle.cycle import CycleDecision
from shared.domain.visit_cycle.facts import ContactFact, Facts
from shared.domain.visit_cycle.state import CycleState
from tests.builders import a_cycle, at

MONDAY, SUNDAY_NIGHT = at("2026-11-16 00:00"), at("2026-11-23 00:00")


def begun(moment: datetime = MONDAY, **changes: object) -> CycleState:
    return cycle.begin(a_cycle(enrolled_at=moment, **changes), moment).state


def told(state: CycleState, contact: ContactFact) -> CycleDecision:
    return cycle.take_in(state, Facts(contacts=(contact,)), contact.known_at)
