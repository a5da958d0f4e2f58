"""The facts that a rule may know of a field beside its value: which of several was chosen, how many rows, their sum.

Pure. Each is said twice, as a value in Python and as SQL over `m.facts`; a property test holds the two together.
"""

from __future__ import annotations

import decimal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from yiwang.expr import Bool, Date, Decimal, Type, Whole
from yiwang.why import Words, say

from . import documents, measured, rows
from .checklists import BAD, COUNT, bad, sql_of_bad
from .spec import FieldSpec


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a field: its name, what a rule compares, how SQL takes it, and its value from what is kept.

    of  the fact that it is read off; empty: the field itself
    """

    name: str
    type: Type
    sql: str
    value: Callable[[Any], Any]
    words: Words
    of: str = ""


def facts_beside(name: str, spec: FieldSpec, called: Any) -> Iterator[Fact]:
    """Every fact of a field of several values; none of one that has a single value.

    called  what people call the field
    """
    stored = f"m.facts->'form.{name}'"
    if spec.type == "choices":
        for code, title in spec.values.items():
            sql = f"coalesce({stored} ? '{code}', false)"
            words = say("matters.fact_chosen", field=called, choice=title.mapping())
            yield Fact(f"form.{name}.{code}", Bool, sql, _chosen(code), words)
    if spec.type in ("choices", "units", "objects", "colleagues"):
        sql = f"(CASE WHEN jsonb_typeof({stored}) = 'array' THEN jsonb_array_length({stored}) ELSE 0 END)::bigint"
        yield Fact(f"form.{name}.count", Whole, sql, lambda values: len(values or ()), _how_many(called))
    for fact in documents.facts(name, spec, called) if spec.documents else ():
        yield Fact(*fact)
    if spec.type == "checklist":
        yield Fact(f"form.{name}.{COUNT}", Whole, rows.sql_of(name, rows.COUNT, "", None), len_of, _how_many(called))
        words = say("matters.fact_bad_of_checklist", field=called)
        yield Fact(f"form.{name}.{BAD}", Whole, sql_of_bad(stored), lambda kept: len(bad(kept)), words)
    if measured.is_shape(spec):
        of = measured.fact_of_size(name, spec)
        for unit, share in measured.UNITS[measured.SIZES[spec.type]].items():
            words = say(f"matters.fact_{unit}", field=called)
            sql = f"(m.facts->>'{of}')::numeric * {share}"
            yield Fact(f"form.{name}.{unit}", Decimal, sql, _times(share), words, of)
    if spec.type == "list":
        for what, inner, cell in rows.facts_of(name, spec):
            type_ = Whole if what == rows.COUNT else Date if cell and cell.type == "date" else Decimal
            words = _how_many(called) if what == rows.COUNT else _of_rows(called, what, cell, inner)
            yield Fact(
                rows.fact(name, what, inner),
                type_,
                rows.sql_of(name, what, inner, cell),
                _reader(what, inner, cell),
                words,
            )


def _times(share: decimal.Decimal) -> Callable[[Any], Any]:
    return lambda size: None if size is None else decimal.Decimal(str(size)) * share


def len_of(kept: Any) -> int:
    return len(kept or ())


def _chosen(code: str) -> Callable[[Any], Any]:
    return lambda values: code in (values or ())


def _reader(what: str, inner: str, spec: FieldSpec | None) -> Callable[[Any], Any]:
    return lambda kept: rows.value_of(kept, what, inner, spec)


def _how_many(called: Any) -> Words:
    return say("matters.fact_how_many", field=called)


def _of_rows(called: Any, what: str, spec: FieldSpec | None, inner: str) -> Words:
    title = spec.title.mapping() if spec and spec.title else inner
    return say(f"matters.fact_{what}_of_rows", field=called, inner=title)
