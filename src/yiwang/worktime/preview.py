"""What a new calendar would do to clocks that are running: shown before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .calendar import Calendar
from .due import Due, due
from .limit import Limit
from .pause import Extension, Pause


@dataclass(frozen=True, slots=True)
class Clock:
    """A running clock: what it was started with, and the deadline it has now (None: it stands)."""

    id: Any
    start: datetime
    limit: Limit
    due: datetime | None
    provisional: bool = False
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One clock whose deadline changes, or whose deadline stops (or begins) to be provisional."""

    clock: Clock
    to: Due

    @property
    def by(self) -> timedelta | None:
        """How much later; negative when earlier, None when it stood before or stands now."""
        if self.clock.due is None or self.to.at is None:
            return None
        return self.to.at - self.clock.due


def moves(clocks: Iterable[Clock], calendar: Calendar) -> Iterator[Move]:
    """Those of `clocks` that `calendar` would change, in the order given; nothing is changed by asking."""
    for clock in clocks:
        new = due(clock.start, clock.limit, calendar, pauses=clock.pauses, extensions=clock.extensions)
        if (new.at, new.provisional) != (clock.due, clock.provisional):
            yield Move(clock, new)
