"""The words in which days are written, Chinese and English: `6月底`, `上半年`, `2026Q3`, `end of June` (R0.11).

The one reader of them: a limit is read whole (`named_day`), a plan's sentence holds them somewhere (`last_in`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from .spoken import as_digits, number

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class NoSuchDay(ValueError):
    """A day that no calendar has: the 31st of June."""


@dataclass(frozen=True, slots=True)
class Named:
    """The day that words name.

    year     None where they leave it out
    month    0 for that in which one begins to count; `quarter`: the end of the quarter of that month
    day      0 for the month's last
    """

    year: int | None = None
    month: int = 0
    day: int = 0
    quarter: bool = False

    def on(self, year: int, month: int = 12) -> date:
        """The day itself, where the words leave out the year or the month. Raises NoSuchDay.

        >>> Named(month=2).on(2028), Named(2026, 6, 15).on(2030), Named(quarter=True).on(2026, 5)
        (datetime.date(2028, 2, 29), datetime.date(2026, 6, 15), datetime.date(2026, 6, 30))
        """
        year, month = self.year or year, self.month or month
        if self.quarter:
            month += -month % 3
        last = monthrange(year, month)[1]
        if self.day > last:
            raise NoSuchDay
        return date(year, month, self.day or last)


_BY = r"(?:by |before |until |not later than |no later than )?(?:the )?"
_END_OF = r"(?:end of (?:the )?)?"
_END = r"(?:底前|底之前|底|末前|末|内|以内|之内|前|之前|终)?"
_YEAR = r"(?:(?P<y>\d{4})(?: |年|-)?)?"
_OF_YEAR = r"(?:,? (?P<y>\d{4}))?"
_HAN_MONTH = "十[一二]?|[一二三四五六七八九]"
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
# the same words inside a sentence, without their year: what in a whole text can only be a date needs a sign of it here
_INSIDE = re.compile(
    rf"(?<!\d)(?:(?P<m>1[0-2]|[1-9])月|(?P<han>{_HAN_MONTH})月(?=\d|[一二三四五六七八九十]{{1,3}}[日号]|份|[上中下]旬|底|末|之?前))"
    rf"份?(?:{_DAY}|(?P<third>上旬|中旬))?"
    r"|(?P<h>上)半年|第?(?P<q>[一二三四1-4])季度|前(?P<first>[一二三两])个?季度"
    r"|(?P<year>年内|年底|年末|全年|下半年|本年度)"
)
_ORDER = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2, "first": 1, "second": 2, "third": 3, "fourth": 4}
_THIRDS = {"上旬": 10, "中旬": 20}
_YEAR_IN_SIGNS = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_UNTIL = re.compile("(?:截止到|截止|截至|到|至|在|于)")


def named_day(said: str) -> Named | None:
    """The day that a normalised text names (half width, small letters, single blanks), None if it names none.

    Raises NoSuchDay for the 31st of June.

    >>> named_day("三季度末前"), named_day("end of june, 2026"), named_day("30日"), named_day("本季度")
    (Named(year=None, month=9, day=0, quarter=False), Named(year=2026, month=6, day=0, quarter=False), None, \
Named(year=None, month=0, day=0, quarter=True))
    """
    said = _YEAR_IN_SIGNS.sub(lambda year: as_digits(year[0]), said)
    if until := _UNTIL.match(said):
        said = said[until.end() :]
    for what, pattern in _PATTERNS:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        part = match.groupdict()
        year = int(part["y"]) if part.get("y") else None
        if what == "this month":
            return Named()
        if what == "this quarter":
            return Named(quarter=True)
        month = _month_of(what, part)
        if month is None:  # "30 days" looks like "30 June"
            continue
        day = _THIRDS[part["third"]] if what == "third" else int(number(part["d"])) if what == "day" else 0
        return _sure(Named(year, month, day), whole=what == "day")
    return None


def last_in(text: str) -> Named | None:
    """The last day that a sentence names, its year left out; None where it names none. Raises NoSuchDay.

    >>> last_in("6月15日前开工、三季度末完工"), last_in("每3个月一次，一月一次")
    (Named(year=None, month=9, day=0, quarter=False), None)
    """
    every = list(_INSIDE.finditer(text)) if any(sign in text for sign in "月年季") else []
    if not every:
        return None
    part = every[-1].groupdict()
    if part["year"]:
        return Named(month=12)
    if part["h"]:
        return Named(month=6)
    if quarter := part["q"] or part["first"]:
        return Named(month=3 * (_ORDER.get(quarter) or int(quarter)))
    day = _THIRDS[part["third"]] if part["third"] else int(number(part["d"])) if part["d"] else 0
    return _sure(Named(month=int(number(part["m"] or part["han"])), day=day), whole=bool(part["d"]))


def _month_of(what: str, part: dict[str, str]) -> int | None:
    """The month of what was found; None where a word is no month's name."""
    if what == "year":
        return 12
    if what == "half":
        return 6 if part["h"] in ("上", "first", "1") else 12
    if what == "quarter":
        return 3 * (_ORDER.get(part["q"]) or int(part["q"]))
    if "name" not in part:
        return int(number(part["m"]))
    return next((n for n, full in enumerate(MONTHS, start=1) if full.lower().startswith(part["name"])), None)


def _sure(said: Named, *, whole: bool) -> Named:
    """A day that there is, in the year that is named or in a leap year. Raises NoSuchDay."""
    if not 1 <= said.month <= 12 or (whole and not said.day) or said.year == 0:
        raise NoSuchDay
    said.on(2000)  # has a 29 February
    return said
