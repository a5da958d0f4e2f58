"""Whether a condition of a kind can hold at all, whatever its matters are like. Pure.

Each fact is tried with every value that the conditions can tell apart, and with none; what cannot be decided may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from yiwang.expr import Expr
from yiwang.expr.types import Kind as Family

from .definition import Kind
from .fields.measured import bounds_of
from .guards import OPEN, Spoken, spoken_of, values_of

_MOST_WAYS = 5_000


def can_hold(kind: Kind, wanted: Sequence[str], instead_of: Sequence[str] = ()) -> bool:
    """Whether all of `wanted` can hold together while none of `instead_of` does."""
    true, untrue = ([kind.expressions[text] for text in texts] for texts in (wanted, instead_of))
    spoken = spoken_of([*true, *untrue])
    options = {name: _values(kind, name, one) for name, one in spoken.items()}
    options = {name: values for name, values in options.items() if values != [OPEN]}
    ways = 1
    for values in options.values():
        ways *= len(values)
    if ways > _MOST_WAYS:
        return True
    for chosen in product(*options.values()):
        facts = dict(zip(options, chosen, strict=True))
        holds = all(_result(one, facts) in (True, OPEN) for one in true)
        if holds and not any(_result(one, facts) is True for one in untrue):
            return True
    return False


def _result(expression: Expr, facts: Mapping[str, Any]) -> Any:
    """True, False, UNKNOWN, or OPEN where these facts do not settle it."""
    try:
        left = expression.simplify(facts)
        return OPEN if left.fields() else left.evaluate({})
    except (ArithmeticError, ValueError, TypeError, LookupError):
        return OPEN


def _values(kind: Kind, name: str, spoken: Spoken) -> list[Any]:
    family = kind.schema.fields[name].type.kind
    if family is Family.BOOL:
        return [True, False, None]
    values = values_of(family, spoken)
    if values == [OPEN] or name == "now":
        return [OPEN]
    return [*_within(kind, name, values), *([] if _counts(name) else [None])]


def _within(kind: Kind, name: str, values: list[Any]) -> Iterator[Any]:
    """Those that the fact can have: no count is below zero, no number outside the range of its field, whose ends it can
    have too."""
    least, most = bounds_of(kind.fields, name)
    rows = kind.fields.get(name[5:].removesuffix(".count")) if _counts(name) and name.startswith("form.") else None
    for value in map(int, values) if _counts(name) else values:
        if _counts(name) and not 0 <= value <= (rows.at_most if rows and rows.type == "list" else value):
            continue
        if (least is None or value >= least) and (most is None or value <= most):
            yield value
    yield from (end for end in (least, most) if end is not None and end not in values)


def _counts(name: str) -> bool:
    """Whether a fact is a number of things, zero where there are none."""
    return name.startswith(("count.", "children.")) or name.endswith(".count")
