"""How a part of an expression is said to people: a sentence in both languages, as short as is correct."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from yiwang.why import Words, say

from . import nodes
from .library import LOCAL_DATE
from .node import Node
from .schema import Schema
from .types import Kind

_COMPARED = {"=": "expr.says.equal", "<>": "expr.says.unequal", "<": "expr.says.less", "<=": "expr.says.at_most",
             ">": "expr.says.more", ">=": "expr.says.at_least"}  # fmt: skip
_MOMENTS = {"<": "expr.says.before", "<=": "expr.says.not_after", ">": "expr.says.after", ">=": "expr.says.not_before"}
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TRUTHS = {None: "expr.says.is_unknown", True: "expr.says.is_true", False: "expr.says.is_false"}
_UNTRUTHS = {None: "expr.says.is_known", True: "expr.says.not_true", False: "expr.says.not_false"}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_UNITS = ((86400, "expr.says.days"), (3600, "expr.says.hours"), (60, "expr.says.minutes"), (1, "expr.says.seconds"))


class Sayer:
    """Says the parts of the expressions of one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def words(self, node: Node) -> Words:
        match node:
            case nodes.Logic():
                return say("expr.says.all") if node.op == "and" else say("expr.says.any")
            case nodes.Not():
                return self._denied(node.item)
            case nodes.Compare():
                return self._compared(node, node.op)
            case nodes.Same():
                return say("expr.says.same", left=self.words(node.left), right=self.words(node.right))
            case nodes.Within():
                return say("expr.says.within", item=self.words(node.item), options=self._among(node))
            case nodes.Like():
                return say("expr.says.like", item=self.words(node.item), pattern=node.pattern)
            case nodes.Is():
                return say(_TRUTHS[node.truth], item=self.words(node.item))
        return self._value(node)

    def _denied(self, node: Node) -> Words:
        """The opposite in words of its own: who reads "this does not hold: no" reads it twice."""
        match node:
            case nodes.Logic():
                return say("expr.says.not_all") if node.op == "and" else say("expr.says.none")
            case nodes.Fact():
                return say(_TRUTHS[False], item=self.words(node))
            case nodes.Compare():
                return self._compared(node, _OPPOSITE[node.op])
            case nodes.Same():
                return say("expr.says.different", left=self.words(node.left), right=self.words(node.right))
            case nodes.Within():
                return say("expr.says.not_within", item=self.words(node.item), options=self._among(node))
            case nodes.Like():
                return say("expr.says.unlike", item=self.words(node.item), pattern=node.pattern)
            case nodes.Is():
                return say(_UNTRUTHS[node.truth], item=self.words(node.item))
        return say("expr.says.negation", item=self.words(node))

    def _compared(self, node: nodes.Compare, op: str) -> Words:
        moments = node.left.type.kind in (Kind.DATE, Kind.INSTANT)
        key = _MOMENTS.get(op, _COMPARED[op]) if moments else _COMPARED[op]
        return say(key, left=self._side(node.left, node.right), right=self._side(node.right, node.left))

    def _side(self, node: Node, other: Node) -> Words:
        """One side of a comparison; a code by what it is called where the other side is a fact of such codes."""
        if isinstance(node, nodes.Literal) and isinstance(other, nodes.Fact):
            title = self.schema.called(other.name, node.value)
            if title is not None:
                return say("expr.says.text", text=title)
        return self.words(node)

    def _among(self, node: nodes.Within) -> list[Words]:
        return [self._side(option, node.item) for option in node.options]

    def _value(self, node: Node) -> Words:
        match node:
            case nodes.Literal():
                return self._literal(node.value)
            case nodes.Fact():
                return say("expr.says.fact", fact=self.schema.title(node.name))
            case nodes.Call():
                return self._call(node)
            case nodes.Arithmetic():
                return self._sum(node, node.left, _SIGNS[node.op], node.right)
            case nodes.Between():
                return self._sum(node, node.end, "−", node.start)
            case nodes.Shift():
                earlier = node.months < 0 or node.days < 0 or node.micros < 0
                key = "expr.says.earlier" if earlier else "expr.says.later"
                return say(key, item=self.words(node.item), by=_by(node))
            case nodes.Negative():
                return say("expr.says.negative", item=self._bracketed(node.item, _rank(node.item) < _HIGHEST))
            case nodes.Join():
                return say("expr.says.join", texts=self._list(node.texts))
            case nodes.Exact():
                return self.words(node.item)
            case nodes.FirstKnown():
                return say("expr.says.first_known")
        return say("expr.says.case")

    def _sum(self, node: Node, left: Node, sign: str, right: Node) -> Words:
        rank = _rank(node)
        first, second = self._bracketed(left, _rank(left) < rank), self._bracketed(right, _rank(right) <= rank)
        return say("expr.says.sum", left=first, op=sign, right=second)

    def _bracketed(self, node: Node, needed: bool) -> Words:
        return say("expr.says.bracketed", item=self.words(node)) if needed else self.words(node)

    def _call(self, node: nodes.Call) -> Words:
        """A zone or a calendar that was added to the arguments is not said."""
        count = 1 if node.function is LOCAL_DATE else len(node.function.params)
        shown = self._list(node.args[:count])
        if node.function.says:
            return say(node.function.says, **dict(zip("abcd", shown, strict=False)))
        return say("expr.says.call", name=node.function.name, args=shown)

    def _literal(self, value: Any) -> Words:
        if isinstance(value, timedelta):
            return _exactly(value)
        if isinstance(value, datetime):
            value = value.astimezone(self.schema.zone)
        return say("expr.says.text", text=value) if isinstance(value, str) else say("expr.says.fact", fact=value)

    def _list(self, parts: tuple[Node, ...]) -> list[Words]:
        return [self.words(part) for part in parts]


_HIGHEST = 3


def _rank(node: Node) -> int:
    """How tightly a part holds together beside another sign."""
    if isinstance(node, nodes.Arithmetic):
        return 1 if node.op in "+-" else 2
    if isinstance(node, nodes.Exact):
        return _rank(node.item)
    return 1 if isinstance(node, nodes.Between | nodes.Shift | nodes.Negative) else _HIGHEST


def _by(node: nodes.Shift) -> Words:
    if node.months % 12:
        return say("expr.says.months", count=abs(node.months))
    if node.months:
        return say("expr.says.years", count=abs(node.months) // 12)
    return _exactly(abs(timedelta(days=node.days, microseconds=node.micros)))


def _exactly(span: timedelta) -> Words:
    """A written span in the largest unit that loses nothing."""
    seconds = span // timedelta(seconds=1)
    size, key = next((size, key) for size, key in _UNITS if seconds % size == 0)
    return say(key, count=seconds // size)
