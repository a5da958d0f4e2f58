"""Days and moments within the years that a district can mean: one step of a time zone or of a calendar from 0001 or
9999 is no date any more, and a limit counted from there runs out of the calendar."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

YEARS = (1900, 2200)


def day(raw: object) -> date | None:
    """A day written 2026-10-12; None for anything else and for years outside.

    >>> day("2026-10-12"), day("0001-01-01"), day("9999-12-31"), day([])
    (datetime.date(2026, 10, 12), None, None, None)
    """
    if not isinstance(raw, str) or len(raw) > 20:
        return None
    try:
        found = date.fromisoformat(raw.strip())
    except ValueError:
        return None
    return found if YEARS[0] <= found.year <= YEARS[1] else None


def moment(raw: object, zone: tzinfo | None = None) -> datetime | None:
    """A moment as ISO 8601, or a datetime; without an offset it is read in `zone` (None: it must have one).

    >>> moment("0001-01-01T00:00:00+23:00"), moment("2026-10-12T09:00")
    (None, None)
    """
    found = raw
    if isinstance(raw, str) and len(raw) <= 40:
        try:
            found = datetime.fromisoformat(raw.strip())
        except ValueError:
            return None
    if not isinstance(found, datetime) or not YEARS[0] <= found.year <= YEARS[1]:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found if found.tzinfo is not None else None


def year(raw: object) -> int | None:
    """A year within the bounds, from four digits."""
    if isinstance(raw, str) and len(raw) == 4 and raw.isascii() and raw.isdigit() and YEARS[0] <= int(raw) <= YEARS[1]:
        return int(raw)
    return None
