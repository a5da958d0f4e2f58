"""In which queues of its kind a matter stands, and why: read off its facts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from yiwang.why import Receipt, say

from .definition import Kind
from .facts import row
from .queues import Queue


def queues_of(kind: Kind, state: Mapping[str, Any], now: datetime) -> Iterator[tuple[str, Queue]]:
    """(name, queue) of every queue in which it stands now; `in_queue` asks the same of rows."""
    ended, seen = state.get("closed_at") is not None, row(kind, state, now)
    for name, queue in kind.queues.items():
        if ended == (queue.library is not None) and kind.expressions[queue.when].evaluate(seen) is True:
            yield name, queue


def receipt(kind: Kind, state: Mapping[str, Any], name: str, now: datetime) -> Receipt | None:
    """Why it stands in a queue; None where it does not."""
    queue = dict(queues_of(kind, state, now)).get(name)
    if queue is None:
        return None
    because = kind.expressions[queue.when].explain(row(kind, state, now))
    return Receipt(say("matters.stands_in_queue", queue=queue.title.mapping()), True, (because,), kind.reference, now)
