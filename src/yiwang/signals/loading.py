"""Reads and proves a pack's mapping files; they stay files: an import is told which one to use."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from yiwang.matters.definition import Kind
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem

from .definition import MessageMap, complaints
from .maps import read_map


@dataclass
class Maps:
    """A pack's mapping files, and everything that is wrong with them."""

    maps: list[MessageMap] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, pack: WholePack) -> Maps:
    """maps/*.yaml of a pack."""
    maps, matters = Maps(), pack.part(Matters)
    for path in sorted((folder / "maps").glob("*.yaml")):
        try:
            mapping, wrong = read_map(path, root=folder, categories={c["code"] for c in matters.categories})
        except PackError as error:
            maps.problems += error.problems
            continue
        maps.maps.append(mapping)
        maps.problems += [*wrong, *_formless(mapping, path, folder, matters.kinds)]
    return maps


def _formless(mapping: MessageMap, path: Path, folder: Path, kinds: list[Kind]) -> list[Problem]:
    """A mapping must fit the form of one kind at least; the nearest is named."""
    misfits = [list(complaints(mapping, kind)) for kind in kinds]
    if not misfits or not all(misfits):
        return []
    file = PackFile(path, root=folder)
    return [file.problem(at, words) for at, words in min(misfits, key=len)]


PART = Part(read=read, folders=("maps",))  # nothing is loaded: an import reads the file that it is given
