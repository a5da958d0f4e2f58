"""A demo's own files as the simulation takes them, proven by their types.

Each raises PackError with file, line and mend for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from yiwang.org.pack_file import PackFile

from .definition import PHRASES, Group, Groups, Layout, Phrases, Year
from .loop_words import LoopsFile


def year_of(pack: Path) -> Year:
    """year.yaml, read once as long as nobody writes it."""
    stamp = (pack / "year.yaml").stat()
    return _year(pack, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1)
def _year(pack: Path, written: int, size: int) -> Year:
    return _file(pack, "year.yaml").as_a(Year)


def layout_of(pack: Path) -> Layout:
    """layout.yaml"""
    return _file(pack, "layout.yaml").as_a(Layout)


def loops_of(pack: Path) -> LoopsFile:
    """loops.yaml; a pack without one has its kinds filled in with one sentence."""
    name = "loops.yaml"
    return _file(pack, name).as_a(LoopsFile) if (pack / name).exists() else LoopsFile(["已按要求办理"])


def phrases_of(pack: Path) -> dict[str, Any]:
    """texts/phrases.yaml, proven; a phrase is asked for by the path at which it stands there (`Voice.one`)."""
    phrases: dict[str, Any] = msgspec.to_builtins(_file(pack, f"texts/{PHRASES}").as_a(Phrases))
    return phrases


def groups_of(pack: Path) -> Iterator[Group]:
    """Every group of the other files of texts/, in the order of their names."""
    for path in texts_of(pack):
        if path.name != PHRASES:
            yield from PackFile(path, root=pack).as_a(Groups).groups.values()


def texts_of(pack: Path) -> list[Path]:
    """The files of texts/, in the order of their names."""
    return sorted((pack / "texts").glob("*.yaml"))


def _file(pack: Path, name: str) -> PackFile:
    return PackFile(pack / name, root=pack)
