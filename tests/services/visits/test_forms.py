"""The plan's record of an elder's visits (附件2、服务台账): one month, as issued, each export on record."""

import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from services.visits.handlers.commands import CompleteRecord, ContactRecorded
from services.visits.handlers.completing import complete_record
from services.visits.handlers.desk import Desk
from services.visits.handlers.voiding import VoidContact, void_contact
from services.visits.official import place_words
from shared.domain.codes import Reach, VisitMode
from tests.builders import at
from tests.services.visits.conftest import (
    JIANGPU,
    LANE_VISITOR,
    STRANGER,
    Begin,
    MakeElder,
    Record,
)
from tests.web.browsing import Browser

As = Callable[..., Browser]
NOVEMBER = {"month": "2026-11", "purpose": "reporting"}
NOTHING = [None] * 9


def sheet_of(browser: Browser, elder: UUID, **asked: str) -> TestResponse:
    book = f"/visits/elders/{elder}/book"
    return browser.post(f"/visits/elders/{elder}/record-sheet", {**NOVEMBER, **asked}, on=book)


def opened(answer: TestResponse) -> Worksheet:
    assert answer.status_code == HTTPStatus.OK, answer.text
    return load_workbook(io.BytesIO(answer.data)).worksheets[0]


def rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return [tuple(value or None for value in row) for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def visited(make_elder: MakeElder, record: Record, begin: Begin, desk: Desk) -> tuple[UUID, ContactRecorded]:
    """Yesterday a visit with two services and a third added, this morning one that was voided, and a try."""
    elder = make_elder(name="张桂花")
    done = {"service_items": ("health", "comfort"), "late_reason": "忘记登记"}
    first = record(elder, occurred_at=at("2026-11-17 14:05"), **done)
    mistaken = record(elder, occurred_at=at("2026-11-18 09:00"), mode=VisitMode.PHONE)
    record(elder, occurred_at=at("2026-11-18 09:30"), reach=Reach.NO_ANSWER_DOOR)
    added = CompleteRecord(
        addition_id=UUID(int=elder.int + 1), contact_id=first.contact_id, service_items=("other_service",)
    )
    with begin() as work:
        complete_record(added, work, desk)
    reason = desk.policy_at("zibo_zichuan", at("2026-11-18 10:00")).recording.void_reasons[0]
    with begin() as work:
        void_contact(VoidContact(contact_id=mistaken.contact_id, reason=reason), work, desk)
    return elder, first


def test_the_record_of_a_month_is_the_form_as_issued_with_a_line_for_each_visit(
    as_: As, visited: tuple[UUID, ContactRecorded]
) -> None:
    """Z-96, §4.2: twelve columns in their order; what was done is ticked, the hand signs."""
    elder, _ = visited
    answer = sheet_of(as_(), elder)
    sheet = opened(answer)
    found = rows(sheet)

    assert found[0][0] == "特殊困难老年人探访关爱服务记录表"
    assert "镇（街道）" in found[1][0]
    assert found[2][0] == "老年人姓名：张桂花"
    assert found[3][0] == "日期"
    assert found[3][-2:] == ("服务人员签字", "备注")
    tick = "√"
    assert found[4] == (
        *("2026年11月17日", tick, None, None, None, tick),
        *(None, None, None, tick, None, "入户 14:05"),
    )
    assert sheet.page_setup.orientation == "landscape"
    assert unquote(answer.headers["Content-Disposition"]).endswith("张桂花_202611.xlsx")


@pytest.mark.parametrize(
    ("town", "village", "written"),
    [
        ("洪山镇人民政府", "南村", "洪山镇（街道）南村（社区）"),
        ("将军路街道办事处", "新华社区", "将军路镇（街道）新华村（社区）"),
        ("洪山镇", "矿区一居", "洪山镇（街道）矿区一村（社区）"),
        ("", "", "_____镇（街道）_____村（社区）"),
    ],
)
def test_the_head_has_the_names_before_the_endings_that_the_form_prints(
    town: str, village: str, written: str
) -> None:
    """§4.2: 「_____镇（街道）_____村（社区）」 stands as issued; it read 洪山镇人民政府镇（街道）."""
    assert place_words(town, village) == written


def test_a_voided_visit_is_struck_through_with_its_reason_and_a_try_is_no_visit(
    as_: As, visited: tuple[UUID, ContactRecorded]
) -> None:
    sheet = opened(sheet_of(as_(), visited[0]))
    found = rows(sheet)

    assert found[5][0] == "2026年11月18日"
    assert found[5][-1].startswith("电话 09:00 作废：")
    assert [sheet.cell(row, 1).font.strike for row in (5, 6)] == [None, True]
    assert found[6:] == [(None,) * 12] * 10


def test_a_month_without_a_visit_is_an_empty_form_to_be_filled_in_by_hand(
    as_: As, visited: tuple[UUID, ContactRecorded]
) -> None:
    found = rows(opened(sheet_of(as_(), visited[0], month="2026-10")))

    assert found[2][0] == "老年人姓名：张桂花"
    assert found[4:] == [(None,) * 12] * 12


def test_a_street_keeps_its_own_book_with_what_was_found(
    as_: As, make_elder: MakeElder, record: Record
) -> None:
    """S1:L52: 身体健康状况、帮扶需求、安全风险隐患; who was not at home was tried, and that stands there."""
    elder = make_elder(JIANGPU, name="陆阿婆")
    said = {"health": "worse", "needs": "no_change", "hazards": "no_change"}
    record(elder, who=LANE_VISITOR, occurred_at=at("2026-11-18 09:00"), reach=Reach.NO_ANSWER_DOOR)
    record(elder, who=LANE_VISITOR, occurred_at=at("2026-11-18 09:40"), findings=said)
    found = rows(opened(sheet_of(as_(LANE_VISITOR), elder)))

    assert (found[0][0], found[1][0]) == ("探访关爱服务台账", "310110008000 310110008001")
    assert found[3][3:6] == ("身体健康状况", "帮扶需求", "安全风险隐患")
    assert found[4][:6] == ("2026年11月18日", "陆阿婆", "敲门没人应", None, None, None)
    assert found[5][1:] == ("陆阿婆", "进门见到本人", "变差", "无变化", "无变化", "张红", "09:40")


def test_each_export_is_in_the_history_of_the_elder_and_only_of_ones_own(
    as_: As, visited: tuple[UUID, ContactRecorded], history: Callable[[str], list[Any]]
) -> None:
    """§4.4-5: who, what for, how many rows, which file."""
    elder, _ = visited
    sheet = opened(sheet_of(as_(), elder))
    (entry,) = [each for each in history("form_exported") if each.detail["enrolment_id"] == str(elder)]

    assert (entry.detail["sheet"], entry.detail["month"], entry.detail["rows"]) == (
        "visit_record",
        "2026-11",
        2,
    )
    assert (entry.detail["purpose"], len(entry.detail["sha256"])) == ("reporting", 64)
    assert sheet.oddFooter.left.text == "刘洋 2026年11月18日 10:00 导出，用途：上报"
    stranger = as_(STRANGER)
    refused = stranger.post(f"/visits/elders/{elder}/record-sheet", NOVEMBER, on="/visits/")
    assert refused.status_code == HTTPStatus.NOT_FOUND
    for wrong in ({"month": "2026-13"}, {"month": ""}, {"purpose": "curiosity"}):
        assert sheet_of(as_(), elder, **wrong).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    # Where a browser has no picker for months, the field is a line to type into.
    assert "月份（如 2026-11）：格式不正确" in sheet_of(as_(), elder, month="2026/11").text
