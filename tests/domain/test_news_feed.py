"""A list of population changes: every fault of every row named, nothing guessed (J-71)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.news_feed import (
    ChangeReading,
    FeedColumn,
    FeedFault,
    FeedWords,
    read_change,
    read_feed,
)
from shared.domain.population import PopulationChange
from shared.domain.roster.cells import CellValue
from shared.domain.roster.sheet import Sheet

TODAY = date(2026, 11, 21)
NUMBER = "11010519491231002X"
WORDS = FeedWords(
    headings={
        "who": FeedColumn.NAME,
        "number": FeedColumn.ID_NUMBER,
        "what": FeedColumn.KIND,
        "when": FeedColumn.HAPPENED_ON,
        "where": FeedColumn.ADDRESS,
        "called": FeedColumn.NEW_NAME,
    },
    kinds={kind.value: kind for kind in PopulationChange},
)
HEAD: tuple[CellValue, ...] = ("who", "number", "what", "when", "where")
DIED: tuple[CellValue, ...] = ("Zhang", NUMBER, "died", "2026-11-20", None)


def row(**changes: CellValue) -> ChangeReading:
    cells = dict(zip(WORDS.headings.values(), DIED, strict=False))
    return read_change({**cells, **{FeedColumn(key): value for key, value in changes.items()}}, WORDS, TODAY)


def test_a_row_that_says_everything_is_read() -> None:
    assert row() == ChangeReading(
        position=0,
        name="Zhang",
        id_number=NUMBER,
        kind=PopulationChange.DIED,
        happened_on=date(2026, 11, 20),
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": " "}, FeedFault.NO_NAME),
        ({"id_number": "110105194912310021"}, "bad_number:wrong_check"),
        ({"id_number": None}, "bad_number:empty"),
        ({"kind": "vanished"}, FeedFault.UNKNOWN_KIND),
        ({"happened_on": "2026-02-30"}, FeedFault.BAD_DAY),
        ({"happened_on": None}, FeedFault.BAD_DAY),
        ({"happened_on": "2026-11-22"}, FeedFault.FUTURE_DAY),
        ({"happened_on": "1949-12-30"}, FeedFault.BEFORE_BIRTH),
        ({"kind": "moved_within"}, FeedFault.NO_ADDRESS),
        ({"kind": "corrected"}, FeedFault.NOTHING_NEW),
        ({"kind": "corrected", "new_number": "1101"}, "bad_new_number:wrong_length"),
        ({"new_name": "Chang"}, FeedFault.NO_CORRECTION),
        ({"kind": "moved_within", "address": "there", "new_number": NUMBER}, FeedFault.NO_CORRECTION),
    ],
)
def test_each_fault_has_its_name(changes: dict[str, CellValue], fault: str) -> None:
    assert fault in row(**changes).faults


@pytest.mark.parametrize(
    "written", ["2026-11-20", "2026/11/20", "2026.11.20", "20261120", "2026-11-20T00:00:00"]
)
def test_a_day_is_read_as_offices_write_it(written: str) -> None:
    assert row(happened_on=written).happened_on == date(2026, 11, 20)


def test_a_correction_says_one_thing_or_the_other() -> None:
    named, numbered = row(kind="corrected", new_name="Chang"), row(kind="corrected", new_number=NUMBER)

    assert (named.new_name, named.new_number, named.faults) == ("Chang", "", ())
    assert (numbered.new_name, numbered.new_number, numbered.faults) == ("", NUMBER, ())
    wrong = row(kind="corrected", new_name="Chang", new_number="110105194912310021")
    assert (wrong.new_number, wrong.faults) == ("", ("bad_new_number:wrong_check",))


def test_a_number_with_a_slip_is_not_told_that_nothing_was_written() -> None:
    assert row(kind="corrected", new_number="1101").faults == ("bad_new_number:wrong_length",)


def test_an_address_is_news_of_who_has_moved_alone() -> None:
    """Lists have 现住址 in each row: beside a death it read as an address to be changed."""
    where = {kind: row(kind=kind, address="there", new_name="").address for kind in PopulationChange}

    assert {kind for kind, address in where.items() if address} == {"moved_away", "moved_within"}


@pytest.mark.parametrize("day", ["2026-11-21", "1949-12-31"])
def test_what_happened_today_or_on_the_day_of_birth_may_be(day: str) -> None:
    assert row(happened_on=day).faults == ()


def test_a_kind_may_be_written_with_spaces_and_a_note_is_kept() -> None:
    read = row(kind="mov ed_away", note="with the son")

    assert (read.kind, read.note) == (PopulationChange.MOVED_AWAY, "with the son")


def test_a_number_that_cannot_be_used_is_not_kept() -> None:
    assert row(id_number="110105194912310021").id_number == ""


def test_two_things_said_of_one_person_are_no_slip() -> None:
    moved: tuple[CellValue, ...] = (*DIED[:2], "moved_away", *DIED[3:])
    found = read_feed(Sheet(rows=(HEAD, DIED, moved)), WORDS, TODAY)

    assert found is not None
    assert [each.faults for each in found] == [(), ()]


def test_a_sheet_with_the_needed_headings_alone_is_a_list() -> None:
    needed = tuple(heading for heading in HEAD if heading != "where")

    assert read_feed(Sheet(rows=(needed, DIED[:4])), WORDS, TODAY) is not None


def test_whom_a_referral_names_need_not_be_named_again() -> None:
    read = read_change(
        {FeedColumn.KIND: "died", FeedColumn.HAPPENED_ON: "2026-11-20"}, WORDS, TODAY, is_known=True
    )
    assert read.faults == ()


def test_rows_keep_their_number_in_the_file_and_a_repeated_one_is_a_slip() -> None:
    sheet = Sheet(rows=(("a title",), HEAD, DIED, (None,) * 5, DIED))
    found = read_feed(sheet, WORDS, TODAY)

    assert found is not None
    assert [(each.position, each.faults) for each in found] == [(3, ()), (5, (FeedFault.TWICE,))]


def test_a_sheet_without_the_needed_headings_is_no_list() -> None:
    assert read_feed(Sheet(rows=(HEAD[:3], DIED[:3])), WORDS, TODAY) is None


@given(
    st.lists(
        st.tuples(*(st.one_of(st.none(), st.text(max_size=20), st.integers()) for _ in range(5))), max_size=3
    )
)
def test_whatever_stands_in_a_sheet_each_row_is_sound_or_says_why(
    rows: list[tuple[CellValue, ...]],
) -> None:
    """A row without a fault has all that the register needs; no cell makes the reading fail."""
    for read in read_feed(Sheet(rows=(HEAD, *rows)), WORDS, TODAY) or ():
        is_whole = bool(read.name and read.id_number and read.kind and read.happened_on)
        assert is_whole or read.faults
