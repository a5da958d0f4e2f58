"""Of which time a text speaks: its own year, and for each passage the time frame and the period (L3, R0.11)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from yiwang.typed.spoken import as_digits

from .grammar import load

Frame = Literal["last_year", "five_years", "outlook", "this_year"]
FRAMES: tuple[Frame, ...] = ("five_years", "outlook", "last_year", "this_year")

_DIGITS = "〇零○Ο0一二三四五六七八九"
_SPELLED_YEAR = re.compile(rf"([二2][〇零○Ο0][{_DIGITS}]{{2}})年")
YEAR = re.compile(r"(?<!\d)(20\d\d)年")


def spelled_years(text: str) -> str:
    """二〇二六年 -> 2026年, character for character."""
    return _SPELLED_YEAR.sub(lambda year: as_digits(year[1]) + "年", text)


@cache
def _patterns(place: str) -> dict[str, re.Pattern[str]]:
    found = load("frames")[place]
    return {name: re.compile("|".join(p) if isinstance(p, list) else p) for name, p in found.items()}


def chapter_frame(heading: str, year: int | None) -> Frame | None:
    """The frame that a heading names; a year in it is compared with the year of the document."""
    named = YEAR.search(heading)
    review = re.search("回顾|总结|成效|成绩|完成情况", heading)
    patterns = _patterns("chapter")
    for frame in FRAMES:
        if frame == "outlook" and re.search("编制|谋划|评估", heading):
            continue
        if patterns[frame].search(heading):
            if frame == "this_year" and named and year and int(named[1]) < year:
                return "last_year"
            if frame == "last_year" and not review and named and year and int(named[1]) >= year:
                return "this_year"
            return frame
    if named and year:
        return "this_year" if int(named[1]) == year else "last_year" if int(named[1]) == year - 1 else None
    return None


def opening_frame(paragraph: str, year: int | None) -> Frame | None:
    """The frame that the first words of a paragraph set for what follows, where no heading does."""
    head = paragraph[:48]
    patterns = _patterns("opening")
    for frame in FRAMES:
        found = patterns[frame].match(head)
        if found:
            named = YEAR.search(found[0])
            if named and year and frame in ("last_year", "this_year"):
                return "last_year" if int(named[1]) < year else "this_year"
            return frame
    return None


def clause_frame(text: str, year: int | None) -> Frame | None:
    """The frame that words within a sentence set; a year that is past is no outlook."""
    if "年" not in text and "五" not in text:
        return None
    patterns = _patterns("sentence")
    text = re.sub(r"到(20\d\d)年", lambda found: found[0] if year and int(found[1]) > year else "", text)
    for frame in ("outlook", "five_years", "last_year", "this_year"):
        if patterns[frame].search(text):
            return frame
    return None
