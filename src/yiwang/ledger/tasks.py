"""What the ledger does by itself: a checkpoint every hour."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org.installed import districts

from . import checkpoints


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="ledger.checkpoint", pass_context=False)
def checkpoint(timestamp: int) -> int:
    """Every hour: the ends of all chains that have grown, signed (design §6)."""
    return sum(checkpoints.take(district.id) is not None for district in districts())
