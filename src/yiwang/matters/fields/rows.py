"""A list in a form: rows that each ask for the same fields, and the facts that a rule may know of them. Pure.

A page sends a row's values as `<list>.<row>.<field>`, other doors send a list of objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from yiwang.why import Words, say

from .spec import FieldSpec

COUNT, SUM, LEAST, MOST = "count", "sum", "least", "most"
MOST_ROWS = 500
_ROW = re.compile(r"(.+)\.([0-9]{1,4})\.([a-z][a-z0-9_]*)")


def sent(name: str, data: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """The rows of a list as a page's form sends them, in their order; None where it sends none.

    >>> sent("parts", {"parts.0.name": "a", "parts.2.name": "b", "parts.1.name": "", "else": 1})
    [{'name': 'a'}, {'name': 'b'}]
    """
    by_number: dict[int, dict[str, Any]] = {}
    for key, value in data.items():
        if (said := _ROW.fullmatch(key)) and said[1] == name and value not in (None, "", []):
            by_number.setdefault(int(said[2]), {})[said[3]] = value
    return [by_number[number] for number in sorted(by_number)] or None


def field_of(key: str) -> str:
    """The field to which a key of a form belongs: a row's values belong to their list.

    >>> field_of("parts.0.name"), field_of("parts")
    ('parts', 'parts')
    """
    return said[1] if (said := _ROW.fullmatch(key)) else key


def facts_of(name: str, spec: FieldSpec) -> Iterator[tuple[str, str, FieldSpec | None]]:
    """(what, field, its spec) of every fact that a rule may know of a list: how many rows, sums and bounds."""
    yield COUNT, "", None
    for inner, inner_spec in spec.fields.items():
        if inner_spec.type in ("number", "money"):
            yield from ((what, inner, inner_spec) for what in (SUM, LEAST, MOST))
        elif inner_spec.type == "date":
            yield from ((what, inner, inner_spec) for what in (LEAST, MOST))


def fact(name: str, what: str, inner: str) -> str:
    """How a rule calls it.

    >>> fact("parts", "sum", "area"), fact("parts", "count", "")
    ('form.parts.sum.area', 'form.parts.count')
    """
    return ".".join(("form", name, what, *([inner] if inner else [])))


def value_of(rows: Any, what: str, inner: str, spec: FieldSpec | None) -> Any:
    """The value of a fact of a list, as kept values are compared; None where nothing is known.

    >>> value_of([{"n": 2}, {"n": 0.5}, {}], "sum", "n", FieldSpec(type="number"))
    Decimal('2.5')
    """
    kept = rows or []
    if what == COUNT:
        return len(kept)
    said = [one[inner] for one in kept if one.get(inner) is not None]
    read = date.fromisoformat if spec is not None and spec.type == "date" else lambda one: Decimal(str(one))
    said = [read(one) for one in said]
    if what == SUM:
        return sum(said, Decimal(0))
    return (min if what == LEAST else max)(said, default=None)


def sql_of(name: str, what: str, inner: str, spec: FieldSpec | None) -> str:
    """The same in SQL over `m.facts`."""
    rows = (
        f"(CASE WHEN jsonb_typeof(m.facts->'form.{name}') = 'array' THEN m.facts->'form.{name}' ELSE '[]'::jsonb END)"
    )
    if what == COUNT:
        return f"jsonb_array_length({rows})::bigint"
    cast = "date" if spec is not None and spec.type == "date" else "numeric"
    by = {SUM: "coalesce(sum({0}), 0)", LEAST: "min({0})", MOST: "max({0})"}[what].format(f"(r->>'{inner}')::{cast}")
    return f"(SELECT {by} FROM jsonb_array_elements({rows}) r)"


def number_wrong(n: int, spec: FieldSpec) -> Words | None:
    """What is wrong with so many rows."""
    if n < spec.at_least:
        return say("matters.too_few_rows", n=spec.at_least)
    return say("matters.too_many_rows", n=n, most=most(spec)) if n > most(spec) else None


def most(spec: FieldSpec) -> int:
    """How many rows it may have: as many as it says, and never more than a page can show.

    >>> most(FieldSpec(type="list", at_most=8)), most(FieldSpec(type="list"))
    (8, 500)
    """
    return min(spec.at_most, MOST_ROWS)
