"""How long to wait before something that ended is started again: at once the first time, longer each time after."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST = 0.2
LONGEST = 15.0
GOOD = 60.0  # seconds without an end after which it counts as well again


@dataclass
class Backoff:
    """The ends of one program."""

    clock: Callable[[], float] = time.monotonic
    ends: int = 0
    _last: float = field(default=float("-inf"))

    def after_an_end(self) -> float:
        """Count an end; the seconds to wait."""
        now = self.clock()
        self.ends = self.ends + 1 if now - self._last <= GOOD + LONGEST else 1
        self._last = now
        return float(min(LONGEST, FIRST * 2 ** min(self.ends - 1, 20)))
