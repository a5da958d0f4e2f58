"""What stops a clock or lengthens it: always with a reason and somebody who answered for it (R0.5, R2.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .errors import LimitError
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
        if not _answered_for(self.reason, self.approver):
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
        if not _answered_for(self.reason, self.approver):
            raise LimitError("worktime.error.extension_unapproved")
        if not isinstance(self.limit, Limit):
            raise LimitError("worktime.error.no_limit", text=str(self.limit))
        micros(self.asked_at)


def _answered_for(reason: str | None, approver: str | None) -> bool:
    return bool(reason and reason.strip() and approver and approver.strip())


def standstills(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """The pauses as disjoint spans of microseconds in order; what overlaps or touches becomes one."""
    spans = sorted(map(_span, pauses))
    apart: list[tuple[int, int]] = []
    for begin, end in spans:
        if begin == end:
            continue
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def _span(pause: Pause) -> tuple[int, int]:
    if not isinstance(pause, Pause):
        raise LimitError("worktime.error.no_pause", text=type(pause).__name__)
    return micros(pause.start), NEVER if pause.end is None else micros(pause.end)


def running(start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
    """Time on the wall from `start` to `end` without the pauses: wall time minus suspended time (R0.5)."""
    a, b = micros(start), micros(end)
    stood = sum(max(0, min(b, to) - max(a, begin)) for begin, to in standstills(pauses))
    return timedelta(microseconds=max(0, b - a - stood))
