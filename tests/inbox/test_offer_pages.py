"""The form of a new referral and the notices, in a browser without JavaScript."""

import re
from http import HTTPStatus
from uuid import UUID, uuid4

from shared.contracts.access import Role
from shared.domain.codes import RecipientRole, Urgency
from shared.platform.logins import Login
from shared.process.notices import Notice
from shared.process.writing import WORKER
from tests.inbox.forms import form_address
from tests.inbox.town import AREA, CITY, JUSTICE, NOW, PLACE, Town


def new_form(town: Town, elder: UUID | None = None) -> str:
    return f"/department/inbox/new?elder={elder or town.elder}"


def test_an_offer_from_its_form_is_on_its_way_until_the_process_has_begun(town: Town) -> None:
    """The fact is stored even while Temporal is away."""
    browser = town.browser("visitor")
    address = form_address(browser.get(new_form(town)), "new")
    fields = {"enrolment_id": town.elder, "kind": "mediation", "text": "请说和", "word": "agreed"}

    answer = browser.post(address, fields, on=new_form(town))
    waiting = browser.get(answer.location)
    town.deliver()
    begun = browser.get(answer.location)

    assert "正在送达承办单位" in waiting.text
    assert "请说和" in begun.text
    assert "转介已提交" in begun.text


def test_an_elder_who_does_not_agree_is_not_referred(town: Town) -> None:
    """Domain §0.2-8: 暂不需要."""
    browser = town.browser("visitor")
    address = form_address(browser.get(new_form(town)), "new")
    waiting = len(town.judge.states)
    fields = {"enrolment_id": town.elder, "kind": "mediation", "text": "请说和", "word": "disagrees"}

    answer = browser.post(address, fields, on=new_form(town))
    town.deliver()

    assert "已记为「暂不需要」" in answer.text
    assert len(town.judge.states) == waiting


def test_a_proxy_without_a_reason_comes_back_with_what_was_typed(town: Town) -> None:
    browser = town.browser("visitor")
    address = form_address(browser.get(new_form(town)), "new")
    fields = {"enrolment_id": town.elder, "kind": "mediation", "text": "请说和", "word": "by_proxy"}

    answer = browser.post(address, fields, on=new_form(town))

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写明代为同意的人" in answer.text
    assert "请说和" in answer.text


def test_the_form_shows_each_kind_under_the_unit_that_would_get_it(town: Town) -> None:
    page = town.browser("visitor").get(new_form(town)).text

    assert '<optgroup label="司法所">' in page
    assert "4个工作小时内认领" in page
    assert 'value="chase"' not in page
    assert "计生特殊家庭" not in page


def test_the_kind_that_a_finding_suggests_is_chosen_already(town: Town) -> None:
    browser = town.browser("visitor")
    suggested = browser.get(f"{new_form(town)}&kind=mediation").text

    assert re.search(r'<option value="mediation" selected>', suggested)
    assert " selected>" not in browser.get(new_form(town)).text


def test_the_form_keeps_the_visit_that_it_grew_from_and_goes_on_without_what_is_none(town: Town) -> None:
    """It stands in the address, where anybody may write anything; what is hidden nobody could mend."""
    browser, contact = town.browser("visitor"), town.visited(town.elder)
    kept = browser.get(f"{new_form(town)}&origin={contact}").text

    assert f'name="origin_id" value="{contact}"' in kept
    for nothing in (uuid4(), "abc", ""):
        assert 'name="origin_id"' not in browser.get(f"{new_form(town)}&origin={nothing}").text

    fields = {"enrolment_id": town.elder, "kind": "mediation", "text": "请说和", "word": "agreed"}
    address = form_address(browser.get(new_form(town)), "new")
    refused = browser.post(address, {**fields, "origin_id": uuid4()}, on=new_form(town))
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "转介的来源不对" in refused.text
    assert "请说和" in refused.text
    assert 'name="origin_id"' not in refused.text


def test_a_visitor_is_led_to_what_the_own_unit_has_sent(town: Town) -> None:
    """Who works on nothing in the inbox comes to see what became of what was asked for."""
    referral_id = town.offered("to look after")
    browser = town.browser("visitor")
    sent = browser.get("/department/inbox").text

    assert '<a href="/department/inbox">已发出的转介</a>' in re.sub(r' aria-current="\w+"', "", sent)
    assert f"/department/inbox/{referral_id}" in sent
    assert "已发出的转介" not in town.browser("lawyer").get("/department/inbox").text


def test_there_is_no_form_for_an_elder_out_of_sight(town: Town) -> None:
    browser = town.browser("visitor")

    assert browser.get(new_form(town, uuid4())).status_code == HTTPStatus.NOT_FOUND
    assert browser.get("/department/inbox/new").status_code == HTTPStatus.NOT_FOUND


def test_a_notice_is_acknowledged_and_names_no_elder(town: Town) -> None:
    """Domain §0.2-6: 确认; no name with illness in a text."""
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    town.offered("noticed", kind="home_repair")
    browser = town.browser("builder")
    page = browser.get("/department/inbox/notices")

    browser.post("/department/inbox/notices/acknowledge", on="/department/inbox/notices")

    assert "您单位有1件「房屋水电气维修」待签收" in page.text
    assert "张" not in page.text.partition("<main")[2]
    assert "已确认" in browser.get("/department/inbox/notices").text


def test_a_reminder_of_a_visit_opens_the_elder_for_whoever_may_see_the_page(town: Town) -> None:
    """「点开查看」: the text names nobody, so without a link nobody could say whose visit is owed."""
    elder = f'href="/coordination/elders/{town.elder}"'
    for login in ("coordinator", "lawyer"):
        remind(town, login)

    ruling, working = (
        town.browser(login).get("/department/inbox/notices").text for login in ("coordinator", "lawyer")
    )

    assert "本周还差1次" in ruling
    assert "本周还差1次" in working
    assert (elder in ruling, elder in working) == (True, False)


def remind(town: Town, login: str) -> None:
    """The worker records that somebody is to be reminded of a visit."""
    notice = Notice(
        notice_id=uuid4(),
        jurisdiction_id=PLACE,
        area_code=AREA,
        account_id=town.people[login].account_id,
        recipient_role=RecipientRole.MEMBERS,
        unit_id=JUSTICE,
        enrolment_id=town.elder,
        code="warning",
        params={"obligation": "daily_care", "missing": 1, "count": 1},
        urgency=Urgency.ROUTINE,
        created_at=NOW,
        not_before=NOW,
    )
    with town.database(Login.WORKER).begin(WORKER, NOW) as work:
        work.session.add(notice)


def test_nobody_acknowledges_for_another(town: Town) -> None:
    town.joins("builder", "吴工", Role.OFFICER, unit=CITY)
    town.offered("noticed-too", kind="home_repair")
    found = re.search(
        r"notices/([0-9a-f-]{36})/acknowledge", town.browser("builder").get("/department/inbox/notices").text
    )
    assert found

    answer = town.browser("lawyer", "justice").post(
        f"/justice/inbox/notices/{found[1]}/acknowledge", on="/justice/inbox"
    )

    assert answer.status_code == HTTPStatus.NOT_FOUND
