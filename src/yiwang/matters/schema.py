"""Which facts a kind's rules may speak of: their types, what people call them, and where the database keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from yiwang.expr import Bool, Date, Decimal, Field, Instant, Schema, Text, Type, Whole, Workdays
from yiwang.org.titles import Title
from yiwang.why import Words, say
from yiwang.why.words import LANGUAGES
from yiwang.worktime import Calendar

from .children import COUNTED, PROMISED, fact_of_children
from .clock_state import fact_of
from .ends import End, facts_of_ends
from .exclusion import Exclusion, facts_of_exclusion
from .fields.facts import Fact, facts_beside
from .fields.measured import SIZES, fact_of_size, is_shape
from .fields.spec import FieldSpec
from .fields.types import TYPES
from .linked import CALLERS, LED_TO, ONE_WITH, REPEATED, REPEATED_AFTER
from .objects import PARTS, fact_of_object
from .panel import Panel, facts_of_panels
from .rating import Rating, facts_of_rating
from .rounds import FROM, LATE, PERIOD, UNTIL


class Titled(Protocol):
    """A stage, an action or a clock, by what people call it."""

    @property
    def title(self) -> Title: ...


class Defined(Protocol):
    """What a schema reads of a kind (definition.Kind)."""

    @property
    def stages(self) -> Mapping[str, Titled]: ...

    @property
    def channels(self) -> Mapping[str, Title]: ...

    @property
    def urgencies(self) -> Mapping[str, Title]: ...

    @property
    def actions(self) -> Mapping[str, Titled]: ...

    @property
    def clocks(self) -> Mapping[str, Titled]: ...

    @property
    def fields(self) -> Mapping[str, FieldSpec]: ...

    @property
    def children(self) -> Mapping[str, Titled]: ...

    @property
    def ends(self) -> Mapping[str, End]: ...

    @property
    def round(self) -> object | None: ...

    @property
    def rating(self) -> Rating | None: ...

    @property
    def exclusion(self) -> Exclusion | None: ...

    @property
    def panels(self) -> Mapping[str, Panel]: ...

    @property
    def home(self) -> Home: ...


def _fact(name: str, cast: str) -> dict[str, str]:
    return {"postgres": f"(m.facts->>'{name}')::{cast}" if cast != "text" else f"(m.facts->>'{name}')"}


def _or(name: str, cast: str, otherwise: str) -> dict[str, str]:
    """A fact that has a usual value where nothing was said of it (`linked.usual`)."""
    return {"postgres": f"coalesce((m.facts->>'{name}')::{cast}, {otherwise})"}


def _unit(column: str) -> dict[str, str]:
    return {"postgres": f"(SELECT u.code FROM org_unit u WHERE u.id = m.{column})"}


def _column(name: str) -> dict[str, str]:
    return {"postgres": f"m.{name}"}


def base_fields() -> dict[str, Field]:
    """What every matter has, whatever its kind; `now` is the moment for which an expression is asked."""
    return {
        name: Field(type_, _both(say(key)), sql)
        for name, (key, type_, sql) in {
            "kind": ("matters.fact_kind", Text, _column("kind")),
            "number": ("matters.fact_number", Text, _column("number")),
            "stage": ("matters.fact_stage", Text, _column("stage")),
            "title": ("matters.field_title", Text, _column("title")),
            "category": ("matters.field_category", Text, _column("category")),
            "category.class": ("matters.fact_class", Text, _fact("category.class", "text")),
            "category.top": ("matters.fact_top", Text, _fact("category.top", "text")),
            "urgency": ("matters.field_urgency", Text, _column("urgency")),
            "channel": ("matters.field_channel", Text, _column("channel")),
            "cell": ("matters.fact_cell", Text, _column("cell")),
            "unit": ("matters.field_unit", Text, _unit("lead_id")),
            "street": ("matters.field_street", Text, _unit("street_id")),
            "neighbourhood": ("matters.fact_neighbourhood", Text, _unit("neighbourhood_id")),
            "created_at": ("matters.fact_created", Instant, _column("created_at")),
            "closed_at": ("matters.fact_closed", Instant, _column("closed_at")),
            "due_at": ("matters.fact_due", Instant, _column("due_at")),
            "simulated": ("matters.fact_simulated", Bool, _column("simulated")),
            ONE_WITH: ("matters.fact_merged", Bool, _or(ONE_WITH, "boolean", "false")),
            CALLERS: ("matters.fact_callers", Whole, _or(CALLERS, "bigint", "1")),
            REPEATED: ("matters.fact_repeats", Whole, _or(REPEATED, "bigint", "0")),
            REPEATED_AFTER: ("matters.fact_repeats_after", Whole, _or(REPEATED_AFTER, "bigint", "0")),
            LED_TO: ("matters.fact_led_to", Whole, _or(LED_TO, "bigint", "0")),
            "now": ("matters.fact_now", Instant, _column("now")),
        }.items()
    }


def _both(words: Words) -> dict[str, str]:
    """Words as a title in every language."""
    return {language: words.speak(language) for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Home:
    """The district's time as an expression needs it: its zone, and the working days that are published (R0.1)."""

    zone: str = "Asia/Shanghai"
    workdays: Workdays | None = None

    @classmethod
    def of(cls, calendar: Calendar) -> Home:
        """Of the years without a gap up to the last published one; outside them nothing is known (R0.2)."""
        last = LATEST_YEAR if calendar.every_year else max(calendar.years, default=0)
        if not last:
            return cls(calendar.zone.key)
        first = last
        while calendar.covers(first - 1) and first > EARLIEST_YEAR:
            first -= 1
        span = date(first, 1, 1), date(last, 12, 31)
        return cls(calendar.zone.key, Workdays.known(*span, lambda day: calendar.day(day).working))


EARLIEST_YEAR, LATEST_YEAR = 2000, 2060  # of a calendar that needs no notice


def schema_of(kind: Defined) -> Schema:
    """The fields that a kind's expressions may name."""
    fields = base_fields()
    named: dict[str, Mapping[str, Title]] = {"stage": {code: stage.title for code, stage in kind.stages.items()}}
    named |= {"channel": kind.channels, "urgency": kind.urgencies}
    for name, titles in named.items():
        fields[name] = replace(fields[name], codes={code: title.mapping() for code, title in titles.items()})
    fields |= moments(kind)
    for name, spec in kind.fields.items():
        handling = TYPES[spec.type]
        sql = _column("text") if name == "text" else _fact(f"form.{name}", handling.cast)
        codes = {code: one.mapping() for code, one in spec.values.items()} if spec.type == "enum" else None
        fields[f"form.{name}"] = Field(handling.compared, spec.title.mapping() if spec.title else None, sql, codes)
        fields |= dict(_of_object(name, spec)) | dict(_of_shape(name, spec))
    fields |= _of_children(kind)
    afterwards = (
        facts_of_ends(kind.ends),
        facts_of_rating(kind.rating),
        facts_of_exclusion(kind.exclusion),
        facts_of_panels(kind.panels),
    )
    for called, type_, cast, words in (fact for facts in afterwards for fact in facts):
        fields[called] = Field(type_, _both(words), _fact(called, cast))
    if kind.round is not None:
        fields |= _OF_ROUND
    for fact, _ in beside(kind):
        fields[fact.name] = Field(fact.type, _both(fact.words), {"postgres": fact.sql})
    return Schema(fields, zone=kind.home.zone, calendar=kind.home.workdays)


def _of_object(name: str, spec: FieldSpec) -> Iterator[tuple[str, Field]]:
    """What a rule may ask of the object that a field names."""
    if spec.type == "object":
        called = spec.title.mapping() if spec.title else name
        for part in PARTS:
            fact = fact_of_object(name, part)
            yield fact, Field(Text, _both(say(f"matters.fact_object_{part}", field=called)), _fact(fact, "text"))


def _of_shape(name: str, spec: FieldSpec) -> Iterator[tuple[str, Field]]:
    """How long a line is, how large an area."""
    if is_shape(spec):
        called, fact = spec.title.mapping() if spec.title else name, fact_of_size(name, spec)
        yield fact, Field(Decimal, _both(say(f"matters.fact_{SIZES[spec.type]}", field=called)), _fact(fact, "numeric"))


def moments(kind: Defined) -> dict[str, Field]:
    """When a matter entered its stages, when and how often things were done, how its clocks stand."""
    fields: dict[str, Field] = {}

    def add(name: str, type_: Type, cast: str, words: Words) -> None:
        fields[name] = Field(type_, _both(words), _fact(name, cast))

    for code, stage in kind.stages.items():
        add(f"in.{code}", Instant, "timestamptz", say("matters.fact_in", stage=stage.title.mapping()))
    for code, action in kind.actions.items():
        title = action.title.mapping()
        add(f"at.{code}", Instant, "timestamptz", say("matters.fact_at", action=title))
        add(f"first.{code}", Instant, "timestamptz", say("matters.fact_first", action=title))
        times = {"postgres": f"coalesce((m.facts->>'count.{code}')::bigint, 0)"}
        fields[f"count.{code}"] = Field(Whole, _both(say("matters.fact_count", action=title)), times)
    for code, clock in kind.clocks.items():
        title = clock.title.mapping()
        add(fact_of(code, "started"), Instant, "timestamptz", say("matters.fact_started", clock=title))
        add(fact_of(code, "due"), Instant, "timestamptz", say("matters.fact_clock_due", clock=title))
        add(fact_of(code, "stopped"), Instant, "timestamptz", say("matters.fact_stopped", clock=title))
        add(fact_of(code, "provisional"), Bool, "boolean", say("matters.fact_provisional", clock=title))
        stands = {"postgres": _stands(code)}
        fields[fact_of(code, "paused")] = Field(Bool, _both(say("matters.fact_paused", clock=title)), stands)
        for part in ("late_before", "ended"):
            fact, words = fact_of(code, part), _both(say(f"matters.fact_{part}", clock=title))
            fields[fact] = Field(Bool, words, {"postgres": f"coalesce((m.facts->>'{fact}')::boolean, false)"})
    return fields


def _of_children(kind: Defined) -> dict[str, Field]:
    """How many matters stand under one, and how they stand; and the whole of a matter that stands under another."""
    fields: dict[str, Field] = {}
    for name, children in kind.children.items():
        title = children.title.mapping()
        for part in COUNTED:
            fact = fact_of_children(name, part)
            times = {"postgres": f"coalesce((m.facts->>'{fact}')::bigint, 0)"}
            fields[fact] = Field(Whole, _both(say(f"matters.fact_children_{part}", children=title)), times)
        promised = fact_of_children(name, PROMISED)
        fields[promised] = Field(
            Date, _both(say("matters.fact_children_promised", children=title)), _fact(promised, "date")
        )
    return fields


_OF_ROUND = {
    name: Field(type_, _both(say(f"matters.fact_{name.replace('.', '_')}")), _fact(name, cast))
    for name, type_, cast in (
        (FROM, Date, "date"),
        (UNTIL, Date, "date"),
        (PERIOD, Text, "text"),
        (LATE, Bool, "boolean"),
    )
}


def _stands(clock: str) -> str:
    """Whether a clock stands now, in SQL: what `ClockState.paused` says."""
    stopped, pauses = fact_of(clock, "stopped"), fact_of(clock, "pauses")
    return f"((m.facts->>'{stopped}') IS NULL AND coalesce((m.facts->'{pauses}'->-1->1) = 'null'::jsonb, false))"


def typed(kind: Defined) -> dict[str, Callable[[Any], Any]]:
    """fact -> what makes of the value that JSON keeps the one that an expression compares."""
    read = {f"form.{name}": TYPES[spec.type].again for name, spec in kind.fields.items()}
    read |= {fact_of_size(name, spec): TYPES["number"].again for name, spec in kind.fields.items() if is_shape(spec)}
    read |= dict.fromkeys((FROM, UNTIL), date.fromisoformat)
    read |= {fact_of_children(name, PROMISED): date.fromisoformat for name in kind.children}
    return {name: again for name, again in read.items() if again is not None}


def beside(kind: Defined) -> Iterator[tuple[Fact, str]]:
    """(fact, name of the field) of what a rule may know of fields of several values."""
    for name, spec in kind.fields.items():
        called = spec.title.mapping() if spec.title else name
        yield from ((fact, fact.of or f"form.{name}") for fact in facts_beside(name, spec, called))
