"""The typed tree: what an expression is after it has been read. Every node knows its type and its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .functions import Function
from .node import Node


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written in the text; None is `null`."""

    value: Any


@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A fact of the row, by its full name."""

    name: str


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`and` or `or` over two and more conditions."""

    op: str
    terms: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.terms


@dataclass(frozen=True, slots=True)
class Not(Node):
    item: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """op is one of = <> < <= > >=."""

    op: str
    left: Node
    right: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Same(Node):
    """`is not distinct from`: like =, but unknown equals unknown; never unknown itself."""

    left: Node
    right: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Within(Node):
    """`in` over literals."""

    item: Node
    options: tuple[Literal, ...]

    def parts(self) -> tuple[Node, ...]:
        return (self.item, *self.options)


@dataclass(frozen=True, slots=True)
class Like(Node):
    item: Node
    pattern: str

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Is(Node):
    """`is true`, `is false`, `is null` (truth None); never unknown itself."""

    item: Node
    truth: bool | None

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Negative(Node):
    item: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """op is one of + - * / on numbers; the quotient is exact to six places and unknown when divided by zero."""

    op: str
    left: Node
    right: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Shift(Node):
    """A date or instant moved by a written span: calendar months and days, or exact microseconds."""

    item: Node
    months: int
    days: int
    micros: int

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Between(Node):
    """The span from `start` to `end`: days between dates, a Span between instants."""

    end: Node
    start: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.end, self.start)


@dataclass(frozen=True, slots=True)
class Join(Node):
    """Texts one after the other (`||`); unknown when one of them is."""

    texts: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class Exact(Node):
    """A whole number as a decimal, where both meet in one result."""

    item: Node

    def parts(self) -> tuple[Node, ...]:
        return (self.item,)


@dataclass(frozen=True, slots=True)
class Case(Node):
    whens: tuple[tuple[Node, Node], ...]
    default: Node

    def parts(self) -> tuple[Node, ...]:
        return (*(node for when in self.whens for node in when), self.default)


@dataclass(frozen=True, slots=True)
class FirstKnown(Node):
    """`coalesce`."""

    items: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the closed list; unknown when an argument is."""

    function: Function
    args: tuple[Node, ...]

    def parts(self) -> tuple[Node, ...]:
        return self.args


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, in reading order."""
    yield node
    for part in node.parts():
        yield from walk(part)


def facts(node: Node) -> set[str]:
    return {one.name for one in walk(node) if isinstance(one, Fact)}
