"""What the platform does by itself: reminders when a clock runs out, and what kinds say that time brings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from yiwang.org.one_by_one import in_each_district

from . import by_itself, going_round, together


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="matters.urge", pass_context=False)
def urge(timestamp: int) -> int:
    """Every five minutes: a reminder into every matter whose clock ran out (R2.5)."""
    return in_each_district(by_itself.urge_overdue)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="matters.itself", pass_context=False)
def act_by_itself(timestamp: int) -> int:
    """Every minute: what time has brought to matters (R3.2, R8.5)."""
    return in_each_district(by_itself.act_by_itself, by_itself.end_orphans, together.end_merged)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="matters.round", pass_context=False)
def go_round(timestamp: int) -> int:
    """Every minute: the rounds whose turn has come (R8.7)."""
    return in_each_district(going_round.go_round)
