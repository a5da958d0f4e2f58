"""What a pack's systems.yaml may say: the systems that the district's documents name, and what carries each. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from yiwang.org.titles import Title, convert


class System(Struct, forbid_unknown_fields=True, frozen=True):
    """One system of the documents.

    number      its number in the directory
    group       under which heading it stands
    title       its name
    main        whether others hang on it
    also        how people call it besides; the directory is searched by it too
    kinds       the kinds of matter that carry it
    indicators  the indicators that tell of it
    pages       the blocks of the app bar on which it is shown
    stories     the stories in which people do what it is for, by name
    waits       for what the rest of it waits, by name; nothing where it is carried whole
    lacks       what that rest is
    """

    number: int
    group: str
    title: Title
    main: bool = False
    also: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    stories: list[str] = field(default_factory=list)
    waits: str = ""
    lacks: Title | None = None

    @property
    def carried(self) -> bool:
        """Whether anything of the pack carries it."""
        return bool(self.kinds or self.indicators or self.pages)


class Directory(Struct, forbid_unknown_fields=True, frozen=True):
    """systems.yaml

    groups     the headings of the directory by name; they stand in the order in which the systems name them
    systems    what stands under them, in its order. The first that carries a system is where it opens: a kind, else
               an indicator, else a page
    waiting    for what systems wait, by name
    reference  from where the list of systems is
    """

    groups: dict[str, Title]
    systems: list[System]
    waiting: dict[str, Title] = field(default_factory=dict)
    reference: str = ""


def directory_from(mapping: Mapping[str, Any]) -> Directory:
    """A directory as the database keeps it. Raises msgspec.ValidationError."""
    return convert(mapping, Directory)
