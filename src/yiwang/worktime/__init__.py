"""Working time: when is it due, and why.

Calendar   dated data: days off, make-up working days, half days, office hours
Limit      "5 workdays", "4工作时", "三季度末"
due        the deadline with its day-by-day receipt
"""

from typing import TYPE_CHECKING, Any

from .calendar import Calendar
from .conventions import Conventions
from .course import Refusal
from .days import Day
from .due import Due, due
from .elapsed import Remaining, closings, elapsed, remaining
from .elapsed_workdays import elapsed_workdays
from .errors import CalendarError, InstantError, LimitError, RulesError, WorktimeError
from .hours import Hours
from .limit import Limit
from .pause import Extension, Pause, running
from .preview import Clock, Move, moves
from .unit import Unit

if TYPE_CHECKING:
    from .many import DueArray, due_many, elapsed_many

__all__ = [
    "Calendar",
    "CalendarError",
    "Clock",
    "Conventions",
    "Day",
    "Due",
    "DueArray",
    "Extension",
    "Hours",
    "InstantError",
    "Limit",
    "LimitError",
    "Move",
    "Pause",
    "Refusal",
    "Remaining",
    "RulesError",
    "Unit",
    "WorktimeError",
    "closings",
    "due",
    "due_many",
    "elapsed",
    "elapsed_many",
    "elapsed_workdays",
    "moves",
    "remaining",
    "running",
]


def __getattr__(name: str) -> Any:
    if name in ("DueArray", "due_many", "elapsed_many"):  # numpy is loaded by those who count many clocks at once
        from . import many

        return getattr(many, name)
    raise AttributeError(name)
