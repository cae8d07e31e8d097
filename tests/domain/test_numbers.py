"""Identity, card and telephone numbers as rosters write them. All are computed, none is a person's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.disability_cards import CardFault, DisabilityKind, read_disability_card
from shared.domain.id_numbers import IdFault, IdNote, Sex, check_character, read_id_number
from shared.domain.phones import Phone, PhoneArea, PhoneFault, PhoneKind, read_phone

TODAY = date(2026, 11, 21)
SHANGHAI = PhoneArea(code="021", digits=8)
ZIBO = PhoneArea(code="0533", digits=7)
WOMAN = "310110194103150028"
MAN = "370302193801010011"


def numbered(first_seventeen: str) -> str:
    return first_seventeen + check_character(first_seventeen)


@pytest.mark.parametrize("example", ["11010519491231002X", "440524188001010014", WOMAN, MAN])
def test_the_check_character_of_the_standards_own_examples(example: str) -> None:
    assert numbered(example[:17]) == example


def test_a_number_says_birth_and_sex() -> None:
    woman, man = read_id_number(WOMAN, TODAY), read_id_number(MAN, TODAY)

    assert (woman.birth_on, woman.sex, woman.fault) == (date(1941, 3, 15), Sex.FEMALE, None)
    assert (man.birth_on, man.sex, man.fault) == (date(1938, 1, 1), Sex.MALE, None)


@pytest.mark.parametrize(
    "cell",
    [
        "310110 19410315 0028",
        "３１０１１０１９４１０３１５００２８",
        "'310110194103150028",
        "\t310110194103150028\n",
    ],
)
def test_width_spaces_and_quotes_are_normalised_and_noted(cell: str) -> None:
    read = read_id_number(cell, TODAY)

    assert (read.text, read.notes, read.fault) == (WOMAN, (IdNote.NORMALISED,), None)


def test_a_small_x_is_an_x() -> None:
    assert read_id_number("11010519491231002x", TODAY).text == "11010519491231002X"


def test_a_fifteen_digit_number_is_converted_and_flagged() -> None:
    read = read_id_number("320602601221983", TODAY)

    assert read.text == numbered("32060219601221983")
    assert read.notes == (IdNote.CONVERTED,)
    assert read_id_number(320602601221983, TODAY).text == read.text


@pytest.mark.parametrize(
    "cell", [3.703021962071699e17, 310110194103150028, "3.7E+17", "3.10110194103150E+17"]
)
def test_a_number_that_went_through_a_spreadsheet_has_lost_its_digits(cell: object) -> None:
    assert read_id_number(cell, TODAY).fault is IdFault.LOST_DIGITS


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, IdFault.EMPTY),
        ("  ", IdFault.EMPTY),
        (WOMAN[:17], IdFault.WRONG_LENGTH),
        (12345, IdFault.WRONG_LENGTH),
        (0.5, IdFault.WRONG_LENGTH),
        ("31011019410315O028", IdFault.NOT_DIGITS),
        ("310110194103150029", IdFault.WRONG_CHECK),
        (numbered("31011019410230002"), IdFault.NO_SUCH_DAY),
        (numbered("31011020261122002"), IdFault.IN_THE_FUTURE),
        (numbered("31011018800101002"), IdFault.TOO_OLD),
        ("320602600230983", IdFault.NO_SUCH_DAY),
    ],
)
def test_what_cannot_be_used_says_why(cell: object, fault: IdFault) -> None:
    read = read_id_number(cell, TODAY)

    assert (read.fault, read.birth_on) == (fault, None)


def test_an_unknown_province_is_noted_and_never_refused() -> None:
    """§3.1: the code of first registration; many are retired."""
    read = read_id_number(numbered("99990219380101001"), TODAY)

    assert (read.fault, read.notes) == (None, (IdNote.UNKNOWN_PROVINCE,))


@given(place=st.integers(0, 17), digit=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, digit: int) -> None:
    digits = list(numbered("37030219380101002"))
    was = "0123456789".index(digits[place]) if digits[place].isdecimal() else 0
    digits[place] = str((was + digit) % 10)
    wrong = "".join(digits)

    assert wrong == MAN or read_id_number(wrong, TODAY).fault is not None


@given(cell=st.none() | st.text() | st.integers() | st.floats() | st.booleans())
def test_no_cell_is_too_strange_to_be_read(cell: object) -> None:
    """Each is whole or says why not: any fifteen digits may be somebody's old number."""
    number, card = read_id_number(cell, TODAY), read_disability_card(cell, TODAY)

    assert number.fault is not None or number.text == numbered(number.text[:17])
    assert (number.fault is None) == (number.birth_on is not None)
    assert (card.fault is None) == (card.level is not None)
    assert isinstance(read_phone(cell, ZIBO), Phone)


def test_a_card_says_kind_and_level() -> None:
    card = read_disability_card(WOMAN + "43", TODAY)

    assert (card.id_number, card.kind, card.level, card.is_reissue) == (
        WOMAN,
        DisabilityKind.PHYSICAL,
        3,
        False,
    )


def test_a_reissued_card_has_two_more_characters() -> None:
    card = read_disability_card(f" {WOMAN}71b2", TODAY)

    assert (card.kind, card.level, card.is_reissue) == (DisabilityKind.MULTIPLE, 1, True)


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (None, CardFault.EMPTY),
        (WOMAN, CardFault.WRONG_FORM),
        (WOMAN + "4", CardFault.WRONG_FORM),
        (WOMAN + "81", CardFault.NO_SUCH_KIND),
        (WOMAN + "45", CardFault.NO_SUCH_LEVEL),
        (WOMAN[:17] + "941", CardFault.WRONG_ID),
        (3.1e19, CardFault.LOST_DIGITS),
        ("3.1E+19", CardFault.LOST_DIGITS),
    ],
)
def test_a_card_that_cannot_be_used_says_why(cell: object, fault: CardFault) -> None:
    assert read_disability_card(cell, TODAY).fault is fault


@pytest.mark.parametrize(
    ("cell", "area", "text", "kind"),
    [
        ("13900005275", ZIBO, "13900005275", PhoneKind.MOBILE),
        (13900005275, ZIBO, "13900005275", PhoneKind.MOBILE),
        (13900005275.0, ZIBO, "13900005275", PhoneKind.MOBILE),
        ("+86 139 0000 5275", SHANGHAI, "13900005275", PhoneKind.MOBILE),
        ("021-55004828", SHANGHAI, "02155004828", PhoneKind.LANDLINE),
        ("55004828", SHANGHAI, "02155004828", PhoneKind.LANDLINE),
        ("0533—5000119", ZIBO, "05335000119", PhoneKind.LANDLINE),
        ("（0533）5000119", ZIBO, "05335000119", PhoneKind.LANDLINE),
        ("010-65000000", ZIBO, "01065000000", PhoneKind.LANDLINE),
        ("120", ZIBO, "120", PhoneKind.SERVICE),
        ("96110", ZIBO, "96110", PhoneKind.SERVICE),
        ("12356", ZIBO, "12356", PhoneKind.SERVICE),
    ],
)
def test_a_telephone_number_is_brought_into_one_form(
    cell: object, area: PhoneArea, text: str, kind: PhoneKind
) -> None:
    read = read_phone(cell, area)

    assert (read.text, read.kind, read.fault) == (text, kind, None)


def test_an_extension_is_kept_apart() -> None:
    assert read_phone("021-55004828转12", SHANGHAI).extension == "12"
    assert read_phone("021-55004828 ext.12", SHANGHAI).extension == "12"


@pytest.mark.parametrize(
    ("cell", "area", "fault"),
    [
        (None, ZIBO, PhoneFault.EMPTY),
        ("-", ZIBO, PhoneFault.EMPTY),
        ("1390000888", ZIBO, PhoneFault.WRONG_LENGTH),
        ("0533-500011", ZIBO, PhoneFault.WRONG_LENGTH),
        ("5000119", SHANGHAI, PhoneFault.WRONG_LENGTH),
        ("女儿有电话", ZIBO, PhoneFault.NOT_A_NUMBER),
    ],
)
def test_a_telephone_number_that_cannot_be_used_says_why(
    cell: object, area: PhoneArea, fault: PhoneFault
) -> None:
    assert read_phone(cell, area).fault is fault
