"""What a kind's conditions can be, as far as its definition alone settles it. Pure.

A fact of a life is abstracted to the values that a condition can tell apart: each choice of an enum, a number below, at
and above each number that it is compared with, a moment as just now or long ago. What cannot be decided is OPEN: it
may hold or not, and nobody is blamed for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from yiwang.expr import Expr, nodes
from yiwang.expr.node import Node
from yiwang.expr.types import Kind as Family

OPEN = "open"  # a value of which nothing is known, and what comes of it
OTHER = "\ufdd0other"  # a text that no condition names
FRESH, OLD = "fresh", "old"  # a moment: just now, or longer ago than any limit
Value = Any
LONG = timedelta(days=4000)
_NOW = datetime(2026, 6, 3, 2, 0, tzinfo=UTC)
LENGTH, BESIDE = "length", "beside"  # how a fact is asked
_PARTS = ("contains", "starts_with", "ends_with")
_DAYS = (date(2026, 6, 3),)
_LONGEST = 100_000  # signs of a text
_MOST = 6  # a count is followed this far
_MOST_SAMPLES = 14


@dataclass(frozen=True)
class Guard:
    """One condition with the facts that it asks for."""

    expression: Expr
    _kept: dict[tuple[Value, ...], frozenset[Any]] = field(default_factory=dict)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        return tuple(sorted(self.expression.fields()))

    def outcomes(self, facts: Mapping[str, Value]) -> frozenset[Any]:
        """True, False, UNKNOWN, OPEN: what it may be while these facts stand and time goes on."""
        key = tuple(facts.get(name, OPEN) for name in self.facts)
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = frozenset(self._of(dict(zip(self.facts, key, strict=True))))
        return known

    def may_be(self, wanted: bool, facts: Mapping[str, Value]) -> bool:
        found = self.outcomes(facts)
        return wanted in found or OPEN in found

    def _of(self, facts: dict[str, Value]) -> Iterator[Any]:
        known = {name: value for name, value in facts.items() if name != "now" and value not in (OPEN, FRESH, OLD)}
        moments = {name: value for name, value in facts.items() if value in (FRESH, OLD)}
        ages = self._ages if FRESH in moments.values() else [timedelta(0)]
        for age in ages if moments or "now" in facts else [timedelta(0)]:
            then = {name: _NOW if value == FRESH else _NOW - LONG for name, value in moments.items()}
            try:
                left = self.expression.simplify({**known, **then, **({"now": _NOW + age} if "now" in facts else {})})
                yield OPEN if left.fields() else left.evaluate({})
            except (ArithmeticError, ValueError, TypeError, LookupError):
                yield OPEN

    @cached_property
    def _ages(self) -> list[timedelta]:
        """Every age at which the condition may turn."""
        turns = {timedelta(0), LONG, *(timedelta(days=n) for n in (1, 2, 3, 5, 8, 13, 21, 34, 60, 100))}
        for node in nodes.walk(self.expression.node):
            if isinstance(node, nodes.Shift):
                turns.add(abs(timedelta(days=31 * node.months + node.days, microseconds=node.micros)))
                turns.add(abs(timedelta(days=28 * node.months + node.days, microseconds=node.micros)))
            elif isinstance(node, nodes.Literal) and isinstance(node.value, timedelta):
                turns.add(abs(node.value))
        step = timedelta(seconds=1)
        return sorted({max(turn + by, timedelta(0)) for turn in turns for by in (-step, timedelta(0), step)})


@dataclass(frozen=True)
class Spoken:
    """How conditions speak of one fact.

    literals   what it is compared with;  otherwise  whether it is asked in other ways, such as inside a sum
    near       every number of the conditions that speak of it, or of what it is held against
    ends       the least and the most of what it is held against
    patterns   what it is held to be like;  measured  whether its length is asked
    beside     whether all that is asked of it otherwise is how it stands to other facts
    """

    literals: frozenset[Any]
    otherwise: bool
    near: frozenset[Decimal] = frozenset()
    patterns: frozenset[str] = frozenset()
    measured: bool = False
    beside: bool = False
    ends: frozenset[Decimal] = frozenset()


def spoken_of(expressions: list[Expr], bounds: Mapping[str, Collection[Decimal]] | None = None) -> dict[str, Spoken]:
    """fact -> how it is spoken of.

    bounds  fact -> the least and the most that it can be
    """
    literals: dict[str, set[Any]] = {}
    otherwise: set[str] = set()
    near: dict[str, set[Decimal]] = {}
    asked: dict[str, _Asked] = {}
    for expression in expressions:
        numbers = set(_numbers(expression))
        for name in expression.fields():
            near.setdefault(name, set()).update(numbers)
        for node in nodes.walk(expression.node):
            for name, values in _compared(node):
                literals.setdefault(name, set()).update(values)
        settled = set(_asked_plainly(expression.node))
        for name, at, what in _asked_otherwise(expression.node):
            asked.setdefault(name, _Asked()).add(at, what)
        counted = [node for node in nodes.walk(expression.node) if isinstance(node, nodes.Fact)]
        for fact in counted:
            literals.setdefault(fact.name, set())
            if (fact.name, fact.at) not in settled:
                otherwise.add(fact.name)
                asked.setdefault(fact.name, _Asked()).times += 1
    ends: dict[str, set[Decimal]] = {}
    for names in _held_together(expressions):
        near |= dict.fromkeys(names, set().union(*(near[name] for name in names)))
        both = {end for name in names for end in (bounds or {}).get(name, ())}
        ends |= {name: both for name in names}
    return {
        name: Spoken(
            frozenset(values),
            name in otherwise,
            frozenset(near[name]),
            *asked.get(name, _Asked()).understood(),
            frozenset(ends.get(name, ())),
        )
        for name, values in literals.items()
    }


def _held_together(expressions: list[Expr]) -> list[set[str]]:
    """The facts that conditions hold against each other, also by way of a third: what the one can be, the other must be
    able to come up to."""
    groups: list[set[str]] = []
    for expression in expressions:
        names = set(expression.fields())
        if len(names) > 1:
            apart = [group for group in groups if not group & names]
            groups = [*apart, names.union(*(group for group in groups if group & names))]
    return groups


@dataclass
class _Asked:
    """How a fact is asked in other ways than by comparing it with what is written: how often, and how often each."""

    times: int = 0
    patterns: set[str] = field(default_factory=set)
    by: dict[str, int] = field(default_factory=dict)

    def add(self, at: int, what: str) -> None:
        sort = "like" if what not in (LENGTH, BESIDE) else what
        self.by[sort] = self.by.get(sort, 0) + 1
        if sort == "like":
            self.patterns.add(what)

    def understood(self) -> tuple[frozenset[str], bool, bool]:
        """(patterns, measured, beside), where nothing is asked besides: else its values cannot be told apart."""
        (sort, times), *more = self.by.items() or [("", -1)]
        if more or times != self.times or len(self.patterns) > 1:
            return frozenset(), False, False
        return frozenset(self.patterns), sort == LENGTH, sort == BESIDE


def _asked_otherwise(node: Node) -> Iterator[tuple[str, int, str]]:
    """(fact, place, how) of every fact of which a pattern, the length, or how it stands to another fact is asked."""
    for part in nodes.walk(node):
        if isinstance(part, nodes.Like) and isinstance(part.item, nodes.Fact):
            yield part.item.name, part.item.at, f"={part.pattern}"
        elif isinstance(part, nodes.Compare | nodes.Same) and _fact(part.left) and _fact(part.right):
            yield from (
                (side.name, side.at, BESIDE) for side in (part.left, part.right) if isinstance(side, nodes.Fact)
            )
        elif isinstance(part, nodes.Compare | nodes.Same):
            for side, other in ((part.left, part.right), (part.right, part.left)):
                fact = _measured(side)
                if fact is not None and _literal(other) is not None:
                    yield fact.name, fact.at, LENGTH
        elif isinstance(part, nodes.Call) and part.function.name in _PARTS:
            whole, said = part.args[0], _literal(part.args[1])
            if isinstance(whole, nodes.Fact) and isinstance(said, str):
                yield whole.name, whole.at, f"={said}"


def _measured(node: Node) -> nodes.Fact | None:
    """The fact whose length it is."""
    while isinstance(node, nodes.Exact):
        node = node.item
    if isinstance(node, nodes.Call) and node.function.name == LENGTH and isinstance(node.args[0], nodes.Fact):
        return node.args[0]
    return None


def _numbers(expression: Expr) -> Iterator[Decimal]:
    for node in nodes.walk(expression.node):
        if isinstance(node, nodes.Literal) and isinstance(node.value, int | Decimal) and node.value is not True:
            yield Decimal(node.value)


def _compared(node: Node) -> Iterator[tuple[str, set[Any]]]:
    """(fact, literals) of a comparison."""
    if isinstance(node, nodes.Compare | nodes.Same):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if (name := _fact(one)) and (value := _literal(other)) is not None:
                yield name, {value}
    if isinstance(node, nodes.Within) and (name := _fact(node.item)):
        yield name, {option.value for option in node.options if option.value is not None}


def _asked_plainly(node: Node) -> Iterator[tuple[str, int]]:
    """(fact, place) of every fact that stands alone in a comparison with literals, or is asked whether it is known."""
    for part in nodes.walk(node):
        asked: list[Node] = []
        if isinstance(part, nodes.Compare | nodes.Same):
            sides = (part.left, part.right)
            asked = [a for a, b in (sides, sides[::-1]) if _literal(b) is not None or _is_null(b)]
        elif isinstance(part, nodes.Within | nodes.Is):
            asked = [part.item]
        elif isinstance(part, nodes.Logic):
            asked = list(part.terms)  # a yes or no by itself
        elif isinstance(part, nodes.Not):
            asked = [part.item]
        for fact in asked:
            while isinstance(fact, nodes.Exact):
                fact = fact.item
            if isinstance(fact, nodes.Fact):
                yield fact.name, fact.at
    if isinstance(node, nodes.Fact):
        yield node.name, node.at


def _fact(node: Node) -> str:
    while isinstance(node, nodes.Exact):
        node = node.item
    return node.name if isinstance(node, nodes.Fact) else ""


def _literal(node: Node) -> Any:
    while isinstance(node, nodes.Exact):
        node = node.item
    if isinstance(node, nodes.Negative) and isinstance(node.item, nodes.Literal):
        return None if node.item.value is None else -node.item.value
    return node.value if isinstance(node, nodes.Literal) else None


def _is_null(node: Node) -> bool:
    return isinstance(node, nodes.Literal) and node.value is None


def values_of(family: Family, spoken: Spoken) -> list[Value]:
    """The values that conditions can tell apart of a text or number: a representative of each."""
    if spoken.otherwise and family is Family.TEXT:
        return _texts(spoken)
    if family is Family.DATE:
        return _days(spoken)
    if spoken.otherwise:
        return _samples(spoken) if family is Family.NUMBER else [OPEN]
    if family is Family.TEXT:
        return [*sorted(spoken.literals), OTHER]
    if family is Family.NUMBER:
        edges = sorted({Decimal(str(one)) for one in spoken.literals})
        if not edges:
            return [OPEN]
        between = [(a + b) / 2 for a, b in pairwise(edges)]
        return [edges[0] - 1, *edges, *between, edges[-1] + 1]
    return [OPEN]


def _samples(spoken: Spoken) -> list[Value]:
    """Numbers at which a sum or a product may turn: those that are written, their neighbours and their quotients."""
    found = {Decimal(0), Decimal(1), *spoken.ends, *spoken.near, *(one + by for one in spoken.near for by in (-1, 1))}
    found |= {round(a / b, 4) for a in spoken.near for b in spoken.near if b}
    return sorted(found) if len(found) <= _MOST_SAMPLES else [OPEN]


def _texts(spoken: Spoken) -> list[Value]:
    """Texts that a pattern or a length tells apart."""
    if spoken.patterns:
        alike = {one[1:].replace("%", "").replace("_", "x") for one in spoken.patterns}
        return [*sorted({*spoken.literals, *alike}), OTHER]
    if spoken.measured:
        lengths = {int(one) + by for one in spoken.near for by in (-1, 0, 1)}
        return [*sorted(spoken.literals), *("x" * n for n in sorted(lengths) if 0 < n <= _LONGEST)] or [OPEN]
    return [OPEN]


def _days(spoken: Spoken) -> list[Value]:
    """Days that a condition tells apart: around those that are written; three, where it asks what comes first."""
    if spoken.otherwise and not spoken.beside:
        return [OPEN]
    written = [one for one in spoken.literals if isinstance(one, date)]
    if len(written) < len(spoken.literals):
        return [OPEN]
    days = [*written, *(_DAYS if spoken.beside else ())]
    return sorted({one + timedelta(days=by) for one in days for by in (-1, 0, 1)}) or [OPEN]


def most_counted(spoken: Spoken, expressions: list[Expr], name: str) -> int | None:
    """How far a count must be followed; None when that is too far."""
    numbers = {
        int(node.value)
        for expression in expressions
        if name in expression.fields()
        for node in nodes.walk(expression.node)
        if isinstance(node, nodes.Literal) and isinstance(node.value, int | Decimal) and node.value == int(node.value)
    }
    most = max(numbers | {0}) + 1
    return most if most <= _MOST else None


def literals_of(expression: Expr) -> Iterator[tuple[str, str]]:
    """(fact, text) of every text that a fact is compared with."""
    for node in nodes.walk(expression.node):
        for name, values in _compared(node):
            yield from ((name, value) for value in values if isinstance(value, str))
