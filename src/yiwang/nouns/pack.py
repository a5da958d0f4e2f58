"""What a noun makes of a pack: the part that it reads, proves and loads (a module's `PART`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Protocol, TypeVar

from yiwang.org.asker import Asker
from yiwang.org.definition import Organisation
from yiwang.org.pack_text import Problem
from yiwang.why import Words

from .register import nouns


class Read(Protocol):
    """What a noun has read of a pack, and everything that is wrong with it."""

    problems: list[Problem]


Found = TypeVar("Found")


@dataclass
class WholePack:
    """Everything that a folder says, and everything that is wrong with it.

    parts    noun -> what it has read, in the order of the register
    between  what no single part can know
    """

    folder: Path
    organisation: Organisation
    parts: dict[str, Read] = field(default_factory=dict)
    between: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        parts = [self.organisation.problems, *(part.problems for part in self.parts.values()), self.between]
        return [problem for part in parts for problem in part]

    @property
    def units(self) -> set[str]:
        return {unit["code"] for unit in self.organisation.units}

    def part(self, kind: type[Found]) -> Found:
        """What a noun has read, by its type: for those that stand on it."""
        return next(part for part in self.parts.values() if isinstance(part, kind))


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would do to one definition of the running district.

    sign     + new, ~ changed, - retired
    subject  of the ledger: "kind:flood"
    lines    what is different, and what it means for what runs
    """

    sign: str
    subject: str
    title: Mapping[str, str]
    version: date
    lines: tuple[Words, ...] = ()

    def title_in(self, language: str) -> str:
        return self.title.get(language) or next(iter(self.title.values()), "")


def _nothing(*_: Any) -> None:
    """There is nothing to do."""


def _no_lines(*_: Any) -> Iterable[str]:
    return ()


def _no_difference(*_: Any) -> Iterable[Difference]:
    return ()


def _no_problem(*_: Any) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a noun does with a pack.

    read              (folder, pack so far) -> what it says and what is wrong with it; proven before anything is loaded
    load              (asker, what was read): make it the district's, in the load's transaction
    units_moved       the tree of units has changed: who sees what follows it
    calendar_changed  what the new calendar would do to what runs; told to whoever loaded it, done by nobody
    folders           folders of the pack whose every YAML file it reads
    counted           (what was read) -> "36 categories", for the line that ends a check
    differs           (asker, what was read) -> what a load would change of what is in use
    warned            (what was read) -> what is hardly meant, and stops nothing
    against           (asker, what was read) -> what the running district has against loading it
    proven            (what was read, language) -> a line for each definition that was proven
    """

    read: Callable[[Path, WholePack], Read]
    load: Callable[[Asker, Any], None] = _nothing
    units_moved: Callable[[Asker], None] = _nothing
    calendar_changed: Callable[[Asker], Words | None] = _nothing
    folders: tuple[str, ...] = ()
    counted: Callable[[Any], Iterable[str]] = _no_lines
    proven: Callable[[Any, str], Iterable[str]] = _no_lines
    differs: Callable[[Asker, Any], Iterable[Difference]] = _no_difference
    warned: Callable[[Any], Iterable[Problem]] = _no_problem
    against: Callable[[Asker, Any], Iterable[Problem]] = _no_problem


def parts() -> dict[str, Part]:
    """The parts of a pack, by noun; those on which others stand come first."""
    return {noun.name: _part(noun.pack) for noun in nouns() if noun.pack}


def _part(name: str) -> Part:
    part = resolve_name(name)
    if not isinstance(part, Part):
        raise TypeError(f"{name} is no part of a pack")
    return part


def schemas() -> dict[str, type]:
    """The types of the files of a pack, by the name of their schema."""
    return {name: resolve_name(type_) for noun in nouns() for name, type_ in noun.schemas.items()}
