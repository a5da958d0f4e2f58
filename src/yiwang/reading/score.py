"""How well a reading agrees with a labelled one: detection, strict and full F1, names, measures, owners.

A predicted line answers a labelled one when the spans of their numbers overlap, one to one; where several lines share
a number, the pairs with most fields right go first. Lines without digits are aligned by their quotes.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from .agreement import FIELDS, Row, agreement, name_similarity

Span = tuple[int, int]

ITEM_KINDS = ("item", "measure")


class BadLine(ValueError):
    """A line of a file that is not a JSON object."""


@dataclass(slots=True)
class Line:
    row: Row
    number: Span | None
    area: Span | None

    @property
    def soft(self) -> bool:
        return bool(self.row.get("implied") or self.row.get("named"))


@dataclass(slots=True)
class Scored:
    """`views` all, core and digits, each a mapping of figures; `items` of owners; `pairs` (gold, predicted or None)."""

    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    items: dict[str, Any] | None = None
    milestones: dict[str, Any] | None = None
    unplaced: int = 0
    missed: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)
    wrong: list[tuple[Row, Row, list[str]]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        out: dict[str, Any] = dict(self.views)
        if self.items:
            out["items"] = self.items
        if self.milestones:
            out["milestones"] = self.milestones
        if self.unplaced:
            out["pred_without_position"] = self.unplaced
        return out


def rows(lines: Iterable[str]) -> tuple[list[Row], Row]:
    """(the objects of a JSONL file, its _meta object); raises BadLine with the line number."""
    statements, meta = [], {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadLine(f"line {number}: {error}") from None
        if not isinstance(row, dict):
            raise BadLine(f"line {number}: not an object")
        if "_meta" in row:
            meta.update(row["_meta"])
        else:
            statements.append(row)
    return statements, meta


def score(gold: Iterable[str], predicted: Iterable[str], text: str | None = None) -> Scored:
    """Compare two JSONL files, line by line; `text` helps to find numbers that carry no offset."""
    (g_rows, meta), (p_rows, _) = rows(gold), rows(predicted)
    result = Scored()
    ticks = [r for r in g_rows if r.get("kind") == "milestone"]
    if ticks:
        result.milestones = _milestones(ticks, [r for r in p_rows if r.get("kind") == "milestone"])
    g_rows = [r for r in g_rows if r.get("kind") != "milestone"]
    p_rows = [r for r in p_rows if r.get("kind") != "milestone"]
    ranges = meta.get("range")
    if ranges:
        ranges = ranges if isinstance(ranges[0], list) else [ranges]
        p_rows = [r for r in p_rows if _inside(_place(r, text), ranges)]
    g_items, p_items = _split(g_rows), _split(p_rows)
    gold_lines = [_place(r, text) for r in g_items[1]]
    predicted_lines = [_place(r, text) for r in p_items[1]]
    if gold_lines:
        _statements(gold_lines, predicted_lines, result)
    if g_items[0]:
        result.items = _owners(g_items[0], p_items[0])
    result.unplaced = sum(1 for line in predicted_lines if not line.number and not line.area)
    return result


def _split(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    return [r for r in rows if r.get("kind") in ITEM_KINDS], [r for r in rows if r.get("kind") not in ITEM_KINDS]


def _offset(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _place(row: Row, text: str | None) -> Line:
    digits = str(row.get("number") or "")[:30]
    at, start, anchor = (_offset(row.get(k)) for k in ("number_offset", "quote_offset", "anchor_offset"))
    quote = row.get("quote") or ""
    number: Span | None = None
    if at is not None and at >= 0:
        number = (at, at + max(1, len(digits)))
    elif start is not None and digits:
        i = quote.find(digits)
        if i >= 0:
            i += start
        elif text is not None:
            i = text.find(digits, start, start + 300)
        number = (i, i + len(digits)) if i >= 0 else None
    if start is not None:
        area: Span | None = (start, start + max(1, len(quote)))
    elif anchor is not None:
        area = (anchor - 20, anchor + 20)
    else:
        area = (number[0] - 20, number[1] + 20) if number else None
    return Line(row, number, area)


def _inside(line: Line, ranges: list[list[int]]) -> bool:
    if line.number:
        middle = line.number[0]
    elif line.area:
        middle = (line.area[0] + line.area[1]) // 2
    else:
        return True
    return any(a <= middle < b for a, b in ranges)


def _overlap(a: Span | None, b: Span | None) -> bool:
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def _match(gold: list[Line], predicted: list[Line]) -> dict[int, tuple[int, dict[str, bool]]]:
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            if g.number:
                fits = _overlap(g.number, p.number)
            else:
                wordless = p.number is None or p.row.get("value") is None or p.row.get("implied")
                fits = _overlap(g.area, p.area) and bool(wordless)
            if fits:
                right = agreement(g.row, p.row)
                a, b = g.number or g.area, p.number or p.area
                distance = abs(a[0] - b[0]) if a and b else 0
                candidates.append((-sum(right.values()), distance, i, j, right))
    candidates.sort(key=lambda c: c[:4])
    matched: dict[int, tuple[int, dict[str, bool]]] = {}
    used: set[int] = set()
    for _, _, i, j, right in candidates:
        if i not in matched and j not in used:
            matched[i] = (j, right)
            used.add(j)
    return matched


def _f(hits: int, predicted: int, gold: int) -> tuple[float, float, float]:
    p = hits / predicted if predicted else 0.0
    r = hits / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _statements(gold: list[Line], predicted: list[Line], result: Scored) -> None:
    matched = _match(gold, predicted)
    views: dict[str, Callable[[Line], bool]] = {
        "all": lambda line: True,
        "core": lambda line: not line.soft,
        "digits": lambda line: not line.soft and line.number is not None,
    }
    for name, keep in views.items():
        counted = [i for i, g in enumerate(gold) if keep(g)]
        forgiven = {matched[i][0] for i, g in enumerate(gold) if not keep(g) and i in matched}
        if name == "digits":
            asked = {matched[i][0] for i in counted if i in matched}
            forgiven |= {j for j, p in enumerate(predicted) if p.number is None and j not in asked}
        result.views[name] = _figures(gold, predicted, counted, matched, len(predicted) - len(forgiven))
    used = {j for j, _ in matched.values()}
    result.missed = [g.row for i, g in enumerate(gold) if i not in matched]
    result.extra = [p.row for j, p in enumerate(predicted) if j not in used]
    for i, (j, right) in sorted(matched.items()):
        bad = [name for name, ok in right.items() if not ok]
        if bad:
            result.wrong.append((gold[i].row, predicted[j].row, bad))


def _figures(
    gold: list[Line],
    predicted: list[Line],
    counted: list[int],
    matched: dict[int, tuple[int, dict[str, bool]]],
    asked: int,
) -> dict[str, Any]:
    hits = [(gold[i].row, predicted[matched[i][0]].row, matched[i][1]) for i in counted if i in matched]
    precision, recall, f1 = _f(len(hits), asked, len(counted))
    strict = sum(r["kind"] and r["comparator"] and r["value"] and r["unit"] for _, _, r in hits)
    strict_p, strict_r, strict_f1 = _f(strict, asked, len(counted))
    extras: dict[str, list[float]] = {}
    for g, p, _ in hits:
        if p.get("indicator"):
            extras.setdefault("indicator_sim", []).append(name_similarity(g.get("indicator"), p.get("indicator")))
        for key in ("measure", "time_frame"):
            if g.get(key) and p.get(key):
                extras.setdefault(key, []).append(float(g[key] == p[key]))
    return {
        "gold": len(counted),
        "pred": asked,
        "matched": len(hits),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        **{f"acc_{name}": sum(r[name] for _, _, r in hits) / len(hits) if hits else 0.0 for name in FIELDS},
        "extras": {key: sum(values) / len(values) for key, values in extras.items()},
        "strict_precision": strict_p,
        "strict_recall": strict_r,
        "strict_f1": strict_f1,
        "full_f1": _f(sum(all(r.values()) for _, _, r in hits), asked, len(counted))[2],
    }


def _owner_list(row: Row | None) -> list[str]:
    if row is None:
        return []
    listed = row.get("units")
    if listed is None:
        listed = ([row["lead_unit"]] if row.get("lead_unit") else []) + list(row.get("co_units") or [])
    return [unicodedata.normalize("NFKC", unit).replace(" ", "") for unit in listed]


def _owners(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    def key(row: Row) -> tuple[Any, str]:
        return row.get("kind"), str(row.get("item_no"))

    by_key: dict[tuple[Any, str], Row] = {}
    for row in predicted:
        by_key.setdefault(key(row), row)
    same = leads = exact = shared = in_gold = in_pred = 0
    for row in gold:
        guess = by_key.get(key(row))
        want, have = _owner_list(row), _owner_list(guess)
        same += guess is not None
        leads += bool(want and have and want[0] == have[0])
        exact += want == have
        shared += len(set(want) & set(have))
        in_gold += len(set(want))
        in_pred += len(set(have))
    asked = {key(row) for row in gold}
    in_pred += sum(len(set(_owner_list(row))) for k, row in by_key.items() if k not in asked)
    precision, recall, f1 = _f(shared, in_pred, in_gold)
    return {
        "items": len(gold),
        "found": same,
        "lead_right": leads / len(gold),
        "list_exact": exact / len(gold),
        "unit_precision": precision,
        "unit_recall": recall,
        "unit_f1": f1,
    }


def _milestones(gold: list[Row], predicted: list[Row]) -> dict[str, Any]:
    """Recall of the hard ones, precision without what only meets soft ones; matched by overlapping quotes."""

    def area(row: Row) -> Span:
        start = int(row.get("quote_offset") or 0)
        return start, start + max(1, len(row.get("quote") or ""))

    hard = [area(r) for r in gold if r.get("strength", "hard") == "hard"]
    soft = [area(r) for r in gold if r.get("strength", "hard") != "hard"]
    guesses = [area(r) for r in predicted]
    right = sum(any(_overlap(a, b) for b in hard) for a in guesses)
    neutral = sum(not any(_overlap(a, b) for b in hard) and any(_overlap(a, b) for b in soft) for a in guesses)
    recalled = sum(any(_overlap(a, b) for b in guesses) for a in hard)
    precision, recall = (
        right / (len(guesses) - neutral) if len(guesses) > neutral else 0.0,
        recalled / len(hard) if hard else 0.0,
    )
    return {"hard": len(hard), "pred": len(guesses) - neutral, "precision": precision, "recall": recall}
