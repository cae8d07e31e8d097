"""What the reader makes of a row: every finding with its cell, and nothing guessed (§3.1, domain §0.2-7)."""

from datetime import date

import pytest

from services.care_register.rosters.words import words_for
from shared.domain.codes import Ability, Circumstance, Health, Mobility
from shared.domain.facts import AssessedAbility, ElderFacts
from shared.domain.id_numbers import check_character
from shared.domain.roster.cells import CellValue
from shared.domain.roster.findings import VERDICTS, FindingCode, Verdict
from shared.domain.roster.reading import InRegister, RowReading, read_roster
from shared.domain.roster.sheet import Sheet, find_table
from shared.domain.roster.words import RosterWords
from shared.policies.book import own_book

TODAY = date(2026, 11, 21)
ANNEX = ("序号", "姓名", "性别", "年龄", "身份证号", "家庭住址", "类别", "身体能力", "备注")
LIST = ("姓名", "性别", "身份证号", "居住地址", "联系电话", "残疾证号", "照护等级", "长护险", "备注")
AGREED = ("姓名", "性别", "身份证号", "居住地址", "联系电话", "居住类型", "身体状况", "探访约定", "备注")


Row = tuple[CellValue, ...]


def an_id_number(birth: str, *, sequence: int = 974) -> str:
    """A synthetic number of Zichuan; an even sequence is a woman's."""
    body = f"370302{birth}{sequence}"
    return body + check_character(body)


WOMAN = an_id_number("19450626")
MISTYPED = WOMAN[:17] + ("0" if WOMAN[17] != "0" else "1")
MAN = an_id_number("19530216", sequence=977)


@pytest.fixture(scope="module")
def words() -> RosterWords:
    return words_for(own_book().in_force("zibo_zichuan", TODAY))


def annex_row(**changes: CellValue) -> tuple[CellValue, ...]:
    row = {
        "number": 1,
        "name": "吕秀",
        "sex": "女",
        "age": 81,
        "id": WOMAN,
        "address": "洪山镇南村63号",
        "category": "留守",
        "ability": "能力完好",
        "remark": None,
    }
    return tuple({**row, **changes}.values())


def read(words: RosterWords, *rows: Row, heading: tuple[str, ...] = ANNEX) -> list[RowReading]:
    title = (("特殊困难老年人探访关爱服务汇总表",), ("镇（办）：洪山镇", "2026年11月1日"))
    sheet = Sheet(rows=(*title, heading, *rows))
    table = find_table(sheet, words)
    assert table is not None
    return read_roster(sheet, table, words, today=TODAY)


def found(reading: RowReading) -> list[tuple[str, str]]:
    return [(each.code.value, each.cell) for each in reading.findings]


def test_a_clean_row_is_accepted_without_a_word(words: RosterWords) -> None:
    (reading,) = read(words, annex_row())
    assert (reading.verdict, reading.findings) == (Verdict.ACCEPTED, ())
    assert (reading.name, reading.id_number, reading.birth_on) == ("吕秀", WOMAN, date(1945, 6, 26))
    assert reading.circumstances == (Circumstance.LEFT_BEHIND,)
    assert reading.facts.ability is not None
    assert reading.facts.ability.level is Ability.INTACT


def test_a_row_says_where_it_stands_and_all_that_it_tells(words: RosterWords) -> None:
    """What it leaves out stays unknown: nothing is filled in."""
    (reading,) = read(words, annex_row(name="吕 秀"))

    assert (reading.row, reading.name, reading.name_cell, reading.number_cell) == (4, "吕秀", "B4", "E4")
    assert reading.address == "洪山镇南村63号"
    assert reading.facts == ElderFacts(
        birth_on=date(1945, 6, 26),
        circumstances=(Circumstance.LEFT_BEHIND,),
        ability=AssessedAbility(level=Ability.INTACT),
    )


def test_two_rows_without_a_number_are_one_elder_by_name_and_address(words: RosterWords) -> None:
    first, again, elsewhere = read(
        words, annex_row(id=None), annex_row(id=None), annex_row(id=None, address="洪山镇北村1号")
    )

    assert ("twice_in_sheet", "E5") in found(again)
    assert "twice_in_sheet" not in {code for each in (first, elsewhere) for code, _ in found(each)}


@pytest.mark.parametrize(
    ("changes", "code", "cell", "verdict"),
    [
        ({"id": 3.703021945062697e17}, FindingCode.ID_LOST_DIGITS, "E4", Verdict.REFUSED),
        ({"id": MISTYPED}, FindingCode.ID_WRONG_CHECK, "E4", Verdict.REFUSED),
        ({"id": WOMAN[:6] + WOMAN[8:17]}, FindingCode.ID_CONVERTED, "E4", Verdict.NEEDS_CONFIRMING),
        ({"id": "　".join([WOMAN[:6], WOMAN[6:]])}, FindingCode.ID_NORMALISED, "E4", Verdict.ACCEPTED),
        ({"id": '=A4&"1"'}, FindingCode.ID_IS_FORMULA, "E4", Verdict.REFUSED),
        ({"id": None}, FindingCode.ID_MISSING, "E4", Verdict.NEEDS_CONFIRMING),
        ({"age": 76}, FindingCode.AGE_DIFFERS, "D4", Verdict.NEEDS_CONFIRMING),
        ({"age": 82}, FindingCode.AGE_NEARLY, "D4", Verdict.ACCEPTED),
        ({"sex": "男"}, FindingCode.SEX_DIFFERS, "C4", Verdict.NEEDS_CONFIRMING),
        ({"sex": "F"}, FindingCode.SEX_UNKNOWN_WORD, "C4", Verdict.NEEDS_CONFIRMING),
        ({"category": "五保"}, FindingCode.CATEGORY_UNKNOWN_WORD, "G4", Verdict.NEEDS_CONFIRMING),
        ({"category": None}, FindingCode.CATEGORY_MISSING, "G4", Verdict.NEEDS_CONFIRMING),
        ({"ability": "还行"}, FindingCode.ABILITY_UNKNOWN_WORD, "H4", Verdict.NEEDS_CONFIRMING),
        ({"ability": None}, FindingCode.ABILITY_MISSING, "H4", Verdict.ACCEPTED),
        ({"category": "失能"}, FindingCode.DEPENDENT_BUT_ABLE, "H4", Verdict.NEEDS_CONFIRMING),
        (
            {"category": "重残", "remark": "残疾证三级"},
            FindingCode.SEVERE_BUT_LIGHT_CARD,
            "I4",
            Verdict.NEEDS_CONFIRMING,
        ),
        ({"remark": "=1+1"}, FindingCode.FORMULA_AS_TEXT, "I4", Verdict.ACCEPTED),
        ({"remark": "电话1390000888"}, FindingCode.PHONE_WRONG, "I4", Verdict.ACCEPTED),
        ({"name": None}, FindingCode.NAME_MISSING, "B4", Verdict.REFUSED),
        ({"id": an_id_number("19661223"), "age": 59}, FindingCode.UNDER_SIXTY, "E4", Verdict.REFUSED),
    ],
)
def test_each_trouble_is_named_with_its_cell(
    words: RosterWords, changes: dict[str, CellValue], code: FindingCode, cell: str, verdict: Verdict
) -> None:
    (reading,) = read(words, annex_row(**changes))
    assert (code.value, cell) in found(reading)
    assert reading.verdict is verdict


def test_a_lost_number_does_not_come_back_as_another_one(words: RosterWords) -> None:
    """Refused means that nothing of the number is kept as if it were one."""
    (reading,) = read(words, annex_row(id=3.703021945062697e17))
    assert (reading.id_number, reading.birth_on) == ("", None)


def test_a_disability_card_restores_the_number_that_a_spreadsheet_cut(words: RosterWords) -> None:
    row = (
        "仇义明",
        "女",
        float(int(WOMAN[:15]) * 1000),
        "辽源西路1240弄",
        None,
        f"{WOMAN}31",
        "照护五级",
        None,
        None,
    )
    (reading,) = read(words, row, heading=LIST)
    assert (reading.id_number, found(reading)) == (WOMAN, [("id_from_card", "C4")])
    assert (reading.facts.disability_level, reading.facts.care_level) == (1, 5)
    assert reading.circumstances == (Circumstance.SEVERE_DISABILITY,)


@pytest.mark.parametrize(
    ("place", "level", "is_dependent"),
    [
        ("shanghai_jiangpu", "照护一级", False),
        ("shanghai_jiangpu", "照护二级", True),
        ("shanghai_jiangpu", "正常", False),
        ("zibo_zichuan", "照护五级", False),
    ],
)
def test_a_care_level_is_dependence_from_the_one_that_the_plan_names(
    place: str, level: str, *, is_dependent: bool
) -> None:
    """S1:L38, L48: no scale is converted into another; a plan that names no level takes none for 失能."""
    words = words_for(own_book().in_force(place, TODAY))
    row = ("仇义明", "女", WOMAN, "辽源西路1240弄", None, None, level, None, None)
    (reading,) = read(words, row, heading=LIST)
    assert (Circumstance.CARE_DEPENDENT in reading.circumstances) is is_dependent


def test_the_card_of_another_person_is_noticed(words: RosterWords) -> None:
    row = ("仇义明", "女", WOMAN, "辽源西路1240弄", None, f"{MAN}31", "照护五级", None, None)
    (reading,) = read(words, row, heading=LIST)
    assert ("card_of_another", "F4") in found(reading)


def test_what_was_agreed_becomes_a_state_agreed_days_or_a_note(words: RosterWords) -> None:
    """domain §0.2-7: 拒绝上门 is a state, 每周二、五电话 are days, 子女每周来 lowers nothing."""
    rows = [
        (f"老人{place}", "女", WOMAN, "江浦路1弄", "021-55001500", "独居", "慢病", said, None)
        for place, said in enumerate(["拒绝上门", "每周二、五电话", "子女每周来", None])
    ]
    declines, days, note, nothing = read(words, *rows, heading=AGREED)
    assert declines.declines_visits
    assert (days.declines_visits, days.agreed_weekdays) == (False, (2, 5))
    assert (note.agreed_weekdays, note.notes) == ((), ("子女每周来",))
    assert (nothing.agreed_weekdays, nothing.notes) == ((), ())


@pytest.mark.parametrize(
    ("said", "health", "mobility"),
    [
        ("健康", Health.GOOD, None),
        ("慢病", Health.CHRONIC_STABLE, None),
        ("自理", None, Mobility.SELF_CARING),
        ("行动不便", None, Mobility.LIMITED),
    ],
)
def test_a_word_about_the_body_says_one_thing_and_no_more(
    words: RosterWords, said: str, health: Health | None, mobility: Mobility | None
) -> None:
    row = ("老人", "女", WOMAN, "江浦路1弄", None, "独居", said, None, None)
    (reading,) = read(words, row, heading=AGREED)
    assert (reading.facts.health, reading.facts.mobility) == (health, mobility)
    assert reading.facts.ability is None


def test_telephones_are_taken_from_their_column_and_from_remarks(words: RosterWords) -> None:
    (reading,) = read(words, annex_row(remark="电话0533-5000119；女儿13900001234"))
    assert reading.phones == ("05335000119", "13900001234")


@pytest.mark.parametrize(
    ("cell", "phones", "notes", "codes"),
    [
        ("13800000000/021-55001234", ("13800000000", "02155001234"), ("13800000000/021-55001234",), []),
        ("女儿13900001234", ("13900001234",), ("女儿13900001234",), []),
        ("1390000888", (), ("1390000888",), ["phone_wrong"]),
        ("问居委", (), ("问居委",), ["phone_wrong"]),
        ("13800000000", ("13800000000",), (), []),
        ("=A1", (), (), ["formula_as_text"]),
    ],
)
def test_the_cell_of_the_telephone_loses_no_number_and_no_word(
    words: RosterWords, cell: str, phones: tuple[str, ...], notes: tuple[str, ...], codes: list[str]
) -> None:
    """Two numbers in a cell are usual; both went, though the page said that they stay as a remark."""
    row = ("老人", "女", WOMAN, "南村63号", cell, "独居", "自理", None, None)
    (reading,) = read(words, row, heading=AGREED)

    assert (reading.phones, reading.notes) == (phones, notes)
    assert found(reading) == [(code, "E4") for code in codes]


def test_an_address_that_is_a_formula_is_not_taken_in(words: RosterWords) -> None:
    (reading,) = read(words, annex_row(address='="洪山镇"&A1'))

    assert (reading.address, reading.verdict) == ("", Verdict.ACCEPTED)
    assert found(reading) == [("formula_as_text", "F4")]


def test_one_number_beside_two_names_is_no_second_row_of_an_elder(words: RosterWords) -> None:
    """One of the two numbers is a slip: who confirms must not read that both are the same person."""
    first, second = read(words, annex_row(), annex_row(name="陈明", sex="女"))

    assert found(first) == []
    assert [(each.code, dict(each.params)) for each in second.findings] == [
        (FindingCode.TWICE_OTHER_NAME, {"row": "4"})
    ]
    assert second.verdict is Verdict.NEEDS_CONFIRMING


def test_the_second_row_of_an_elder_is_marked_and_the_first_is_not(words: RosterWords) -> None:
    first, second = read(words, annex_row(), annex_row(address="洪山镇北村1号"))
    assert found(first) == []
    assert [(each.code, dict(each.params)) for each in second.findings] == [
        (FindingCode.TWICE_IN_SHEET, {"row": "4"})
    ]


def test_what_the_register_says_is_part_of_the_preview(words: RosterWords) -> None:
    sheet = Sheet(rows=(ANNEX, annex_row(id=None)))
    table = find_table(sheet, words)
    assert table is not None
    names, numbers = (True, False, True), (True, True, False)
    codes = ("in_register", "in_register_other_name", "in_register_same_door")
    for name, number, code in zip(names, numbers, codes, strict=True):
        known = InRegister(is_same_name=name, is_same_number=number)
        (reading,) = read_roster(sheet, table, words, today=TODAY, known=lambda _, known=known: known)
        assert found(reading) == [(code, "B2")]


def test_the_date_of_the_sheet_is_the_day_of_its_ages(words: RosterWords) -> None:
    (reading,) = read(words, annex_row(id=an_id_number("19451110", sequence=974), age=80))
    assert found(reading) == []


def test_every_finding_has_a_verdict() -> None:
    assert set(VERDICTS) == set(FindingCode)


def test_a_card_whose_number_does_not_fit_restores_nothing(words: RosterWords) -> None:
    cut = float(int(WOMAN[:15]) * 1000)
    row = ("仇义明", "女", cut, "辽源西路1240弄", None, f"{MAN}31", "照护五级", None, None)
    (reading,) = read(words, row, heading=LIST)
    assert (reading.id_number, reading.verdict) == ("", Verdict.REFUSED)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("𠮷野太", None),
        ("阿卜杜热合曼·买买提明·吐尔逊·库尔班江", None),
        ("ئابدۇرېھىم", None),
        ("张秀英（户主）", None),
        ("=HYPERLINK(0)", FindingCode.NAME_IS_FORMULA),
        ("填表人：王五", FindingCode.NAME_IS_LABEL),
        ("注:本表一式两份", FindingCode.NAME_IS_LABEL),
        ("@SUM", FindingCode.NAME_UNUSUAL),
        ("<b>王</b>", FindingCode.NAME_UNUSUAL),
        ("王\u200b六", FindingCode.NAME_UNUSUAL),
        (12345, FindingCode.NAME_UNUSUAL),
        ("张" * 51, FindingCode.NAME_UNUSUAL),
    ],
)
def test_rare_names_are_names_and_what_is_none_is_looked_at(
    words: RosterWords, name: CellValue, code: FindingCode | None
) -> None:
    """𠮷, 少数民族 · and long names come in; a formula does not, and figures only by a person's word."""
    (reading,) = read(words, annex_row(name=name))

    assert found(reading) == ([(code, "B4")] if code else [])


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (81, None),
        ("８１", None),
        (81.0, None),
        ("81岁", None),
        ("虚岁82", FindingCode.AGE_NEARLY),
        ("61岁", FindingCode.AGE_DIFFERS),
        ("-3", FindingCode.AGE_DIFFERS),
        ("八十一", FindingCode.AGE_UNREAD),
        ("1945-06-26", FindingCode.AGE_UNREAD),
        (16613, FindingCode.AGE_UNREAD),
        (None, None),
    ],
)
def test_an_age_is_held_against_the_number_however_it_is_written_or_said_to_be_unread(
    words: RosterWords, age: CellValue, code: FindingCode | None
) -> None:
    """「82岁」 passed unheld, and with it whoever had another's number."""
    (reading,) = read(words, annex_row(age=age))

    assert found(reading) == ([(code, "D4")] if code else [])
