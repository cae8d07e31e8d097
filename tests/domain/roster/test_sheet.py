"""Where the table of a sheet begins and ends, and which of its columns are read (§3.1)."""

import pytest

from services.care_register.rosters.words import words_for
from shared.domain.codes import Circumstance
from shared.domain.errors import Invalid
from shared.domain.roster.cells import letters
from shared.domain.roster.findings import Verdict
from shared.domain.roster.reading import read_roster
from shared.domain.roster.sheet import (
    Sheet,
    Unread,
    find_table,
    the_roster_in,
    unread_columns,
)
from shared.domain.roster.words import RosterWords
from shared.policies.book import own_book
from tests.domain.roster.test_reading import ANNEX, MAN, TODAY, WOMAN, Row, annex_row, read


@pytest.fixture(scope="module")
def words() -> RosterWords:
    return words_for(own_book().in_force("zibo_zichuan", TODAY))


def test_titles_above_and_signatures_below_are_no_elders(words: RosterWords) -> None:
    empty = (None,) * 9
    signatures = ("填表人：", None, None, None, None, None, "分管领导：", None, None)
    assert [reading.row for reading in read(words, annex_row(), empty, signatures)] == [4]


def test_a_sheet_without_headings_is_no_roster(words: RosterWords) -> None:
    assert find_table(Sheet(rows=(("随便", "写的"), ("张三", "李四"))), words) is None


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    named = [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)]
    assert named == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_sum_and_the_headings_of_another_page_are_nobody(words: RosterWords) -> None:
    """合计 among those to be confirmed would be enrolled by 全部入库."""
    readings = read(words, annex_row(), annex_row(name="合 计", sex=2), ANNEX, annex_row(id=MAN, sex="男"))

    assert [each.row for each in readings if each.name] == [4, 7]


def test_headings_in_two_lines_are_read_as_one(words: RosterWords) -> None:
    """Numbers below 基本情况 were read by nobody, and all elders were about to come in without one."""
    first = ("序号", "姓名", "基本情况", None, None, "家庭住址", "类别", "身体能力", "备注")
    second = (None, "姓名", "性别", "年龄", "身份证号", None, None, None, None)

    sheet = Sheet(rows=(first, second, annex_row()))
    table = find_table(sheet, words)

    assert table is not None
    assert (table.heading_row, unread_columns(sheet, table, words)) == (2, ())
    (reading,) = read_roster(sheet, table, words, today=TODAY)
    assert (reading.row, reading.id_number, reading.verdict) == (3, WOMAN, Verdict.ACCEPTED)


def test_a_row_without_a_name_is_sent_back_and_not_passed_over(words: RosterWords) -> None:
    """An elder whose name and number are both missing was left out without a word."""
    nobody = annex_row(name=None, id=None)
    bare = annex_row(name=None, id=None, sex=None)

    (reading,) = read(words, nobody, bare)

    assert (reading.row, reading.verdict) == (4, Verdict.REFUSED)


def test_a_heading_is_known_with_what_it_adds_in_brackets(words: RosterWords) -> None:
    heading = ("姓 名", "性别", "身份证号码（18位）", "现住址", "人员类别")
    (reading,) = read(words, ("吕秀", "女", WOMAN, "南村63号", "留守"), heading=heading)

    assert (reading.id_number, reading.address) == (WOMAN, "南村63号")
    assert reading.circumstances == (Circumstance.LEFT_BEHIND,)


def test_the_sheet_with_the_table_is_read_and_a_second_table_is_never_left_out(words: RosterWords) -> None:
    guide = Sheet(name="填写说明", rows=(("请按原表填写",),))
    first, second = (Sheet(name=name, rows=(ANNEX, annex_row())) for name in ("一村", "二村"))

    assert the_roster_in([guide, first], words) is first
    assert the_roster_in([guide], words) is guide
    with pytest.raises(Invalid, match="several_tables") as refused:
        the_roster_in([first, guide, second], words)
    assert refused.value.params["sheets"] == ["一村", "二村"]


def unread(words: RosterWords, *rows: Row) -> list[tuple[str, str, Unread]]:
    sheet = Sheet(rows=rows)
    table = find_table(sheet, words)
    assert table is not None
    return [(each.letters, each.heading, each.why) for each in unread_columns(sheet, table, words)]


def test_every_column_that_nothing_is_taken_from_is_named_with_why(words: RosterWords) -> None:
    """It was passed over silently: an office took for known what nobody had read."""
    heading = (*ANNEX, "文化 程度（学历）", "住址", None)
    whole = (*annex_row(), "小学", "北村9号", None)
    wider = (*annex_row(number=2), None, None, " ", "有轮椅")

    assert unread(words, heading, whole, wider) == [
        ("J", "文化程度（学历）", Unread.UNKNOWN),
        ("K", "住址", Unread.DOUBLE),
        ("M", "", Unread.UNNAMED),
    ]


def test_of_a_sheet_that_is_read_whole_no_column_is_named(words: RosterWords) -> None:
    """Nor one that is empty, nor what stands above the headings or beside a sum."""
    sums = (None, "合计", None, 12, None, None, None, None, None, "以上属实")
    assert unread(words, ("镇（办）：洪山镇",), (*ANNEX, None), annex_row(), sums) == []
