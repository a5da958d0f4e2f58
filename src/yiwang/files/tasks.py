"""Every night: what belongs to nothing goes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .tidy import tidy


@app.periodic(cron="40 19 * * *")  # 03:40 in China
@app.task(queueing_lock="files.tidy", pass_context=False)
def clear_away(timestamp: int) -> int:
    """Uploads of refused actions, bytes without a row, half-written files; returns how many."""
    done = tidy()
    return done.rows + done.bytes_ + done.partial
