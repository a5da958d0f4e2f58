"""Housekeeping: finished jobs and expired sessions do not pile up."""

from __future__ import annotations

from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

KEEP_HOURS = 72


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="serve.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every night: forget jobs that were done three days ago; failed ones stay to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEEP_HOURS)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="serve.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: expired sessions leave the table."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="serve.clear_counters")
def clear_counters(timestamp: int) -> int:
    """Every hour: counters whose window has ended leave the table."""
    from yiwang.org.limits import SWEEP, sweep

    gone = removed = sweep()
    while removed == SWEEP:
        removed = sweep()
        gone += removed
    return gone
