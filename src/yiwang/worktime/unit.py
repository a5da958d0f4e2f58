"""What a limit counts, and what a text that names one says."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple

from .conventions import NOTHING_SAID, Conventions

NO_DATE = date.min


class Unit(Enum):
    """What a limit counts (R0.3). The named dates are read in the year of the start (R0.11)."""

    WORKDAYS = "workdays"
    WORK_MINUTES = "work minutes"
    MINUTES = "minutes"
    DAYS = "days"
    MONTHS = "months"
    DATE = "date"
    MONTH_END = "month end"  # amount: the month, or 0 for the month of the start
    MONTH_DAY = "month day"  # amount: month * 100 + day
    QUARTER_END = "quarter end"  # of the start

    @property
    def exact(self) -> bool:
        """Counted to the moment, not to the end of a day."""
        return self in (Unit.WORK_MINUTES, Unit.MINUTES)

    @property
    def named(self) -> bool:
        """A date by itself: neither a pause nor the day of receipt changes it."""
        return self in (Unit.DATE, Unit.MONTH_END, Unit.MONTH_DAY, Unit.QUARTER_END)


class Said(NamedTuple):
    """What a text says of a limit: the parts of which `Limit` is made."""

    unit: Unit
    amount: int = 0
    on: date = NO_DATE
    conventions: Conventions = NOTHING_SAID
