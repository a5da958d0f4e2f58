"""The closed list of functions, and the door through which a room adds its own (`register`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .node import Node
from .schema import Schema
from .types import Kind, Type

Template = str | Callable[[list[str], tuple[Node, ...]], str]


@dataclass(frozen=True, eq=False)
class Function:
    """A function without side effects: the same arguments give the same value, on a row and in every engine.

    params    for each argument the kinds it may be of
    result    the type, or how it follows from the arguments' types
    python    called with known values only; may return None for "unknown"
    sql       "postgres", "duckdb", "spark" -> a text with {0}, {1} … for the arguments' SQL, or a function of
              (arguments' SQL, arguments); must yield NULL when an argument is NULL. "*" stands for those not named
    optional  how many of the last arguments may be left out
    nullable  whether it may be unknown although its arguments are known
    says      the key of the words in a receipt, with {a}, {b} … for the arguments; else it is written as a call
    prepare   (schema, arguments) -> arguments; raises `Refused(words)` for what it cannot take
    """

    name: str
    params: tuple[tuple[Kind, ...], ...]
    result: Type | Callable[..., Type]
    python: Callable[..., Any]
    sql: Mapping[str, Template]
    optional: int = 0
    nullable: bool = False
    prepare: Callable[[Schema, tuple[Node, ...]], tuple[Node, ...]] | None = None
    says: str = ""

    def result_type(self, args: tuple[Node, ...]) -> Type:
        return self.result if isinstance(self.result, Type) else self.result(*(arg.type for arg in args))

    def render(self, dialect: str, args: list[str], nodes: tuple[Node, ...]) -> str:
        template = self.sql.get(dialect) or self.sql["*"]
        return template.format(*args) if isinstance(template, str) else template(args, nodes)


class Refused(Exception):
    """What a function's `prepare` says about arguments that it cannot take."""

    def __init__(self, words: Any, argument: int = 0) -> None:
        super().__init__(words)
        self.words = words
        self.argument = argument


_registered: dict[str, Function] = {}


def register(function: Function) -> Function:
    """Adds a function to the language, for every schema. A name is given once; sqlglot's own words are not names."""
    if not function.name.isidentifier() or function.name in RESERVED or function.name in _registered:
        raise ValueError(f"{function.name!r} is taken or is no name")
    if "*" not in function.sql and not {"postgres", "duckdb", "spark"} <= set(function.sql):
        raise ValueError(f"{function.name!r} must say its SQL for postgres, duckdb and spark")
    _registered[function.name] = function
    return function


def find(name: str) -> Function | None:
    return _registered.get(name)


def names() -> list[str]:
    """Every function of the language."""
    return sorted({*_registered, *RESERVED})


RESERVED = ("coalesce", "now", "nullif", "today")  # read as parts of the language, not as calls
