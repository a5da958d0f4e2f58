"""Reads a pack's pages/*.yaml and words.yaml, proves what can be known of them alone, and loads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.why import Words, say
from yiwang.why.words import Own

from . import proof, store, words
from .definition import FILES, Page


@dataclass
class PackPages:
    """What a pack says of its pages, by the name of the file, in which words, and everything that is wrong with it."""

    languages: list[str] = field(default_factory=list)
    words: Own = field(default_factory=dict)
    said: dict[str, Page] = field(default_factory=dict)
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
    pages = PackPages(pack.organisation.languages)
    _read_words(folder, pages)
    for path in sorted((folder / "pages").glob("*.yaml")):
        name = path.stem
        if name not in FILES:
            pages.problems.append(Problem(f"pages/{path.name}", 1, say("pages.unknown", name=name, known=list(FILES))))
            continue
        try:
            file = PackFile(path, root=folder)
            page = file.as_a(FILES[name])
        except PackError as error:
            pages.problems += error.problems
            continue
        pages.files[name], pages.said[name] = file, page
        pages.problems += [file.problem(at, words) for at, words in proof.complaints(page)]
    return pages


def _read_words(folder: Path, pages: PackPages) -> None:
    if not (folder / "words.yaml").is_file():
        return
    try:
        file = PackFile(folder / "words.yaml", root=folder)
    except PackError as error:
        pages.problems += error.problems
        return
    wrong = [file.problem(at, why) for at, why in words.complaints(file.data, pages.languages)]
    pages.problems += wrong
    pages.words = {} if wrong else file.data


def proven(pages: PackPages, language: str) -> Iterator[str]:
    """A line for each language that the platform lacks."""
    yield from words.coverage(pages.words, pages.languages)


def load(asker: Asker, pages: PackPages) -> None:
    """Make these the district's."""
    store.adopt(asker, pages.said, pages.words)


PART = Part(read=read, load=load, folders=("pages",), proven=proven)
