"""Housekeeping: finished jobs and expired sessions do not pile up."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

from yiwang.org.limits import SWEEP, sweep

KEEP_HOURS = 72


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="run.remove_old_jobs", pass_context=True, aliases=["yiwang.serve.tasks.remove_old_jobs"])
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every night: forget jobs that were done three days ago; failed ones stay to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEEP_HOURS)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="run.clear_sessions", aliases=["yiwang.serve.tasks.clear_sessions"])
def clear_sessions(timestamp: int) -> None:
    """Every night: expired sessions leave the table."""
    SessionStore.clear_expired()


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="run.clear_counters", aliases=["yiwang.serve.tasks.clear_counters"])
def clear_counters(timestamp: int) -> int:
    """Every hour: counters whose window has ended leave the table."""
    gone = removed = sweep()
    while removed == SWEEP:
        removed = sweep()
        gone += removed
    return gone
