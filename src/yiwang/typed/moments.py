"""Days and moments within the years that a district can mean: one step of a time zone or of a calendar from 0001 or
9999 is no date any more, and a limit counted from there runs out of the calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from .numbers import WIDE

YEARS = (1900, 2200)
ISO, EXCEL, EPOCH = "iso", "excel", "epoch"  # the forms of an instant beside those of strptime
_FIRST_OF_EXCEL = datetime(1899, 12, 30)
_MILLISECONDS = 1e11  # seconds beyond which a number since 1970 counts milliseconds
_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
)  # ISO 8601 has weeks and days of a year besides, which mean more or less
_WRITTEN = re.compile(r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")


def day(raw: object) -> date | None:
    """A day written 2026-10-12; None for anything else and for years outside.

    >>> day("2026-10-12"), day("0001-01-01"), day("9999-12-31"), day([]), day("2026-W42")
    (datetime.date(2026, 10, 12), None, None, None, None)
    """
    if not isinstance(raw, str) or _DAY.fullmatch(raw.strip()) is None:
        return None
    try:
        that_day = date.fromisoformat(raw.strip())
    except ValueError:
        return None
    return that_day if YEARS[0] <= that_day.year <= YEARS[1] else None


def written_day(text: str) -> tuple[int | None, int, int] | None:
    """(year, month, day) as people and spreadsheets write a day, the year None where it is left out; None for anything
    else. Whether there is such a day, nobody has asked yet.

    >>> written_day("2024/2/29"), written_day("6月30日"), written_day("20240230"), written_day("45321")
    ((2024, 2, 29), (None, 6, 30), (2024, 2, 30), None)
    """
    match = _WRITTEN.fullmatch(text.strip().translate(WIDE))
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[2] else (match[4], match[5], match[6])
    return int(year) if year else None, int(month), int(day)


def in_form(text: str, form: str) -> datetime | None:
    """An instant in one form: a format of strptime, "iso", "excel" (days since 1899-12-30) or "epoch" (seconds since
    1970-01-01 UTC; numbers beyond 1e11 are milliseconds). None where the text has another one. It may name no zone.

    >>> in_form("2019/2/28 11:25:05", "%Y/%m/%d %H:%M:%S"), in_form("43524.5", "excel"), in_form("2019", "%Y/%m/%d")
    (datetime.datetime(2019, 2, 28, 11, 25, 5), datetime.datetime(2019, 2, 28, 12, 0), None)
    """
    try:
        if form == ISO:
            return datetime.fromisoformat(text)
        if form == EPOCH:
            seconds = float(text)
            return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > _MILLISECONDS else seconds, UTC)
        if form == EXCEL:
            return _FIRST_OF_EXCEL + timedelta(days=float(text))
        return datetime.strptime(text, form)
    except (ValueError, OverflowError, OSError):
        return None


def moment(raw: object, zone: tzinfo | None = None) -> datetime | None:
    """A moment as ISO 8601, or a datetime; without an offset it is read in `zone` (None: it must have one).

    >>> moment("0001-01-01T00:00:00+23:00"), moment("2026-10-12T09:00")
    (None, None)
    """
    at = raw
    if isinstance(raw, str) and len(raw) <= 40 and _DAY.match(raw.strip()):
        try:
            at = datetime.fromisoformat(raw.strip())
        except ValueError:
            return None
    if not isinstance(at, datetime) or not YEARS[0] <= at.year <= YEARS[1]:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
    return at if at.tzinfo is not None else None


def year(raw: object) -> int | None:
    """A year within the bounds, from four digits."""
    if isinstance(raw, str) and len(raw) == 4 and raw.isascii() and raw.isdigit() and YEARS[0] <= int(raw) <= YEARS[1]:
        return int(raw)
    return None
