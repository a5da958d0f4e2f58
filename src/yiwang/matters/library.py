"""Ended matters that are worth finding: the library of a kind, asked from a new matter, with what solved each (R2.13).

Found are those in the asker's own sight: what was solved out of it stays out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Words, say

from .definition import Kind
from .fields.filling import title_of
from .fields.shown import shown
from .filtering import Filter, matters
from .kinds import kind_of, world
from .models import Matter
from .queries import OneMatter, state_of
from .queues import Queue
from .words_alike import pieces, share
from .world import World

MOST = 5  # matters that are offered
LOOKED_AT = 300  # matters of a library whose words are compared: the likest by category and street, then the newest
ALIKE = 0.3  # share of a new matter's words from which on another says the same


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a new matter: category and street by their codes, and what was written."""

    category: str = ""
    street: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Solved:
    """An ended matter like it, with why it is thought to be, and what solved it: (field, value)."""

    row: Matter
    because: list[Words]
    solved_by: list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The matters of one library that are like a new one, the likest first; `queue` lists all of it."""

    title: Mapping[str, str]
    queue: str
    solved: list[Solved]


def like_matter(asker: Asker, matter: OneMatter, now: datetime) -> list[Shelf]:
    """What the libraries of its kind hold that is like a matter, itself left out."""
    row = matter.row
    street = facts(asker).units[row.street_id].code if row.street_id else ""
    return like(asker, matter.kind, Said(row.category, street, f"{row.title} {row.text}"), now, but=row.pk)


def like(asker: Asker, kind: Kind, said: Said, now: datetime, *, but: int = 0) -> list[Shelf]:
    """What the libraries of a kind hold that is like what is being taken down; only libraries that hold some."""
    shelves = []
    for name, queue in kind.queues.items():
        if queue.library is not None and (solved := _on(asker, kind, name, queue, said, now, but)):
            shelves.append(Shelf(queue.title.mapping(), f"{kind.matter}/{name}", solved))
    return shelves


def _on(asker: Asker, kind: Kind, name: str, queue: Queue, said: Said, now: datetime, but: int) -> list[Solved]:
    known, alike = world(asker), queue.library.alike if queue.library else []
    street = known.district.by_code.get(said.street) if "street" in alike else None
    near = Q(street=street.id) if street else Q(pk__in=[])
    same = Q(category=said.category) if said.category and "category" in alike else Q(pk__in=[])
    nearest = Case(
        When(same & near, Value(0)), When(same, Value(1)), When(near, Value(2)),
        default=Value(3), output_field=IntegerField(),
    )  # fmt: skip
    rows = matters(asker, Filter(queue=f"{kind.matter}/{name}"), now=now).exclude(pk=but)
    shelves = []
    for row in rows.order_by(nearest, "-closed_at", "-pk")[:LOOKED_AT]:
        weights = _weights(alike, said, row, street.id if street else None)
        if weights.keys() - {"street"} or (weights and not said.category):
            shelves.append((sum(weights.values()), row, weights))
    best = sorted(shelves, key=lambda one: (-one[0], -one[1].pk))[:MOST]
    return [Solved(row, [*_because(why, row, known)], [*_solved_by(asker, row, name, known)]) for _, row, why in best]


def _weights(alike: Sequence[str], said: Said, row: Matter, street: int | None) -> dict[str, float]:
    """What both have in common, and how much that says: a category twice as much as a street or all the words."""
    weights: dict[str, float] = {}
    if "category" in alike and said.category and row.category == said.category:
        weights["category"] = 2.0
    if street is not None and row.street_id == street:
        weights["street"] = 1.0
    spoken = share(pieces(said.words), pieces(f"{row.title} {row.text}")) if "words" in alike else 0.0
    if spoken >= ALIKE:
        weights["words"] = spoken
    return weights


def _because(weights: Mapping[str, float], row: Matter, known: World) -> Iterator[Words]:
    if "category" in weights:
        category = known.categories.get(row.category)
        yield say("matters.library_category", category=category.name if category else row.category)
    if "street" in weights and row.street_id is not None:
        yield say("matters.library_street", street=known.district.units[row.street_id].short)
    if "words" in weights:
        yield say("matters.library_words", share=round(100 * weights["words"]))


def _solved_by(asker: Asker, row: Matter, name: str, known: World) -> Iterator[tuple[Any, Any]]:
    """What solved it, by what its own version of the kind shows."""
    kind = kind_of(asker, row.kind, row.kind_version)
    queue, state = kind.queues.get(name), state_of(asker, row)
    for field in queue.library.shows if queue and queue.library else ():
        value = state.get(f"form.{field}")
        if value not in (None, "", []):
            yield title_of(field, kind.fields[field]), shown(kind.fields[field], value, known)
