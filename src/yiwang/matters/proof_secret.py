"""Proves that nothing of a kind tells how a secret vote stands before it is over. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiwang.expr import nodes
from yiwang.why import Words, say

from .action import Action
from .definition import Kind
from .secrecy import facts_that_tell

Complaint = tuple[str, Words]
_ACTION, _END = "actions.", "ends."


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path, what is wrong) of what asks, shows or hands on numbers of a vote that is still going on, of a kind whose
    expressions are sound. How a matter ended may say them: by then the vote is over."""
    if not (telling := facts_that_tell(kind)):
        return
    for path, text in kind.texts():
        panels = {telling[fact] for fact in facts_in(kind, text) if fact in telling}
        if not panels or path.startswith(_END):
            continue
        name = path.split(".")[1]
        if not path.startswith(_ACTION):
            yield path, say("matters.secret_asked", text=text)
        elif any(_while_asked(kind, panel, kind.actions[name]) for panel in panels):
            yield f"{_ACTION}{name}", say("matters.tells_secret", action=name, text=text)
    for name, action in kind.actions.items():
        yield from _handed_on(kind, name, action, telling)


def facts_in(kind: Kind, text: str) -> set[str]:
    """The facts that an expression asks for."""
    return {node.name for node in nodes.walk(kind.expressions[text].node) if isinstance(node, nodes.Fact)}


def _while_asked(kind: Kind, panel: str, action: Action) -> bool:
    """Whether it is done while a panel votes, by a person, or by the platform without ending the vote."""
    asked = kind.asks_panel[panel]
    if asked.isdisjoint(action.stages):
        return False
    return action.actors != ["system"] or any(to in asked for stage in action.stages for to in action.leads_to(stage))


def _handed_on(kind: Kind, name: str, action: Action, telling: Mapping[str, str]) -> Iterator[Complaint]:
    """What it opens takes no number over: who sees that need not have waited for the end of the vote."""
    for number, opens in enumerate(action.opens):
        for field, of in opens.fills.items():
            if of in telling and _while_asked(kind, telling[of], action):
                yield f"{_ACTION}{name}.opens[{number}].fills.{field}", say("matters.secret_asked", text=of)
