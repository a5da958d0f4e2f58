"""What was proven stays proven: the same kind, in the same time and among the same people, is not walked again. Pure.

A district is loaded, checked and shown many times with kinds that nobody has touched; to walk all lives of one takes
most of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import json

from yiwang.org.titles import written

from . import proof
from .crew import Crew
from .definition import Kind

MOST_KEPT = 256  # kinds: their complaints, which are few, and what was read of them


@dataclass(frozen=True)
class Question:
    """What a proof looks at, equal when every word of it is."""

    said: tuple[str, bytes]
    kind: Kind = field(compare=False)
    units: frozenset[str] = field(compare=False)
    classes: list[tuple[str, str]] = field(compare=False)
    crew: Crew = field(compare=False)
    results: Mapping[str, str] | None = field(compare=False)

    @classmethod
    def of(
        cls,
        kind: Kind,
        units: Iterable[str],
        classes: Iterable[tuple[str, str]],
        crew: Crew,
        results: Mapping[str, str] | None = None,
    ) -> Question:
        """As `proof.complaints` is asked."""
        units, classes = frozenset(units), list(classes)
        # the first stage is where a life begins
        in_order = written((kind, sorted(units), classes, list(crew.roles), results))
        in_any = json.encode((kind.home, crew), order="deterministic")
        return cls((in_order, in_any), kind, units, classes, crew, results)


def complaints(asked: Question) -> list[proof.Complaint]:
    """As `proof.complaints`."""
    return list(_complaints(asked))


@lru_cache(MOST_KEPT)
def _complaints(asked: Question) -> tuple[proof.Complaint, ...]:
    complaints = proof.complaints(
        asked.kind, units=asked.units, classes=asked.classes, crew=asked.crew, results=asked.results
    )
    return tuple(complaints)
