"""Every code has words, and nothing that a person reads is left in English."""

import inspect
import re
from datetime import UTC, datetime, timedelta
from itertools import product
from string import Formatter

import pytest
from flask import Flask, g
from marshmallow import fields, validate

from shared.platform.settings import Settings
from shared.web.layout import duration, moment
from shared.web.messages import FIELD_MESSAGES, WORDINGS
from shared.web.paging import decode_cursor, encode_cursor, page_of
from shared.web.problems import TREATMENTS, Category, InvalidFields

_CHINESE = re.compile(r"[一-鿿]")


def test_every_category_has_a_treatment_and_words() -> None:
    assert set(TREATMENTS) == set(Category)
    assert {category.value for category in Category} <= set(WORDINGS)


def test_every_message_of_marshmallow_is_translated() -> None:
    spoken = {
        words
        for field in vars(fields).values()
        if inspect.isclass(field) and issubclass(field, fields.Field)
        for words in field.default_error_messages.values()
    }
    validators = [
        one for one in vars(validate).values() if inspect.isclass(one) and one is not validate.Range
    ]
    ranges = [
        validate.Range(1, 2, min_inclusive=low, max_inclusive=high)
        for low, high in product((True, False), repeat=2)
    ]
    spoken |= {
        words
        for validator in (*validators, *ranges)
        for name, words in vars(validator).items()
        if name in {"default_message", "message_min", "message_max", "message_all", "message_equal"}
    }

    assert {words for words in spoken if words not in FIELD_MESSAGES} == set()


def test_a_translation_keeps_the_numbers_of_the_original() -> None:
    for original, ours in FIELD_MESSAGES.items():
        assert _CHINESE.search(ours)
        assert _parameters(ours) <= _parameters(original)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=43), "不足1分钟"),
        (timedelta(minutes=45), "45分钟"),
        (timedelta(hours=2), "2小时"),
        (timedelta(hours=2, minutes=5), "2小时5分钟"),
        (timedelta(days=2, hours=3, minutes=59), "2天3小时"),
        (timedelta(days=-1), "1天"),
        (None, "—"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(span: timedelta | None, words: str) -> None:
    assert duration(span) == words


def test_an_instant_is_said_in_beijing_time_with_its_weekday(app: Flask, settings: Settings) -> None:
    assert settings.environment == "test"
    with app.test_request_context():
        words = moment(datetime(2024, 2, 29, 16, 30, tzinfo=UTC))

    assert words == "2024年3月1日 周五 00:30"


def test_an_instant_is_said_by_the_clock_of_the_place(app: Flask) -> None:
    """As it is typed and judged there: a place may live by another zone."""
    with app.test_request_context():
        g.zone = "Asia/Urumqi"
        words = moment(datetime(2024, 2, 29, 16, 30, tzinfo=UTC))

    assert words == "2024年2月29日 周四 22:30"


def test_a_cursor_comes_back_as_it_went_and_a_foreign_one_is_refused() -> None:
    assert decode_cursor(encode_cursor("张", "7"), size=2) == ("张", "7")
    for foreign in ("", "x", "bm90IGpzb24", encode_cursor("one")):
        with pytest.raises(InvalidFields):
            decode_cursor(foreign, size=2)


def test_a_page_names_the_next_one_only_if_there_are_more() -> None:
    assert page_of(["a", "b", "c"], limit=2, keys=lambda row: (row,)).next == encode_cursor("b")
    assert page_of(["a", "b"], limit=2, keys=lambda row: (row,)).next is None


def _parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
