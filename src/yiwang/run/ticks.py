"""The worker's clock: what a wall clock that jumped has missed is done once, not once for each minute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import procrastinate
from procrastinate import periodic


class LastTick(periodic.PeriodicDeferrer):
    """Asks for each task at the last moment that its timetable names, unless that was asked for already.

    A machine that slept, was restored or had its clock set wakes with days of missed minutes. The package asks for each
    of them, thousands in a row; our tasks do all that is due by now, so that one visit makes up for the rest. A clock
    that was set back begins anew from what it shows, instead of waiting until it comes by again.
    """

    def get_timestamps(
        self, periodic_task: periodic.PeriodicTask[..., Any, ...], since: int | None, until: float
    ) -> Iterable[int]:
        """The moment to ask for, if any, in seconds since 1970; `since` is the last one that was asked for."""
        if since is None or since > until:
            yield from super().get_timestamps(periodic_task, None, until)
            return
        timetable = periodic_task.croniter
        timetable.set_current(start_time=until)
        last = round(timetable.get_prev(ret_type=float))
        if last > since:
            yield last


def of_the_worker(app: procrastinate.App) -> None:
    """Let every worker of this program keep its timetable so: it is made by the name that stands here."""
    periodic.PeriodicDeferrer = LastTick  # type: ignore[misc]
