"""The expression as SQL for a whole table, with every bracket, so that nothing depends on an engine's precedence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from . import nodes
from .dialects import Dialect
from .node import Node
from .schema import Schema
from .types import Kind, Type

NATIVE_DIGITS = 18  # what a 64-bit number holds without a doubt
LENGTH_MAX = 400_000  # characters; a calendar of twenty years takes 25,000


class TooLong(Exception):
    """A part that repeats its operands (a quotient, an age) stands too often inside another such part."""


class Writer:
    """Writes one dialect for one schema."""

    def __init__(self, dialect_name: str, dialect: Dialect, schema: Schema) -> None:
        self.name = dialect_name
        self.dialect = dialect
        self.schema = schema

    def write(self, node: Node) -> str:
        sql = self._writers[type(node)](self, node)
        if len(sql) > LENGTH_MAX:
            raise TooLong
        return sql

    def literal(self, node: nodes.Literal) -> str:
        return self.dialect.literal(node.value, node.type)

    def fact(self, node: nodes.Fact) -> str:
        own = (self.schema.fields[node.name].sql or {}).get(self.name)
        return f"({own})" if own else self.dialect.column(node.name)

    def logic(self, node: nodes.Logic) -> str:
        return "(" + f" {node.op} ".join(self.write(term) for term in node.terms) + ")"

    def negation(self, node: nodes.Not) -> str:
        return f"(not {self.write(node.item)})"

    def compare(self, node: nodes.Compare) -> str:
        left, right = self._pair(node.left, node.right)
        if node.op not in ("=", "<>") and node.left.type.kind is Kind.TEXT:
            left, right = self.dialect.ordered_text(left), self.dialect.ordered_text(right)
        return f"({left} {node.op} {right})"

    def same(self, node: nodes.Same) -> str:
        left, right = self._pair(node.left, node.right)
        return f"({left} is not distinct from {right})"

    def _pair(self, left: Node, right: Node) -> tuple[str, str]:
        """Both sides; a whole number beside a decimal is widened so that no engine narrows the decimal."""
        return self._beside(left, right), self._beside(right, left)

    def _beside(self, node: Node, other: Node) -> str:
        sql = self.write(node)
        if node.type.kind is not Kind.NUMBER or isinstance(node, nodes.Literal):
            return sql
        if other.type.exact and not node.type.exact:
            return self.dialect.cast(sql, replace(node.type, exact=True))
        return sql

    def within(self, node: nodes.Within) -> str:
        options = ", ".join(self.write(option) for option in node.options)
        exact = any(option.type.exact for option in node.options)
        item = self.write(node.item)
        if exact and node.item.type.kind is Kind.NUMBER and not node.item.type.exact:
            item = self.dialect.cast(item, replace(node.item.type, exact=True))
        return f"({item} in ({options}))"

    def like(self, node: nodes.Like) -> str:
        return f"({self.write(node.item)} like {self.dialect.text(node.pattern)})"

    def truth(self, node: nodes.Is) -> str:
        return f"({self.write(node.item)} is {({None: 'null', True: 'true', False: 'false'})[node.truth]})"

    def negative(self, node: nodes.Negative) -> str:
        return f"(- {self._operand(node.item, node.type)})"

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        if node.op == "/":
            left, right = self.write(node.left), self.write(node.right)
            return self.dialect.quotient(left, right, node.left.type, node.right.type, node.type)
        left, right = self._operand(node.left, node.type), self._operand(node.right, node.type)
        sql = f"({left} {node.op} {right})"
        return self.dialect.cast(sql, node.type) if node.type.exact and self.dialect.shrinks else sql

    def _operand(self, node: Node, result: Type) -> str:
        """An operand in its own size, or in one large enough that the engine computes in 128 bits when it must."""
        sql, own = self.write(node), node.type
        if not result.exact:
            return self.dialect.cast(sql, result)
        if not self.dialect.sized:
            return sql
        computed = isinstance(node, nodes.Arithmetic) and own.exact  # has a size of at least its own already
        if computed and (own.digits > NATIVE_DIGITS or result.digits <= NATIVE_DIGITS):
            return sql
        widen = result.digits > NATIVE_DIGITS and not self.dialect.shrinks
        digits = max(own.digits, NATIVE_DIGITS + 1) if widen else own.digits
        return self.dialect.cast(sql, Type(Kind.NUMBER, digits, own.scale, exact=True))

    def shift(self, node: nodes.Shift) -> str:
        item = self.write(node.item)
        if node.type.kind is Kind.INSTANT:
            return self.dialect.moved_instant(item, node.micros)
        return self.dialect.moved_date(item, node.months, node.days)

    def between(self, node: nodes.Between) -> str:
        end, start = self.write(node.end), self.write(node.start)
        if node.type.kind is Kind.SPAN:
            return self.dialect.micros_between(end, start)
        return self.dialect.days_between(end, start)

    def join(self, node: nodes.Join) -> str:
        return "(" + " || ".join(self.write(text) for text in node.texts) + ")"

    def exact(self, node: nodes.Exact) -> str:
        return self.dialect.cast(self.write(node.item), node.type)

    def case(self, node: nodes.Case) -> str:
        whens = " ".join(
            f"when {self.write(when)} then {self._one_result(then, node.type)}" for when, then in node.whens
        )
        return self._result(f"(case {whens} else {self._one_result(node.default, node.type)} end)", node.type)

    def first_known(self, node: nodes.FirstKnown) -> str:
        return self._result(
            f"coalesce({', '.join(self._one_result(item, node.type) for item in node.items)})", node.type
        )

    def _one_result(self, node: Node, shared: Type) -> str:
        """One of several results: left in its own size, an engine may take a size for all that drops places."""
        sql, computed = self.write(node), not isinstance(node, nodes.Fact | nodes.Exact)
        return self.dialect.cast(sql, shared) if shared.exact and self.dialect.sized and computed else sql

    def _result(self, sql: str, kind: Type) -> str:
        return self.dialect.cast(sql, kind) if kind.kind is Kind.NUMBER else sql

    def call(self, node: nodes.Call) -> str:
        sql = node.function.render(self.name, [self.write(arg) for arg in node.args], node.args)
        return f"({sql})"

    _writers: ClassVar[dict[type, Callable[[Writer, Any], str]]] = {
        nodes.Literal: literal, nodes.Fact: fact, nodes.Logic: logic, nodes.Not: negation, nodes.Compare: compare,
        nodes.Same: same, nodes.Within: within, nodes.Like: like, nodes.Is: truth, nodes.Negative: negative,
        nodes.Arithmetic: arithmetic, nodes.Shift: shift, nodes.Between: between, nodes.Join: join,
        nodes.Exact: exact, nodes.Case: case, nodes.FirstKnown: first_known, nodes.Call: call,
    }  # fmt: skip
