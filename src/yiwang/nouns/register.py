"""The register of nouns: every room of ours that has a `noun.py`, and what other packages add."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

from .definition import Asked, Block, Noun, Reference

_added: list[Noun] = []


def add(noun: Noun) -> None:
    """Register a noun of another package; its AppConfig does so when it is ready."""
    _added.append(noun)
    _anew()


def forget(noun: Noun) -> None:
    """Take back what was added."""
    _added.remove(noun)
    _anew()


def _anew() -> None:
    nouns.cache_clear()
    references.cache_clear()


@cache
def nouns() -> tuple[Noun, ...]:
    """Every noun, each behind those on which it stands, otherwise by name."""
    rooms = sorted(file.parent.name for file in Path(__file__).parents[1].glob("*/noun.py"))
    ours: list[Noun] = [import_module(f"yiwang.{room}.noun").NOUN for room in rooms]
    known = {noun.name: noun for noun in (*ours, *_added)}
    order = TopologicalSorter({name: noun.after for name, noun in known.items()})
    return tuple(known[name] for name in order.static_order())


@cache
def references() -> dict[str, Reference]:
    """What receipts refer to, by the word before the colon."""
    return {name: reference for noun in nouns() for name, reference in noun.references.items()}


def blocks() -> list[Block]:
    """The blocks of the app bar, from left to right."""
    return sorted((block for noun in nouns() for block in noun.blocks), key=lambda block: block.audits)


def homes() -> dict[str, Block]:
    """The blocks at which a day may begin, by name."""
    return {block.name: block for block in blocks() if not block.audits}


def topics() -> list[str]:
    """What the live stream tells of."""
    return [topic for noun in nouns() for topic in noun.topics]


def asked() -> dict[str, Asked]:
    """What can be computed again, by the word before the colon."""
    return {name: one for noun in nouns() for name, one in noun.asked.items()}
