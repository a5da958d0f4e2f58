"""How long it takes to prove the kinds of a pack: one, fifty, and fifty of which one has changed since."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from msgspec.structs import replace

from yiwang.matters import proof
from yiwang.matters.definition import Kind, kind_from, placed
from yiwang.matters.schema import Home
from yiwang.worktime import Calendar

PACK = Path(__file__).resolve().parents[1] / "packs" / "demo"


def _listed(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((PACK / name).read_text("utf-8-sig").splitlines()))


UNITS = {row["code"] for row in _listed("units.csv")}
_SAID = yaml.safe_load((PACK / "results.yaml").read_text("utf-8"))["results"]
RESULTS = {code: one["national"] for code, one in _SAID.items()}
CLASSES = [(row["code"], row["class"] or "request") for row in _listed("categories.csv")]
FIFTY = 50
BUDGET = {"one kind, the slowest": 0.5, "fifty kinds": 5.0, "fifty kinds, one changed": 2.0}  # seconds of work


def run(scale: float = 1.0) -> list[dict[str, Any]]:
    """Seconds of work of one core; `budget` is what is promised."""
    home = Home.of(Calendar.load("cn"))
    kinds = [
        kind_from(yaml.safe_load(path.read_text("utf-8")), home) for path in sorted((PACK / "matters").glob("*.yaml"))
    ]
    slowest = max(_seconds(_prove, kind) for kind in _fresh(kinds, home))
    many = [kind for _ in range(FIFTY) for kind in kinds][: max(round(FIFTY * scale), 1)]
    fifty = sum(_seconds(_prove, kind) for kind in _fresh(many, home))
    changed = _one_changed(_fresh(kinds, home))
    measured = zip(BUDGET.items(), (slowest, fifty, changed), strict=True)
    return [
        {
            "name": name,
            "ours": round(ours, 3),
            "budget": budget,
            "unit": "s",
            "ratio_to_budget": round(ours / budget, 3),
        }
        for (name, budget), ours in measured
    ]


def _prove(kind: Kind) -> None:
    """Raises AssertionError for a kind that is not proven: what breaks off early says nothing of the time it takes."""
    wrong = proof.complaints(kind, units=UNITS, classes=CLASSES, results=RESULTS)
    assert not wrong, (kind.matter, [words.speak("en") for _, words in wrong])


def _fresh(kinds: list[Kind], home: Home) -> list[Kind]:
    """Kinds of which nothing has been worked out yet."""
    return [placed(replace(kind), home) for kind in kinds]


def _one_changed(kinds: list[Kind]) -> float:
    """What is proven again when one of them, the one that takes longest, has another version."""
    worst = max(kinds, key=lambda kind: _seconds(_prove, kind))
    return _seconds(_prove, placed(replace(worst, version=worst.version + timedelta(days=1)), worst.home))


def _seconds(does: Callable[[Kind], Any], kind: Kind) -> float:
    begun = time.process_time()
    does(kind)
    return time.process_time() - begun
