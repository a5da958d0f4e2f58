"""What time it is: the machine's, as long as the database agrees (R9.9, design §5).

A clock that runs ahead would stamp an entry with a time that has not come, and everything after it could only be
later still. So a machine that is ahead of the database by more than a minute is refused; one that is behind is told
the database's time. The difference is measured twice a minute, and at once when the machine's clock jumps.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from yiwang.why import Receipt, say

AT_MOST = timedelta(minutes=1)
MEASURED_FOR = 30.0  # seconds
JUMP = 1.0  # seconds by which wall and monotonic clock may part


class ClockAhead(Exception):
    """This machine's clock is ahead of the database's: nothing is written until it is set right."""

    status = 503

    def __init__(self, here: datetime, there: datetime) -> None:
        self.receipt = Receipt(say("ledger.clock_ahead", here=here, there=there), False)
        super().__init__(self.receipt.sentence("en"))


@dataclass(frozen=True, slots=True)
class _Measured:
    monotonic: float
    wall: float
    behind: float  # seconds by which the machine is behind the database

    def holds(self) -> bool:
        passed = time.monotonic() - self.monotonic
        return passed < MEASURED_FOR and abs(time.time() - self.wall - passed) < JUMP


_measured: _Measured | None = None


def now() -> datetime:
    """This moment. Raises ClockAhead."""
    global _measured
    known = _measured
    if known is None or not known.holds():
        known = _measure()
        _measured = known
    here = timezone.now()
    return here + timedelta(seconds=known.behind) if known.behind > AT_MOST.total_seconds() else here


def _measure() -> _Measured:
    monotonic, here = time.monotonic(), time.time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        (there,) = cursor.fetchone()
    if here - there > AT_MOST.total_seconds():
        raise ClockAhead(datetime.fromtimestamp(here, UTC), datetime.fromtimestamp(there, UTC))
    return _Measured(monotonic, here, there - here)
