"""Colours that everybody can read and tell apart, measured on the token file itself (WCAG 2.2 AA, R9.11)."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

LOOK = Path(__file__).resolve().parents[2] / "src" / "yiwang" / "look"
TEXT = (LOOK / "static" / "look" / "tokens.css").read_text("utf-8")

RGB = tuple[float, float, float]


def tokens(selector: str) -> dict[str, str]:
    """name -> #rrggbb of the block of `selector`."""
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", TEXT, re.M | re.S)
    assert block is not None, selector
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b", block[1]))


THEMES = {"light": tokens(":root"), "dark": tokens(":root") | tokens('[data-theme="dark"]')}
INKS = ["ink", "ink-2", "ink-3", "accent", "ok-t", "watch-t", "alarm-t", "stale-t"]
GROUNDS = ["bg", "surface", "sunk", "hover", "accent-soft"]
FILLS = ["ok-f", "watch-f", "alarm-f"]


def linear(colour: str) -> RGB:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return r, g, b


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    bright, dim = sorted(
        (sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dim + 0.05)


# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB
BLINDNESS = {
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour: str, blindness: str) -> RGB:
    r, g, b = (
        min(max(sum(w * c for w, c in zip(row, linear(colour), strict=True)), 0.0), 1.0) for row in BLINDNESS[blindness]
    )
    return r, g, b


def lab(colour: RGB) -> RGB:
    """CIE Lab under D65."""
    r, g, b = colour
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: RGB, other: RGB) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def test_black_on_white_is_21_and_the_white_point_has_no_hue() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab((1, 1, 1)) == pytest.approx((100, 0, 0), abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_is_read_on_every_ground(theme: str, ground: str, ink: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[ink], colours[ground]) >= 4.7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lamp", ["ok", "watch", "alarm", "stale"])
def test_a_lamps_word_is_read_on_its_own_soft_ground(theme: str, lamp: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[f"{lamp}-t"], colours[f"{lamp}-s"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [*FILLS, "stale-f", "control"])
def test_shapes_and_edges_stand_out_three_to_one(theme: str, name: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours[name], colours["surface"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_words_on_filled_grounds(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["alarm-ink"], colours["alarm-f"]) >= 6
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.7
    assert contrast(colours["ink"], colours["mark"]) >= 4.7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(FILLS, 2)))
def test_the_three_lamps_stay_apart_for_the_colour_blind(theme: str, blindness: str, one: str, other: str) -> None:
    colours = THEMES[theme]
    assert distance(seen(colours[one], blindness), seen(colours[other], blindness)) >= 19


def test_both_themes_name_the_same_colours() -> None:
    light, dark = tokens(":root"), tokens('[data-theme="dark"]')
    assert set(light) == set(dark)


def test_every_colour_that_a_style_uses_is_a_token() -> None:
    styles = [f for f in LOOK.parent.glob("*/static/**/*.css") if f.name not in ("tokens.css", "print.css")]
    assert styles
    loose = {f"{f.name}: {found}" for f in styles for found in re.findall(r"#[0-9a-fA-F]{3,8}\b", f.read_text("utf-8"))}
    assert loose == set()


def test_every_token_that_a_style_uses_exists() -> None:
    known = set(
        re.findall(r"--([a-z0-9-]+):", "".join(f.read_text("utf-8") for f in LOOK.parent.glob("*/static/**/*.css")))
    )
    known.add("flown")  # set by the map while it flies
    used = {
        name
        for f in LOOK.parent.glob("*/static/**/*.css")
        for name in re.findall(r"var\(--([a-z0-9-]+)", f.read_text("utf-8"))
    }
    assert used - known == set()
