"""探访力量 (Z-18): what a plan asks of one force alone is met by nobody who lends themselves its name."""

from typing import Any
from uuid import UUID

import pytest

from services.visits.handlers.book import visit_book
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.contracts.access import Principal
from shared.domain.codes import Force
from shared.domain.errors import Invalid
from shared.persistence.engine import Database
from tests.services.visits.conftest import (
    JIANGPU,
    LANE_CADRE,
    LANE_VISITOR,
    Begin,
    MakeElder,
    a_contact,
)


@pytest.fixture
def elder(make_elder: MakeElder, staff: Database) -> UUID:
    return make_elder(JIANGPU)


def recorded_as(begin: Begin, desk: Desk, elder: UUID, who: Principal, **said: Any) -> Force:
    contact = a_contact(elder, **said)
    with begin(who) as work:
        record_contact(contact, work, desk)
        lines = visit_book(elder, work, desk, before=None, limit=5).lines
    return next(line.contact.force for line in lines if line.contact.contact_id == contact.contact_id)


@pytest.mark.parametrize("office", [Force.COMMITTEE_CADRE, Force.FAMILY_DOCTOR])
def test_a_visitor_is_not_believed_to_be_the_cadre_or_the_doctor(
    begin: Begin, desk: Desk, elder: UUID, office: Force
) -> None:
    """Each would meet a duty that is another's: 居委每月探访, 家庭病床查床."""
    with begin(LANE_VISITOR) as work, pytest.raises(Invalid, match="force_not_theirs") as refused:
        record_contact(a_contact(elder, force=office), work, desk)

    assert refused.value.params["field"] == "force"


def test_nor_is_somebody_who_types_in_for_the_visitor(begin: Begin, desk: Desk, elder: UUID) -> None:
    said = {"visited_by": LANE_VISITOR.account_id, "force": Force.COMMITTEE_CADRE}

    with begin(LANE_CADRE) as work, pytest.raises(Invalid, match="force_not_theirs"):
        record_contact(a_contact(elder, **said), work, desk)


def test_who_went_decides_and_not_who_types(begin: Begin, desk: Desk, elder: UUID) -> None:
    by_visitor = {"visited_by": LANE_VISITOR.account_id}

    assert recorded_as(begin, desk, elder, LANE_CADRE, **by_visitor) is Force.VISITOR
    assert recorded_as(begin, desk, elder, LANE_CADRE) is Force.COMMITTEE_CADRE


def test_what_anybody_may_be_is_believed(begin: Begin, desk: Desk, elder: UUID) -> None:
    assert recorded_as(begin, desk, elder, LANE_VISITOR, force=Force.VOLUNTEER) is Force.VOLUNTEER
