"""The facts of a matter: one flat row of dotted names, the same for rules, ledger, expressions and indicators.

A state is a mapping such as ``{"stage": "handling", "lead": "bureau-water", "at.accept": …, "clock.handling.due": …}``.
A ledger entry holds what changed in it, so the state is the sum of its entries (design §10.7). Instants are aware
datetimes in memory and UTC text in the database. Units are named by their codes, people by their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from yiwang.expr import Bool, Decimal, Field, Instant, Schema, Text, Whole

if TYPE_CHECKING:
    from .definition import Kind

State = dict[str, Any]

# state key -> column of matters_matter; the rest lies in `facts`
COLUMNS = {
    "kind": "kind",
    "number": "number",
    "stage": "stage",
    "title": "title",
    "form.text": "text",
    "category": "category",
    "urgency": "urgency",
    "channel": "channel",
    "holder_role": "holder_role",
    "cell": "cell",
    "lon": "lon",
    "lat": "lat",
    "created_at": "created_at",
    "closed_at": "closed_at",
    "sensitivity": "sensitivity",
    "simulated": "simulated",
}
UNIT_COLUMNS = {
    "holder": "holder_id",
    "lead": "lead_id",
    "desk": "desk_id",
    "street": "street_id",
    "neighbourhood": "neighbourhood_id",
}
_INSTANT_ROOTS = ("at.", "first.", "in.")
_INSTANT_ENDS = (".started", ".due", ".stopped")


def is_instant(name: str) -> bool:
    """Whether a fact of that name is an instant."""
    return (
        name.startswith(_INSTANT_ROOTS)
        or (name.startswith("clock.") and name.endswith(_INSTANT_ENDS))
        or name in ("created_at", "closed_at")
    )


_PLAIN = frozenset({str, int, float, bool, type(None)})


def written(value: Any) -> Any:
    """A value as the database keeps it: instants as UTC text with microseconds, lists element by element."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(timespec="microseconds")
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    return write(value) if isinstance(value, Mapping) else str(value)


def write(delta: Mapping[str, Any]) -> dict[str, Any]:
    """A change of state as JSON keeps it."""
    return {name: written(value) for name, value in delta.items()}


def read(kept: Mapping[str, Any]) -> State:
    """A state from what JSON kept."""
    return {
        name: datetime.fromisoformat(value) if value is not None and is_instant(name) else value
        for name, value in kept.items()
    }


def fold(deltas: Iterable[Mapping[str, Any]]) -> State:
    """The state that a ledger's entries add up to, first to last."""
    state: dict[str, Any] = {}
    for delta in deltas:
        state.update(delta)
    return read(state)


def _fact(name: str, cast: str) -> dict[str, str]:
    return {"postgres": f"(m.facts->>'{name}')::{cast}" if cast != "text" else f"(m.facts->>'{name}')"}


def _unit(column: str) -> dict[str, str]:
    return {"postgres": f"(SELECT u.code FROM org_unit u WHERE u.id = m.{column})"}


def _column(name: str) -> dict[str, str]:
    return {"postgres": f"m.{name}"}


def base_fields() -> dict[str, Field]:
    """What every matter has, whatever its kind; `now` is the moment for which an expression is asked."""
    return {
        **{
            name: Field(Text, sql=_column(name))
            for name in ("kind", "number", "stage", "title", "category", "urgency", "channel", "cell")
        },
        "category.class": Field(Text, sql=_fact("category.class", "text")),
        "category.top": Field(Text, sql=_fact("category.top", "text")),
        "unit": Field(Text, sql=_unit("lead_id")),
        "street": Field(Text, sql=_unit("street_id")),
        "neighbourhood": Field(Text, sql=_unit("neighbourhood_id")),
        "created_at": Field(Instant, sql=_column("created_at")),
        "closed_at": Field(Instant, sql=_column("closed_at")),
        "due_at": Field(Instant, sql=_column("due_at")),
        "simulated": Field(Bool, sql=_column("simulated")),
        "now": Field(Instant, sql={"postgres": "%(now)s::timestamptz"}),
    }


_TYPES = {"number": (Decimal, "numeric"), "bool": (Bool, "boolean"), "instant": (Instant, "timestamptz")}


def schema_of(kind: Kind) -> Schema:
    """The fields that a kind's expressions may name."""
    fields = base_fields()
    fields |= moments(kind.stages, kind.actions, kind.clocks)
    for name, spec in kind.fields.items():
        type_, cast = _TYPES.get(spec.type, (Text, "text"))
        sql = _column("text") if name == "text" else _fact(f"form.{name}", cast)
        fields[f"form.{name}"] = Field(type_, sql=sql)
    return Schema(fields)


def moments(stages: Iterable[str], actions: Iterable[str], clocks: Iterable[str]) -> dict[str, Field]:
    """When a matter entered its stages, when and how often things were done, how its clocks stand."""
    fields = {f"in.{stage}": Field(Instant, sql=_fact(f"in.{stage}", "timestamptz")) for stage in stages}
    for action in actions:
        fields[f"at.{action}"] = Field(Instant, sql=_fact(f"at.{action}", "timestamptz"))
        fields[f"first.{action}"] = Field(Instant, sql=_fact(f"first.{action}", "timestamptz"))
        fields[f"count.{action}"] = Field(Whole, sql={"postgres": f"coalesce((m.facts->>'count.{action}')::bigint, 0)"})
    for clock in clocks:
        for what in ("started", "due", "stopped"):
            fields[f"clock.{clock}.{what}"] = Field(Instant, sql=_fact(f"clock.{clock}.{what}", "timestamptz"))
        fields[f"clock.{clock}.provisional"] = Field(Bool, sql=_fact(f"clock.{clock}.provisional", "boolean"))
    return fields


def row(state: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The state as an expression reads it: with `now`, the unit in charge, and zero for what never happened."""
    seen = _Row(state)
    seen["now"] = now
    seen["unit"] = state.get("lead")
    return seen


class _Row(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        if name.startswith("count."):
            return 0
        raise KeyError(name)

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default
