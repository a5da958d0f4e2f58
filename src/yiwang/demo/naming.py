"""A name in a demo's own file is one that the pack has. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.pack_table import like
from yiwang.why import Words, say


def one_of(name: str, where: str, known: set[str], file: str) -> Iterator[tuple[str, Words]]:
    """A name that stands at a place of a file must be one of those known from another."""
    if name not in known:
        near = like(name, known)
        key = "demo.not_there_near" if near else "demo.not_there"
        yield where, say(key, name=name, file=file, **({"near": near} if near else {}))
