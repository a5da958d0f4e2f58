"""What the platform does by itself: reminders when a clock runs out, and what kinds say that time brings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org import session
from yiwang.org.installed import districts

from . import going_round, store, together


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="matters.urge", pass_context=False)
def urge(timestamp: int) -> int:
    """Every five minutes: a reminder into every matter whose clock ran out (R2.5)."""
    return sum(store.urge_overdue(session.system(district.id)) for district in districts())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="matters.itself", pass_context=False)
def act_by_itself(timestamp: int) -> int:
    """Every minute: what time has brought to matters (R3.2, R8.5)."""
    return sum(
        store.act_by_itself(platform) + store.end_orphans(platform) + together.end_merged(platform)
        for platform in (session.system(district.id) for district in districts())
    )


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="matters.round", pass_context=False)
def go_round(timestamp: int) -> int:
    """Every minute: the rounds whose turn has come (R8.7)."""
    return sum(going_round.go_round(session.system(district.id)) for district in districts())
