"""Reads a pack's pages/*.yaml, proves what can be known of them alone, and loads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.why import Words, say

from . import proof, store
from .definition import FILES, Desk, Portal, Wall


@dataclass
class PackPages:
    """What a pack says of its pages, by the name of the file, and everything that is wrong with it."""

    said: dict[str, Wall | Desk | Portal] = field(default_factory=dict)
    files: dict[str, PackFile] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, name: str, path: str, words: Words) -> Problem:
        """What somebody else finds wrong with a page, on its line."""
        return self.files[name].problem(path, words)

    def named(self, name: str, path: str) -> Iterator[tuple[str, str]]:
        """(path, name) of each entry of a list of a page that the pack says: `rates.show` of `wall`."""
        value: object = self.said.get(name)
        for part in path.split(".") if value is not None else ():
            value = getattr(value, part)
        if isinstance(value, list):
            yield from ((f"{path}[{number}]", entry) for number, entry in enumerate(value))


def read(folder: Path, pack: WholePack) -> PackPages:
    """The pages of a pack; what they name of kinds and indicators is proven where those are read."""
    found = PackPages()
    for path in sorted((folder / "pages").glob("*.yaml")):
        name = path.stem
        if name not in FILES:
            found.problems.append(Problem(f"pages/{path.name}", 1, say("pages.unknown", name=name, known=list(FILES))))
            continue
        try:
            file = PackFile(path, root=folder)
            page = file.as_a(FILES[name])
        except PackError as error:
            found.problems += error.problems
            continue
        found.files[name], found.said[name] = file, page
        found.problems += [file.problem(at, words) for at, words in proof.complaints(page)]
    return found


def load(asker: Asker, found: PackPages) -> None:
    """Make these the district's."""
    store.adopt(asker, found.said)


PART = Part(read=read, load=load, folders=("pages",))
