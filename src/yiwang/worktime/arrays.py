"""A table as numpy arrays, and its zone's offsets, for counting many clocks at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .calendar import Calendar
from .table import DAY, EPOCH_DAY, MICROSECOND, Table, instant_of

Ints = NDArray[np.int64]
SECOND = 1_000_000


class Arrays:
    """The columns of `Table` as int64 arrays; `work` and `opens` may be empty, the others never are."""

    def __init__(self, table: Table, calendar: Calendar) -> None:
        self.base, self.size = table.base, table.size
        self.midnight, self.close, self.work, self.before, self.unknown, self.opens, self.shuts, self.worked = (
            np.array(column, dtype=np.int64)
            for column in (
                table.midnight, table.close, table.work, table.before, table.unknown,
                table.opens, table.shuts, table.worked,
            )
        )  # fmt: skip
        changes, offsets = _changes(calendar, table.midnight[0] - 2 * DAY, table.midnight[-1] + 2 * DAY)
        self._changes = np.array(changes, dtype=np.int64)
        self._offsets = np.array(offsets, dtype=np.int64)
        # a wall time that is skipped or shown twice keeps the offset from before the change, as `local_micros` does
        self._walls = self._changes + np.maximum(self._offsets[:-1], self._offsets[1:])

    def offset_at(self, us: Ints) -> Any:
        """What the wall clock shows more than UTC at each instant."""
        return self._offsets[np.searchsorted(self._changes, us, "right")]

    def instant(self, day: Ints, within: Ints) -> Ints:
        """The instants of wall times: days of the table and microseconds after their midnights."""
        wall = (day + (self.base - EPOCH_DAY)) * DAY + within
        return np.asarray(wall - self._offsets[np.searchsorted(self._walls, wall, "right")])


def arrays_of(table: Table, calendar: Calendar) -> Arrays:
    if not isinstance(table.arrays, Arrays):
        table.arrays = made = Arrays(table, calendar)
        return made
    return table.arrays


def _changes(calendar: Calendar, first: int, last: int) -> tuple[list[int], list[int]]:
    """The instants at which the zone's offset changes, and the offsets before, between and after them."""

    def offset(us: int) -> int:
        local: datetime = instant_of(us).astimezone(calendar.zone)
        shift = local.utcoffset()
        return 0 if shift is None else shift // MICROSECOND

    changes: list[int] = []
    offsets = [offset(first)]
    for us in range(first, last, DAY):
        after = offset(us + DAY)
        if after == offsets[-1]:
            continue
        low, high = us, us + DAY
        while high - low > SECOND:
            middle = (low + high) // 2 // SECOND * SECOND
            low, high = (middle, high) if offset(middle) == offsets[-1] else (low, middle)
        changes.append(high)
        offsets.append(after)
    return changes, offsets
