"""A demo's own files as the simulation takes them: proven by their types, in the shapes of their YAML.

Each raises PackError with file, line and mend for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from yiwang.org.pack_file import PackFile

from .definition import PHRASES, Groups, Layout, Phrases, Year
from .loop_words import LoopsFile

_Group = dict[str, Any]


def year_of(pack: Path) -> dict[str, Any]:
    """year.yaml"""
    return _plain(_file(pack, "year.yaml").as_a(Year))


def layout_of(pack: Path) -> dict[str, Any]:
    """layout.yaml"""
    return _plain(_file(pack, "layout.yaml").as_a(Layout))


def loops_of(pack: Path) -> LoopsFile:
    """loops.yaml; a pack without one has its kinds filled in with one sentence."""
    name = "loops.yaml"
    return _file(pack, name).as_a(LoopsFile) if (pack / name).exists() else LoopsFile(["已按要求办理"])


def phrases_of(pack: Path) -> dict[str, Any]:
    """texts/phrases.yaml"""
    return _plain(_file(pack, f"texts/{PHRASES}").as_a(Phrases))


def groups_of(pack: Path) -> Iterator[_Group]:
    """Every group of the other files of texts/, in the order of their names."""
    for path in texts_of(pack):
        if path.name != PHRASES:
            yield from _plain(PackFile(path, root=pack).as_a(Groups))["groups"].values()


def texts_of(pack: Path) -> list[Path]:
    """The files of texts/, in the order of their names."""
    return sorted((pack / "texts").glob("*.yaml"))


def _file(pack: Path, name: str) -> PackFile:
    return PackFile(pack / name, root=pack)


def _plain(value: object) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(value, builtin_types=(datetime,))
    return found
