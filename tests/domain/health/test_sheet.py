"""A sheet of follow-ups (J-75): what a row says, and everything that is wrong in it at once."""

from datetime import date
from decimal import Decimal

from shared.domain.health.codes import FollowUpResult, FollowUpWay, Vital
from shared.domain.health.sheet import CellValue, Column, FaultCode, Reading, SheetWords, read_sheet
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
    assert row.said is not None
    assert (row.said.id_tail, row.said.done_on) == ("0012", date(2026, 11, 18))
    assert row.said.readings == {Vital.SYSTOLIC: Decimal(138)}


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

    assert [fault.code for fault in row.faults] == [FaultCode.DAY_IN_FUTURE]


def test_without_the_needed_headings_nothing_is_guessed() -> None:
    assert read_sheet([("姓名", "电话"), ("张桂花", "139")], READING) is None


def test_a_word_for_a_number_and_a_day_that_never_was_are_faults() -> None:
    (row,) = read_sheet([HEADINGS, (*SOUND[:3], "2026-13-40", *SOUND[4:6], "偏高", "")], READING) or ()

    assert [(fault.code, fault.column) for fault in row.faults] == [
        (FaultCode.BAD_DAY, Column.DONE_ON),
        (FaultCode.NOT_A_NUMBER, Column.SYSTOLIC),
    ]
