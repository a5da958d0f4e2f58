"""Reads a pack's `goals.yaml` and makes it the district's rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from yiwang.indicators.loading import Indicators
from yiwang.matters.loading import Matters
from yiwang.nouns.pack import Part, WholePack
from yiwang.org.asker import Asker
from yiwang.org.pack_file import optional
from yiwang.org.pack_text import Problem
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
    goals = Goals()
    if (in_pack := optional(folder, "goals.yaml", Rules, goals.problems)) is None:
        return goals
    file, goals.rules = in_pack
    cuts = goals.rules.lamps
    if cuts.yellow_within < cuts.green_within:
        goals.problems.append(file.problem("lamps.yellow_within", say("goals.pack.cut_offs")))
    if not 1 <= goals.rules.reports.cut_off <= 31:
        goals.problems.append(file.problem("reports.cut_off", say("goals.pack.cut_off_day")))
    if not 0 < goals.rules.review.sure <= 1:
        goals.problems.append(file.problem("review.sure", say("goals.pack.sure", n=goals.rules.review.sure)))
    if goals.rules.orders.first not in goals.rules.orders.ladder:
        goals.problems.append(file.problem("orders.first", say("goals.pack.ladder")))
    for kind in pack.part(Matters).kinds:
        if kind.orders is None:
            continue
        grade = kind.form.get(kind.orders.grade)
        if grade and not set(goals.rules.orders.ladder) <= set(grade.values) <= set(COLOURS):
            words = say("goals.pack.grades", kind=kind.matter, field=kind.orders.grade, known=list(COLOURS))
            goals.problems.append(file.problem("orders.ladder", words))
    known = [each.indicator for each in pack.part(Indicators).indicators]
    for number, one in enumerate(goals.rules.bindings):
        if one.indicator not in known:
            words = say("goals.pack.no_such_indicator", name=one.indicator, known=known)
            goals.problems.append(file.problem(f"bindings[{number}].indicator", words))
    return goals


def load(asker: Asker, goals: Goals) -> None:
    """Make these the district's rules. Lamps are computed anew; reports and orders stay."""
    if goals.rules is not None:
        store.set_rules(asker, goals.rules.version, plain(goals.rules))


def units_moved(asker: Asker) -> None:
    """The tree of units has changed: who sees which goal follows it."""
    store.see_anew(asker)


PART = Part(read=read, load=load, units_moved=units_moved)
