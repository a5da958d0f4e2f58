"""What the platform does by itself: reminders when a clock runs out, a checkpoint of the ledger every day."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org import access
from yiwang.org.models import District

from . import auditing, store


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="matters.urge", pass_context=False)
def urge(timestamp: int) -> int:
    """Every five minutes: a reminder into every matter whose clock ran out (R2.5)."""
    return sum(store.urge_overdue(access.system(pk)) for pk in District.objects.values_list("pk", flat=True))


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="matters.checkpoint", pass_context=False)
def checkpoint(timestamp: int) -> int:
    """Every night: a Merkle root over the heads of all matters (design §6)."""
    taken = 0
    for pk in District.objects.values_list("pk", flat=True):
        with access.acting_as(access.system(pk)) as asker:
            auditing.checkpoint(asker)
            taken += 1
    return taken
