"""The words in which dates are written, Chinese and English: `6月底`, `上半年`, `2026Q3`, `end of June` (R0.11)."""

from __future__ import annotations

import re
from datetime import date

from yiwang.typed.spoken import as_digits, number

from .errors import LimitError
from .unit import MONTHS, Said, Unit

_BY = r"(?:by |before |until |not later than |no later than )?(?:the )?"
_END_OF = r"(?:end of (?:the )?)?"
_END = r"(?:底前|底之前|底|末前|末|内|以内|之内|前|之前|终)?"
_YEAR = r"(?:(?P<y>\d{4})(?: |年|-)?)?"
_OF_YEAR = r"(?:,? (?P<y>\d{4}))?"
_MONTH = r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})月"
_DAY = r"(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号)"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[a-z]{3,9})"
_THROUGH = "(?:底之前|底前|底|末前|末|以内|之内|内|终)"  # not 前 alone: is the month itself meant?

_DATES: dict[str, list[str]] = {
    "day": [
        rf"{_BY}(?P<y>\d{{4}})(?:-|/|\.|年)(?P<m>\d{{1,2}})(?:-|/|\.|月)(?P<d>\d{{1,2}})(?:日|号)?{_END}",
        rf"(?:(?P<y>\d{{4}})年)?{_MONTH}{_DAY}{_END}",
        rf"{_BY}{_NTH}(?: of)? {_NAME}{_OF_YEAR}",
        rf"{_BY}{_NAME} {_NTH}{_OF_YEAR}",
    ],
    "month": [
        rf"{_BY}(?P<y>\d{{4}})-(?P<m>\d\d)",
        rf"{_YEAR}{_MONTH}份?(?:下旬|{_THROUGH})?",
        rf"{_BY}end of {_NAME}{_OF_YEAR}",
        rf"{_BY}{_NAME} end{_OF_YEAR}",
    ],
    "third": [rf"{_YEAR}{_MONTH}份?(?P<third>上旬|中旬){_END}"],
    "half": [
        rf"{_YEAR}(?P<h>上|下)半年{_THROUGH}?",
        rf"{_BY}{_END_OF}(?P<h>first|second) half(?: of)?(?: the)?(?: year)?(?: of)?{_OF_YEAR}",
        rf"{_BY}{_END_OF}(?:(?P<y>\d{{4}})[ -]?)?h(?P<h>[12])",
        rf"{_BY}{_END_OF}h(?P<h>[12]){_OF_YEAR}",
    ],
    "quarter": [
        rf"{_YEAR}第?(?P<q>[一二三四1-4])季度?{_THROUGH}?",
        rf"{_YEAR}前(?P<q>[一二三两1-4])个?季度{_THROUGH}?",
        rf"{_BY}{_END_OF}(?:(?P<y>\d{{4}})[ -]?)?q(?P<q>[1-4])(?: end)?",
        rf"{_BY}{_END_OF}q(?P<q>[1-4]){_OF_YEAR}",
        rf"{_BY}{_END_OF}(?P<q>first|second|third|fourth) quarter(?: end)?(?: of)?{_OF_YEAR}",
    ],
    "year": [
        rf"(?P<y>\d{{4}})年(?:全年|度|年?{_THROUGH})?",
        rf"{_BY}end of (?P<y>\d{{4}})",
        rf"(?:(?:本|今|当)年?)?年{_THROUGH}|全年|本年度?|今年|年度内",
        rf"{_BY}(?:end of (?:the |this )?year|year[ -]end|this year)",
    ],
    "this quarter": [
        rf"(?:本|当)?季度?{_THROUGH}|本季度",
        rf"{_BY}(?:end of (?:the |this )?quarter|quarter[ -]end)",
    ],
    "this month": [rf"(?:本|当)?月{_THROUGH}|本月", rf"{_BY}(?:end of (?:the |this )?month|month[ -]end)"],
}
_PATTERNS = [(what, re.compile(pattern)) for what, patterns in _DATES.items() for pattern in patterns]
_ORDER = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2, "first": 1, "second": 2, "third": 3, "fourth": 4}
_THIRDS = {"上旬": 10, "中旬": 20}
_YEAR_IN_SIGNS = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_UNTIL = re.compile("(?:截止到|截止|截至|到|至|在|于)")


def named_date(said: str) -> Said | None:
    """The limit that a normalised text names, None if it names no date. Raises `LimitError` for the 31st of June."""
    said = _YEAR_IN_SIGNS.sub(lambda year: as_digits(year[0]), said)
    if until := _UNTIL.match(said):
        said = said[until.end() :]
    for what, pattern in _PATTERNS:
        found = pattern.fullmatch(said)
        if found is None:
            continue
        part = found.groupdict()
        year = int(part["y"]) if part.get("y") else None
        if what == "year":
            return _month_end(year, 12, said)
        if what == "half":
            return _month_end(year, 6 if part["h"] in ("上", "first", "1") else 12, said)
        if what == "quarter":
            return _month_end(year, 3 * (_ORDER.get(part["q"]) or int(part["q"])), said)
        if what == "this month":
            return Said(Unit.MONTH_END, 0)
        if what == "this quarter":
            return Said(Unit.QUARTER_END)
        month = _month(part)
        if month is None:  # "30 days" looks like "30 June"
            continue
        if what == "month":
            return _month_end(year, month, said)
        return _on(year, month, _THIRDS[part["third"]] if what == "third" else int(number(part["d"])), said)
    return None


def _month(part: dict[str, str]) -> int | None:
    if "name" not in part:
        return int(number(part["m"]))
    return next((n for n, full in enumerate(MONTHS, start=1) if full.lower().startswith(part["name"])), None)


def _month_end(year: int | None, month: int, said: str) -> Said:
    if not 1 <= month <= 12:
        raise LimitError("worktime.error.no_date", text=said)
    if year is None:
        return Said(Unit.MONTH_END, month)
    last = next(day for day in (31, 30, 29, 28) if _is_date(year, month, day))
    return _on(year, month, last, said)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _on(year: int | None, month: int, day: int, said: str) -> Said:
    if not _is_date(2000 if year is None else year, month, day):  # 2000 has a 29 February
        raise LimitError("worktime.error.no_date", text=said)
    return Said(Unit.MONTH_DAY, month * 100 + day) if year is None else Said(Unit.DATE, on=date(year, month, day))
