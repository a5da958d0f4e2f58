"""A plan of three sentences, and its units' reports."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from yiwang.goals import store
from yiwang.org.session import acting_as

PLAN = """试验区2026年重点工作安排

一、改善居住条件
1.加装电梯。完成加装电梯240台。9月底前文化馆新馆建成开放。（责任单位：区水务局）
2.多种树。新建绿地36公顷。（责任单位：区绿化市容局）
3.办好诉求。12345热线实际解决率不低于85%。（责任单位：区城运中心）
"""

JULY = datetime(2026, 7, 6, 2, tzinfo=UTC)

PAPER = b"%PDF-1.4 evidence"


def as_(district: Any, post: str) -> Any:
    return acting_as(district.as_(post))


def report(district: Any, post: str, goal: int, period: str, value: int, **more: Any) -> Any:
    more.setdefault("files", [store.File("验收单.pdf", PAPER)])
    with as_(district, post) as asker:
        return store.report(asker, goal, period, Decimal(value), at=more.pop("at", JULY), **more)
