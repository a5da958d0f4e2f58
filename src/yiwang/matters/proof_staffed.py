"""Whoever may be put in charge has the people whom the kind then waits for: a signature of a head needs a head. Pure.

A unit in which nobody works at all is another thing: the desk says so when something is given to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from yiwang.why import Words, say

from .crew import Crew
from .definition import Kind
from .staffed import Roles, alike, can_do, of_the_unit

_SHOWN = 3  # units that a complaint names


def complaints(kind: Kind, crew: Crew) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong) of every stage that some unit in charge has nobody to bring a matter out of."""
    stuck: dict[str, list[str]] = defaultdict(list)
    for roles, units in alike(kind, crew).items():
        for stage in _stuck(kind, crew, roles):
            stuck[stage] += units
    for stage, units in stuck.items():
        waits_for = dict.fromkeys(by for name in kind.by_stage[stage] for by in of_the_unit(kind.actions[name], crew))
        yield (
            f"stages.{stage}",
            say(
                "matters.nobody_of_the_unit",
                stage=stage,
                roles=[crew.roles[role].title for role in waits_for],
                units=[*sorted(units)[:_SHOWN], *(["…"] if len(units) > _SHOWN else [])],
            ),
        )


def _stuck(kind: Kind, crew: Crew, roles: Roles) -> Iterator[str]:
    """The stages that a matter in charge of such a unit may come to, and cannot leave for an end or another unit."""
    able = {name for name, action in kind.actions.items() if name != kind.follows and can_do(action, crew, roles)}
    moves = {
        stage: {to for name in kind.by_stage[stage] if name in able for to in kind.actions[name].leads_to(stage)}
        for stage in kind.stages
    }
    fine = {
        stage
        for stage, one in kind.stages.items()
        if one.final or any(name in able and "unit" in kind.actions[name].asked for name in kind.by_stage[stage])
    }
    while more := {stage for stage, to in moves.items() if stage not in fine and to & fine}:
        fine |= more
    begins = {
        to
        for name, action in kind.actions.items()
        if "unit" in action.asked
        for stage in action.stages
        for to in action.leads_to(stage)
    }
    reached = begins | ({kind.first} if "unit" in kind.needs else set())
    while more := {to for stage in reached for to in moves[stage]} - reached:
        reached |= more
    yield from (stage for stage in kind.stages if stage in reached and stage not in fine)
