"""Of which time a text speaks: its own year, and for each passage the time frame and the period (L3, R0.11)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Literal

from yiwang.typed.spoken import as_digits, chinese_number

from .grammar import load

Frame = Literal["last_year", "five_years", "outlook", "this_year"]
FRAMES: tuple[Frame, ...] = ("five_years", "outlook", "last_year", "this_year")

_DIGITS = "〇零○Ο0一二三四五六七八九"
_SPELLED_YEAR = re.compile(rf"([二2][〇零○Ο0][{_DIGITS}]{{2}})年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_ANCHOR = re.compile(
    r"(20\d\d)年?(?:度)?[^,。;:\d]{0,24}?(?:政府工作报告|工作安排|工作要点|重点工作|主要工作|工作任务|主要任务|任务分解|责任分解|分工方案|目标任务|实事项目|民生实事|工作计划)"
)
_MEETING = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日[^。]{0,60}(?:会议|人民代表大会)")
_REVIEW = re.compile(r"(20\d\d)年(?:的)?(?:主要)?工作(?:回顾|总结|情况)")
_DATED = re.compile(r"(20\d\d)年(1[0-2]|\d)月(?:\d{1,2}日)?")


def spelled_years(text: str) -> str:
    """二〇二六年 -> 2026年, character for character."""
    return _SPELLED_YEAR.sub(lambda year: as_digits(year[1]) + "年", text)


def document_year(text: str, title: str, filename: str | None) -> int | None:
    """The year whose work the plan is: from its title, its chapters, the meeting, events of public knowledge."""
    votes: Counter[int] = Counter()
    for match in _ANCHOR.finditer(title):
        votes[int(match[1])] += 8
    head = text[:1500]
    for match in _MEETING.finditer(head):
        votes[int(match[1])] += 5
    for match in _REVIEW.finditer(text):
        votes[int(match[1]) + 1] += 4
    for match in _ANCHOR.finditer(text):
        if not re.search("回顾|总结|完成情况", text[match.start() : match.end() + 6]):
            votes[int(match[1])] += 2
    for year in re.findall(r"(?<!\d)(20\d\d)(?=年|[-_.])", filename or ""):
        votes[int(year)] += 3
    if not votes:
        votes.update(_from_events(text))
    if not votes:
        for match in _DATED.finditer(head):
            votes[int(match[1]) + (match[2] == "12")] += 2
    if not votes:
        years = Counter(int(found[1]) for found in _YEAR.finditer(text))
        if years:
            votes[max(year for year, n in years.items() if n * 3 >= max(years.values()))] = 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _from_events(text: str) -> Counter[int]:
    votes: Counter[int] = Counter()
    frames = load("frames")
    for pattern, base in frames["counted_events"].items():
        for found in re.finditer(pattern.replace("(N)", r"(\d{1,3}|[一二三四五六七八九十百]{1,4})"), text):
            votes[base + int(chinese_number(found[1]))] += 1
    for pattern, year in frames["events"].items():
        votes[year] += 2 * len(re.findall(pattern, text))
    return +votes


@cache
def _patterns(place: str) -> dict[str, re.Pattern[str]]:
    found = load("frames")[place]
    return {name: re.compile("|".join(p) if isinstance(p, list) else p) for name, p in found.items()}


def chapter_frame(heading: str, year: int | None) -> Frame | None:
    """The frame that a heading names; a year in it is compared with the year of the document."""
    named = _YEAR.search(heading)
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
            named = _YEAR.search(found[0])
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
