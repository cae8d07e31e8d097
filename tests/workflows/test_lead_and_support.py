"""Lead and support over the real relay (主办、协办): one asks, another works, and the first may end then."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from shared.contracts.announcing import start_message
from shared.contracts.referral import StartReferral
from shared.domain.errors import Conflict
from shared.domain.kinds import Join
from shared.domain.referral.commands import SupportTerms
from shared.domain.referral.moves import Move, Status
from shared.domain.referral.state import Actor, ReferralState
from shared.platform.settings import Settings
from shared.temporal.gateway import Gateway
from tests.builders import a_kind, a_move, a_referral, an_officer, an_outcome
from tests.process.conftest import BUREAU, JUSTICE, PLACE, VILLAGE, VILLAGE_AREA, Village
from tests.workflows.waiting import eventually

CONSULTATION = "legal_consultation"


def lead_referral(offered_at: datetime) -> ReferralState:
    """A consultation from the village to the justice bureau, about nobody in particular."""
    kind = replace(a_kind(coordinator_unit_id=BUREAU), code=CONSULTATION)
    state = a_referral(offered_at=offered_at, kind=kind, jurisdiction_id=PLACE, area_code=VILLAGE_AREA)
    return replace(state, unit_id=JUSTICE, requesting_unit_id=VILLAGE)


def status_of(village: Village, referral_id: UUID) -> str | None:
    rows = village.read("SELECT status FROM process.referral WHERE referral_id = :id", id=referral_id)
    return rows[0].status if rows else None


def has_line(village: Village, referral_id: UUID, code: str) -> bool:
    statement = "SELECT 1 FROM process.referral_ledger WHERE referral_id = :id AND code = :code"
    return bool(village.read(statement, id=referral_id, code=code))


@pytest.mark.usefixtures("running")
async def test_a_supporter_that_has_ended_lets_its_lead_end(village: Village, office: Settings) -> None:
    """Issue 4: the lead cannot close while a supporter is open."""
    gateway, now = Gateway.from_settings(office, identity="test"), datetime.now(UTC)
    lawyer, clerk = Actor(account_id=village.joins(JUSTICE), unit_id=JUSTICE), an_officer(BUREAU)
    village.joins(BUREAU)
    lead = lead_referral(now)
    village.announce(start_message(StartReferral(state=lead)))
    await eventually(lambda: status_of(village, lead.referral_id) == Status.OFFERED)
    terms = SupportTerms(referral_id=uuid4(), unit_id=BUREAU, join=Join.ALL)

    await asyncio.to_thread(gateway.make, lead.referral_id, a_move(Move.ACCEPT, lawyer, now))
    await asyncio.to_thread(
        gateway.make, lead.referral_id, a_move(Move.ASK_SUPPORT, lawyer, now, support=terms)
    )
    await eventually(lambda: status_of(village, terms.referral_id) == Status.OFFERED)
    with pytest.raises(Conflict, match="supporters_open"):
        await asyncio.to_thread(gateway.complete, lead.referral_id, an_outcome(lawyer, now))
    await asyncio.to_thread(gateway.make, terms.referral_id, a_move(Move.ACCEPT, clerk, now))
    supported = await asyncio.to_thread(gateway.complete, terms.referral_id, an_outcome(clerk, now))
    await eventually(lambda: has_line(village, lead.referral_id, Move.JOIN))
    ended = await asyncio.to_thread(gateway.complete, lead.referral_id, an_outcome(lawyer, now))

    assert (supported.status, ended.status) == (Status.CLOSED, Status.CLOSED)
