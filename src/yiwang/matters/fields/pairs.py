"""Photos of before and after: two fields of files that stand side by side, and are whole or are no pair. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from yiwang.why import Words, say

from .documents import numbers
from .filling import title_of
from .spec import FieldSpec


def half_pairs(
    specs: Mapping[str, FieldSpec], asked: Mapping[str, Any], entered: Mapping[str, Any]
) -> dict[str, Words]:
    """field -> that its photos of afterwards stand alone: a pair is whole, or is none.

    asked    the names that are asked for now;  entered  what stands and what is being entered, as facts
    """
    alone = [
        (name, specs[spec.beside])
        for name, spec in specs.items()
        if spec.beside and name in asked and entered.get(f"form.{name}") and not entered.get(f"form.{spec.beside}")
    ]
    return {
        name: say("matters.half_a_pair", before=title_of(specs[name].beside, before), after=title_of(name, specs[name]))
        for name, before in alone
    }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fields that stand side by side: what they are called, and their photos in rows (None: there is none)."""

    before: Any
    after: Any
    rows: list[tuple[int | None, int | None]]
    whole: bool
    told: bool


def pairs_of(specs: Mapping[str, FieldSpec], state: Mapping[str, Any]) -> Iterator[Pair]:
    """Every pair of which at least one side has photos, in the order of the kind."""
    for name, spec in specs.items():
        if not spec.beside or spec.beside not in specs:
            continue
        before, first = specs[spec.beside], [*numbers(state.get(f"form.{spec.beside}"))]
        after = [*numbers(state.get(f"form.{name}"))]
        if first or after:
            titles = title_of(spec.beside, before), title_of(name, spec)
            rows = list(zip_longest(first, after))
            yield Pair(*titles, rows, bool(first and after), spec.told)
