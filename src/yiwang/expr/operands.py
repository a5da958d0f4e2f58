"""What may stand beside what: the type rules, each refusal with the sentence that tells a clerk what to correct."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal as Exactly
from typing import Any

from yiwang.why import Words, say

from . import sizes
from .node import Node
from .nodes import Arithmetic, Between, Compare, Exact, Fact, Literal, Negative, Shift
from .schema import Schema
from .types import DIGITS_MAX, REACH_MAX, Bool, Date, Decimal, Enum, Instant, Kind, Nothing, Span, Text, Type, Whole

_ORDERED = (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.INSTANT, Kind.SPAN)
_YEARS = 1800, 2999  # written dates; what facts are promised to lie in
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # not the week and ordinal dates that Python reads besides
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_SPAN = re.compile(r"\s*(-?)\s*(\d{1,6})(?:\s*([A-Za-z]+))?\s*")
_MONTHS = {"month": 1, "year": 12}
_MICROS = {"second": 10**6, "minute": 60 * 10**6, "hour": 3600 * 10**6}
_DAYS = {"day": 1, "week": 7}
_DAY = 86400 * 10**6


class Reject(Exception):
    """A rule is broken; `at` is the offset to show, None for the place being read."""

    def __init__(self, key: str, at: int | None = None, **args: Any) -> None:
        super().__init__(key)
        self.words: Words = say(key, **args)
        self.at = at


# --- what is written


def text(value: str, at: int) -> Literal:
    return Literal(Text, value, at=at)


def number(written: str, at: int) -> Literal:
    if not _NUMBER.fullmatch(written):
        raise Reject("expr.number", at, number=written[:20])
    whole, point, fraction = written.partition(".")
    digits, scale = len(whole.lstrip("0")) + len(fraction), len(fraction)
    if digits > DIGITS_MAX - 6:
        raise Reject("expr.too_many_digits", at, digits=digits, most=DIGITS_MAX - 6)
    if point:
        return Literal(Decimal(max(digits, scale, 1), scale), Exactly(written), at=at)
    return Literal(Whole(max(digits, 1)), int(written), at=at)


def moment(literal: Literal, kind: Kind, schema: Schema) -> Literal:
    """A written date or instant; an instant without offset is meant in the district's zone."""
    written, value = literal.value.strip(), date.min
    try:
        if not _DATE.match(written):
            raise ValueError
        if kind is Kind.DATE:
            value = date.fromisoformat(written)
        else:
            instant = datetime.fromisoformat(written)
            value = instant if instant.tzinfo else instant.replace(tzinfo=schema.zone)
    except ValueError:
        key = "expr.date" if kind is Kind.DATE else "expr.instant"
        raise Reject(key, literal.at, written=literal.value[:40]) from None
    if not _YEARS[0] <= value.year <= _YEARS[1]:
        raise Reject("expr.years", literal.at, written=written, first=str(_YEARS[0]), last=str(_YEARS[1]))
    return Literal(Date if kind is Kind.DATE else Instant, value, at=literal.at)


def span(amount: str, unit: str, at: int) -> Node:
    """A written span of calendar months or of exact time; kept as a literal timedelta, or as months in `Months`."""
    match, name = _SPAN.fullmatch(amount), unit.lower().removesuffix("s")
    if not match or match[3] or name not in {*_MONTHS, *_DAYS, *_MICROS}:
        raise Reject("expr.span", at)
    count = int(match[2]) * (-1 if match[1] else 1)
    value: Any
    if name in _MONTHS:
        value = Months(count * _MONTHS[name])
    else:
        value = timedelta(days=count * _DAYS[name]) if name in _DAYS else timedelta(microseconds=count * _MICROS[name])
    if abs(value.years if isinstance(value, Months) else value.days / 365) > REACH_MAX / 5:
        raise Reject("expr.span_long", at, most=REACH_MAX // 5)
    return Literal(Span, value, at=at)


class Months(int):
    """A written number of calendar months; no exact length of time."""

    @property
    def years(self) -> float:
        return self / 12


# --- who may stand where


def called(node: Node, schema: Schema) -> Any:
    """How a message names an operand: a fact by its title, a literal by its value, all else by its type."""
    if isinstance(node, Fact):
        return say("expr.named", name=schema.title(node.name))
    if isinstance(node, Literal) and node.type.kind is Kind.TEXT:
        return f"'{node.value[:40]}'"
    if isinstance(node, Literal) and isinstance(node.value, int | Exactly | date) and not isinstance(node.value, bool):
        return str(node.value)
    return say("expr.this")


def need_kind(node: Node, kinds: Iterable[Kind], schema: Schema) -> Node:
    kinds = tuple(kinds)
    if node.type.kind is Kind.NOTHING:
        return replace(node, type=_PLAIN[kinds[0]])
    if node.type.kind not in kinds:
        wanted = [_PLAIN[kind].words() for kind in kinds]
        raise Reject("expr.need", node.at, this=called(node, schema), type=node.type.words(), wanted=wanted)
    return node


_PLAIN = {
    Kind.TEXT: Text,
    Kind.NUMBER: Decimal,
    Kind.BOOL: Bool,
    Kind.DATE: Date,
    Kind.INSTANT: Instant,
    Kind.SPAN: Span,
}


def need_condition(node: Node, schema: Schema) -> Node:
    if node.type.kind not in (Kind.BOOL, Kind.NOTHING):
        raise Reject("expr.not_condition", node.at, this=called(node, schema), type=node.type.words())
    return need_kind(node, (Kind.BOOL,), schema)


def as_moment(node: Node, kinds: Iterable[Kind], schema: Schema) -> Node:
    """A text literal where a date or instant is wanted is that date or instant."""
    wanted = [kind for kind in kinds if kind in (Kind.DATE, Kind.INSTANT)]
    if wanted and isinstance(node, Literal) and node.type.kind is Kind.TEXT:
        return moment(node, wanted[0], schema)
    return node


def comparable(op: str, left: Node, right: Node, schema: Schema) -> tuple[Node, Node]:
    left, right = as_moment(left, (right.type.kind,), schema), as_moment(right, (left.type.kind,), schema)
    for side in (left, right):
        if side.type.kind is Kind.NOTHING:
            raise Reject("expr.null", side.at)
    if left.type.kind is not right.type.kind:
        first, second = (right, left) if isinstance(left, Literal) and not isinstance(right, Literal) else (left, right)
        raise Reject("expr.compare", second.at, this=called(first, schema), type=first.type.words(),
                     other=called(second, schema), other_type=second.type.words())  # fmt: skip
    if left.type.kind is Kind.NUMBER:
        sized(lambda: sizes.common(left.type, right.type), left.at)
    if op not in ("=", "<>") and (left.type.kind not in _ORDERED or left.type.choices or right.type.choices):
        raise Reject("expr.order", left.at, this=called(left, schema), type=left.type.words())
    for side, other in ((left, right), (right, left)):
        if side.type.choices and isinstance(other, Literal) and other.value not in side.type.choices:
            choices = [f"'{choice}'" for choice in side.type.choices]
            raise Reject("expr.choice", other.at, this=called(side, schema), choices=choices, value=other.value[:40])
    return left, right


def compare(op: str, left: Node, right: Node, schema: Schema, at: int) -> Compare:
    left, right = comparable(op, left, right, schema)
    return Compare(Bool, op, left, right, at=at)


# --- arithmetic


def sized(size: Callable[[], Type], at: int) -> Type:
    try:
        return size()
    except sizes.TooWide as wide:
        raise Reject("expr.too_wide", at, digits=wide.digits, most=wide.most) from None


_SIZES = {"+": sizes.total, "-": sizes.total, "*": sizes.product, "/": sizes.quotient}


def arithmetic(op: str, left: Node, right: Node, schema: Schema, at: int) -> Node:
    kinds = left.type.kind, right.type.kind
    if op in "+-" and kinds in ((Kind.DATE, Kind.SPAN), (Kind.INSTANT, Kind.SPAN)):
        return shift(left, right, 1 if op == "+" else -1, at)
    if op == "+" and kinds in ((Kind.SPAN, Kind.DATE), (Kind.SPAN, Kind.INSTANT)):
        return shift(right, left, 1, at)
    if (op == "-" and Kind.INSTANT in kinds) or Kind.DATE in kinds:
        left, right = as_moment(left, (kinds[1],), schema), as_moment(right, (kinds[0],), schema)
        if op == "-" and left.type.kind is right.type.kind:
            return Between(Whole(7) if left.type.kind is Kind.DATE else Span, left, right, at=at)
    if Kind.DATE in kinds or Kind.INSTANT in kinds:
        raise Reject("expr.moment_arithmetic", at)
    left, right = need_kind(left, (Kind.NUMBER,), schema), need_kind(right, (Kind.NUMBER,), schema)
    return Arithmetic(sized(lambda: _SIZES[op](left.type, right.type), at), op, left, right, at=at)


def shift(item: Node, by: Node, sign: int, at: int) -> Shift:
    if not isinstance(by, Literal):
        raise Reject("expr.written_span", by.at)
    reach = item.type.digits
    months = days = micros = 0
    if isinstance(by.value, Months):
        if item.type.kind is Kind.INSTANT:
            raise Reject("expr.instant_months", by.at)
        months = sign * int(by.value)
        reach += abs(months) // 12 + 1
    else:
        micros = sign * (by.value // timedelta(microseconds=1))
        reach += abs(micros) // (_DAY * 365) + 1
        if item.type.kind is Kind.DATE:
            days, rest = divmod(micros, _DAY)
            if rest:
                raise Reject("expr.date_hours", by.at)
            micros = 0
    if reach > REACH_MAX:
        raise Reject("expr.span_long", by.at, most=REACH_MAX // 5)
    return Shift(replace(item.type, digits=reach), item, months, days, micros, at=at)


def negative(item: Node, schema: Schema, at: int) -> Node:
    if isinstance(item, Literal) and item.type.kind is Kind.SPAN:
        value = Months(-item.value) if isinstance(item.value, Months) else -item.value
        return Literal(Span, value, at=at)
    item = need_kind(item, (Kind.NUMBER,), schema)
    if isinstance(item, Literal) and item.value is not None:
        return Literal(item.type, -item.value, at=at)
    return Negative(item.type, item, at=at)


# --- results that meet


def one_type(values: list[Node], schema: Schema) -> tuple[Type, list[Node]]:
    """The type that several results share; `null` takes the type of the others, whole numbers become decimals."""
    known = [value for value in values if value.type.kind is not Kind.NOTHING]
    if not known:
        return Nothing, values
    kind = known[0].type.kind
    for value in known[1:]:
        if value.type.kind is not kind:
            raise Reject("expr.results", value.at, type=known[0].type.words(), other_type=value.type.words())
    shared = known[0].type
    for value in known[1:]:
        shared = _shared(shared, value)
    return shared, [_as_type(value, shared) for value in values]


def _shared(shared: Type, value: Node) -> Type:
    other = value.type
    if shared.kind is Kind.NUMBER:
        return sized(lambda: sizes.common(shared, other), value.at)
    if shared.choices and other.choices:
        return Enum(*dict.fromkeys((*shared.choices, *other.choices)))
    if shared.kind is Kind.TEXT:
        return Text
    return replace(shared, digits=max(shared.digits, other.digits))


def _as_type(value: Node, shared: Type) -> Node:
    if value.type.kind is Kind.NOTHING:
        return replace(value, type=shared)
    if shared.exact and not value.type.exact:
        if isinstance(value, Literal):
            return replace(value, type=shared, value=Exactly(value.value))
        return Exact(shared, value, at=value.at)
    return value
