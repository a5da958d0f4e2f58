"""The facts that a condition asks of a field of several values, as lives follow them: how many there are, their sum,
whether one was chosen. Pure.

Where two facts of one field are asked, what the one is says something of the other: they are left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yiwang.expr.types import Kind as Family

from .definition import Kind
from .fields import rows
from .fields.spec import FieldSpec
from .guards import OPEN, Spoken, Value, values_of


@dataclass(frozen=True, slots=True)
class Beside:
    """A fact of a field: what it is while nothing was given, and what it can be when something was."""

    field: str
    nothing: Value
    values: tuple[Value, ...]


def followed(kind: Kind, names: Collection[str], spoken: Mapping[str, Spoken]) -> dict[str, Beside]:
    """fact -> how it is followed, of those whose field is given by people alone."""
    fields = {fact.name: of.removeprefix("form.") for fact, of in kind.beside if fact.name in names}
    asked = Counter(fields.values())
    elsewhere = {how.field for action in kind.actions.values() for how in action.draws}
    elsewhere |= {name for action in kind.actions.values() if action.does for name in action.does.fills}
    besides: dict[str, Beside] = {}
    for fact, name in fields.items():
        spec = kind.fields.get(name)
        if spec is None or asked[name] > 1 or name in elsewhere or spec.computed:
            continue
        if (one := _of(name, fact.removeprefix(f"form.{name}."), spec, spoken[fact])) is not None:
            besides[fact] = one
    return besides


def _of(name: str, what: str, spec: FieldSpec, spoken: Spoken) -> Beside | None:
    if what == rows.COUNT and spec.type in ("list", "choices", "units", "objects", "colleagues"):
        most = {"list": rows.most(spec), "choices": min(spec.at_most, len(spec.values))}.get(spec.type, spec.at_most)
        values = tuple(_whole(values_of(Family.NUMBER, spoken), max(spec.at_least, 1), most))
        return Beside(name, 0, values) if values else None
    if spec.type == "choices" and what in spec.values:
        sure = spec.at_least >= len(spec.values)
        return Beside(name, False, (True,) if sure else (True, False))
    sum_of, _, inner = what.partition(".")
    if spec.type == "list" and sum_of == rows.SUM and spec.at_least <= 1 and inner in spec.fields:
        column = spec.fields[inner]
        sums = [
            one
            for one in values_of(Family.NUMBER, spoken)
            if isinstance(one, Decimal)
            and (column.least is None or one >= column.least)
            and (column.most is None or one <= column.most * rows.most(spec))
        ]
        return Beside(name, Decimal(0), tuple(sums)) if sums else None
    return None


def _whole(values: list[Value], least: int, most: int) -> Iterator[int]:
    if values == [OPEN]:
        return
    counts = {int(one) for one in values if isinstance(one, Decimal)} | {least, most}
    yield from (one for one in sorted(counts) if least <= one <= most)
