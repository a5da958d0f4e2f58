"""The bridge's doors, opened for a test."""

from __future__ import annotations

from typing import Any

from yiwang.run.lanes import Lane

Environ = dict[str, Any]


class Open:
    """Doors of a test's own: one lane, and bodies of a million bytes."""

    def __init__(self, threads: int, waiting: int = 100) -> None:
        self.only = Lane("test", threads=threads, waiting=waiting)

    def lane(self, scope: Any) -> Lane:
        return self.only

    def most_bytes(self, scope: Any) -> int:
        return 1_000_000

    def reason(self, trouble: BaseException) -> str:
        return "fault"

    def refusal(self, scope: Any, reason: str) -> Any:
        return {"too_large": 413, "too_slow": 408, "full": 503, "fault": 500}[reason], [], reason.encode()
