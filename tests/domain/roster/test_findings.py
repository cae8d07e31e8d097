"""What a finding says besides its code: the column, and the words that go into its sentence."""

import pytest

from services.care_register.rosters.words import words_for
from shared.domain.codes import Circumstance
from shared.domain.roster.cells import CellValue
from shared.domain.roster.findings import Finding, FindingCode, Verdict
from shared.domain.roster.reading import RowReading
from shared.domain.roster.words import Column, RosterWords
from shared.policies.book import own_book
from tests.domain.roster.test_reading import (
    AGREED,
    LIST,
    MAN,
    MISTYPED,
    TODAY,
    WOMAN,
    an_id_number,
    annex_row,
    read,
)


@pytest.fixture(scope="module")
def words() -> RosterWords:
    return words_for(own_book().in_force("zibo_zichuan", TODAY))


def the_finding(reading: RowReading, code: FindingCode) -> Finding:
    return next(each for each in reading.findings if each.code is code)


def a_list_row(**changes: CellValue) -> tuple[CellValue, ...]:
    row: dict[str, CellValue] = dict.fromkeys(LIST)
    row |= {"姓名": "仇义明", "性别": "女", "身份证号": WOMAN, "居住地址": "辽源西路1240弄"}
    return tuple({**row, **changes}.values())


def agreed_row(said: str) -> tuple[CellValue, ...]:
    return ("老人", "女", WOMAN, "江浦路1弄", None, "独居", "慢病", said, None)


@pytest.mark.parametrize(
    ("changes", "code", "column", "params"),
    [
        ({"id": MISTYPED}, FindingCode.ID_WRONG_CHECK, Column.ID_NUMBER, {"length": "18"}),
        ({"sex": "F"}, FindingCode.SEX_UNKNOWN_WORD, Column.SEX, {"word": "F"}),
        ({"age": 76}, FindingCode.AGE_DIFFERS, Column.AGE, {"written": "76", "computed": "81"}),
        ({"ability": "还行"}, FindingCode.ABILITY_UNKNOWN_WORD, Column.ABILITY, {"word": "还行"}),
        (
            {"category": "重残", "remark": "残疾证三级"},
            FindingCode.SEVERE_BUT_LIGHT_CARD,
            Column.REMARK,
            {"level": "3"},
        ),
        (
            {"id": an_id_number("19661223"), "age": 59},
            FindingCode.UNDER_SIXTY,
            Column.ID_NUMBER,
            {"age": "59", "needed": "60"},
        ),
    ],
)
def test_a_finding_names_its_column_and_what_was_written(
    words: RosterWords,
    changes: dict[str, CellValue],
    code: FindingCode,
    column: Column,
    params: dict[str, str],
) -> None:
    (reading,) = read(words, annex_row(**changes))
    found = the_finding(reading, code)

    assert (found.column, dict(found.params)) == (column, params)


def test_on_the_sixtieth_birthday_somebody_is_old_enough(words: RosterWords) -> None:
    today, tomorrow = read(
        words,
        annex_row(id=an_id_number("19661121"), age=59),
        annex_row(id=an_id_number("19661122"), age=59),
    )

    assert FindingCode.UNDER_SIXTY not in [each.code for each in today.findings]
    assert the_finding(tomorrow, FindingCode.UNDER_SIXTY)


def test_a_care_level_in_unknown_words_is_kept_as_a_question(words: RosterWords) -> None:
    (reading,) = read(words, a_list_row(照护等级="重度"), heading=LIST)
    found = the_finding(reading, FindingCode.CARE_LEVEL_UNKNOWN_WORD)

    assert (found.cell, found.column, dict(found.params)) == ("G4", Column.CARE_LEVEL, {"word": "重度"})
    assert reading.facts.care_level is None
    assert Circumstance.CARE_DEPENDENT not in reading.circumstances


def test_care_insurance_at_work_is_care_dependence_without_a_level(words: RosterWords) -> None:
    (insured,) = read(words, a_list_row(长护险="长护险服务中"), heading=LIST)
    (applied,) = read(words, a_list_row(长护险="申请中"), heading=LIST)

    assert Circumstance.CARE_DEPENDENT in insured.circumstances
    assert Circumstance.CARE_DEPENDENT not in applied.circumstances


def test_a_light_card_is_a_card_and_no_severe_disability(words: RosterWords) -> None:
    (reading,) = read(words, annex_row(remark="残疾证三级"))

    assert (reading.facts.disability_level, reading.facts.has_disability_card) == (3, True)
    assert Circumstance.SEVERE_DISABILITY not in reading.circumstances


def test_a_card_that_cannot_be_read_is_said_and_decides_nothing(words: RosterWords) -> None:
    (reading,) = read(words, a_list_row(残疾证号="12345"), heading=LIST)
    found = the_finding(reading, FindingCode.CARD_WRONG)

    assert (found.cell, found.column) == ("F4", Column.CARD)
    assert (reading.facts.disability_level, reading.facts.has_disability_card) == (None, False)


def test_an_agreement_in_unknown_words_stays_as_a_note_and_a_question(words: RosterWords) -> None:
    (reading,) = read(words, agreed_row("看情况"), heading=AGREED)
    found = the_finding(reading, FindingCode.AGREEMENT_UNKNOWN_WORD)

    assert (found.cell, found.column, dict(found.params)) == ("H4", Column.AGREEMENT, {"word": "看情况"})
    assert reading.notes == ("看情况",)


def test_refusing_visits_and_agreed_days_are_read_and_kept(words: RosterWords) -> None:
    declines, days = read(words, agreed_row("拒绝上门"), agreed_row("每周二、五电话"), heading=AGREED)
    found = the_finding(declines, FindingCode.DECLINES_VISITS)

    assert (found.cell, found.column) == ("H4", Column.AGREEMENT)
    assert (days.agreed_weekdays, days.notes) == ((2, 5), ("每周二、五电话",))


def test_remarks_stay_as_written(words: RosterWords) -> None:
    (reading,) = read(words, annex_row(remark="耳背，请大声"))

    assert reading.notes == ("耳背，请大声",)


@pytest.mark.parametrize("body", ["健康", "自理", "行动不便", "慢病"])
def test_only_who_is_healthy_contradicts_care_dependence(words: RosterWords, body: str) -> None:
    row = ("老人", "女", WOMAN, "江浦路1弄", None, "失能", body, None, None)
    (reading,) = read(words, row, heading=AGREED)
    contradicts = FindingCode.DEPENDENT_BUT_ABLE in [each.code for each in reading.findings]

    assert contradicts == (body == "健康")


def test_a_sex_that_the_number_says_wins_and_a_written_one_fills_the_gap(words: RosterWords) -> None:
    numbered, written = read(words, annex_row(id=MAN, sex="男", age=73), annex_row(id=None, sex="女"))

    assert (numbered.sex, written.sex) == ("male", "female")


@pytest.mark.parametrize(
    ("cell", "changes", "word"),
    [
        ("B4", {"name": "吕秀（已故）"}, "已故"),
        ("B4", {"name": "吕秀 2026.3迁出"}, "迁出"),
        ("I4", {"remark": "已于2026年3月去世"}, "去世"),
        ("I4", {"remark": "迁出 26-3"}, "迁出"),
    ],
)
def test_a_row_that_says_that_the_elder_has_gone_is_looked_at_before_it_is_taken_in(
    words: RosterWords, cell: str, changes: dict[str, CellValue], word: str
) -> None:
    (reading,) = read(words, annex_row(**changes))
    found = the_finding(reading, FindingCode.SAYS_GONE)

    assert (found.cell, dict(found.params)) == (cell, {"word": word})
    assert reading.verdict is Verdict.NEEDS_CONFIRMING


@pytest.mark.parametrize("remark", ["老伴去世", "独生子女死亡", "女儿已迁出", "2026年3月摸底", None])
def test_what_befell_the_family_is_not_taken_for_the_elder(words: RosterWords, remark: str | None) -> None:
    (reading,) = read(words, annex_row(remark=remark))

    assert FindingCode.SAYS_GONE not in [each.code for each in reading.findings]
