"""Reads a pack's `goals.yaml` and makes it the district's rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from yiwang.indicators.loading import Indicators
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import PackError, Problem
from yiwang.org.titles import plain
from yiwang.why import say

from . import store
from .definition import COLOURS, Rules


@dataclass
class Goals:
    """What a pack says of goals."""

    rules: Rules | None = None
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, pack: WholePack) -> Goals:
    """The rules of a pack, with everything that is wrong with them; a pack need not have any."""
    found, path = Goals(), folder / "goals.yaml"
    if not path.is_file():
        return found
    try:
        file = PackFile(path, root=folder)
        found.rules = file.as_a(Rules)
    except PackError as error:
        found.problems += error.problems
        return found
    cuts = found.rules.lamps
    if cuts.yellow_within < cuts.green_within:
        found.problems.append(file.problem("lamps.yellow_within", say("goals.pack.cut_offs")))
    if not 1 <= found.rules.reports.cut_off <= 31:
        found.problems.append(file.problem("reports.cut_off", say("goals.pack.cut_off_day")))
    if not 0 < found.rules.review.sure <= 1:
        found.problems.append(file.problem("review.sure", say("goals.pack.sure", n=found.rules.review.sure)))
    if found.rules.orders.first not in found.rules.orders.ladder:
        found.problems.append(file.problem("orders.first", say("goals.pack.ladder")))
    for kind in pack.part(Matters).kinds:
        if kind.orders is None:
            continue
        grade = kind.form.get(kind.orders.grade)
        if grade and not set(found.rules.orders.ladder) <= set(grade.values) <= set(COLOURS):
            words = say("goals.pack.grades", kind=kind.matter, field=kind.orders.grade, known=list(COLOURS))
            found.problems.append(file.problem("orders.ladder", words))
    known = [each.indicator for each in pack.part(Indicators).indicators]
    for number, one in enumerate(found.rules.bindings):
        if one.indicator not in known:
            words = say("goals.pack.no_such_indicator", name=one.indicator, known=known)
            found.problems.append(file.problem(f"bindings[{number}].indicator", words))
    return found


def load(asker: Asker, found: Goals) -> None:
    """Make these the district's rules. Lamps are computed anew; reports and orders stay."""
    if found.rules is not None:
        store.set_rules(asker, found.rules.version, plain(found.rules))


def units_moved(asker: Asker) -> None:
    """The tree of units has changed: who sees which goal follows it."""
    store.see_anew(asker)


PART = Part(read=read, load=load, units_moved=units_moved)
