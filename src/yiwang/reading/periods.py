"""The period and the due day of a statement (R0.11)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from yiwang.typed.date_words import NoSuchDay, last_in, named_day
from yiwang.typed.spoken import NoNumber, chinese_number

from .frames import Frame, clause_frame
from .grammar import load

_YEAR = re.compile(r"(?<![\d比较])(?<!相比)(20\d\d)年")
_SPAN = re.compile(r"(?<!\d)(20\d\d)年?[-—–~至到](20\d\d)年")
_LASTING = re.compile(r"持续推进|长期(?:坚持|推进|开展|实施|抓好)|常态化|常态长效|持续开展|始终")
_ENDED = re.compile(
    r"达|突破|增至|增加到|提高到|提升至|提升到|上升到|上升至|降至|下降到|降低到|稳定在|保持在|共有|超过|位居|位列"
)
_SUMMED = re.compile(r"累计|年均|五年来|五年共|总计|共完成")
_SEVERAL = re.compile(r"([三五])年(?:筹措|累计|内|共|间|时间)")


@dataclass(frozen=True, slots=True)
class Period:
    """`text` is "2023" or "2021-2025"; `due` the last day of it, None when it is past or unknown."""

    text: str
    frame: Frame
    due: date | None = None
    recurring: bool = False


def period_of(text: str, start: int, end: int, frame: Frame | None, year: int | None, measure: str) -> Period:
    """The period of what stands at text[start:end], in a passage of the given time frame."""
    clause = text[start:end]
    near = max(0, start - 300)
    sentence_start = max(max(text.rfind(mark, near, start) for mark in "。!?;") + 1, near)
    lead = text[sentence_start:start]
    cue = clause_frame(clause, year) or clause_frame(lead[-40:], year)
    if (
        cue == "five_years"
        and frame in ("last_year", "this_year")
        and not re.search("以来|五年来|五年累计|过去五年", clause + lead)
    ):
        cue = None
    if cue == "five_years" and frame == "outlook":
        cue = None
    at = cue or frame or "this_year"
    if frame in ("last_year", "five_years") and cue == "this_year":
        at = frame
    if frame == "this_year" and cue == "last_year":
        at = "this_year"
    named = _explicit_year(clause)
    opening = None if named or "年均" in clause else re.match(r"(?:到|至|截至|力争到|,)?(20\d\d)年", lead)
    named = int(opening[1]) if opening else named
    recurring = bool(_LASTING.search(clause))
    span = _SPAN.search(clause) if "20" in clause else None
    if span:
        last = int(span[2])
        return Period(f"{span[1]}-{span[2]}", _frame_of(last, year, at), date(last, 12, 31))
    if named:
        found = _frame_of(named, year, at)
        return Period(str(named), found, _due(clause, lead, named) if found in ("this_year", "outlook") else None)
    ended = at == "five_years" and measure in ("level", "share", "rank")
    if ended and year and _ENDED.search(clause) and not _SUMMED.search(clause):
        return Period(str(year - 1), at)
    plan = _plan(clause) or _plan(lead)
    if plan and at in ("outlook", "five_years"):
        first, last = plan
        return Period(f"{first}-{last}", at, date(last, 12, 31))
    if year is None:
        return Period("", at, None, recurring)
    several = _SEVERAL.search(clause)
    if several and at == "this_year":
        return Period(f"{year - chinese_int(several[1]) + 1}-{year}", at, date(year, 12, 31))
    if at == "last_year":
        return Period(str(year - 1), at)
    if at == "five_years":
        return Period(f"{year - 5}-{year - 1}", at)
    if at == "outlook":
        last = year + 4
        return Period(f"{year}-{last}", at, date(last, 12, 31))
    return Period(str(year), at, None if recurring else _due(clause, lead, year), recurring)


def before(text: str, at: int, period: Period) -> Period:
    """The period of the first of two figures, 由2016年的412亿元增加到…: the year named, else the year before."""
    named = re.search(r"(20\d\d)年?[底末]?的?$", text[max(0, at - 10) : at])
    if named:
        return Period(named[1], period.frame)
    last = re.search(r"\d{4}$", period.text)
    back = 5 if period.frame == "five_years" else 1
    return Period(str(int(last[0]) - back), period.frame) if last else period


def chinese_int(text: str) -> int:
    return int(chinese_number(text))


def _explicit_year(text: str) -> int | None:
    found = _YEAR.findall(text) if "20" in text else None
    return int(found[-1]) if found else None


def _plan(text: str) -> tuple[int, int] | None:
    if "五" not in text:
        return None
    match = re.search(r"(?<![是为较比])(?<![是为较比]“)“?(十[一二三四五六]五|十五)”?(?:时期|期间|末|以来|规划期)", text)
    if not match:
        return None
    first = load("frames")["plans"][match[1]]
    return first, first + 4


def _frame_of(named: int, year: int | None, at: Frame) -> Frame:
    if year is None:
        return at
    if named == year:
        return "this_year"
    if named > year:
        return "outlook"
    return at if at == "five_years" else "last_year"


def due_day(text: str, year: int) -> date | None:
    """The day that deadline words name in a year; None for what lasts, is unknown or in no calendar (R0.11).

    >>> due_day("上半年", 2026), due_day("9月底前", 2026), due_day("长期坚持", 2026)
    (datetime.date(2026, 6, 30), datetime.date(2026, 9, 30), None)
    >>> due_day("力争2027年完成", 2026), due_day("2026Q3", 2026), due_day("6月31日", 2026)
    (datetime.date(2027, 12, 31), datetime.date(2026, 9, 30), None)
    """
    if _LASTING.search(text):
        return None
    said = _explicit_year(text)
    try:
        found = named_day(text.lower()) or last_in(text)
        if found is not None:
            return found.on(said or year)
    except (NoSuchDay, NoNumber):
        return None
    return date(said, 12, 31) if said else None


def _due(clause: str, lead: str, year: int) -> date | None:
    """The day that a statement names, else the year's last; None for one that is in no calendar."""
    try:
        found = last_in(clause) or last_in(lead)
        return found.on(year) if found is not None else date(year, 12, 31)
    except NoSuchDay:
        return None
