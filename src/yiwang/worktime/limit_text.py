"""The words in which limits are written, Chinese and English, and what they mean (R0.3, R0.11)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from yiwang.typed.date_words import NoSuchDay, named_day
from yiwang.typed.spoken import NUMBER, NoNumber, number

from .conventions import COMMA, Conventions
from .errors import LimitError
from .unit import Said, Unit

MOST_DAYS = 36525  # a century: a longer promise is a slip of the pen
MOST = {Unit.MONTHS: 1200, Unit.MINUTES: MOST_DAYS * 1440, Unit.WORK_MINUTES: MOST_DAYS * 1440}
LONGEST_TEXT = 200
SHOWN = 60  # characters of a text that a sentence quotes

# unit words -> (unit, how many of it); minutes for what is counted to the moment
_UNITS: list[tuple[str, Unit, int]] = [
    (r"work(?:ing)? ?days?|business ?days?|wds?|个?工作日|个?工作天", Unit.WORKDAYS, 1),
    (r"(?:work(?:ing)?|business|office) ?hours?|whs?|个?工作小时|个?工作时", Unit.WORK_MINUTES, 60),
    (r"(?:work(?:ing)?|business|office) ?min(?:ute)?s?|个?工作分钟", Unit.WORK_MINUTES, 1),
    (r"(?:clock |urgent )?(?:hours?|hrs?|h)|个?小时|个?紧急工作小时|个?紧急工作时|个?钟头|时", Unit.MINUTES, 60),
    (r"min(?:ute)?s?|分钟|分", Unit.MINUTES, 1),
    (r"(?:calendar |natural )?days?|d|个?自然日|个?日历日|个?日历天|日|天", Unit.DAYS, 1),
    (r"weeks?|个?星期|周", Unit.DAYS, 7),
    (r"(?:calendar )?months?|个?自然月|个月", Unit.MONTHS, 1),
    (r"years?|年", Unit.MONTHS, 12),
]
_ANY_UNIT = "|".join(f"(?P<u{i}>{words})" for i, (words, _, _) in enumerate(_UNITS))
_PART = re.compile(rf"(?P<n>{NUMBER})[ -]*(?:{_ANY_UNIT})(?![a-z])[ ]*(?:and |又|零)?")
_BEFORE = re.compile(r"(?:within|in|no more than|not more than|at most|up to|不超过|不多于|至多|最长|在)[ ]*")
_AFTER = re.compile(r"[ ]*(?:之内|以内|内)?(?:办结|完成|答复|办理)?$")
_TODAY = re.compile(r"(?:当天|当日|即日|今天|same day|today)(?:内|办结)?")
_THIS_WORKDAY = re.compile(r"(?:当个?工作日|本工作日|same work(?:ing)? ?day)(?:内|办结)?")
# the commas of "1,000 days" and "30 June, 2026"; any other begins the conventions
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|,(?= ?\d{4}(?!\d))")
_HALVES = [
    (re.compile(r"半个月"), "15日"),
    (re.compile(r"个半(小时|钟头|工作小时|工作时)"), r"个\1半\1"),  # 一个半小时
    (re.compile(r"\bhalf an hour\b"), "30 minutes"),
]
_SPACE_IN_CHINESE = re.compile(r" (?=[一-鿿])|(?<=[一-鿿]) ")


def parse(text: str) -> Said:
    """See `Limit.parse`."""
    short = str(text)[:SHOWN]
    plain = " ".join(unicodedata.normalize("NFKC", str(text)).replace("–", "-").lower().split())
    plain = _SPACE_IN_CHINESE.sub("", plain)
    said, *phrases = COMMA.split(_COMMA_IN_NUMBER.sub("", plain[: LONGEST_TEXT + 1]).rstrip(".。"))
    if len(plain) > LONGEST_TEXT:
        raise LimitError("worktime.error.limit", text=short)
    try:
        limit: Said | None = _date(said.strip()) or _span(said.strip(), short)
    except NoNumber:
        limit = None
    if limit is None:
        raise LimitError("worktime.error.limit", text=short)
    return limit._replace(conventions=Conventions.parse(phrases))


def _date(said: str) -> Said | None:
    """The limit that is a day in words, None where it names none. Raises `LimitError` for the 31st of June."""
    try:
        day_named = named_day(said)
        if day_named is None:
            return None
        if day_named.quarter:
            return Said(Unit.QUARTER_END)
        if day_named.year is not None:
            return Said(Unit.DATE, on=day_named.on(day_named.year))
    except NoSuchDay:
        raise LimitError("worktime.error.no_date", text=said) from None
    return (
        Said(Unit.MONTH_DAY, day_named.month * 100 + day_named.day)
        if day_named.day
        else Said(Unit.MONTH_END, day_named.month)
    )


def _span(said: str, text: str) -> Said | None:
    if _TODAY.fullmatch(said):
        return Said(Unit.DAYS, 0)
    if _THIS_WORKDAY.fullmatch(said):
        return Said(Unit.WORKDAYS, 0)
    start = match.end() if (match := _BEFORE.match(said)) else 0
    body = _AFTER.sub("", said[start:]).strip()
    for half, whole in _HALVES:
        body = half.sub(whole, body)
    unit: Unit | None = None
    amount = Decimal(0)
    position = 0
    while position < len(body):
        part = _PART.match(body, position)
        if part is None:
            return None
        _, of, size = next(_UNITS[i] for i in range(len(_UNITS)) if part[f"u{i}"])
        if unit is not None and (of is not unit or not of.exact):
            raise LimitError("worktime.error.mixed", text=text)
        unit = of
        amount += size * number(part["n"])
        position = part.end()
    if unit is None:
        return None
    if amount != int(amount):
        raise LimitError("worktime.error.fraction", text=text)
    if amount > MOST.get(unit, MOST_DAYS):
        raise LimitError("worktime.error.too_long", text=text)
    return Said(unit, int(amount))
