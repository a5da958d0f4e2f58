"""The expression as a Python function of one row. The tree becomes one Python expression, compiled once.

Unknown is None here, and every instant is in UTC: in another zone Python compares and subtracts the clocks on the wall.
Nothing of the text reaches the source: facts' names and literals are passed in as constants.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from . import nodes, numbers
from .node import Node
from .types import Kind, Type

Run = Callable[[Mapping[str, Any]], Any]


def compiled(node: Node) -> Run:
    """The function row -> value, None for unknown."""
    source = _Source()
    body = source.write(node)
    code = compile(f"def run(row):\n get = row.get\n return {body}", "<expression>", "exec")
    space: dict[str, Any] = {"__builtins__": {}, **_NAMED, **source.constants}
    exec(code, space)
    run: Run = space["run"]
    return run


def nullable(node: Node) -> bool:
    """Whether the node can be unknown."""
    match node:
        case nodes.Literal():
            return node.value is None
        case nodes.Fact():
            return True
        case nodes.Is() | nodes.Same():
            return False
        case nodes.FirstKnown():
            return all(nullable(item) for item in node.items)
        case nodes.Case():
            return any(nullable(value) for _, value in node.whens) or nullable(node.default)
        case nodes.Call():
            return node.function.nullable or any(nullable(arg) for arg in node.args)
        case nodes.Arithmetic() if node.op == "/":
            return True
    return any(nullable(part) for part in node.parts())


_NAMED = {one.__name__: one for one in (type, str, int, Decimal, date, datetime)} | {"UTC": UTC}
_PLAIN = {
    (Kind.TEXT, False): "type({got}) is str",
    (Kind.NUMBER, False): "type({got}) is int",
    (Kind.NUMBER, True): "type({got}) is Decimal and {name}.is_finite()",
    (Kind.BOOL, False): "{got} is True or {name} is False",
    (Kind.DATE, False): "type({got}) is date",
    (Kind.INSTANT, False): "type({got}) is datetime and {name}.tzinfo is UTC",
}


def taking(kind: Type) -> Callable[[Any], Any]:
    """How a known value of a fact is taken: a TypeError when it is of another type, an instant in UTC."""

    def take(value: Any) -> Any:
        if not kind.takes(value):
            raise TypeError(f"{value!r} is no value of the type {kind.name}")
        return _in_utc(value)

    return take


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


class _Source:
    """Writes Python source; `constants` are the values the source names."""

    def __init__(self) -> None:
        self.constants: dict[str, Any] = {}
        self._names = 0

    def write(self, node: Node) -> str:
        return self._writers[type(node)](self, node)

    def constant(self, value: Any) -> str:
        if value is None or value is True or value is False or type(value) is int:
            return f"({value!r})"
        self._names += 1
        name = f"c{self._names}"
        self.constants[name] = value
        return name

    def _strict(self, items: tuple[Node, ...], make: Callable[..., str]) -> str:
        """`make` of the operands' sources, unknown when one of them is unknown."""
        tests, operands = [], []
        for item in items:
            if isinstance(item, nodes.Fact):  # the same as below, faster
                name, plain, take = self._asked(item)
                tests.append(f"not ({plain}) and ({name} is None or ({name} := {take}({name})) is None)")
                operands.append(name)
            elif isinstance(item, nodes.Literal) and item.value is not None:
                operands.append(self.write(item))
            else:  # evaluated in order with the others, and only once
                source = self.write(item)
                self._names += 1
                tests.append(f"(t{self._names} := {source}) is None")
                operands.append(f"t{self._names}")
        made = make(*operands)
        return f"(None if {' or '.join(tests)} else {made})" if tests else f"({made})"

    def literal(self, node: nodes.Literal) -> str:
        return self.constant(_in_utc(node.value))

    def fact(self, node: nodes.Fact) -> str:
        """What is plainly of its type passes without a call."""
        name, plain, take = self._asked(node)
        return f"({name} if {plain} or {name} is None else {take}({name}))"

    def _asked(self, node: nodes.Fact) -> tuple[str, str, str]:
        """A name for the fact's value; the test that fetches it and looks at its type; who takes what fails that."""
        self._names += 1
        name = f"t{self._names}"
        got = f"({name} := get({self.constant(node.name)}))"
        plain = _PLAIN[node.type.kind, node.type.exact].format(got=got, name=name)
        return name, plain, self.constant(taking(node.type))

    def logic(self, node: nodes.Logic) -> str:
        sources = [self.write(term) for term in node.terms]
        decides, otherwise = ("False", "True") if node.op == "and" else ("True", "False")
        if not any(nullable(term) for term in node.terms):
            return "(" + f" {node.op} ".join(sources) + ")"
        names = []
        for _ in sources:
            self._names += 1
            names.append(f"t{self._names}")
        decided = " or ".join(f"({name} := {source}) is {decides}" for name, source in zip(names, sources, strict=True))
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({decides} if {decided} else None if {unknown} else {otherwise})"

    def negation(self, node: nodes.Not) -> str:
        return self._strict((node.item,), lambda item: f"not {item}")

    def compare(self, node: nodes.Compare) -> str:
        op = {"=": "==", "<>": "!="}.get(node.op, node.op)
        return self._strict((node.left, node.right), lambda left, right: f"{left} {op} {right}")

    def same(self, node: nodes.Same) -> str:
        return f"({self.write(node.left)} == {self.write(node.right)})"

    def within(self, node: nodes.Within) -> str:
        options = self.constant(frozenset(_in_utc(option.value) for option in node.options))
        return self._strict((node.item,), lambda item: f"{item} in {options}")

    def like(self, node: nodes.Like) -> str:
        matches = self.constant(pattern(node.pattern))
        return self._strict((node.item,), lambda item: f"{matches}({item})")

    def truth(self, node: nodes.Is) -> str:
        if node.truth is None and not nullable(node.item):
            return "(False)"
        return f"(({self.write(node.item)}) is {node.truth})"

    def negative(self, node: nodes.Negative) -> str:
        minus = self.constant(numbers.negative) if node.type.exact else "-"
        return self._strict((node.item,), lambda item: f"{minus}({item})")

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        both = (node.left, node.right)
        if node.op == "/":
            divide = self.constant(numbers.quotient)
            return self._strict(both, lambda left, right: f"{divide}({left}, {right}, {node.type.scale})")
        if not node.type.exact:
            return self._strict(both, lambda left, right: f"{left} {node.op} {right}")
        method = self.constant({"+": numbers.add, "-": numbers.subtract, "*": numbers.multiply}[node.op])
        return self._strict(both, lambda left, right: f"{method}({left}, {right})")

    def shift(self, node: nodes.Shift) -> str:
        if node.months:
            move = self.constant(moved_by_months)
            return self._strict((node.item,), lambda item: f"{move}({item}, {node.months})")
        span = self.constant(timedelta(days=node.days, microseconds=node.micros))
        return self._strict((node.item,), lambda item: f"{item} + {span}")

    def between(self, node: nodes.Between) -> str:
        days = ".days" if node.type.kind is Kind.NUMBER else ""
        return self._strict((node.end, node.start), lambda end, start: f"({end} - {start}){days}")

    def join(self, node: nodes.Join) -> str:
        return self._strict(node.texts, lambda *texts: " + ".join(texts))

    def exact(self, node: nodes.Exact) -> str:
        convert = self.constant(Decimal)
        return self._strict((node.item,), lambda item: f"{convert}({item})")

    def case(self, node: nodes.Case) -> str:
        branches = [f"({self.write(value)}) if ({self.write(when)}) is True else " for when, value in node.whens]
        return f"({''.join(branches)}({self.write(node.default)}))"

    def first_known(self, node: nodes.FirstKnown) -> str:
        asked = node.items
        for place, item in enumerate(asked):
            if not nullable(item):
                asked = asked[: place + 1]  # what comes after a known value is never asked
                break
        source = self.write(asked[-1])
        for item in reversed(asked[:-1]):
            self._names += 1
            name = f"t{self._names}"
            source = f"({name} if ({name} := {self.write(item)}) is not None else {source})"
        return source

    def call(self, node: nodes.Call) -> str:
        function = self.constant(node.function.python)
        return self._strict(node.args, lambda *args: f"{function}({', '.join(args)})")

    _writers: ClassVar[dict[type, Callable[..., str]]] = {
        nodes.Literal: literal, nodes.Fact: fact, nodes.Logic: logic, nodes.Not: negation, nodes.Compare: compare,
        nodes.Same: same, nodes.Within: within, nodes.Like: like, nodes.Is: truth, nodes.Negative: negative,
        nodes.Arithmetic: arithmetic, nodes.Shift: shift, nodes.Between: between, nodes.Join: join,
        nodes.Exact: exact, nodes.Case: case, nodes.FirstKnown: first_known, nodes.Call: call,
    }  # fmt: skip


def moved_by_months(day: date, months: int) -> date:
    """The same day of another month, or its last day where there is none.

    >>> moved_by_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def pattern(like: str) -> Callable[[str], bool]:
    """The test for a `like` pattern: % is any part, _ one character, line breaks included.

    The parts between the % are looked for from left to right, so that no pattern makes a text slow to test.

    >>> [pattern("建国%路_弄")(place) for place in ("建国东路3弄", "建国东路12弄")]
    [True, False]
    """
    first, *rest = (re.compile(re.escape(part).replace("_", "."), re.DOTALL) for part in like.split("%"))
    if not rest:
        return lambda text: first.fullmatch(text) is not None
    *middle, last = rest
    last_length = len(like) - like.rindex("%") - 1

    def matches(text: str) -> bool:
        match = first.match(text)
        for part in middle:
            match = match and part.search(text, match.end())
        end = len(text) - last_length
        return match is not None and match.end() <= end and last.fullmatch(text, end) is not None

    return matches
