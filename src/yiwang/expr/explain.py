"""Why an expression came out as it did: the parts that decided, and the facts that are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.why import Receipt, Words, say

from . import nodes
from .library import LOCAL_DATE
from .nodes import Node
from .python import compiled
from .schema import Schema

_value_of = lru_cache(8192)(compiled)

_COMPARED = {"=": "expr.says.equal", "<>": "expr.says.unequal", "<": "expr.says.less", "<=": "expr.says.at_most",
             ">": "expr.says.more", ">=": "expr.says.at_least"}  # fmt: skip
_TRUTHS = {None: "expr.says.is_unknown", True: "expr.says.is_true", False: "expr.says.is_false"}


def local(value: Any, zone: ZoneInfo) -> Any:
    """An instant by the district's clocks; anything else as it is."""
    return value.astimezone(zone) if isinstance(value, datetime) else value


class Explainer:
    """Explains one row. `hide` names the facts whose values the reader may not see."""

    def __init__(self, schema: Schema, row: Mapping[str, Any], hide: Collection[str]) -> None:
        self.schema = schema
        self.row = row
        self.hide = hide

    def receipt(self, node: Node) -> Receipt:
        value = self.value(node)
        match node:
            case nodes.Logic():
                return Receipt(self.words(node), value, self._deciding(node, value))
            case nodes.Not():
                return Receipt(say("expr.says.not"), value, [self.receipt(node.item)])
            case nodes.Fact():
                return self.fact(node.name)
            case nodes.Case():
                return Receipt(say("expr.says.case"), value, self._branches(node))
            case nodes.FirstKnown():
                return Receipt(say("expr.says.first_known"), value, [self.receipt(item) for item in node.items])
        return Receipt(self.words(node), local(value, self.schema.zone), self._grounds(node))

    def value(self, node: Node) -> Any:
        return _value_of(node)(self.row)

    def fact(self, name: str) -> Receipt:
        title = self.schema.title(name)
        value = self.row.get(name)
        if value is None:
            return Receipt(say("expr.says.missing", fact=title), None, source=name)
        shown = say("expr.says.hidden") if name in self.hide else local(value, self.schema.zone)
        return Receipt(say("expr.says.fact", fact=title), shown, source=name)

    def _deciding(self, node: nodes.Logic, value: bool | None) -> list[Receipt]:
        """The terms that share the outcome: one false term makes an `and` false, whatever the others say."""
        return [self.receipt(term) for term in node.terms if self.value(term) is value]

    def _branches(self, node: nodes.Case) -> list[Receipt]:
        reasons = []
        for when, then in node.whens:
            reasons.append(self.receipt(when))
            if self.value(when) is True:
                return [*reasons, self.receipt(then)]
        return [*reasons, self.receipt(node.default)]

    def _grounds(self, node: Node) -> list[Receipt]:
        """The facts under a comparison or a value, each once; and a zero that something was divided by."""
        reasons = [self.fact(name) for name in dict.fromkeys(_facts_in_order(node))]
        for one in nodes.walk(node):
            divides = isinstance(one, nodes.Arithmetic) and one.op == "/"
            divides = divides or (isinstance(one, nodes.Call) and one.function.name in ("div", "mod"))
            if divides and self.value(one.parts()[1]) == 0:
                reasons.append(Receipt(say("expr.says.divided_by_zero"), None))
        return reasons

    # --- how a part is said

    def words(self, node: Node) -> Any:
        match node:
            case nodes.Logic():
                return say("expr.says.all") if node.op == "and" else say("expr.says.any")
            case nodes.Compare():
                return say(_COMPARED[node.op], left=self.words(node.left), right=self.words(node.right))
            case nodes.Same():
                return say("expr.says.same", left=self.words(node.left), right=self.words(node.right))
            case nodes.Within():
                return say("expr.says.within", item=self.words(node.item), options=self._list(node.options))
            case nodes.Like():
                return say("expr.says.like", item=self.words(node.item), pattern=node.pattern)
            case nodes.Is():
                return say(_TRUTHS[node.truth], item=self.words(node.item))
            case nodes.Literal():
                return say("expr.says.text", text=node.value) if isinstance(node.value, str) else _literal(node)
            case nodes.Fact():
                return say("expr.says.fact", fact=self.schema.title(node.name))
            case nodes.Call():
                return say("expr.says.call", name=node.function.name, args=self._list(_shown(node)))
        return self._value_words(node)

    def _value_words(self, node: Node) -> Words:
        match node:
            case nodes.Arithmetic():
                return say("expr.says.sum", left=self.words(node.left), op=node.op, right=self.words(node.right))
            case nodes.Between():
                return say("expr.says.sum", left=self.words(node.end), op="−", right=self.words(node.start))
            case nodes.Shift():
                return say("expr.says.shift", item=self.words(node.item), by=_span(node))
            case nodes.Negative():
                return say("expr.says.negative", item=self.words(node.item))
            case nodes.Join():
                return say("expr.says.join", texts=self._list(node.texts))
            case nodes.Exact():
                return say("expr.says.fact", fact=self.words(node.item))
            case nodes.Not():
                return say("expr.says.negation", item=self.words(node.item))
            case nodes.FirstKnown():
                return say("expr.says.first_known")
        return say("expr.says.case")

    def _list(self, parts: tuple[Node, ...]) -> list[Any]:
        return [self.words(part) for part in parts]


def _literal(node: nodes.Literal) -> Words:
    return say("expr.says.fact", fact=node.value)


def _shown(node: nodes.Call) -> tuple[Node, ...]:
    """The arguments as they are written: a zone or a calendar that was added is not said."""
    return node.args[:1] if node.function is LOCAL_DATE else node.args[: len(node.function.params)]


def _span(node: nodes.Shift) -> Words:
    if node.months:
        return say("expr.says.months", count=node.months)
    if node.micros:
        return say("expr.says.hours", count=round(node.micros / 3.6e9, 4))
    return say("expr.says.days", count=node.days)


def _facts_in_order(node: Node) -> list[str]:
    return [one.name for one in nodes.walk(node) if isinstance(one, nodes.Fact)]
