"""Every night: what belongs to nothing goes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .again import clean_again
from .tidy import tidy


@app.periodic(cron="40 19 * * *")  # 03:40 in China
@app.task(queueing_lock="files.tidy", pass_context=False)
def clear_away(timestamp: int) -> int:
    """Old files are cleaned by today's rules; what belongs to nothing goes. Returns how many went."""
    clean_again()
    done = tidy()
    return done.rows + done.bytes_ + done.partial
