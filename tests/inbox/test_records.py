"""A department's own records beside a referral: who sees them, and how one of them closes it."""

from http import HTTPStatus
from uuid import UUID

import pytest
from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from shared.contracts.access import Role
from shared.domain.referral.moves import Move, Status
from shared.inbox import mounted
from shared.inbox.acting import WORKERS
from shared.inbox.acts import Act
from shared.inbox.blueprint import OwnWork
from shared.inbox.handlers import perform
from shared.inbox.reader import Reader
from shared.inbox.records import NoRecords, RecordLink
from shared.persistence.unit_of_work import UnitOfWork
from shared.process.tables import Referral
from shared.web import current
from shared.web.access import allow
from tests.inbox.forms import form_address
from tests.inbox.town import PLACE, Town

INBOX = "/justice/inbox"
advices = Blueprint("advices", __name__, url_prefix="/advices")


@advices.post("/<uuid:referral_id>")
@allow(*WORKERS)
def advise(referral_id: UUID) -> ResponseReturnValue:
    """A record that is saved and then closes its referral."""
    desk, person = mounted.desk(), mounted.person()
    act = Act(
        person=person,
        move=Move.COMPLETE,
        referral_id=referral_id,
        at=current.now(),
        key=f"advice/{referral_id}/done",
        code="advised",
    )
    perform(desk, act)
    return redirect(url_for("inbox.one", referral_id=referral_id), HTTPStatus.SEE_OTHER)


class Advices(NoRecords):
    """One record that is there, and one that may be begun by whoever has claimed the referral."""

    def links(self, work: UnitOfWork, row: Referral, reader: Reader) -> tuple[RecordLink, ...]:
        kept = RecordLink(label="咨询记录", state="已答复", href="/justice/advices")
        begun = RecordLink(label="新的咨询", state="", href="/justice/advices", opens=True)
        return (kept, begun) if row.holder_id == reader.person.account_id else (kept,)


@pytest.fixture(scope="module")
def own() -> OwnWork:
    return OwnWork(records=Advices(), page_blueprints=[advices])


def test_the_page_of_a_referral_shows_the_records_of_its_unit_above_the_verbs(
    town: Town, own: OwnWork
) -> None:
    referral_id = town.offered("records")
    browser = town.browser("lawyer", "justice", own=own)
    before = browser.get(f"{INBOX}/{referral_id}").text
    browser.post(form_address(browser.get(INBOX), f"{referral_id}/accept"), on=INBOX)

    after = browser.get(f"{INBOX}/{referral_id}").text

    assert "新的咨询" not in before
    assert 0 < after.index("本单位台账") < after.index("咨询记录") < after.index("新的咨询")
    assert after.index("新的咨询") < after.index("您现在可以办")


def test_no_other_party_sees_that_there_are_records(town: Town, own: OwnWork) -> None:
    """The asking side learns the outcome; what the office keeps of its own is the office's."""
    referral_id = town.offered("unseen")

    page = town.browser("visitor", "justice", own=own).get(f"{INBOX}/{referral_id}")

    assert page.status_code == HTTPStatus.OK
    assert "本单位台账" not in page.text


def test_the_header_leads_to_what_a_department_keeps_of_its_own(town: Town) -> None:
    """One name for it in every department; an inbox-only unit is shown no such place."""
    town.joins("publicity", "宋宣", Role.OFFICER, unit=f"{PLACE}:publicity_office")

    for login, listed in (
        ("lawyer", "/justice/records"),
        ("doctor", "/health-centre/work"),
        ("police", "/police/records"),
    ):
        assert f'href="{listed}">本单位台账</a>' in town.browser(login).get("/department/inbox").text
    assert "本单位台账" not in town.browser("publicity").get("/department/inbox").text


def test_a_record_closes_its_referral_once_and_a_refusal_says_what_is_possible(
    town: Town, own: OwnWork
) -> None:
    referral_id = town.offered("closing")
    browser = town.browser("lawyer", "justice", own=own)
    refused = browser.post(f"/justice/advices/{referral_id}", on=INBOX)
    browser.post(form_address(browser.get(INBOX), f"{referral_id}/accept"), on=INBOX)

    closed = [browser.post(f"/justice/advices/{referral_id}", on=INBOX).status_code for _ in range(2)]

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "move_not_possible" in refused.text or "这一步现在不能办" in refused.text
    assert closed == [HTTPStatus.SEE_OTHER, HTTPStatus.SEE_OTHER]
    assert town.judge.states[referral_id].status is Status.COMPLETED
