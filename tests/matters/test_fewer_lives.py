"""What is proven by the fewer lives of a kind, in which nobody counts, is proven by all: they never disagree."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tests.matters.broken_kinds import BROKEN_KINDS
from tests.matters.drawn_kinds import drawn
from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.expr import ExprError
from yiwang.matters import proof, proof_lives
from yiwang.matters.crew import Crew
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.lives import Lives
from yiwang.matters.proof_lives import Complaint
from yiwang.matters.schema import Home
from yiwang.worktime import Calendar

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "packs/demo/matters").glob("*.yaml"), *(ROOT / "tests/packs/vale/matters").glob("*.yaml")])
DRAWN = 400
Told = tuple[list[Complaint], list[Complaint]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """(what all lives tell, what is told) of each kind that comes so far."""
    found: list[Told] = []
    of_kind = proof_lives.of_kind

    def both(kind: Kind, crew: Crew, classes: list[tuple[str, str]]) -> list[Complaint]:
        every = list(proof_lives.complaints(Lives(kind, crew, classes)))
        found.append((every, of_kind(kind, crew, classes)))
        return every

    monkeypatch.setattr(proof_lives, "of_kind", both)
    return found


def judged(definition: dict[str, Any]) -> None:
    try:
        proof.complaints(kind_from(definition), units=UNITS, classes=CLASSES, crew=crew(**FULL))
    except (ValueError, ExprError):  # what cannot be read has no lives
        return


def test_of_kinds_by_chance(told: list[Told]) -> None:
    for seed in range(DRAWN):
        judged(drawn(Random(seed)))
    assert all(every == some for every, some in told)
    assert min(sum(not every for every, _ in told), sum(bool(every) for every, _ in told)) >= 20


def test_of_broken_kinds(told: list[Told]) -> None:
    for change, *_ in BROKEN_KINDS.values():
        judged(small(change))
    assert all(every == some for every, some in told)


def listed(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_of_the_kinds_of_packs(told: list[Told], file: Path) -> None:
    kind = kind_from(yaml.safe_load(file.read_text("utf-8")), Home.of(Calendar.load("cn")))
    pack = file.parents[1]
    classes = [(row["code"], row["class"] or "request") for row in listed(pack / "categories.csv")]
    said = yaml.safe_load((pack / "results.yaml").read_text("utf-8"))["results"]
    results = {code: one["national"] for code, one in said.items()}
    units = {row["code"] for row in listed(pack / "units.csv")}
    proof.complaints(kind, units=units, classes=classes, results=results)
    assert [(list(every), list(some)) for every, some in told] == [([], [])]


def test_what_is_done_once_is_a_way_out_for_nobody_who_has_done_it(told: list[Told]) -> None:
    """The way out of a stage to which one comes back may be used up: found although the fewer lives do not count."""
    again = "{title: {zh: 甲, en: Again}, from: over, to: looking, by: dispatcher}"
    judged(small(f"actions.finish.at_most: 1\nactions.reopen: {again}"))
    assert told
    assert all(every == some for every, some in told)
