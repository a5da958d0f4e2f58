"""A noun that no room knows: only its value says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from yiwang.nouns.definition import Asked, Block, Noun, Reference
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.why import Words, say


class Lantern(Struct, forbid_unknown_fields=True, frozen=True):
    """lanterns/NAME.yaml"""

    lantern: str
    unit: str


@dataclass
class Lanterns:
    lanterns: list[Lantern] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


HUNG: dict[int, list[str]] = {}  # district -> its lanterns, in place of a table


def read(folder: Path, pack: WholePack) -> Lanterns:
    found = Lanterns()
    for path in sorted((folder / "lanterns").glob("*.yaml")):
        try:
            file = PackFile(path, root=folder)
            found.lanterns.append(file.as_a(Lantern))
        except PackError as error:
            found.problems += error.problems
            continue
        if found.lanterns[-1].unit not in pack.units:
            found.problems.append(file.problem("unit", say("why.said", text="no such unit")))
    return found


def load(asker: Asker, found: Lanterns) -> None:
    HUNG[asker.district] = [one.lantern for one in found.lanterns]


def units_moved(asker: Asker) -> None:
    HUNG[asker.district].append("moved")


def calendar_changed(asker: Asker) -> Words:
    return say("why.said", text=f"{len(HUNG[asker.district])} lanterns burn longer")


def counted(found: Lanterns) -> Iterator[str]:
    yield f"{len(found.lanterns)} lanterns"


def proven(found: Lanterns, language: str) -> Iterator[str]:
    yield from (f"{one.lantern}: hangs" for one in found.lanterns)


PART = Part(read, load, units_moved, calendar_changed, ("lanterns",), counted, proven)

NOUN = Noun(
    name="lanterns",
    after=("matters",),
    references={
        "lantern": Reference(page="board:goal", model="org.Unit"),
        "glow": Reference(page="wall:vital", part="wall:rate_cases"),
    },
    blocks=(Block("lanterns", "goals.nav.goals", ("lanterns:all", "portal:home")),),
    topics=("lanterns", "lanterns.lit"),
    asked={
        "glow": Asked(
            shape=r"(?P<name>[a-z]+)(/(?P<unit>[^/@]+))?",
            example="glow:east/water=9",
            again="tests.nouns.lit:glow",
            parts=frozenset({"part", "unit"}),
        )
    },
    pack="tests.nouns.invented:PART",
    schemas={"lantern": "tests.nouns.invented:Lantern"},
)
