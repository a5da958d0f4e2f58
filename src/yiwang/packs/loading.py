"""A pack as a whole: read, proven, loaded. Each noun reads and loads its own part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from yiwang.matters import loading as matters
from yiwang.org import definition as organisation
from yiwang.org.pack_file import PackError, Problem

# nouns above matters bring a module `loading` with read(folder, pack) -> object with `.problems`, load(asker, object)
ROOMS = ("indicators", "signals", "goals")


@dataclass
class WholePack:
    """Everything that a folder says, and everything that is wrong with it."""

    folder: Path
    organisation: organisation.Organisation
    matters: matters.Matters
    rooms: dict[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        parts = [self.organisation, self.matters, *self.rooms.values()]
        return [problem for part in parts for problem in part.problems]

    @property
    def units(self) -> set[str]:
        return {unit["code"] for unit in self.organisation.units}


def read(folder: Path) -> WholePack:
    """The pack in a folder, with all its problems. Raises PackError where a file cannot be read at all."""
    said = organisation.read(folder)
    pack = WholePack(
        folder, said, matters.read(folder, units={unit["code"] for unit in said.units}, calendar=said.calendar)
    )
    for room, module in _loaders():
        pack.rooms[room] = module.read(folder, pack)
    return pack


def load(folder: Path, progress: Callable[[str], None] = lambda _: None) -> int:
    """Load a proven pack; returns the district's id. Raises PackError when anything is wrong with it."""
    from yiwang.org import access, store

    pack = read(folder)
    if pack.problems:
        raise PackError(pack.problems)
    progress("organisation")
    district = store.load(pack.organisation)
    with access.acting_as(access.system(district.pk)) as asker:
        progress("matters")
        matters.load(asker, pack.matters)
        for room, module in _loaders():
            progress(room)
            module.load(asker, pack.rooms[room])
    return district.pk


def _loaders() -> list[tuple[str, Any]]:
    names = [(room, f"yiwang.{room}.loading") for room in ROOMS]
    return [(room, import_module(name)) for room, name in names if find_spec(name)]
