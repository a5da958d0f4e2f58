"""What the worker does by itself: red goals get their supervision orders every working morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org import session
from yiwang.org.installed import districts

from . import store


@app.periodic(cron="30 0 * * *")  # 08:30 in China
@app.task(queueing_lock="goals.supervise", pass_context=False)
def supervise_red_goals(timestamp: int) -> int:
    """Open an order for each red goal that has none; returns how many."""
    opened = 0
    for district in districts():
        with session.acting_as(session.system(district.id)) as asker:
            opened += len(store.supervise(asker))
    return opened
