"""Reads a pack's systems.yaml, proves it against the kinds and indicators of the pack, and loads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.indicators.loading import Indicators
from yiwang.matters.loading import Matters
from yiwang.nouns import register
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import optional
from yiwang.org.pack_text import Problem

from . import proof, store
from .definition import Directory


@dataclass
class Systems:
    """What a pack says of its systems, and everything that is wrong with it; a pack need not have a directory."""

    directory: Directory | None = None
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, pack: WholePack) -> Systems:
    """The directory of a pack."""
    systems = Systems()
    if (in_pack := optional(folder, "systems.yaml", Directory, systems.problems)) is None:
        return systems
    file, systems.directory = in_pack
    wrong = proof.complaints(systems.directory, _known(pack))
    systems.problems += [file.problem(at, words) for at, words in wrong]
    return systems


def _known(pack: WholePack) -> proof.Known:
    matters, indicators = pack.part(Matters), pack.part(Indicators)
    names = {"pages": {block.name for block in register.blocks()}}
    if not matters.unread:
        names["kinds"] = {kind.matter for kind in matters.kinds}
    if not indicators.unread:
        names["indicators"] = {indicator.indicator for indicator in indicators.indicators}
    return proof.Known(names)


def counted(directory: Systems) -> Iterator[str]:
    """How many systems there are, and of how many something carries a part at least."""
    if directory.directory is not None:
        systems = directory.directory.systems
        carried = sum(system.carried for system in systems)
        yield f"{len(systems)} systems, {carried} of them carried"


def load(asker: Asker, found: Systems) -> None:
    """Make this the district's directory."""
    store.adopt(asker, found.directory)


PART = Part(read=read, load=load, counted=counted)
