"""A sheet of follow-ups (J-75): what a row says, and everything that is wrong in it at once."""

from datetime import date
from decimal import Decimal

import pytest

from shared.domain.health.cells import CellValue
from shared.domain.health.codes import FollowUpResult, FollowUpWay, Vital
from shared.domain.health.sheet import (
    NEEDED,
    Column,
    Fault,
    FaultCode,
    Reading,
    SheetFollowUp,
    SheetWords,
    read_sheet,
    unread_headings,
)
from tests.policies.plans import TODAY, ZICHUAN, plan

POLICY = plan(ZICHUAN)
LABEL = POLICY.label
WORDS = SheetWords(
    headings={LABEL("follow_up_columns", column): column for column in Column},
    programmes={LABEL("programmes", each.code): each.code for each in POLICY.health_care.programmes},
    ways={LABEL("follow_up_ways", way): way for way in FollowUpWay},
    results={LABEL("follow_up_results", result): result for result in FollowUpResult},
)
READING = Reading(words=WORDS, vitals=POLICY.health_care.vitals, today=TODAY)
HEADINGS: tuple[CellValue, ...] = (
    "姓名",
    "身份证号",
    "随访项目",
    "随访日期",
    "随访方式",
    "随访结果",
    "收缩压",
    "备注",
)
SOUND: tuple[CellValue, ...] = (
    "张桂花",
    "370302195003050012",
    "高血压随访",
    "2026-11-18",
    "门诊",
    "平稳",
    138.0,
    "",
)


def test_a_sound_row_is_read_whatever_stands_above_the_headings() -> None:
    read = read_sheet([("洪山镇卫生院随访表",), (), HEADINGS, SOUND, (None, "")], READING)

    assert read is not None
    (row,) = read
    assert (row.number, row.faults) == (4, ())
    assert row.said == SheetFollowUp(
        name="张桂花",
        id_tail="0012",
        programme=WORDS.programmes["高血压随访"],
        done_on=date(2026, 11, 18),
        way=FollowUpWay.IN_CLINIC,
        result=FollowUpResult.STABLE,
        readings={Vital.SYSTOLIC: Decimal(138)},
        note="",
    )


def test_the_needed_columns_alone_are_enough_and_their_order_is_free() -> None:
    (row,) = read_sheet([HEADINGS[5::-1], SOUND[5::-1]], READING) or ()

    assert row.faults == ()
    assert row.said is not None
    assert (row.said.name, row.said.readings, row.said.note) == ("张桂花", {}, "")


def test_a_row_that_ends_early_says_nothing_in_the_columns_it_lacks() -> None:
    """A spreadsheet leaves out the empty cells at the end of a row."""
    (row,) = read_sheet([HEADINGS, SOUND[:6]], READING) or ()

    assert row.faults == ()


def test_every_reading_and_the_note_are_read_and_today_is_no_day_to_come() -> None:
    headings = (*HEADINGS[:6], LABEL("follow_up_columns", Column.GLUCOSE), "备注")
    (row,) = (
        read_sheet([headings, (*SOUND[:3], TODAY.isoformat(), *SOUND[4:6], "6.1", "复查")], READING) or ()
    )

    assert row.said is not None
    assert row.said.readings == {Vital.GLUCOSE: Decimal("6.1")}
    assert (row.said.done_on, row.said.note) == (TODAY, "复查")


@pytest.mark.parametrize(
    ("written", "tail"),
    [("37030219500305001x", "001X"), ("0012", "0012"), ("00X2", ""), ("A012", ""), ("012", ""), ("001Y", "")],
)
def test_the_end_of_an_id_number_is_three_figures_and_a_figure_or_x(written: str, tail: str) -> None:
    (row,) = read_sheet([HEADINGS, (SOUND[0], written, *SOUND[2:])], READING) or ()

    assert (row.said.id_tail if row.said else "") == tail
    assert [fault.code for fault in row.faults] == ([] if tail else [FaultCode.BAD_ID])


def test_each_needed_cell_that_is_empty_is_told_once() -> None:
    (row,) = read_sheet([HEADINGS, (*[None] * 6, 120, "")], READING) or ()

    assert row.faults == tuple(Fault(code=FaultCode.MISSING, column=column) for column in NEEDED)


def test_a_fault_says_what_could_stand_there() -> None:
    """J-75: a wrong word is answered with the words that are known, an impossible value with its bounds."""
    (row,) = read_sheet([HEADINGS, (*SOUND[:4], "飞鸽", "不知", 1380, "")], READING) or ()

    assert row.faults == (
        Fault(code=FaultCode.UNKNOWN_WORD, column=Column.WAY, known=tuple(WORDS.ways)),
        Fault(code=FaultCode.UNKNOWN_WORD, column=Column.RESULT, known=tuple(WORDS.results)),
        Fault(code=FaultCode.IMPOSSIBLE, column=Column.SYSTOLIC, known=("50-300",)),
    )


def test_days_are_read_as_offices_write_them() -> None:
    rows = [
        (*SOUND[:3], day, *SOUND[4:])
        for day in ("2026/11/8", "2026年11月8日", "20261108", "2026-11-08T00:00:00")
    ]

    read = read_sheet([HEADINGS, *rows], READING) or ()

    assert [row.said.done_on if row.said else row.faults for row in read] == [date(2026, 11, 8)] * 4


def test_a_faulty_row_names_every_column_at_once() -> None:
    faulty: tuple[CellValue, ...] = ("", "abc", "血压", "明天", "门诊", "平稳", 1380, "")

    (row,) = read_sheet([HEADINGS, faulty], READING) or ()

    assert row.said is None
    assert [(fault.code, fault.column) for fault in row.faults] == [
        (FaultCode.MISSING, Column.NAME),
        (FaultCode.BAD_ID, Column.ID_TAIL),
        (FaultCode.UNKNOWN_WORD, Column.PROGRAMME),
        (FaultCode.BAD_DAY, Column.DONE_ON),
        (FaultCode.IMPOSSIBLE, Column.SYSTOLIC),
    ]


def test_a_day_to_come_is_no_follow_up() -> None:
    (row,) = read_sheet([HEADINGS, (*SOUND[:3], "2026-12-31", *SOUND[4:])], READING) or ()

    assert row.faults == (Fault(code=FaultCode.DAY_IN_FUTURE, column=Column.DONE_ON),)


def test_without_the_needed_headings_nothing_is_guessed() -> None:
    assert read_sheet([("姓名", "电话"), ("张桂花", "139")], READING) is None


def test_a_word_for_a_number_and_a_day_that_never_was_are_faults() -> None:
    (row,) = read_sheet([HEADINGS, (*SOUND[:3], "2026-13-40", *SOUND[4:6], "偏高", "")], READING) or ()

    assert [(fault.code, fault.column) for fault in row.faults] == [
        (FaultCode.BAD_DAY, Column.DONE_ON),
        (FaultCode.NOT_A_NUMBER, Column.SYSTOLIC),
    ]


def test_a_heading_may_have_spaces_a_line_end_and_its_unit() -> None:
    """A pressure of 190 below 收缩压（mmHg） was left out, and the row called sound."""
    headings = ("姓 名", "身份证\n号", *HEADINGS[2:6], "收缩压（mmHg）", "高压")

    (row,) = read_sheet([headings, (*SOUND[:6], 190, 190)], READING) or ()

    assert row.said is not None
    assert row.said.readings == {Vital.SYSTOLIC: Decimal(190)}
    assert unread_headings([("某院随访表",), headings], WORDS) == ("高压",)
    assert unread_headings([("姓名", "电话")], WORDS) == ()


def test_of_two_columns_of_one_heading_the_first_is_read_and_the_other_told() -> None:
    headings = (*HEADINGS[:6], "收缩压", "收缩压")

    (row,) = read_sheet([headings, (*SOUND[:6], 150, 130)], READING) or ()

    assert row.said is not None
    assert row.said.readings == {Vital.SYSTOLIC: Decimal(150)}
    assert unread_headings([headings], WORDS) == ("收缩压",)


@pytest.mark.parametrize("day", ["2026111", "2026-1118", "202611"])
def test_figures_that_are_two_days_are_none(day: str) -> None:
    (row,) = read_sheet([HEADINGS, (*SOUND[:3], day, *SOUND[4:])], READING) or ()

    assert row.faults == (Fault(code=FaultCode.BAD_DAY, column=Column.DONE_ON),)


def test_an_upper_pressure_below_the_lower_one_is_sent_back() -> None:
    headings = (*HEADINGS[:6], "收缩压", "舒张压")

    read = read_sheet([headings, (*SOUND[:6], 80, 130), (*SOUND[:6], 130, 80)], READING) or ()

    assert [row.faults for row in read] == [
        (Fault(code=FaultCode.PRESSURE_SWAPPED, column=Column.SYSTOLIC),),
        (),
    ]
