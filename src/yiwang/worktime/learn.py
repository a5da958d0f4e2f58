"""Which limits would explain a log? Proposes a rules file for a person to read, correct and keep."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from .calendar import Calendar
from .conventions import Conventions
from .elapsed import closings
from .limit import Limit
from .log import Times, rows
from .many import due_many
from .table import micros
from .unit import Unit

_WAYS = [
    Conventions(ends=ends, outside=outside)
    for ends in ("same time", "office close", "midnight")
    for outside in ("as received", "next opening")
]
SAMPLE = 400  # rows of a kind that are looked at for spans to try
TRIED = 6  # most frequent spans tried for each unit
PLAUSIBLE = frozenset(range(1950, 2200))  # other years are slips of the pen
GAIN = 0.02  # a change of the limit is believed when it explains this share of the rows more
FEW = 8  # and at least so many rows


class Learnt(NamedTuple):
    """The limits of one kind by the day of receipt since which they hold, and the share of rows they explain."""

    kind: str
    rows: int
    limits: dict[date, Limit]
    share: float


def learn(
    path: Path,
    start: str,
    due: str,
    type_column: str,
    calendar: Calendar,
    tolerance_seconds: int = 90,
    least: int = 30,
    time_format: str | None = None,
) -> Iterator[Learnt]:
    """For each kind with at least `least` deadlines the limits that reproduce most of them, frequent kinds first."""
    times = Times(calendar.zone, time_format)
    pairs: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for _, row in rows(path, [start, due, type_column]):
        try:
            begun, ends = times.read(row[start]), times.read_end(row[due])
        except ValueError:
            continue
        if begun is not None and ends is not None and begun <= ends and {begun.year, ends.year} <= PLAUSIBLE:
            pairs[row[type_column] or ""].append((begun, ends))
    for kind, some in sorted(pairs.items(), key=lambda item: -len(item[1])):
        if len(some) >= least:
            yield _learn_one(kind, sorted(some), calendar, tolerance_seconds)


def learn_verdicts(
    path: Path, due: str, closed: str, verdict: str, calendar: Calendar, time_format: str | None = None
) -> dict[str, bool]:
    """Which words of a log say that a row was closed after its deadline (True), which that it was not."""
    times = Times(calendar.zone, time_format)
    late: dict[str, Counter[bool]] = defaultdict(Counter)
    for _, row in rows(path, [due, closed, verdict]):
        try:
            ends, done = times.read_end(row[due]), times.read(row[closed])
        except ValueError:
            continue
        word = (row[verdict] or "").strip()
        if ends is not None and done is not None and word:
            late[word][done > ends] += 1
    return {word: seen[True] > seen[False] for word, seen in sorted(late.items())}


def _learn_one(kind: str, pairs: list[tuple[datetime, datetime]], calendar: Calendar, tolerance_seconds: int) -> Learnt:
    starts = np.array([micros(begun) for begun, _ in pairs]).view("datetime64[us]")
    logged = np.array([micros(ends) for _, ends in pairs])
    limits = list(_candidates(pairs, calendar))
    hits = np.array(
        [
            np.abs(due_many(starts, limit, calendar).view(np.ndarray).view(np.int64) - logged)
            <= tolerance_seconds * 1_000_000
            for limit in limits
        ]
    )
    parts = _parts(hits, 0, len(pairs))
    days = [date.min, *(pairs[begin][0].astimezone(calendar.zone).date() for begin, _, _ in parts[1:])]
    found = {day: limits[which] for day, (_, _, which) in zip(days, parts, strict=True)}
    explained = sum(int(hits[which, begin:end].sum()) for begin, end, which in parts)
    return Learnt(kind, len(pairs), found, explained / len(pairs))


def _parts(hits: NDArray[np.bool_], begin: int, end: int) -> list[tuple[int, int, int]]:
    """Stretches of rows in time order, each with the limit that explains most of it: (begin, end, limit)."""
    counts = hits[:, begin:end].cumsum(axis=1)
    best = int(counts[:, -1].argmax())
    total = counts[:, -1]
    split_score = counts.max(axis=0) + (total[:, None] - counts).max(axis=0)
    place = int(split_score.argmax())
    needed = max(FEW, GAIN * hits.shape[1])
    if place + 1 < end - begin and split_score[place] - total[best] >= needed:
        middle = begin + place + 1
        return _parts(hits, begin, middle) + _parts(hits, middle, end)
    return [(begin, end, best)]


def _candidates(pairs: list[tuple[datetime, datetime]], calendar: Calendar) -> Iterator[Limit]:
    """Spans that the log itself shows most, in every unit and by every convention."""
    spans: dict[Unit, Counter[int]] = defaultdict(Counter)
    for begun, ends in pairs[:: max(1, len(pairs) // SAMPLE)]:
        days = (ends.astimezone(calendar.zone).date() - begun.astimezone(calendar.zone).date()).days
        spans[Unit.DAYS].update((days, max(days - 1, 0)))
        worked = closings(begun, ends, calendar)
        spans[Unit.WORKDAYS].update((worked, worked + 1, max(worked - 1, 0)))
        spans[Unit.MINUTES][round((ends - begun).total_seconds() / 60)] += 1
        spans[Unit.MONTHS][round(days / 30.44)] += 1
    for unit, seen in spans.items():
        for amount, _ in seen.most_common(TRIED * (2 if unit is Unit.WORKDAYS else 1)):
            for way in _WAYS[:1] if unit is Unit.MINUTES else _WAYS:
                yield Limit(unit, amount).counted(way)


def rules_text(
    learnt: list[Learnt],
    type_column: str,
    tolerance_seconds: int,
    verdicts: Mapping[str, bool] | None = None,
    time_format: str | None = None,
) -> str:
    """A rules file (YAML) with the share explained beside each limit."""
    lines = ["rules: learnt", f"type: {_scalar(type_column)}", f"tolerance_seconds: {tolerance_seconds}"]
    if verdicts:
        words = {
            key: [word for word, late in verdicts.items() if late is overdue]
            for key, overdue in (("on_time", False), ("overdue", True))
        }
        lines.append("verdict: " + json.dumps(words, ensure_ascii=False))
    if time_format:
        lines.append(f"time_format: {json.dumps(time_format, ensure_ascii=False)}")
    lines.append("limits:")
    for rule in learnt:
        kind = _scalar(rule.kind)
        limits = list(rule.limits.items())
        if len(limits) == 1:
            said = f'"{limits[0][1]}"'
        else:
            first = date(1900, 1, 1)
            said = "{" + ", ".join(f'{max(day, first)}: "{limit}"' for day, limit in limits) + "}"
        lines.append(f"  {kind}: {said}  # {rule.share:.1%} of {rule.rows}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """A text as YAML writes it: in quotes only where it needs them."""
    return str(yaml.safe_dump(text, allow_unicode=True, width=1000)).removesuffix("...\n").strip()
