"""What is wrong with a definition: found when the pack is read, told with its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from yiwang.expr import Bool, Expr, ExprError, Field, Instant, Schema, Text, parse
from yiwang.matters.clock_state import fact_of
from yiwang.matters.definition import Kind
from yiwang.matters.exclusion import EXCLUDED
from yiwang.matters.guards import literals_of
from yiwang.matters.rating import BAD, DEFAULT, LEVEL
from yiwang.matters.schema import Home, base_fields
from yiwang.matters.secrecy import facts_that_tell
from yiwang.matters.slips import Known, no_value, vocabulary
from yiwang.typed.spans import span
from yiwang.why import Words, say

from .definition import Indicator, VitalSigns
from .rules import bands_in_order


def schema_of(kinds: Iterable[Kind]) -> Schema:
    """The facts that all of these kinds have; of one kind simply its own."""
    kinds = list(kinds)
    if len(kinds) == 1:
        return kinds[0].schema
    shared = dict(kinds[0].schema.fields) if kinds else {}
    for kind in kinds[1:]:
        theirs = kind.schema.fields
        shared = {name: field for name, field in shared.items() if name in theirs and _same(theirs[name], field)}
    home = kinds[0].home if kinds else Home()
    return Schema(shared or base_fields(), zone=home.zone, calendar=home.workdays)


def _same(field: Field, other: Field) -> bool:
    """The same fact, whatever each kind calls it."""
    return (field.type, field.sql) == (other.type, other.sql)


def complaints(
    indicator: Indicator,
    kinds: Mapping[str, Kind],
    units: Collection[str],
    categories: Mapping[str, str] | None = None,
    results: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong there) of an indicator."""
    wanted = list(kinds) if indicator.kinds == ["any"] else indicator.kinds
    unknown = [name for name in wanted if name not in kinds]
    if unknown:
        yield "kind", say("indicators.no_such_kind", names=unknown, known=list(kinds))
        return
    schema = schema_of(kinds[name] for name in wanted)
    known = Known(frozenset(units), categories or {}, results or {})
    for path, text in indicator.texts().items():
        try:
            expression = parse(text, schema)
            if expression.type.kind is not Bool.kind:
                yield path, say("indicators.not_yes_or_no", text=text)
            for fact, value in literals_of(expression):
                values = _values(fact, [kinds[name] for name in wanted], known)
                if values is not None and value not in values:
                    yield path, no_value(fact, value, values)
            yield from _late_before(path, expression, [kinds[name] for name in wanted])
            yield from _default_as_praise(path, expression)
            yield from _secret_votes(path, expression, [kinds[name] for name in wanted])
            yield from _by_one_alone(path, expression, [kinds[name] for name in wanted])
        except ExprError as error:
            yield path, error.words
    yield from _counting(indicator, schema, [kinds[name] for name in wanted])
    if indicator.lead and indicator.lead not in units:
        yield "lead", say("indicators.no_such_unit", unit=indicator.lead)
    if indicator.bands and (indicator.better is None or not bands_in_order(indicator.bands, indicator.better)):
        yield "bands", say("indicators.bands_crossed")


def _default_as_praise(path: str, expression: Expr) -> Iterator[tuple[str, Words]]:
    """What is counted where nobody rated stands in no numerator beside what somebody said (R3.15)."""
    if path == "numerator.when" and DEFAULT in expression.fields() and {LEVEL, BAD} & expression.fields():
        yield path, say("indicators.default_as_praise", fact=DEFAULT)


def _by_one_alone(path: str, expression: Expr, kinds: list[Kind]) -> Iterator[tuple[str, Words]]:
    """What somebody does takes nothing out of a rate by itself: that is granted by another (R2.11)."""
    for fact in sorted(expression.fields()) if path == "exclude.when" else ():
        what, _, name = fact.partition(".")
        done = [kind.actions[name] for kind in kinds if name in kind.actions]
        if what in ("at", "first", "count") and any(action.actors != ["system"] for action in done):
            yield path, say("indicators.by_one_alone", action=name, fact=EXCLUDED)


def _secret_votes(path: str, expression: Expr, kinds: list[Kind]) -> Iterator[tuple[str, Words]]:
    """A figure has its matters, and would tell of one how a secret vote stands."""
    for fact in sorted(expression.fields() & {fact for kind in kinds for fact in facts_that_tell(kind)}):
        yield path, say("indicators.secret_vote", fact=fact)


def _late_before(path: str, expression: Expr, kinds: list[Kind]) -> Iterator[tuple[str, Words]]:
    """A clock that begins anew keeps its last run: in time is said of it only with a word on those before."""
    facts = expression.fields()
    for clock in sorted({name for kind in kinds for name, said in kind.clocks.items() if said.on("restarts")}):
        asked = {part: fact_of(clock, part) in facts for part in ("stopped", "due", "late_before")}
        if asked["stopped"] and asked["due"] and not asked["late_before"]:
            yield path, say("indicators.late_before", clock=clock, fact=fact_of(clock, "late_before"))


def _values(fact: str, kinds: list[Kind], known: Known) -> Collection[str] | None:
    """Every value that a fact can have in one of the kinds; None when it is free in one."""
    each = [kind_names(kinds) if fact == "kind" else vocabulary(kind, fact, known) for kind in kinds]
    return None if any(one is None for one in each) else {value for one in each for value in one or ()}


def kind_names(kinds: list[Kind]) -> set[str]:
    return {kind.matter for kind in kinds}


def _counting(indicator: Indicator, schema: Schema, kinds: list[Kind]) -> Iterator[tuple[str, Words]]:
    field = schema.fields.get(indicator.counted_by)
    if not indicator.stands and (field is None or field.type != Instant):
        yield "counted_by", say("indicators.no_instant", name=indicator.counted_by)
    if indicator.median and indicator.denominator:
        yield "median", say("indicators.rate_or_median")
    if indicator.median and any(indicator.median.clock not in kind.clocks for kind in kinds):
        yield "median.clock", say("indicators.no_such_clock", clock=indicator.median.clock)
    if indicator.exclude and not indicator.denominator:
        yield "exclude", say("indicators.nothing_to_exclude_from")
    code = indicator.exclude.code if indicator.exclude else None
    if code and (code not in schema.fields or schema.fields[code].type.kind is not Text.kind):
        yield "exclude.code", say("indicators.no_code", name=code)


def sign_complaints(signs: VitalSigns, units: Collection[str]) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong there) of vitals.yaml."""
    seen: set[str] = set()
    for number, sign in enumerate(signs.signs):
        at = f"signs[{number}]"
        if sign.code in seen:
            yield f"{at}.code", say("indicators.twice", code=sign.code)
        seen.add(sign.code)
        if sign.dimension not in signs.dimensions:
            yield f"{at}.dimension", say("indicators.no_dimension", name=sign.dimension, known=list(signs.dimensions))
        for name in ("source", "responsible", "place"):
            unit = getattr(sign, name)
            if unit and unit not in units:
                yield f"{at}.{name}", say("indicators.no_such_unit", unit=unit)
        for name in ("every", "stale_after"):
            text = getattr(sign, name)
            try:
                if text is not None:
                    span(text)
            except ValueError:
                yield f"{at}.{name}", say("indicators.no_span", text=text)
        for name, rising in (("high", True), ("low", False)):
            levels = getattr(sign, name)
            values = [value for _, value in levels.listed()] if levels else []
            if any(b <= a if rising else b >= a for a, b in pairwise(values)):
                yield f"{at}.{name}", say("indicators.levels_crossed")
