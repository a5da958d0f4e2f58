"""What stops a clock or lengthens it: always with a reason and somebody who answered for it (R0.5, R2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .errors import InstantError, LimitError
from .limit import Limit
from .table import micros

NEVER = 1 << 62  # the end of a pause that has none yet


@dataclass(frozen=True, slots=True)
class Pause:
    """From `start` to `end` the clock stands; `end` None: it still does. Raises `LimitError` if nobody approved it."""

    start: datetime
    end: datetime | None
    reason: str
    approver: str

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.approver.strip():
            raise LimitError("worktime.error.pause_unapproved")
        begin = micros(self.start)
        if self.end is not None and micros(self.end) < begin:
            raise LimitError("worktime.error.pause_backwards", start=self.start, end=self.end)

    @classmethod
    def while_closed(cls, closed_at: datetime, reopened_at: datetime, reason: str, approver: str) -> Pause:
        """A clock that was stopped and is started again: the time between was nobody's."""
        return cls(closed_at, reopened_at, reason, approver)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, asked for at `asked_at`: a span after the due, or a later date instead of it."""

    limit: Limit
    reason: str
    approver: str
    asked_at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.approver.strip():
            raise LimitError("worktime.error.extension_unapproved")
        if self.asked_at.tzinfo is None:
            raise InstantError("worktime.error.naive", text=self.asked_at.isoformat(" "))


def standstills(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """The pauses as disjoint spans of microseconds in order; what overlaps or touches becomes one."""
    spans = sorted((micros(one.start), NEVER if one.end is None else micros(one.end)) for one in pauses)
    apart: list[tuple[int, int]] = []
    for begin, end in spans:
        if begin == end:
            continue
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def running(start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """Time on the wall from `start` to `end` without the pauses: wall time minus suspended time (R0.5)."""
    a, b = micros(start), micros(end)
    stood = sum(max(0, min(b, to) - max(a, begin)) for begin, to in standstills(pauses))
    return timedelta(microseconds=max(0, b - a - stood))
