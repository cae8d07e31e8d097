"""X-11: signs of violence seen at the door open a report that is not shown back, by nobody's name."""

from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from services.coordination.story import read_story
from shared.contracts.access import Role
from shared.domain.errors import Invalid
from shared.domain.referral.moves import Move
from shared.domain.zones import to_wall
from shared.inbox.acts import Act
from shared.inbox.codes import View
from shared.inbox.figures import read_figures
from shared.inbox.filters import ListQuery
from shared.inbox.handlers import perform
from shared.inbox.queries import read_list
from shared.inbox.reader import Reader
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.process.elders import ElderCards
from shared.process.tables import Referral
from tests.builders import ZONE, at
from tests.inbox.town import AREA, COMMITTEE, HEALTH, NOW, POLICE, Town
from tests.services.visits.browsing import put_json
from tests.services.visits.conftest import MakeElder, Record
from tests.web.browsing import Browser, json_of

KIND = "mandatory_report"
WORDS = "右臂有新伤，说是儿子推的"
TELLING = (WORDS, "强制报告", KIND, "tel:110", "家庭暴力")
HIDDEN = "报告人信息受限"


@pytest.fixture(scope="module")
def town(settings: Settings) -> Iterator[Town]:
    town = Town(settings)
    for login, name, role in (
        ("neighbour", "何清", Role.VISITOR),
        ("head", "沈国平", Role.UNIT_LEAD),
        ("cadre", "邵丽", Role.CADRE),
    ):
        town.joins(login, name, role, unit=COMMITTEE, areas=(AREA,))
    yield town
    town.close()


@pytest.fixture(scope="module")
def phone(app: Flask, town: Town) -> Callable[[str], Browser]:
    """Somebody's phone, on the pages of visits."""

    def opened(login: str) -> Browser:
        browser = Browser(app)
        browser.client.set_cookie("tf_sid", town.sign_in(login))
        return browser

    return opened


@pytest.fixture(scope="module")
def contact_id(town: Town, phone: Callable[[str], Browser]) -> str:
    """A visit on which 张红 saw signs of violence, recorded on her phone."""
    contact_id, path = str(uuid4()), f"/visits/elders/{town.elder}/contact"
    details = f"{path}?mode=at_home&reach=spoken_with"
    browser = phone("visitor")
    assert "需单独汇报" in browser.get(details).text
    typed = {"contact_id": contact_id, "mode": "at_home", "reach": "spoken_with", "rest": "unchanged"}
    typed |= {"report_separately": "true", "report_words": WORDS}
    for _ in range(2):
        assert browser.post(path, typed, on=details).status_code == HTTPStatus.SEE_OTHER
    town.deliver()
    return contact_id


@pytest.fixture(scope="module")
def report(town: Town, contact_id: str) -> UUID:
    """The report that the visit opened."""
    assert contact_id
    (opened,) = (
        state.referral_id
        for state in town.judge.states.values()
        if state.kind.code == KIND and state.subject_id == town.elder
    )
    return opened


def referral(town: Town, login: str, report: UUID, path: str = "") -> Any:  # noqa: ANN401 - as it is in JSON
    """The report as the API tells it to somebody."""
    token = {"Authorization": f"Bearer {town.sign_in(login)}"}
    answer = town.app().test_client().get(f"/department/api/referrals/{report}{path}", headers=token)
    return json_of(answer)


def test_the_visit_counts_and_opens_one_report_in_the_name_of_the_finders_unit(
    town: Town, report: UUID, contact_id: str, phone: Callable[[str], Browser]
) -> None:
    """The visit is stored at once; sent twice, it is reported once."""
    state = town.judge.states[report]
    stored = json_of(phone("visitor").get(f"/visits/api/contacts/{contact_id}"))

    assert (state.unit_id, state.requesting_unit_id, state.origin_id) == (POLICE, COMMITTEE, None)
    assert state.subject_id == town.elder
    assert (stored["is_reached"], stored["gaps"], stored["is_reported"]) == (True, ["consent"], True)


def test_the_finders_phone_says_that_there_is_a_report_and_nothing_of_it(
    town: Town, contact_id: str, phone: Callable[[str], Browser]
) -> None:
    browser = phone("visitor")
    for path in (f"/visits/contacts/{contact_id}", f"/visits/elders/{town.elder}/book"):
        page = browser.get(path).text
        assert "需单独汇报" in page, path
        assert not [word for word in TELLING if word in page], path
    book = browser.get(f"/visits/api/elders/{town.elder}/contacts").text
    assert not [word for word in TELLING if word in book]


@pytest.mark.parametrize("login", ["neighbour", "cadre", "head", "coordinator"])
def test_in_the_visit_book_nobody_else_learns_that_this_visit_was_reported(
    town: Town, contact_id: str, phone: Callable[[str], Browser], login: str
) -> None:
    """Who was there stands in the book: that they reported must not."""
    browser = phone(login)
    for path in (f"/visits/contacts/{contact_id}", f"/visits/elders/{town.elder}/book"):
        page = browser.get(path)
        assert page.status_code == HTTPStatus.OK
        assert not [word for word in (*TELLING, "需单独汇报") if word in page.text], path
    assert json_of(browser.get(f"/visits/api/contacts/{contact_id}"))["is_reported"] is False
    book = json_of(browser.get(f"/visits/api/elders/{town.elder}/contacts"))
    assert [line["is_reported"] for line in book["items"]] == [False]


@pytest.mark.parametrize("login", ["visitor", "neighbour", "cadre"])
def test_in_the_inbox_the_finders_side_reads_only_that_something_is_reported(
    town: Town, report: UUID, login: str
) -> None:
    browser = town.browser(login)
    pages = [
        browser.get(path).text for path in (f"/department/inbox/{report}", "/department/inbox?view=sent")
    ]
    told = referral(town, login, report)

    assert all("需单独汇报事项" in page for page in pages)
    assert not [word for word in (*TELLING, HIDDEN) if any(word in page for page in pages)]
    assert (told["kind"], told["kind_words"], told["asked"]) == ("", "需单独汇报事项", "")
    assert (told["ledger"], told["outcomes"], told["outcome"]) == ([], [], "")
    assert (told["clocks"], told["accept_by"]) == ([], None)  # the minute would be that of a visit
    assert f"{to_wall(NOW, ZONE):%H:%M} 派出" not in pages[0]
    assert "进入第" not in pages[0]  # the rungs to come told it all the same
    found = browser.get(f"/department/inbox?view=sent&kind={KIND}").text
    assert str(report) not in found


def test_who_acts_on_it_reads_what_was_seen_and_calls_the_police_first(town: Town, report: UUID) -> None:
    """派出所 knows who reported: it must be able to ask."""
    page = town.browser("police", "public_security").get(f"/police/inbox/{report}").text

    assert all(word in page for word in ("强制报告", WORDS, "张红", "先拨打110", "报警时这样说地址"))
    assert "长阳路123弄5号601室" in page


def test_who_answers_for_the_finders_unit_reads_the_report_but_not_whose_it_was(
    town: Town, report: UUID
) -> None:
    key = {"Authorization": f"Bearer {town.sign_in('visitor')}", "Idempotency-Key": uuid4().hex}
    said = (
        town.app()
        .test_client()
        .post(f"/department/api/referrals/{report}/remarks", json={"text": "老人今晚在女儿家"}, headers=key)
    )
    page = town.browser("head").get(f"/department/inbox/{report}").text
    filed, own = referral(town, "head", report, "/file"), referral(town, "visitor", report, "/file")

    assert said.status_code == HTTPStatus.CREATED
    assert WORDS in page
    assert "老人今晚在女儿家" in page
    assert page.count(HIDDEN) >= 2  # who asked, and who remarked
    assert "张红" not in page.partition("关注人")[0]
    assert [note["account_id"] for note in filed["remarks"]] == [str(UUID(int=0))]
    assert own["remarks"] == []


def test_a_supporting_unit_reads_what_it_is_asked_for_and_no_more(town: Town, report: UUID) -> None:
    moves = ((Move.ACCEPT, "", ""), (Move.ASK_SUPPORT, HEALTH, "请医生一起上门"))
    for move, code, text in moves:
        person, key = town.people["police"], uuid4().hex
        act = Act(person=person, move=move, referral_id=report, at=NOW, key=key, code=code, text=text)
        perform(town.desk(), act)
    town.deliver()
    [support] = town.judge.states[report].supporters
    page = town.browser("doctor").get(f"/department/inbox/{support.referral_id}").text

    assert "请医生一起上门" in page
    assert "需单独汇报事项" in page
    assert not [word for word in TELLING if word in page]


@pytest.mark.parametrize(
    "login", ["visitor", "neighbour", "cadre", "head", "coordinator", "police", "doctor"]
)
def test_no_filter_search_or_choice_of_kinds_tells_more_than_the_rows_name(
    town: Town, report: UUID, login: str
) -> None:
    """A list that hid the name while its filter found the row would have told it."""
    reader = Reader(person=town.people[login], now=NOW, book=town.book)
    label = reader.policy.label("kinds", KIND)
    named: set[UUID] = set()
    with town.database(Login.DEPARTMENT).begin(reader.person, NOW) as work:

        def rows(view: View, **asked: Any) -> Sequence[Referral]:
            query = ListQuery(view=view, limit=200, **asked)
            return read_list(work.session, query, reader, town.desk()).page.items

        for view in View:
            may = {row.referral_id for row in rows(view) if row.kind == KIND and reader.may_name(row)}
            assert {row.referral_id for row in rows(view, kind=KIND)} == may
            assert {row.referral_id for row in rows(view, search=label)} == may
            named |= may
        kinds = read_figures(work.session, reader).kinds

    assert (KIND in kinds) == bool(named) == (report in named) == (login in {"police", "head"})


def test_a_report_without_words_tells_the_police_whom_to_ask(
    town: Town, phone: Callable[[str], Browser]
) -> None:
    """One tap is enough at the door; who was there says the rest on the telephone."""
    elder, before = town.enrol("李秀珍", "长阳路125弄2号301室"), set(town.judge.states)
    body = {"mode": "at_home", "reach": "seen", "enrolment_id": str(elder), "report_separately": True}
    put_json(phone("visitor"), f"/visits/api/contacts/{uuid4()}", **body)
    town.deliver()
    (opened,) = set(town.judge.states) - before

    page = town.browser("police", "public_security").get(f"/police/inbox/{opened}").text
    assert "张红（辽源花苑居委会）" in page


def test_on_the_elders_page_it_stands_by_its_public_name_without_a_person(town: Town, report: UUID) -> None:
    policy = town.book.in_force("shanghai_jiangpu", NOW.date())
    with town.database(Login.COORDINATION).begin(town.people["coordinator"], NOW) as work:
        story = read_story(work, town.elder, policy=policy, cards=ElderCards(town.vault))
    [line] = [each for each in story.lines if each.referral_id == report]

    assert (line.words, line.detail) == ("需单独汇报事项", "")
    assert (line.at, line.on) == (at(f"{NOW:%Y-%m-%d} 00:00"), NOW.date())
    assert not [word for word in TELLING for line in story.lines if word in line.words + line.detail]


def test_whoever_has_no_unit_is_told_to_save_the_visit_and_let_a_colleague_report(
    record: Record, make_elder: MakeElder
) -> None:
    with pytest.raises(Invalid, match="report_needs_unit"):
        record(make_elder(), report_words=WORDS)
