"""The plan's own forms (附件1、附件3): as issued, filled in, for who may, on record, and readable again."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from werkzeug.test import TestResponse

from services.care_register.codes import RowOutcome
from services.care_register.handlers.desk import Desk
from services.care_register.handlers.enrolling import Enrolled, enrol
from services.care_register.handlers.reading import open_people
from services.care_register.rosters.words import words_for
from services.identity.handlers.directory import PutArea, put_area
from shared.contracts.access import Role
from shared.domain.codes import Ability, Circumstance
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.roster.reading import read_roster
from shared.domain.roster.sheet import find_table, unread_columns
from shared.persistence.base import table_of
from shared.persistence.engine import Database
from shared.persistence.tables import HistoryEntry
from shared.platform.logins import Login
from shared.platform.settings import Settings
from shared.platform.workbooks import read_sheet
from tests.services.care_register.browsers import INSTALLER, Staff, signed_in
from tests.services.care_register.conftest import NOW, OTHER_TOWN, WORKER, Begin, an_elder
from tests.services.care_register.test_import import outcomes, take_all, uploaded

FILING = {"purpose": "filing"}


@pytest.fixture(scope="module")
def formula(begin: Begin, desk: Desk) -> Enrolled:
    """Somebody whose name and door look like formulas, assessed, with a daughter."""
    elder = an_elder(901)
    person = replace(
        elder.person, name="=王桂英", address="+南村1号", contacts="女儿 李红 13900001234\n邻居老张"
    )
    facts = ElderFacts(ability=AssessedAbility(level=Ability.MODERATE, assessed_on=date(2026, 10, 1)))
    with begin() as work:
        return enrol(replace(elder, person=person, facts=facts), work, desk)


def opened(answer: TestResponse) -> list[Worksheet]:
    assert answer.status_code == HTTPStatus.OK, answer.text
    return load_workbook(io.BytesIO(answer.data)).worksheets


def texts(sheet: Worksheet) -> list[list[Any]]:
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def histories(settings: Settings) -> Iterator[Callable[[], list[Any]]]:
    worker = Database(settings, Login.WORKER)
    table = table_of(HistoryEntry)

    def entries() -> list[Any]:
        with worker.begin(WORKER, NOW) as work:
            exported = (
                select(table)
                .where(table.c.action == "form_exported")
                .order_by(table.c.recorded_at, table.c.seq)
            )
            return list(work.session.execute(exported))

    yield entries
    worker.close()


def test_the_summary_is_the_form_as_issued_and_can_be_read_in_again(
    clerk: Staff, desk: Desk, formula: Enrolled
) -> None:
    """Z-97, §4.3: nine columns, the foot, the number as text; no formula, and nothing drifts."""
    answer = clerk.post("/forms/summary", FILING)
    (sheet,) = opened(answer)
    rows = texts(sheet)

    assert sheet.title == "洪山镇"
    assert rows[:3] == [
        ["特殊困难老年人探访关爱服务汇总表"],
        ["镇（办）：洪山镇", "2026年11月18日"],
        ["序号", "姓名", "性别", "年龄", "身份证号", "家庭住址", "类别", "身体能力", "备注"],
    ]
    assert rows[-1] == ["填表人：", "分管领导："]
    assert [row[0] for row in rows[3:-1]] == list(range(1, len(rows) - 3))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert "附件3_淄川区_洪山镇_20261118.xlsx" in unquote(answer.headers["Content-Disposition"])

    again, words = read_sheet(answer.data), words_for(desk.policy("zibo_zichuan", NOW))
    table = find_table(again, words)
    assert table is not None
    assert (table.dated_on, unread_columns(again, table, words)) == (date(2026, 11, 18), ())
    (reading,) = [
        each for each in read_roster(again, table, words, today=NOW.date()) if "王桂英" in each.name
    ]
    assert reading.facts.ability == AssessedAbility(level=Ability.MODERATE)
    assert reading.circumstances == (Circumstance.LIVING_ALONE,)
    assert len(reading.id_number) == 18
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_each_town_has_a_sheet_of_its_own_and_nobody_reads_another_territory(
    app: Flask, identity: Database, begin: Begin, desk: Desk, formula: Enrolled
) -> None:
    elsewhere = replace(an_elder(902), area_code="370302116201")
    with identity.begin(INSTALLER, NOW) as work:
        put_area(PutArea(area_code="370302116000", name="双杨镇人民政府", kind="town"), work)
    with begin(OTHER_TOWN) as work:
        enrol(elsewhere, work, desk)
    district = signed_in(app, identity, "zc.district", Role.COORDINATOR, area="370302")
    other = signed_in(app, identity, "zc.other", Role.CLERK, area="370302116")

    assert [sheet.title for sheet in opened(district.post("/forms/summary", FILING))] == ["洪山镇", "双杨镇"]
    assert [sheet.title for sheet in opened(other.post("/forms/summary", FILING))] == ["双杨镇"]
    (town,) = opened(district.post("/forms/summary", {**FILING, "town": "370302115"}))
    assert town.title == "洪山镇"
    refused = other.post("/forms/summary", {**FILING, "town": "370302115"})
    assert (refused.status_code, "没有可以导出的老人" in refused.text) == (HTTPStatus.NOT_FOUND, True)


def test_the_survey_of_an_elder_is_filled_in_and_its_cells_are_left_for_the_door(
    clerk: Staff, formula: Enrolled
) -> None:
    """Z-95, §4.1, §0.2-14: seven fields, the family, nine items each beside an empty cell and no box."""
    answer = clerk.post(f"/entries/{formula.enrolment_id}/survey", FILING)
    (sheet,) = opened(answer)
    rows = [[each for each in row if each != ""] for row in texts(sheet)]

    assert rows[0] == ["特殊困难老年人探访关爱服务摸底表"]
    assert rows[2] == ["姓名", "=王桂英", "性别", "女", "年龄", 76]
    assert rows[3][0] == "身份证号码"
    assert len(rows[3][1]) == 18
    assert rows[4] == ["类别", "独居", "身体能力", "中度失能"]
    assert rows[6:8] == [["家 庭 成 员"], ["姓名", "关系", "联系方式"]]
    assert rows[8:10] == [["女儿 李红", "13900001234"], ["邻居老张"]]
    assert rows[-5:] == [
        ["探 访 关 爱 服 务 内 容"],
        ["健康管理", "精神慰藉", "其他"],
        ["居家安全", "环境卫生"],
        ["生活照料", "应急救援"],
        ["康复护理", "文体活动"],
    ]
    assert sheet.page_setup.orientation == "portrait"


def test_a_survey_that_was_filled_in_at_the_door_comes_back_in(
    begin: Begin, desk: Desk, clerk: Staff
) -> None:
    """Z-95: 附件1 is printed, filled in, typed up and read in; the elder is merged, and nobody is new."""
    with begin() as work:
        enrolled = enrol(an_elder(905), work, desk)
    sheet = opened(clerk.post(f"/entries/{enrolled.enrolment_id}/survey", FILING))[0]
    for cell, said in (("A9", "李红"), ("C9", "女儿"), ("E9", "13900001234"), ("B13", "√")):
        sheet[cell] = said
    filled = io.BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(filled)

    batch_id = take_all(begin, desk, uploaded(desk, "附件1.xlsx", filled.getvalue()))

    assert outcomes(begin, batch_id) == {RowOutcome.MERGED: 1}
    with begin() as work:
        (person,) = open_people(work, [enrolled.elder_id], desk).values()
    assert person.contacts == "李红 女儿 13900001234"
    assert "探访关爱服务内容 健康管理√" in person.notes


def test_who_lives_in_one_village_stands_in_the_order_of_the_doors(
    begin: Begin, desk: Desk, clerk: Staff
) -> None:
    for sequence, door in ((906, "洪山镇东坡村143号"), (907, "洪山镇东坡村63号"), (908, "洪山镇东坡村7号")):
        elder = an_elder(sequence)
        with begin() as work:
            enrol(replace(elder, person=replace(elder.person, address=door)), work, desk)

    (sheet,) = opened(clerk.post("/forms/summary", FILING))

    doors = [str(sheet.cell(row, 6).value) for row in range(4, sheet.max_row)]
    assert [door.rpartition("村")[2] for door in doors if "东坡村" in door] == ["7号", "63号", "143号"]


def test_a_long_name_and_a_long_door_are_printed_whole(begin: Begin, desk: Desk, clerk: Staff) -> None:
    """A row of fixed height cut off what did not fit into its first line."""
    elder = an_elder(903)
    person = replace(elder.person, name="王" * 30, address="洪山镇南村" + "很长的地址" * 6)
    with begin() as work:
        enrolled = enrol(replace(elder, person=person), work, desk)
    (summary,) = opened(clerk.post("/forms/summary", FILING))
    (survey,) = opened(clerk.post(f"/entries/{enrolled.enrolment_id}/survey", FILING))
    heights = {summary.cell(row, 2).value: summary.row_dimensions[row].height for row in range(4, 30)}

    # Thirty characters of twelve points in a column that has room for four: seven lines at least.
    assert (heights["王" * 30] or 0) >= 7 * 16
    assert heights["=王桂英"] == 24
    assert (survey.row_dimensions[3].height or 0) >= 5 * 16


def test_who_had_a_form_made_when_and_what_for_is_on_record_and_on_every_page(
    clerk: Staff, formula: Enrolled, histories: Callable[[], list[Any]]
) -> None:
    """§4.4-5: user, purpose, number of rows, checksum."""
    (sheet,) = opened(clerk.post("/forms/summary", FILING))
    clerk.post(f"/entries/{formula.enrolment_id}/survey", {"purpose": "field_work"})
    found = {entry.detail["sheet"]: entry for entry in histories()}
    summary, survey = found["summary"], found["baseline_survey"]

    assert sheet.oddFooter.left.text == "zc.clerk 2026年11月18日 10:00 导出，用途：存档"
    assert (summary.detail["sheet"], summary.detail["purpose"]) == ("summary", "filing")
    assert summary.detail["rows"] == len(texts(sheet)) - 4
    assert summary.stream.startswith("account:")
    assert survey.stream == f"elder:{formula.elder_id}"
    assert (survey.detail["purpose"], len(survey.detail["sha256"])) == ("field_work", 64)


def test_only_who_may_see_whole_numbers_makes_them_and_says_what_for(
    app: Flask, identity: Database, clerk: Staff, formula: Enrolled
) -> None:
    cadre = signed_in(app, identity, "zc.cadre", Role.CADRE)
    survey = f"/entries/{formula.enrolment_id}/survey"

    for path in ("/forms/summary", survey):
        assert cadre.post(path, FILING).status_code == HTTPStatus.FORBIDDEN
        assert clerk.post(path).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    offered = (
        "导出附件3《特殊困难老年人探访关爱服务汇总表》",
        "导出附件1《特殊困难老年人探访关爱服务摸底表》",
    )
    for staff, is_offered in ((clerk, True), (cadre, False)):
        pages = (staff.get("/").text, staff.get(f"/entries/{formula.enrolment_id}").text)
        assert [words in page for words, page in zip(offered, pages, strict=True)] == [is_offered] * 2
