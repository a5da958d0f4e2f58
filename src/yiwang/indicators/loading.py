"""Reads a pack's indicators/*.yaml and vitals.yaml, proves them, and loads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from yiwang.matters.definition import Kind
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackFile, optional
from yiwang.org.pack_text import PackError, Problem
from yiwang.pages.loading import PackPages
from yiwang.why import say

from . import proof, store
from .definition import Indicator, VitalSigns


@dataclass
class Indicators:
    """What a pack says of indicators, and everything that is wrong with it."""

    indicators: list[Indicator] = field(default_factory=list)
    signs: VitalSigns | None = None
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # names of files that say nothing yet: what they define is not missed


def read(folder: Path, pack: WholePack) -> Indicators:
    """The indicators and vital signs of a pack, proven against its kinds, categories and units."""
    matters = pack.part(Matters)
    kinds: Mapping[str, Kind] = {kind.matter: kind for kind in matters.kinds}
    classes = {category["code"]: category["class_name"] for category in matters.categories}
    indicators = Indicators()
    for path in sorted((folder / "indicators").glob("*.yaml")):
        try:
            file = PackFile(path, root=folder)
            indicator = file.as_a(Indicator)
        except PackError as error:
            indicators.problems += error.problems
            indicators.unread.add(path.stem)
            continue
        if matters.unread.isdisjoint(indicator.kinds):
            indicators.problems += [
                file.problem(at, words)
                for at, words in proof.complaints(indicator, kinds, pack.units, classes, matters.classes_of_results)
            ]
        if any(other.indicator == indicator.indicator for other in indicators.indicators):
            indicators.problems.append(file.problem("indicator", say("indicators.twice", code=indicator.indicator)))
        indicators.indicators.append(indicator)
    if (in_pack := optional(folder, "vitals.yaml", VitalSigns, indicators.problems)) is not None:
        file, indicators.signs = in_pack
        wrong = proof.sign_complaints(indicators.signs, pack.units)
        indicators.problems += [file.problem(at, words) for at, words in wrong]
    indicators.problems += _shown(pack.part(PackPages), indicators)
    return indicators


def _shown(pages: PackPages, indicators: Indicators) -> Iterator[Problem]:
    """What pages show is there, and what stands among the rates is one."""
    known = {one.indicator: one for one in indicators.indicators}
    for page, path in (("wall", "rates.show"), ("portal", "published")):
        for at, name in pages.named(page, path):
            if name not in known and name not in indicators.unread:
                yield pages.problem(page, at, say("indicators.unknown", code=name, known=list(known)))
            elif page == "wall" and name in known and known[name].denominator is None:
                yield pages.problem(page, at, say("indicators.no_rate", code=name))


def load(asker: Asker, indicators: Indicators) -> None:
    """Make these the district's."""
    store.adopt(asker, indicators.indicators, indicators.signs)


PART = Part(read=read, load=load, folders=("indicators",))
