"""A contact is judged by the policy in force on its day, even if its file has been rewritten since (J-06)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from services.coordination.publishing import publish_policy
from services.visits.handlers.commands import ContactRecorded
from services.visits.handlers.desk import Desk
from services.visits.handlers.recording import record_contact
from shared.domain.codes import VisitMode
from shared.persistence.engine import Database
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.policies.book import PolicyBook
from shared.policies.model import Policy
from shared.process.recorded_policies import RecordedPolicies
from tests.policies.plans import plan, with_text
from tests.services.visits.conftest import CLERKS, NOW, ZICHUAN, Begin, MakeElder, a_contact

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture(scope="module")
def rewritten(tmp_path_factory: pytest.TempPathFactory, desk: Desk) -> Desk:
    """The desk after Zichuan's file was rewritten: from today on a call to the bedridden counts as well."""
    folder = with_text(
        tmp_path_factory.mktemp("policies"),
        ZICHUAN,
        "in_force_from = 2023-10-13",
        f"in_force_from = {NOW.date().isoformat()}",
    )
    file = folder / f"{ZICHUAN}.toml"
    before, code, after = file.read_text(encoding="utf-8").partition('code = "M2"')
    file.write_text(
        before + code + after.replace('modes = ["at_home"]', 'modes = ["at_home", "phone"]', 1),
        encoding="utf-8",
    )
    return replace(desk, book=PolicyBook.load(folder), recorded=RecordedPolicies())


@pytest.fixture(scope="module")
def published(settings: Settings) -> Iterator[Policy]:
    """The old file as it was put on record, and one that nobody can read any more."""
    policy = plan(ZICHUAN)
    database = Database(settings, Login.COORDINATION)
    with database.begin(CLERKS[ZICHUAN], NOW) as work:
        publish_policy(policy, work)
        publish_policy(replace(policy, hash="0" * 64, in_force_from=date(2020, 1, 1)), work)
    yield policy
    database.close()


def called(elder: UUID, desk: Desk, begin: Begin, **when: object) -> ContactRecorded:
    with begin() as work:
        return record_contact(a_contact(elder, mode=VisitMode.PHONE, **when), work, desk)


def test_a_call_of_yesterday_is_judged_by_the_plan_of_yesterday(
    make_elder: MakeElder, begin: Begin, rewritten: Desk, published: Policy
) -> None:
    """The old file is gone from the disk; on record it still says that a call does not count."""
    elder = make_elder(bedridden=True)
    yesterday = called(elder, rewritten, begin, occurred_at=YESTERDAY)
    today = called(elder, rewritten, begin)

    assert yesterday.counts_for == ()
    assert "monthly_visit" in today.counts_for


def test_what_was_published_is_read_once_and_a_contact_of_today_asks_for_nothing(
    make_elder: MakeElder, begin: Begin, rewritten: Desk, published: Policy, database: Database
) -> None:
    elder, asked = make_elder(bedridden=True), list[str]()
    desk = replace(rewritten, recorded=RecordedPolicies())
    with begin() as work:
        engine = work.session.connection().engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))

    called(elder, desk, begin)
    assert [each for each in asked if "policy_on_record" in each] == []
    called(elder, desk, begin, occurred_at=YESTERDAY)
    called(elder, desk, begin, occurred_at=YESTERDAY + timedelta(hours=3))
    assert len([each for each in asked if "content" in each and "policy_on_record" in each]) == 2


def test_a_record_that_todays_program_cannot_read_is_left_out(
    begin: Begin, desk: Desk, published: Policy
) -> None:
    """Nobody's contact is refused for it: the files of today decide."""
    with begin() as work:
        book = RecordedPolicies().added_to(desk.book, work.session)

    assert book.published == ()
    assert book.in_force(ZICHUAN, YESTERDAY.date()).hash == published.hash
