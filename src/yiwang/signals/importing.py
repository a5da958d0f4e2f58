"""A file of messages comes in: row by row, batch by batch, nothing lost and nothing twice.

rows read == opened + already there + quarantined. Each batch is one transaction, so an import that is broken off is
continued by running it again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

from yiwang.matters.kinds import kind_of
from yiwang.org.access import Asker, acting_as
from yiwang.org.queries import facts
from yiwang.why import Words, say

from . import store
from .definition import MessageMap
from .rules import content_of, read_row
from .tables import Row, Unreadable, open_table

BATCH = 500
T = TypeVar("T")


@dataclass
class Tally:
    """How an import stands. `reasons`: sentence -> how many rows; `examples`: sentence -> the first line it befell."""

    file: str
    form: str
    rows: int = 0
    opened: int = 0
    there: int = 0
    quarantined: int = 0
    reasons: Counter[Words] = field(default_factory=Counter)
    examples: dict[Words, int] = field(default_factory=dict)
    share: float = 0.0
    began: float = field(default_factory=time.monotonic)
    broken: Words | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def speed(self) -> int:
        return round(self.rows / max(self.seconds, 1e-9))

    def words(self, key: str) -> Words:
        """Its figures in one sentence."""
        told = {
            name: getattr(self, name) for name in ("file", "form", "rows", "opened", "there", "quarantined", "speed")
        }
        return say(key, **told, seconds=round(self.seconds, 1), share=round(100 * self.share))


def bring_in(
    asker: Asker,
    path: Path,
    one: MessageMap,
    kind: str,
    *,
    batch: int = BATCH,
    check: bool = False,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Import a file of messages as matters of a kind; with `check` only say what would come of it.

    Raises tables.Unreadable when the file is no table or lacks columns, UnknownKind, OSError. A file that breaks off
    in the middle keeps what came before, and `broken` says so.
    """
    now = timezone.now()
    with acting_as(asker):
        kind_of(asker, kind)
        zone = facts(asker).zone
    table = open_table(path, one.needs())
    tally = Tally(path.name, table.form)
    seen: set[str] | None = set() if check else None
    with table.stream:
        try:
            for rows in _batches(table.rows, batch):
                _take(asker, kind, one, rows, zone, now, tally, seen)
                tally.share = table.at()
                progress(tally)
        except Unreadable as cut:
            tally.broken = cut.words
    return tally


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`; what was read before a file breaks off still comes out."""
    walked = iter(rows)
    while True:
        batch: list[T] = []
        try:
            batch.extend(islice(walked, size))
        except Unreadable:
            if batch:
                yield batch
            raise
        if not batch:
            return
        yield batch


def _take(
    asker: Asker,
    kind: str,
    one: MessageMap,
    rows: list[Row],
    zone: ZoneInfo,
    now: datetime,
    tally: Tally,
    seen: set[str] | None,
) -> None:
    arrived, refused = [], []
    for row in rows:
        found = [row.trouble] if row.trouble else read_row(row.cells, one, zone, now)
        if isinstance(found, list):
            content = content_of(row.raw if row.trouble else row.cells)
            refused.append(store.Refused(row.line, row.raw, content, found))
        else:
            arrived.append(store.Arrived(row.line, row.raw, found))
    if seen is not None:  # nothing is written, so what the file itself repeats is remembered here
        again = [a for a in arrived if a.message.id in seen]
        tally.there += len(again)
        arrived = [a for a in arrived if a.message.id not in seen]
        seen.update(a.message.id for a in arrived)
    taken = store.take(asker, kind, one.source, arrived, refused, file=tally.file, now=now, write=seen is None)
    tally.rows += len(rows)
    tally.opened += taken.opened
    tally.there += taken.there
    tally.quarantined += len(taken.refused)
    for one_refused in taken.refused:
        for words in one_refused.reasons:
            tally.reasons[words] += 1
            tally.examples.setdefault(words, one_refused.line)
