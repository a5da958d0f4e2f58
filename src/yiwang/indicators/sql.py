"""A statement as a tree: pieces of SQL that carry their values, put together without a look into their text. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL in which each %s stands for one of `values`, in order; nothing at all is no condition."""

    text: str
    values: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING, TRUE, FALSE = Sql(""), Sql("true"), Sql("false")


def sql(text: str, *parts: Any) -> Sql:
    """A piece whose %s are, in order, other pieces or values; a per cent sign is written %%.

    >>> sql("%s AND m.kind = %s", sql("m.id > %s", 7), "hotline")
    Sql(text='m.id > %s AND m.kind = %s', values=(7, 'hotline'))
    """
    texts: list[str] = []
    values: list[Any] = []
    first, *rest = text.split("%s")
    for part, after in zip(parts, rest, strict=True):
        own = part if isinstance(part, Sql) else Sql("%s", (part,))
        texts += [own.text, after]
        values += own.values
    return Sql("".join([first, *texts]), tuple(values))


def verbatim(text: str) -> Sql:
    """SQL that carries no values, such as an expression writes: its per cent signs are its own."""
    return Sql(text.replace("%", "%%"))


def joined(between: str, pieces: Iterable[Sql]) -> Sql:
    """The pieces that say something, one after the other."""
    there = [one for one in pieces if one]
    return Sql(between.join(one.text for one in there), tuple(value for one in there for value in one.values))


def every(conditions: Iterable[Sql]) -> Sql:
    """All of the conditions; those that always hold need not be asked."""
    return joined(" AND ", (one for one in conditions if one != TRUE)) or TRUE


def either(conditions: Iterable[Sql]) -> Sql:
    """At least one of the conditions."""
    return joined(" OR ", (sql("(%s)", one) for one in conditions))
