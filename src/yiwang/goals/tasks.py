"""What the worker does by itself: red goals get their supervision orders every working morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org.asker import Asker
from yiwang.org.one_by_one import in_each_district
from yiwang.org.session import acting_as

from . import store


@app.periodic(cron="30 0 * * *")  # 08:30 in China
@app.task(queueing_lock="goals.supervise", pass_context=False)
def supervise_red_goals(timestamp: int) -> int:
    """Open an order for each red goal that has none; returns how many."""
    return in_each_district(_supervise)


def _supervise(platform: Asker) -> int:
    with acting_as(platform) as asker:
        return len(store.supervise(asker))
