"""Why an expression came out as it did: the parts that decided, and the facts that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from yiwang.why import Receipt, Words, say

from . import nodes
from .node import Node
from .python import compiled
from .saying import Sayer
from .schema import Schema
from .types import Kind
from .workdays import Workdays

_value_of = lru_cache(2048)(compiled)


class Explainer:
    """Explains one row. `hide` names the facts whose values, and what is computed from them, are not shown."""

    def __init__(self, schema: Schema, row: Mapping[str, Any], hide: Collection[str]) -> None:
        self.schema = schema
        self.row = row
        self.hide = frozenset(hide)
        self.words = Sayer(schema).words

    def receipt(self, node: Node) -> Receipt:
        value = self.value(node)
        match node:
            case nodes.Fact():
                return self.fact(node.name)
            case nodes.Literal():
                return Receipt(say("expr.says.no_result" if value is None else "expr.says.result"), self._shown(node))
            case nodes.Logic():
                because = self._deciding(node)
            case nodes.Not(item=nodes.Logic() as item):
                because = self._deciding(item)
            case nodes.Not(item=nodes.Case() | nodes.FirstKnown() | nodes.Not() as item):
                because = [self.receipt(item)]
            case nodes.Case():
                because = self._branches(node)
            case nodes.FirstKnown():
                because = [self.receipt(item) for item in node.items]
            case _:
                because = self._grounds(node)
        return Receipt(self._claim(node, value), self._shown(node), because)

    def value(self, node: Node) -> Any:
        return _value_of(node)(self.row)

    def fact(self, name: str) -> Receipt:
        title = self.schema.title(name)
        value = self.row.get(name)
        if value is None:
            return Receipt(say("expr.says.missing", fact=title), None, source=name)
        title_of_value = self.schema.called(name, value)
        shown = self._local(value) if title_of_value is None else say("expr.says.fact", fact=title_of_value)
        shown = say("expr.says.hidden") if name in self.hide else shown
        return Receipt(say("expr.says.fact", fact=title), shown, source=name)

    def _claim(self, node: Node, value: Any) -> Words:
        """A claim without a value would read as if it held."""
        words = self.words(node)
        if value is not None:
            return words
        return say("expr.says.undecided" if node.type.kind is Kind.BOOL else "expr.says.valueless", claim=words)

    def _shown(self, node: Node) -> Any:
        value = self.value(node)
        if value is not None and node.type.kind is not Kind.BOOL and self.hide & nodes.facts(node):
            return say("expr.says.hidden")
        return self._local(value)

    def _local(self, value: Any) -> Any:
        """An instant by the district's clocks."""
        return value.astimezone(self.schema.zone) if isinstance(value, datetime) else value

    def _deciding(self, node: nodes.Logic) -> list[Receipt]:
        """The terms that share the outcome: one false term makes an `and` false, whatever the others say."""
        value = self.value(node)
        return [self.receipt(term) for term in node.terms if self.value(term) is value]

    def _branches(self, node: nodes.Case) -> list[Receipt]:
        reasons = []
        for when, then in node.whens:
            reasons.append(self.receipt(when))
            if self.value(when) is True:
                return [*reasons, self.receipt(then)]
        return [*reasons, self.receipt(node.default)]

    def _grounds(self, node: Node) -> list[Receipt]:
        """Under a condition what it compares, computed values with their own grounds; under a value its facts."""
        if node.type.kind is not Kind.BOOL:
            return [*map(self.fact, dict.fromkeys(_facts(node))), *self._obstacles(node)]
        parts = node.item.parts() if isinstance(node, nodes.Not) else node.parts()
        if isinstance(node, nodes.Not) and isinstance(node.item, nodes.Fact):
            parts = (node.item,)
        told = dict.fromkeys(part for part in parts if not isinstance(part, nodes.Literal))
        return [self.receipt(part) for part in told]

    def _obstacles(self, node: Node) -> Iterator[Receipt]:
        """Why there is no value although the facts are known."""
        for part in nodes.walk(node):
            divides = isinstance(part, nodes.Arithmetic) and part.op == "/"
            divides = divides or (isinstance(part, nodes.Call) and part.function.name in ("div", "mod"))
            if divides and self.value(part.parts()[1]) == 0:
                yield Receipt(say("expr.says.divided_by_zero"), None)
            match part:
                case nodes.Call(args=(start, end, nodes.Literal(value=Workdays() as known))):
                    days = self.value(start), self.value(end)
                    if None not in days and not all(map(known.covers, days)):
                        yield Receipt(say("expr.says.no_calendar", first=known.first, last=known.last), None)


def _facts(node: Node) -> list[str]:
    return [one.name for one in nodes.walk(node) if isinstance(one, nodes.Fact)]
