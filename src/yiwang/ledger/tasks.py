"""What the ledger does by itself: a checkpoint every hour."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org.one_by_one import in_each_district

from . import checkpoints


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="ledger.checkpoint", pass_context=False)
def checkpoint(timestamp: int) -> int:
    """Every hour: the ends of all chains that have grown, signed (design §6)."""
    return in_each_district(lambda platform: checkpoints.take(platform.district) is not None)
