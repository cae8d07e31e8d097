"""The look keeps the rules for old eyes (适老化): contrast, sizes and targets, checked on the values."""

import re
from itertools import product
from pathlib import Path

import pytest

import shared.web

_STATIC = Path(shared.web.__file__).parent / "static"
_TOKEN = re.compile(r"--([a-z-]+):\s*([^;]+);")
_NORMAL, _LARGE = re.split(
    r"^\.large", (_STATIC / "tokens.css").read_text(encoding="utf-8"), flags=re.MULTILINE
)
TOKENS = dict(_TOKEN.findall(_NORMAL))
LARGE_TOKENS = dict(_TOKEN.findall(_LARGE))

_LEAST_CONTRAST = 4.5
_INK_ON_GROUND = [
    *product(("ink", "ink-soft", "link", "bad"), ("ground", "surface", "sunk")),
    *((name, f"{name}-tint") for name in ("good", "warn", "bad", "info")),
    *(("brand-deep", ground) for ground in ("surface", "brand-tint")),
    *(("surface", ground) for ground in ("brand", "brand-deep")),
]


@pytest.mark.parametrize(("ink", "ground"), _INK_ON_GROUND)
def test_every_pair_of_text_and_ground_can_be_read(ink: str, ground: str) -> None:
    """MIIT 2021 适老化 4.1.2: contrast at least 4.5 : 1."""
    assert _contrast(TOKENS[ink], TOKENS[ground]) >= _LEAST_CONTRAST


def test_text_and_targets_have_the_sizes_that_the_rules_ask_for() -> None:
    """MIIT 2021 适老化: text from 18 px, targets from 44 px; in large type 24 px and 60 px."""
    assert (_pixels(TOKENS["text"]), _pixels(TOKENS["target"])) == (18, 44)
    assert (_pixels(LARGE_TOKENS["text"]), _pixels(LARGE_TOKENS["target"])) == (24, 60)


def test_no_font_is_sent_to_a_phone_and_nothing_comes_from_elsewhere() -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in _STATIC.glob("*.css"))

    assert "@font-face" not in css
    assert "url(" not in css


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _pixels(size: str) -> int:
    return int(size.removesuffix("px"))
