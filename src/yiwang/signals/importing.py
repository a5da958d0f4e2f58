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

from yiwang.ledger import clock
from yiwang.matters.doors import check_in_use
from yiwang.matters.kinds import kind_of
from yiwang.org.asker import Asker
from yiwang.org.personal import masked
from yiwang.org.personal.forms import using
from yiwang.org.queries import facts
from yiwang.org.recognised import forms_of
from yiwang.org.session import acting_as
from yiwang.tables import Row, Unreadable, open_table
from yiwang.why import Words, say

from . import store
from .definition import MessageMap
from .numbers import Lengths, rounded_alike
from .rules import content_of, read_row

BATCH = 500
T = TypeVar("T")
Sort = tuple[str, ...]
_TELLING = ("column", "field", "formats", "head")  # what tells two sorts of one sentence apart; its other words do not


@dataclass
class Tally:
    """How an import stands.

    late, ended  of those opened: overdue as soon as they are there; come in as history
    reasons      sort of sentence -> how many rows; `examples`: sort -> the first line that it befell, and its sentence
    notes        the same of what was left out of messages that opened; `passed` tells sheets and columns not read
    """

    file: str
    form: str
    rows: int = 0
    opened: int = 0
    there: int = 0
    quarantined: int = 0
    late: int = 0
    ended: int = 0
    reasons: Counter[Sort] = field(default_factory=Counter)
    notes: Counter[Sort] = field(default_factory=Counter)
    examples: dict[Sort, tuple[int, Words]] = field(default_factory=dict)
    passed: list[Words] = field(default_factory=list)
    share: float = 0.0
    began: float = field(default_factory=time.monotonic)
    broken: Words | None = None

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def speed(self) -> int:
        return round(self.rows / max(self.seconds, 1e-9))

    def count(self, where: Counter[Sort], words: Words, line: int) -> None:
        """One more row of this sort."""
        sort = sort_of(words)
        where[sort] += 1
        self.examples.setdefault(sort, (line, words))

    def words(self, key: str) -> Words:
        """Its figures in one sentence."""
        values = {
            name: getattr(self, name) for name in ("file", "form", "rows", "opened", "there", "quarantined", "speed")
        }
        return say(key, **values, seconds=round(self.seconds, 1), share=round(100 * self.share))


def sort_of(words: Words) -> Sort:
    """What a sentence is about, without the value that it happened to."""
    parts = [str(words.args[name]) for name in _TELLING if name in words.args]
    why = words.args.get("why")
    return (words.key, *parts, *(sort_of(why) if isinstance(why, Words) else ()))


def bring_in(
    asker: Asker,
    path: Path,
    mapping: MessageMap,
    kind: str,
    *,
    batch: int = BATCH,
    check: bool = False,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Import a file of messages as matters of a kind; with `check` only say what would come of it.

    Raises tables.Unreadable when the file is no table, lacks columns or holds no row, UnknownKind, OSError. A file
    that breaks off in the middle keeps what came before, and `broken` says so.
    """
    now = clock.now()
    with acting_as(asker):
        check_in_use(kind_of(asker, kind))
        zone, forms = facts(asker).zone, forms_of(asker)
        lengths = Lengths(store.lengths_of(asker, mapping.source))
    table = open_table(path, mapping.needs())
    tally = Tally(path.name, table.form)
    seen: set[str] | None = set() if check else None
    with table.stream:
        try:
            for rows in _batches(table.rows, batch):
                with using(asker.district, forms):
                    _take(asker, kind, mapping, rows, zone, now, tally, seen, lengths)
                tally.share = table.at()
                progress(tally)
        except Unreadable as cut:
            tally.broken = cut.words
    if not tally.rows and tally.broken is None:
        passed = table.passed_over()
        why = say("signals.no_rows")
        raise Unreadable(say("tables.perhaps_hidden", why=why, hidden=passed) if passed else why)
    unused = [name[:40] for name in table.head if name and name not in mapping.used()]
    tally.passed = [*table.passed_over(), *([say("signals.columns_unused", columns=unused)] if unused else [])]
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


def _name_told(row: Row, mapping: MessageMap) -> list[str]:
    """The name of who wrote, where the row tells it in a column of its own."""
    return [row.cells.get(column, "") for part, column in mapping.reporter.columns().items() if part == "name"]


def _take(
    asker: Asker,
    kind: str,
    mapping: MessageMap,
    rows: list[Row],
    zone: ZoneInfo,
    now: datetime,
    tally: Tally,
    seen: set[str] | None,
    lengths: Lengths,
) -> None:
    arrived, refused = [], []
    used = mapping.used()
    for row in rows:
        damaged = [row.trouble] if row.trouble else [why for column, why in row.broken.items() if column in used]
        message = damaged or read_row(row.cells, mapping, zone, now, row.shown)
        content = content_of(row.raw if row.trouble else row.cells)
        if isinstance(message, list):
            refused.append(store.Refused(row.line, masked(row.raw, _name_told(row, mapping)), content, message))
        else:
            arrived.append(store.Arrived(row.line, row.raw, message, content))
    arrived = _with_sure_numbers(mapping, arrived, refused, lengths)
    if seen is not None:  # nothing is written, so what the file itself repeats is remembered here
        again = [a for a in arrived if a.message.same in seen]
        tally.there += len(again)
        arrived = [a for a in arrived if a.message.same not in seen]
        seen.update(a.message.same for a in arrived)
    taken = store.take(asker, kind, mapping, arrived, refused, file=tally.file, now=now, write=seen is None)
    tally.rows += len(rows)
    tally.opened += taken.opened
    tally.there += taken.there
    tally.quarantined += len(taken.refused)
    tally.late += taken.late
    tally.ended += taken.ended
    for one_refused in taken.refused:
        for words in one_refused.reasons:
            tally.count(tally.reasons, words, one_refused.line)
    for line, words in taken.notes:
        tally.count(tally.notes, words, line)


def _with_sure_numbers(
    mapping: MessageMap, arrived: list[store.Arrived], refused: list[store.Refused], lengths: Lengths
) -> list[store.Arrived]:
    """Those whose own number is whole; rounded ones, and those that lost the zeros in front, join the refused."""
    if not mapping.id:
        return arrived
    numbers = [a.message.id for a in arrived]
    damaged = dict.fromkeys(lengths.seen(numbers).without_zeros(numbers), "signals.zeros_lost")
    damaged |= dict.fromkeys(rounded_alike(numbers), "signals.number_rounded")
    for a in arrived:
        if key := damaged.get(a.message.id):
            refused.append(store.Refused(a.line, a.raw, a.row, [say(key, column=mapping.id, text=a.message.id)]))
    return [a for a in arrived if a.message.id not in damaged]
