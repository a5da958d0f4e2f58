"""Reads a pack's indicators/*.yaml and vitals.yaml, proves them, and loads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.matters.definition import Kind
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackError, PackFile, Problem
from yiwang.why import say

from . import proof, store
from .definition import Indicator, VitalSigns


@dataclass
class Indicators:
    """What a pack says of indicators, and everything that is wrong with it."""

    indicators: list[Indicator] = field(default_factory=list)
    signs: VitalSigns | None = None
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, pack: WholePack) -> Indicators:
    """The indicators and vital signs of a pack, proven against its kinds, categories and units."""
    matters = pack.part(Matters)
    kinds: Mapping[str, Kind] = {kind.matter: kind for kind in matters.kinds}
    classes = {category["code"]: category["class_name"] for category in matters.categories}
    found = Indicators()
    for path in sorted((folder / "indicators").glob("*.yaml")):
        try:
            file = PackFile(path, root=folder)
            one = file.as_a(Indicator)
        except PackError as error:
            found.problems += error.problems
            continue
        if matters.unread.isdisjoint(one.kinds):
            found.problems += [
                file.problem(at, words) for at, words in proof.complaints(one, kinds, pack.units, classes)
            ]
        if any(other.indicator == one.indicator for other in found.indicators):
            found.problems.append(file.problem("indicator", say("indicators.twice", code=one.indicator)))
        found.indicators.append(one)
    path = folder / "vitals.yaml"
    if path.is_file():
        try:
            file = PackFile(path, root=folder)
            found.signs = file.as_a(VitalSigns)
            found.problems += [file.problem(at, words) for at, words in proof.sign_complaints(found.signs, pack.units)]
        except PackError as error:
            found.problems += error.problems
    return found


def load(asker: Asker, found: Indicators) -> None:
    """Make these the district's."""
    store.adopt(asker, found.indicators, found.signs)


PART = Part(read=read, load=load, folders=("indicators",))
