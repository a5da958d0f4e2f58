"""`parse(text, schema)` and what it gives: one rule, ready for a row and for a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from yiwang.why import Receipt, say

from . import nodes
from .dialects import DIALECTS, dialect_name
from .errors import ExprError, FactError
from .explain import Explainer
from .node import Node
from .python import compiled
from .reader import Reader
from .schema import Schema
from .simplify import simplified
from .sql import TooLong, Writer
from .types import Type
from .unknown import UNKNOWN, Unknown


class Expr:
    """A rule that has been read and found sound. Build it with `parse`; it does not change.

    text  as it was written
    type  what it yields
    """

    __slots__ = ("__dict__", "_run", "node", "schema", "text", "type")

    def __init__(self, text: str, node: Node, schema: Schema) -> None:
        self.text = text
        self.node = node
        self.schema = schema
        self.type: Type = node.type
        self._run = compiled(node)

    def evaluate(self, row: Mapping[str, Any]) -> Any | Unknown:
        """The value on one row of facts (name -> value; None or no entry is unknown), or UNKNOWN.

        An instant comes in UTC. Raises FactError when a fact that is asked for is of another type than its schema says.
        """
        try:
            value = self._run(row)
        except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
            raise self._misfit(row) from error
        return UNKNOWN if value is None else value

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether the condition is known to be true; false and unknown both do not hold."""
        return self.evaluate(row) is True

    def explain(self, row: Mapping[str, Any], *, hide: Collection[str] = ()) -> Receipt:
        """The parts that decided, and each fact with its value or as missing; values of `hide` are not shown."""
        self.evaluate(row)
        return Explainer(self.schema, row, hide).receipt(self.node)

    def sql(self, dialect: str) -> str:
        """The same rule as an SQL operand: "postgres" ("postgresql"), "duckdb" or "spark". Unknown is NULL.

        A Span is a number of microseconds. There are no parameters; where the driver takes % as a placeholder, double
        the % signs.
        """
        name = dialect_name(dialect)
        return Writer(name, DIALECTS[name], self.schema).write(self.node)

    def fields(self) -> frozenset[str]:
        """The names of the facts it speaks of."""
        return self._fields

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(nodes.facts(self.node))

    def missing(self, row: Mapping[str, Any]) -> frozenset[str]:
        """The facts it speaks of that `row` does not know."""
        return frozenset(name for name in self._fields if row.get(name) is None)

    def simplify(self, known: Mapping[str, Any]) -> Expr:
        """What is left to decide once `known` is filled in; a known None stays unknown for good."""
        try:
            node = simplified(self.node, known)
        except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
            raise self._misfit(known) from error
        return Expr(self.text, node, self.schema)

    def worked_out(self, facts: Mapping[str, Expr]) -> Expr:
        """The same with expressions in the place of facts."""
        return Expr(self.text, simplified(self.node, {name: one.node for name, one in facts.items()}), self.schema)

    def _misfit(self, row: Mapping[str, Any]) -> Exception:
        """The fact that is of another type than promised."""
        if not hasattr(row, "get"):
            return TypeError(f"a row is a mapping from a fact's name to its value, not {type(row).__name__}")
        for name in sorted(self._fields):
            try:
                self.schema.check_one(name, row.get(name))
            except FactError as found:
                return found
        words = say("expr.out_of_range", text=self.text[:60])
        return FactError("", None, words)

    def __repr__(self) -> str:
        return f"Expr({self.text!r})"


def parse(text: str, schema: Schema) -> Expr:
    """Reads `text` against the facts of `schema`; raises ExprError with line, column and a sentence in both languages.

    The same text and schema give the same Expr again. What has been read can be written for every engine.
    """
    if not isinstance(text, str):  # a definition file may hold a bare number, `yes` or a list
        raise ExprError(say("expr.no_text", type=type(text).__name__), str(text)[:60], 0)
    known = schema.read.get(text)
    if known is None:
        if len(schema.read) >= TEXTS:
            schema.read.clear()
        known = schema.read[text] = _read(text, schema)
    return known


TEXTS = 1024  # that one schema keeps


def _read(text: str, schema: Schema) -> Expr:
    node = Reader(text, schema).read()
    try:
        for name, speech in DIALECTS.items():
            Writer(name, speech, schema).write(node)
    except TooLong:
        raise ExprError(say("expr.too_long_for_engines"), text, node.at) from None
    return Expr(text, node, schema)
