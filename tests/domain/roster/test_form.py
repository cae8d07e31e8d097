"""附件1 is about one person: its labels with what stands beside them are read as one row of a list (Z-95)."""

import pytest

from services.care_register.rosters.words import words_for
from shared.domain.codes import Ability, Circumstance
from shared.domain.facts import AssessedAbility
from shared.domain.id_numbers import Sex
from shared.domain.roster.cells import CellValue
from shared.domain.roster.reading import RowReading, read_roster
from shared.domain.roster.sheet import Sheet, find_table, unread_columns
from shared.domain.roster.words import RosterWords
from shared.policies.book import own_book
from tests.domain.roster.test_reading import MISTYPED, TODAY, WOMAN, Row, found

TITLE: tuple[Row, ...] = (("特殊困难老年人探访关爱服务摸底表",), ("2026年10月8日",))
FAMILY: tuple[Row, ...] = (("家 庭 成 员",), ("姓名", None, "关系", None, "联系方式", None))
SERVICES: tuple[Row, ...] = (
    ("探 访 关 爱 服 务 内 容",),
    ("健康管理", "√", "精神慰藉", "□", "其他", "陪诊"),
    ("居家安全", None, "环境卫生", "☑", None, None),
)


@pytest.fixture(scope="module")
def words() -> RosterWords:
    return words_for(own_book().in_force("zibo_zichuan", TODAY))


def about(number: CellValue = WOMAN) -> tuple[Row, ...]:
    """The head as we print it, the cells of its labels one column wide."""
    return (
        ("姓名", "吕秀", "性别", "女", "年龄", 81),
        ("身份证号码", number, None, None, None, None),
        ("类别", "留守、独居", None, "身体能力", "中度失能", None),
        ("家庭住址", "洪山镇南村63号", None, None, None, None),
    )


def read(words: RosterWords, *rows: Row) -> RowReading:
    sheet = Sheet(rows=(*TITLE, *rows))
    table = find_table(sheet, words)
    assert table is not None
    assert unread_columns(sheet, table, words) == ()
    (reading,) = read_roster(sheet, table, words, today=TODAY)
    return reading


def test_the_form_of_one_elder_is_read_with_its_family_and_what_is_ticked(words: RosterWords) -> None:
    family: tuple[Row, ...] = (("李红", None, "女儿", None, "13900001234", None), (None,) * 6, ("邻居老张",))

    reading = read(words, *about(), *FAMILY, *family, *SERVICES)

    assert (reading.row, reading.name, reading.id_number, reading.sex) == (3, "吕秀", WOMAN, Sex.FEMALE)
    assert reading.address == "洪山镇南村63号"
    assert set(reading.circumstances) == {Circumstance.LEFT_BEHIND, Circumstance.LIVING_ALONE}
    assert reading.facts.ability == AssessedAbility(level=Ability.MODERATE)
    assert reading.contacts == "李红 女儿 13900001234\n邻居老张"
    assert reading.notes == ("探访关爱服务内容 健康管理√ 其他陪诊 环境卫生☑",)
    assert found(reading) == []


def test_a_form_with_nothing_below_the_head_and_wide_labels_is_read_too(words: RosterWords) -> None:
    wide: tuple[Row, ...] = (
        ("姓名", None, "吕秀", "性别", "女", "年龄", 81),
        ("身份证号码", None, MISTYPED),
        ("类别", None, None, "身体能力", None),
    )

    reading = read(words, *wide)

    assert (reading.name, reading.contacts, reading.notes) == ("吕秀", "", ())
    assert {"C4", "B5", "E5"} >= {cell for _, cell in found(reading)}
    assert ("id_wrong_check", "C4") in found(reading)


def test_what_was_not_written_down_is_looked_for_where_it_belongs(words: RosterWords) -> None:
    blank: tuple[Row, ...] = (("姓名", None, "性别", None, "年龄", None), ("身份证号码", None))

    codes = found(read(words, *blank, *FAMILY, *SERVICES[:1], ("健康管理", None)))

    assert codes[:2] == [("name_missing", "B3"), ("id_missing", "B4")]
