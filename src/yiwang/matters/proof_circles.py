"""Proves that what the platform does at once comes to an end, and does not go round for ever. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import nodes
from yiwang.why import Words, say

from .action import Action
from .definition import Kind
from .possible import can_hold

Complaint = tuple[str, Words]
_HISTORY = ("count.", "at.", "first.", "in.", "clock.", "children.")  # facts that going round changes


def complaints(kind: Kind) -> Iterator[Complaint]:
    """What the platform does at once never leads round to where it does the same again."""
    steps: dict[str, list[tuple[str, str]]] = {}
    for name, action in kind.actions.items():
        if action.does and not action.does.timed and action.at_most is None:
            for stage in action.stages:
                steps.setdefault(stage, []).extend((name, to) for to in action.leads_to(stage) if to != stage)
    blamed: set[str] = set()
    for stage in steps:
        for way in _ways_back(steps, stage, stage, ()):
            texts = [text for name in way for text in _asked(kind.actions[name])]
            if blamed.isdisjoint(way) and not any(_of_history(kind, text) for text in texts) and can_hold(kind, texts):
                blamed |= {*way}
                yield f"actions.{way[0]}.does", say("matters.does_in_a_circle", actions=[*way], stage=stage)


def _asked(action: Action) -> list[str]:
    return [text for text in (action.does.when if action.does else "", action.when) if text]


def _ways_back(
    steps: dict[str, list[tuple[str, str]]], here: str, home: str, way: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    for name, to in steps.get(here, ()):
        if to == home:
            yield (*way, name)
        elif name not in way and len(way) < 6:
            yield from _ways_back(steps, to, home, (*way, name))


def _of_history(kind: Kind, text: str) -> bool:
    facts = [node.name for node in nodes.walk(kind.expressions[text].node) if isinstance(node, nodes.Fact)]
    return any(fact.startswith(_HISTORY) for fact in facts)
