"""What is left of an expression when some facts are already known: the rest can be decided from the other facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from . import nodes
from .node import Node
from .nodes import Literal
from .python import compiled, nullable
from .types import Bool


def simplified(node: Node, known: Mapping[str, Any]) -> Node:
    """The node with `known` filled in: values, a None staying unknown for good, or nodes that take a fact's place."""
    if isinstance(node, nodes.Fact) and isinstance(known.get(node.name), Node):
        return cast(Node, known[node.name])
    if isinstance(node, nodes.Fact):
        return Literal(node.type, compiled(node)(known), at=node.at) if node.name in known else node
    if isinstance(node, nodes.Logic):
        return _logic(node, [simplified(term, known) for term in node.terms])
    if isinstance(node, nodes.Case):
        return _case(node, known)
    if isinstance(node, nodes.FirstKnown):
        return _first_known(node, known)
    rebuilt = _rebuilt(node, known)
    return _folded(rebuilt)


def _rebuilt(node: Node, known: Mapping[str, Any]) -> Node:
    changes: dict[str, Any] = {}
    for name in ("item", "left", "right", "end", "start"):
        if hasattr(node, name):
            changes[name] = simplified(getattr(node, name), known)
    for name in ("texts", "args"):
        if hasattr(node, name):
            changes[name] = tuple(simplified(part, known) for part in getattr(node, name))
    return replace(node, **changes) if changes else node


def _folded(node: Node) -> Node:
    """The value itself, when nothing is left to ask; unknown, when an operand is unknown for good."""
    parts = node.parts()
    if parts and all(isinstance(part, Literal) for part in parts):
        return Literal(node.type, compiled(node)({}), at=node.at)
    strict = not isinstance(node, nodes.Is | nodes.Same)
    if strict and any(isinstance(part, Literal) and part.value is None for part in parts):
        return Literal(node.type, None, at=node.at)
    return node


def _logic(node: nodes.Logic, terms: list[Node]) -> Node:
    decides = node.op == "or"
    left: list[Node] = []
    for term in terms:
        if isinstance(term, Literal) and term.value is decides:
            return Literal(Bool, decides, at=node.at)
        if not (isinstance(term, Literal) and term.value is (not decides)):
            left.append(term)
    if not left:
        return Literal(Bool, not decides, at=node.at)
    if all(isinstance(term, Literal) for term in left):
        return Literal(Bool, None, at=node.at)
    return left[0] if len(left) == 1 else replace(node, terms=tuple(left))


def _case(node: nodes.Case, known: Mapping[str, Any]) -> Node:
    whens: list[tuple[Node, Node]] = []
    default = simplified(node.default, known)
    for when, value in node.whens:
        condition = simplified(when, known)
        if isinstance(condition, Literal) and condition.value is not True:
            continue
        if isinstance(condition, Literal):
            default = simplified(value, known)
            break
        whens.append((condition, simplified(value, known)))
    return replace(node, whens=tuple(whens), default=default) if whens else default


def _first_known(node: nodes.FirstKnown, known: Mapping[str, Any]) -> Node:
    left: list[Node] = []
    for item in node.items:
        value = simplified(item, known)
        if isinstance(value, Literal) and value.value is None:
            continue
        left.append(value)
        if not nullable(value):
            break
    if not left:
        return Literal(node.type, None, at=node.at)
    return left[0] if len(left) == 1 else replace(node, items=tuple(left))
