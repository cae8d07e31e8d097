"""The register's pages as people use them: a masked list, one entry, a short form, a second person."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from flask import Flask

from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.identity.handlers.directory import PutArea, put_area
from shared.contracts.access import Role
from shared.persistence.engine import Database
from tests.services.care_register.browsers import INSTALLER, Staff, signed_in
from tests.services.care_register.conftest import NOW, Begin, an_elder, number_of
from tests.web.accessible import faults


@pytest.fixture(scope="module")
def cadre(app: Flask, identity: Database) -> Staff:
    return signed_in(app, identity, "zc.cadre", Role.CADRE, area="370302115201")


@pytest.fixture(scope="module")
def coordinator(app: Flask, identity: Database) -> Staff:
    return signed_in(app, identity, "zc.coordinator", Role.COORDINATOR)


@pytest.fixture(scope="module")
def stranger(app: Flask, identity: Database) -> Staff:
    return signed_in(app, identity, "zc.stranger", Role.CLERK, area="370302116")


def state_form(**changes: str) -> dict[str, str]:
    return {"kind": "in_hospital", "starts_on": "2026-11-17", "said_by": "family", **changes}


def test_the_list_is_masked_and_keeps_to_the_own_territory(
    clerk: Staff, stranger: Staff, enrolled: Enrolled
) -> None:
    page = clerk.get("/").text
    assert str(enrolled.enrolment_id) in page
    assert "张**" in page
    assert "张桂花" not in page
    assert "63号" not in page
    assert str(enrolled.enrolment_id) not in stranger.get("/").text


def test_a_village_whose_code_ends_in_a_zero_is_listed_alone(
    clerk: Staff, identity: Database, begin: Begin, desk: Desk
) -> None:
    """The zero was taken for none: 片区 210 showed 211 to 219 as well."""
    codes = ("370302115210", "370302115211")
    with identity.begin(INSTALLER, NOW) as work:
        for code in codes:
            put_area(PutArea(area_code=code, name=code[-3:], kind="village"), work)
    with begin() as work:
        own, next_door = (
            enrol(replace(an_elder(960 + place), area_code=code), work, desk).enrolment_id
            for place, code in enumerate(codes)
        )
    chosen = re.search(r'<option value="(\d+)">210</option>', clerk.get("/").text)
    assert chosen
    listed = clerk.get(f"/?area={chosen[1]}&limit=200").text

    assert str(own) in listed
    assert str(next_door) not in listed


@pytest.mark.parametrize("typed", ["张桂花", "zhangguihua", "zgh", "1234"])
def test_an_elder_is_found_by_name_pinyin_and_last_four(
    clerk: Staff, stranger: Staff, enrolled: Enrolled, typed: str
) -> None:
    assert str(enrolled.enrolment_id) in clerk.get(f"/?q={typed}&limit=200").text
    assert str(enrolled.enrolment_id) not in stranger.get(f"/?q={typed}").text


def test_one_character_finds_nobody(clerk: Staff, enrolled: Enrolled) -> None:
    assert "没有找到" in clerk.get("/?q=张").text


def test_an_entry_shows_the_class_with_reason_and_clause_and_no_whole_number(
    clerk: Staff, enrolled: Enrolled
) -> None:
    page = clerk.get(f"/entries/{enrolled.enrolment_id}").text
    assert "一般人群" in page
    assert "轻度失能或身体健康" in page
    assert "川民〔2023〕100号" in page
    assert "370302********" in page


def test_another_town_is_told_that_there_is_no_such_elder(stranger: Staff, enrolled: Enrolled) -> None:
    assert stranger.get(f"/entries/{enrolled.enrolment_id}").status_code == 404
    form = f"/entries/{enrolled.enrolment_id}/states/new"
    assert stranger.post(form, state_form()).status_code == 404


def test_a_state_is_reported_from_a_short_form_and_confirmed_by_another_person(
    clerk: Staff, cadre: Staff, coordinator: Staff, enrolled: Enrolled
) -> None:
    answer = cadre.post(f"/entries/{enrolled.enrolment_id}/states/new", state_form(note="女儿来电"))
    assert answer.status_code == 303
    page = clerk.get(f"/entries/{enrolled.enrolment_id}").text
    assert "女儿来电" in page
    assert "待第二人核实" in page
    assert "住院" in clerk.get("/confirm").text
    decision = f"/entries/{enrolled.enrolment_id}/states/{state_of(page)}/confirm"
    assert cadre.post(decision).status_code == 403
    assert clerk.post(decision).status_code == 303
    late = coordinator.post(decision)
    assert (late.status_code, "zc.clerk已于 11月18日 周三 10:00 作出决定" in late.text) == (409, True)
    assert "已核实" in clerk.get(f"/entries/{enrolled.enrolment_id}").text


def test_a_failed_contact_gets_its_visitor_back(app: Flask, identity: Database, enrolled: Enrolled) -> None:
    visitor = signed_in(app, identity, "zc.visitor", Role.VISITOR)
    form = f"/entries/{enrolled.enrolment_id}/states/new"
    assert "张桂花" in visitor.get(f"{form}?next=/visits/").text
    assert visitor.post(form, state_form(next="/visits/")).headers["Location"] == "/visits/"
    elsewhere = visitor.post(form, state_form(kind="away", next="//elsewhere.example/"))
    assert elsewhere.headers["Location"] == f"/coordination/elders/{enrolled.enrolment_id}"


def test_a_refused_form_comes_back_as_typed_with_the_reason(clerk: Staff, enrolled: Enrolled) -> None:
    form = f"/entries/{enrolled.enrolment_id}/states/new"
    answer = clerk.post(form, state_form(expected_end_on="2027-11-17", note="住到明年"))
    assert answer.status_code == 422
    assert "最长 90 天" in answer.text
    assert "住到明年" in answer.text


def test_the_whole_number_is_shown_once_and_the_reason_kept(
    clerk: Staff, cadre: Staff, enrolled: Enrolled
) -> None:
    path = f"/entries/{enrolled.enrolment_id}/id-number"
    assert "37030219500305" in clerk.post(path, {"why": "核对身份"}).text
    assert clerk.post(path, {}).status_code == 422
    assert cadre.post(path, {"why": "好奇"}).status_code == 403


def test_a_person_is_corrected_as_a_list_would_say_it(clerk: Staff, enrolled: Enrolled) -> None:
    """测试 was kept as a number to dial, and nobody found 王 五 by 王五."""
    entry = f"/entries/{enrolled.enrolment_id}"
    typed = {"name": " 王 五", "phone": "１３８0000 0001\n\n5000119", "address": "洪山镇南村63号"}

    refused = clerk.post(f"{entry}/person", typed | {"phone": "13800000001\n测试"})
    assert (refused.status_code, "电话号码不对" in refused.text, "测试" in refused.text) == (422, True, True)
    assert clerk.post(f"{entry}/person", typed).status_code == 303
    page = clerk.get(entry).text
    assert re.findall(r'href="tel:(\w+)"', page)[:2] == ["13800000001", "05335000119"]
    assert str(enrolled.enrolment_id) in clerk.get("/?q=王五&limit=200").text


def test_a_changed_fact_proposes_a_class_that_a_person_confirms(clerk: Staff, enrolled: Enrolled) -> None:
    entry = f"/entries/{enrolled.enrolment_id}"
    assert (
        clerk.post(f"{entry}/facts", {"circumstances": "living_alone", "ability": "severe"}).status_code
        == 303
    )
    page = clerk.get(entry).text
    assert "建议：" in page
    assert "重度或完全失能" in page
    assert clerk.post(f"/classifications/{class_of(page)}/confirm").status_code == 303
    assert "重点人群" in clerk.get(entry).text


def test_what_is_in_doubt_says_until_when_it_is_to_be_found_out(clerk: Staff, enrolled: Enrolled) -> None:
    """Nobody falls into the lowest class for lack of a fact: the task has a limit (verification, [P])."""
    entry = f"/entries/{enrolled.enrolment_id}"
    clerk.post(f"{entry}/facts", {"circumstances": "severe_disability"})
    assert re.search(r"还要做：.*月\d+日 .*前）", clerk.get(entry).text)


def test_an_exception_needs_a_reason_and_somebody_who_may_approve(
    clerk: Staff, coordinator: Staff, enrolled: Enrolled
) -> None:
    path = f"/entries/{enrolled.enrolment_id}/exceptions"
    form = {"reason": "封路三天", "until_on": "2026-11-30"}
    assert clerk.post(path, form).status_code == 403
    assert coordinator.post(path, {"until_on": "2026-11-30"}).status_code == 422
    assert coordinator.post(path, form).status_code == 303
    assert "封路三天" in coordinator.get(f"/entries/{enrolled.enrolment_id}").text


@pytest.mark.parametrize(
    ("starts_at", "until_on", "code"),
    [
        ("2026-11-18T10:00:00+08:00", "2027-05-17", ""),
        ("2026-11-18T10:00:00+08:00", "2027-05-18", "exception_too_long"),
        ("2026-10-18T10:00:00+08:00", "2026-11-18", ""),
        ("2026-10-18T09:59:59+08:00", "2026-11-18", "exception_begins_too_far"),
        ("2020-11-18T10:00:00+08:00", "2026-11-30", "exception_begins_too_far"),
        ("2199-11-18T10:00:00+08:00", "2199-11-30", "exception_begins_too_far"),
    ],
)
def test_how_long_an_exception_lasts_and_how_far_off_it_begins_is_said_by_the_plan(
    coordinator: Staff, enrolled: Enrolled, starts_at: str, until_on: str, code: str
) -> None:
    """Half a year, as a class by hand; begun within 31 days of the approval. Somebody had written 2199."""
    body = {"reason": "封路三天", "starts_at": starts_at, "until_on": until_on}
    answer = coordinator.call(f"/entries/{enrolled.enrolment_id}/exceptions", body, key=uuid4().hex)

    assert answer.status_code == (422 if code else 201)
    assert (answer.json or {}).get("code", "") == code


def test_a_refused_exception_names_the_field_and_the_limit(coordinator: Staff, enrolled: Enrolled) -> None:
    form = {"reason": "封路三天", "until_on": "2199-11-30"}
    page = coordinator.post(f"/entries/{enrolled.enrolment_id}/exceptions", form)

    assert page.status_code == 422
    assert "例外最长180天，截止日期须在开始日期起180天以内" in page.text
    assert 'value="2199-11-30"' in page.text
    assert "<details open><summary>批准一项例外" in page.text
    assert "<details><summary>申请退出名单库" in page.text


def test_leaving_takes_two_people_and_evidence(clerk: Staff, coordinator: Staff, enrolled: Enrolled) -> None:
    entry = f"/entries/{enrolled.enrolment_id}"
    assert clerk.post(f"{entry}/removal", {"reason": "died", "note": "家属来电"}).status_code == 303
    assert clerk.post(f"{entry}/removal/confirm").status_code == 403
    assert coordinator.post(f"{entry}/removal/confirm").status_code == 303
    assert "已退出" in coordinator.get(entry).text
    assert clerk.post(f"{entry}/states/new", state_form()).status_code == 409


def test_nothing_is_offered_that_would_be_refused_about_who_has_left(
    clerk: Staff, cadre: Staff, coordinator: Staff, enrolled: Enrolled
) -> None:
    entry = f"/entries/{enrolled.enrolment_id}"
    cadre.post(f"{entry}/states/new", state_form())
    offered = ("确认这个类别", "核实属实", "不属实", "已经结束")
    assert all(each in clerk.get(entry).text for each in offered)
    clerk.post(f"{entry}/removal", {"reason": "died", "note": "家属来电"})
    coordinator.post(f"{entry}/removal/confirm")
    assert not any(each in clerk.get(entry).text for each in offered)


def test_a_wish_settled_makes_an_elder_active(cadre: Staff, enrolled: Enrolled) -> None:
    entry = f"/entries/{enrolled.enrolment_id}"
    assert "还没有核实本人意愿" in cadre.get(entry).text
    assert cadre.post(f"{entry}/wish").status_code == 303
    assert "还没有核实本人意愿" not in cadre.get(entry).text


def test_the_api_does_the_same_once_per_key(clerk: Staff, enrolled: Enrolled) -> None:
    body = {"kind": "away", "starts_at": "2026-11-17T08:00:00+08:00", "said_by": "family"}
    path = f"/entries/{enrolled.enrolment_id}/states"
    first = clerk.call(path, body, key=f"away-{enrolled.enrolment_id}")
    again = clerk.call(path, body, key=f"away-{enrolled.enrolment_id}")
    assert (first.status_code, first.json) == (201, again.json)
    other = clerk.call(path, {**body, "kind": "short_stay"}, key=f"away-{enrolled.enrolment_id}")
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_mismatch")


@pytest.mark.parametrize(
    "path", ["/", "/confirm", "/entries/{id}", "/entries/{id}/facts", "/entries/{id}/states/new"]
)
def test_the_pages_can_be_used_without_seeing_them(
    coordinator: Staff, clerk: Staff, enrolled: Enrolled, path: str
) -> None:
    for reader in (coordinator, clerk):
        assert faults(reader.get(path.format(id=enrolled.enrolment_id)).text) == []


def state_of(page: str) -> UUID:
    return UUID(page.partition("/states/")[2].partition("/states/")[2][:36])


def class_of(page: str) -> UUID:
    return UUID(page.partition("/classifications/")[2][:36])


def test_an_elder_is_enrolled_by_hand_with_the_number_checked(clerk: Staff) -> None:
    form = {
        "name": "周水生",
        "id_number": number_of("19440101", 77),
        "address": "洪山镇南村7号",
        "area_code": "370302115201",
        "circumstances": "living_alone",
    }
    mistyped = clerk.post("/entries/new", {**form, "id_number": form["id_number"][:17] + "?"})
    assert (mistyped.status_code, "不该出现的字符" in mistyped.text) == (422, True)
    assert "洪山镇南村7号" in mistyped.text
    assert clerk.post("/entries/new", {**form, "area_code": "370302116201"}).status_code == 422
    young = clerk.post("/entries/new", {**form, "id_number": "", "birth_on": "1966-11-19"})
    assert (young.status_code, "今年 59 岁，未满 60 周岁，不在服务范围" in young.text) == (422, True)
    sixty = {**form, "name": "周水旺", "id_number": "", "birth_on": "1966-11-18"}
    assert clerk.post("/entries/new", sixty).status_code == 303
    done = clerk.post("/entries/new", form)
    page = clerk.get(done.headers["Location"].removeprefix("/register")).text
    assert "周水生" in page
    assert "82岁" in page
    assert clerk.post("/entries/new", form).status_code == 409
    assert faults(clerk.get("/entries/new").text) == []


def test_nobody_is_placed_where_no_committee_would_look(clerk: Staff, enrolled: Enrolled) -> None:
    """划片 into a code that nobody has set up would hide the elder from every list."""
    page, nowhere = f"/entries/{enrolled.enrolment_id}", {"area_code": "370302115999"}

    assert "没有这个片区" in clerk.post(f"{page}/area", nowhere).text
    assert clerk.call(f"{page}/area", nowhere, key="nowhere", method="PUT").status_code == 422
    assert clerk.post(f"{page}/area", {"area_code": "370302115201"}).status_code == 303


def test_another_class_stands_when_a_second_person_agrees(
    clerk: Staff, coordinator: Staff, enrolled: Enrolled
) -> None:
    """Asked by a program and again on the page it is asked once."""
    page, form = f"/entries/{enrolled.enrolment_id}", {"why_class": "独子上月病故"}
    body = {"tier": "focus", "reason": "独子上月病故"}
    assert clerk.call(f"{page}/class", body, key="by hand").status_code == 201
    assert "独子上月病故" in clerk.post(f"{page}/class", {**form, "tier": "general"}).text
    assert clerk.post(f"{page}/class", {**form, "tier": "focus"}).status_code == 303
    (waiting,) = set(re.findall(r"/classifications/([\w-]+)/refuse", coordinator.get(page).text))
    assert clerk.post(f"/classifications/{waiting}/confirm").status_code == 403
    assert coordinator.post(f"/classifications/{waiting}/confirm").status_code == 303
    assert "2027年5月17日" in clerk.get(page).text
