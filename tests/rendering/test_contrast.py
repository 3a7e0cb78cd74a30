"""Every pair of colours that carries text or a control meets WCAG 2.2 AA, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "static" / "tibs" / "css" / "tokens.css"
SCHEMES = ("light", "dark")
GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "heading", "quiet", "link") for ground in (*GROUNDS, "wash")),
    *(("amber-ink", ground) for ground in ("paper", "surface", "amber-wash")),
    *(("good", ground) for ground in ("paper", "surface", "good-wash")),
    *(("bad", ground) for ground in ("paper", "surface", "bad-wash")),
    *(("ink", ground) for ground in ("amber-wash", "good-wash", "bad-wash")),
    *(("link", ground) for ground in ("amber-wash", "good-wash", "bad-wash")),
    *(("on-action", ground) for ground in ("action", "action-hover")),
    *(("on-glow", ground) for ground in ("glow", "glow-hover")),
    *((f"on-heat-{level}", f"heat-{level}") for level in range(5)),
]
CONTROL_PAIRS = [
    *(("edge", ground) for ground in GROUNDS),
    *(("amber", ground) for ground in ("paper", "surface")),
    *(("action", ground) for ground in GROUNDS),
    *((f"part-{tone}", ground) for tone in (1, 2, 3, 4) for ground in ("paper", "surface")),
    ("bad", "surface"),
]
# Header and hero are always dark, so only dark values meet the sea.
SEA_TEXT = ("ink", "heading", "quiet", "link")


def tokens():
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text())
    return {name: dict(zip(SCHEMES, values, strict=True)) for name, *values in pairs}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(ink, ground, scheme):
    colours = tokens()

    assert contrast(colours[ink][scheme], colours[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), CONTROL_PAIRS)
def test_controls_and_bars_can_be_seen(shape, ground, scheme):
    colours = tokens()

    assert contrast(colours[shape][scheme], colours[ground][scheme]) >= 3


@pytest.mark.parametrize("ink", SEA_TEXT)
def test_text_on_the_sea_can_be_read(ink):
    colours = tokens()

    assert contrast(colours[ink]["dark"], colours["sea"]["dark"]) >= 4.5


def test_no_colour_stands_outside_the_tokens():
    for sheet in TOKENS.parent.glob("*.css"):
        if sheet != TOKENS:
            assert re.findall(r"#[0-9a-f]{3,8}\b", sheet.read_text()) == [], sheet.name
