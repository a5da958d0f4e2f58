"""From sqlglot's tree to the typed tree: what is not named here does not exist in the language."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

from sqlglot import exp

from yiwang.why import Words, say

from . import grammar, library, operands
from .errors import ExprError
from .functions import Refused, find, names
from .node import Node
from .nodes import Call, Case, Fact, FirstKnown, Is, Join, Like, Literal, Logic, Not, Same, Within, walk
from .operands import Reject
from .schema import Schema
from .types import Bool, Instant, Kind, Nothing, Text

_COMPARISONS: dict[type, str] = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_ARITHMETIC: dict[type, str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}
_ALLOWED_ARGS: dict[type, set[str]] = {
    exp.Column: {"this", "table", "db", "catalog"},
    exp.Cast: {"this", "to"},
    exp.In: {"this", "expressions"},
    exp.Between: {"this", "low", "high"},
    exp.Like: {"this", "expression", "negate"},
    exp.Case: {"this", "ifs", "default"},
    exp.If: {"this", "true"},
    exp.Interval: {"this", "unit", "fraction_in_string"},
    exp.Anonymous: {"this", "expressions"},
    exp.Literal: {"this", "is_string"},
    exp.Dot: {"this", "expression"},
    exp.DPipe: {"this", "expression", "safe"},
    exp.Div: {"this", "expression", "typed", "safe"},
}


class Reader:
    """Reads one text against one schema."""

    def __init__(self, text: str, schema: Schema) -> None:
        self.text = text
        self.schema = schema

    def read(self) -> Node:
        tree = grammar.tree(self.text)
        node = self.node(tree, 0, 0)
        if node.type.kind is Kind.NOTHING:
            self.fail("expr.only_null", node.at)
        for one in walk(node):
            if isinstance(one, Literal) and isinstance(one.value, operands.Months):
                self.fail("expr.months", one.at)
        return node

    def node(self, tree: exp.Expr, depth: int, at: int) -> Node:
        at = _start(tree, at)
        if depth > 2 * grammar.DEPTH_MAX:
            self.fail("expr.too_deep", at, most=grammar.DEPTH_MAX)
        while isinstance(tree, exp.Paren):
            tree = tree.this
        if isinstance(tree, exp.Alias):  # `a b`: two things beside each other
            self.fail("expr.syntax", _start(tree.args["alias"], at), near=tree.alias)
        read = self._readers.get(type(tree))
        allowed = _ALLOWED_ARGS.get(type(tree), {"this", "expression"})
        if read is None or any(value for name, value in tree.args.items() if name not in allowed and value):
            self.fail("expr.not_allowed", at, part=self._snippet(at))
        try:
            return read(self, tree, depth + 1, at)
        except Reject as reject:
            raise ExprError(reject.words, self.text, at if reject.at is None else reject.at) from None

    def fail(self, key: str, at: int, **args: Any) -> NoReturn:
        raise ExprError(say(key, **args), self.text, at)

    def _snippet(self, at: int) -> str:
        return self.text[at : at + 30].split("\n")[0]

    def condition(self, tree: exp.Expr, depth: int, at: int) -> Node:
        node = self.node(tree, depth, at)
        return operands.need_condition(node, self.schema)

    # --- leaves

    def fact(self, tree: exp.Expr, depth: int, at: int) -> Node:
        parts = [part for part in tree.walk(bfs=False) if not isinstance(part, exp.Column | exp.Dot)]
        if not all(isinstance(part, exp.Identifier) for part in parts):
            self.fail("expr.not_allowed", at, part=self._snippet(at))
        name = ".".join(part.name for part in sorted(parts, key=lambda part: part.meta.get("start", 0)))
        field = self.schema.fields.get(name)
        if field is None:
            quoted = parts[0].args.get("quoted")
            hint = say("expr.text_quotes", name=name) if quoted else _nearest(name, list(self.schema.fields))
            self.fail("expr.no_fact", at, name=name, hint=hint)
        return Fact(field.type, name, at=at)

    def literal(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return operands.text(tree.name, at) if tree.is_string else operands.number(tree.name, at)

    def boolean(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return Literal(Bool, bool(tree.this), at=at)

    def null(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return Literal(Nothing, None, at=at)

    def typed_literal(self, tree: exp.Expr, depth: int, at: int) -> Node:
        """`date '…'` and `timestamp '…'`; no other cast is part of the language."""
        kind = {exp.DType.DATE: Kind.DATE, exp.DType.TIMESTAMP: Kind.INSTANT, exp.DType.TIMESTAMPTZ: Kind.INSTANT}.get(
            tree.args["to"].this
        )
        if kind is None or not (isinstance(tree.this, exp.Literal) and tree.this.is_string):
            self.fail("expr.not_allowed", at, part=self._snippet(at))
        return operands.moment(operands.text(tree.this.name, at), kind, self.schema)

    def span(self, tree: exp.Expr, depth: int, at: int) -> Node:
        unit = tree.args.get("unit")
        if not isinstance(tree.this, exp.Literal) or unit is None:
            self.fail("expr.span", at)
        return operands.span(tree.this.name, unit.name, at)

    # --- conditions

    def logic(self, tree: exp.Expr, depth: int, at: int) -> Node:
        """A long chain is read in a loop, so that many terms are not many levels."""
        op, same, terms, rest = ("and" if isinstance(tree, exp.And) else "or"), type(tree), [], tree
        while isinstance(rest, same):
            terms.append(rest.args["expression"])
            rest = rest.this
        nodes: list[Node] = []
        for term in (rest, *reversed(terms)):
            node = self.condition(term, depth, at)
            nodes += node.terms if isinstance(node, Logic) and node.op == op else [node]
        return Logic(Bool, op, tuple(nodes), at=at)

    def negation(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return Not(Bool, self.condition(tree.this, depth, at), at=at)

    def compare(self, tree: exp.Expr, depth: int, at: int) -> Node:
        left, right = self.node(tree.this, depth, at), self.node(tree.expression, depth, at)
        return operands.compare(_COMPARISONS[type(tree)], left, right, self.schema, at)

    def same(self, tree: exp.Expr, depth: int, at: int) -> Node:
        left, right = self.node(tree.this, depth, at), self.node(tree.expression, depth, at)
        left, right = operands.comparable("=", left, right, self.schema)
        node = Same(Bool, left, right, at=at)
        return node if isinstance(tree, exp.NullSafeEQ) else Not(Bool, node, at=at)

    def between(self, tree: exp.Expr, depth: int, at: int) -> Node:
        item = self.node(tree.this, depth, at)
        low, high = (self.node(tree.args[bound], depth, at) for bound in ("low", "high"))
        bounds = operands.compare(">=", item, low, self.schema, at), operands.compare("<=", item, high, self.schema, at)
        return Logic(Bool, "and", bounds, at=at)

    def within(self, tree: exp.Expr, depth: int, at: int) -> Node:
        item = self.node(tree.this, depth, at)
        if not tree.expressions:
            self.fail("expr.empty_list", at)
        equals = [operands.compare("=", item, self.node(one, depth, at), self.schema, at) for one in tree.expressions]
        if len(equals) == 1:
            return equals[0]
        options = tuple(one.right for one in equals)
        if all(isinstance(one, Literal) for one in options):
            return Within(Bool, item, options, at=at)  # type: ignore[arg-type]  # all() above
        return Logic(Bool, "or", tuple(equals), at=at)

    def like(self, tree: exp.Expr, depth: int, at: int) -> Node:
        item, pattern = self.node(tree.this, depth, at), self.node(tree.expression, depth, at)
        operands.need_kind(item, (Kind.TEXT,), self.schema)
        if not isinstance(pattern, Literal) or pattern.type.kind is not Kind.TEXT or "\\" in pattern.value:
            self.fail("expr.pattern", pattern.at)
        node = Like(Bool, item, pattern.value, at=at)
        return Not(Bool, node, at=at) if tree.args.get("negate") else node

    def truth(self, tree: exp.Expr, depth: int, at: int) -> Node:
        item, value = self.node(tree.this, depth, at), tree.expression
        if isinstance(value, exp.Null):
            return Is(Bool, item, None, at=at)
        if not isinstance(value, exp.Boolean):
            self.fail("expr.not_allowed", at, part=self._snippet(at))
        return Is(Bool, operands.need_condition(item, self.schema), bool(value.this), at=at)

    # --- values

    def arithmetic(self, tree: exp.Expr, depth: int, at: int) -> Node:
        left, right = self.node(tree.this, depth, at), self.node(tree.expression, depth, at)
        return operands.arithmetic(_ARITHMETIC[type(tree)], left, right, self.schema, at)

    def rest(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return self._call("mod", [tree.this, tree.expression], depth, at)

    def negative(self, tree: exp.Expr, depth: int, at: int) -> Node:
        return operands.negative(self.node(tree.this, depth, at), self.schema, at)

    def join(self, tree: exp.Expr, depth: int, at: int) -> Node:
        texts: list[Node] = []
        for side in (tree.this, tree.expression):
            node = operands.need_kind(self.node(side, depth, at), (Kind.TEXT,), self.schema)
            texts += node.texts if isinstance(node, Join) else [node]
        return Join(Text, tuple(texts), at=at)

    def case(self, tree: exp.Expr, depth: int, at: int) -> Node:
        subject = self.node(tree.this, depth, at) if tree.this else None
        conditions, results = [], []
        for branch in tree.args["ifs"]:
            if subject is None:
                conditions.append(self.condition(branch.this, depth, at))
            else:
                value = self.node(branch.this, depth, at)
                conditions.append(operands.compare("=", subject, value, self.schema, at))
            results.append(self.node(branch.args["true"], depth, at))
        default = tree.args.get("default")
        results.append(self.node(default, depth, at) if default else Literal(Nothing, None, at=at))
        kind, values = operands.one_type(results, self.schema)
        return Case(kind, tuple(zip(conditions, values, strict=False)), values[-1], at=at)

    def call(self, tree: exp.Expr, depth: int, at: int) -> Node:
        name = str(tree.this).lower()
        return self._call(name, tree.expressions, depth, at)

    def _call(self, name: str, trees: list[exp.Expr], depth: int, at: int) -> Node:
        args = [self.node(one, depth, at) for one in trees]
        match name, len(args):
            case "now", 0:
                return Fact(Instant, "now", at=at)
            case "today", 0:
                return self._apply("date", (Fact(Instant, "now", at=at),), at)
            case "coalesce", count if count:
                kind, values = operands.one_type(args, self.schema)
                return FirstKnown(kind, tuple(values), at=at) if count > 1 else values[0]
            case "nullif", 2:
                equal = operands.compare("=", args[0], args[1], self.schema, at)
                return Case(args[0].type, ((equal, Literal(args[0].type, None, at=at)),), args[0], at=at)
            case "now" | "today" | "coalesce" | "nullif", count:
                self.fail("expr.arguments", at, name=name, most=_RESERVED_ARGUMENTS[name], count=count)
        return self._apply(name, tuple(args), at)

    def _apply(self, name: str, args: tuple[Node, ...], at: int) -> Node:
        function = find(name)
        if function is None:
            self.fail("expr.no_function", at, name=name, hint=_nearest(name, names()))
        most = len(function.params)
        if not most - function.optional <= len(args) <= most:
            self.fail("expr.arguments", at, name=name, most=most, count=len(args))
        read = [
            operands.need_kind(operands.as_moment(arg, kinds, self.schema), kinds, self.schema)
            for arg, kinds in zip(args, function.params, strict=False)
        ]
        try:
            prepared = function.prepare(self.schema, tuple(read)) if function.prepare else tuple(read)
        except Refused as refused:
            place = args[refused.argument].at if refused.argument < len(args) else at
            raise ExprError(refused.words, self.text, place) from None
        if name == "date":
            return prepared[0]  # a date already, or the call that takes it of an instant
        return Call(operands.sized(lambda: function.result_type(prepared), at), function, prepared, at=at)

    _readers: ClassVar[dict[type, Callable[..., Node]]] = {
        exp.Column: fact, exp.Dot: fact, exp.Literal: literal, exp.Boolean: boolean, exp.Null: null,
        exp.Cast: typed_literal, exp.Interval: span, exp.And: logic, exp.Or: logic, exp.Not: negation,
        exp.NullSafeEQ: same, exp.NullSafeNEQ: same, exp.Between: between, exp.In: within, exp.Like: like,
        exp.Is: truth, exp.Mod: rest, exp.Neg: negative, exp.DPipe: join, exp.Case: case, exp.Anonymous: call,
        **dict.fromkeys(_COMPARISONS, compare), **dict.fromkeys(_ARITHMETIC, arithmetic),
    }  # fmt: skip


_RESERVED_ARGUMENTS = {"now": 0, "today": 0, "coalesce": 1, "nullif": 2}


def _start(tree: exp.Expr, at: int) -> int:
    """The offset of the leftmost token sqlglot remembers under `tree`."""
    return min((one.meta["start"] for one in tree.walk() if "start" in one.meta), default=at)


def _nearest(name: str, known: list[str]) -> Words | str:
    """A hint for a name that is not known: what SQL calls it, the same in other letters, or one that looks alike."""
    usual = _USUAL.get(name.lower())
    alike = [one for one in known if one.lower() == name.lower()] or difflib.get_close_matches(name, known, 1, 0.6)
    near = [usual] if usual else alike
    return say("expr.did_you_mean", name=near[0]) if near else ""


_USUAL = {"current_date": "today()", "current_timestamp": "now()", "concat": "||"}


library.load()
